package words

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/morning"
)

// A Matter is one line of the morning.
type Matter struct {
	About MatterKind
	Grade MatterGrade
	// Word is what its grade is called, Text what there is to say, Next what to do, ""
	// for nothing.
	Word, Text, Next string

	// What it is about, where it is about one: an order, a customer, a box, a state of
	// the queue.
	Order    string
	Customer autopilot.TenantID
	Entry    uint64 // its Seq
	State    queue.State
}

// A MatterKind is what a matter is about, and so where it is seen to.
type MatterKind string

// The kinds.
const (
	AboutOrder     MatterKind = "order"
	AboutOrders    MatterKind = "orders"
	AboutBox       MatterKind = "box"
	AboutState     MatterKind = "state"
	AboutLink      MatterKind = "link"
	AboutSignIn    MatterKind = "sign-in"
	AboutRelation  MatterKind = "relation"
	AboutExport    MatterKind = "export"
	AboutReception MatterKind = "reception"
	AboutCare      MatterKind = "care"
)

// A MatterGrade is how much a matter wants a person.
type MatterGrade string

// The grades.
const (
	GradeWell MatterGrade = "well" // nobody
	GradeMind MatterGrade = "mind" // today
	GradeAct  MatterGrade = "act"  // now
)

// A MorningPart is what belongs together of a morning.
type MorningPart struct {
	Title   string
	Matters []Matter
}

// Morning is the morning in words, in the order in which it is asked. What is well is
// said too, in one line.
func (w *Words) Morning(m morning.Morning) []MorningPart {
	return []MorningPart{
		{w.Say("morning.orders"), w.morningOrders(m)},
		{w.Say("morning.refused"), w.morningRefused(m)},
		{w.Say("morning.sending"), w.morningSending(m)},
		{w.Say("morning.blocked"), w.morningBlocked(m)},
		{w.Say("morning.confirm"), w.morningConfirm(m)},
		{w.Say("morning.care"), w.morningCare(m)},
	}
}

func (w *Words) matter(about MatterKind, grade MatterGrade, text string) Matter {
	return Matter{About: about, Grade: grade, Word: w.Say("morning.grade." + string(grade)), Text: text}
}

func (w *Words) morningOrders(m morning.Morning) (all []Matter) {
	o := m.Orders
	for _, one := range o.Staying {
		said := []string{w.Say("morning.order", "Order", Shown(one.Order), "Customer", w.customer(one.Customer), "Count", w.Number(one.Registered), "Of", w.Number(one.Due))}
		matter := w.matter(AboutOrder, GradeAct, sentences(append(said, w.keeping(one)...)...))
		matter.Word, matter.Order, matter.Customer = w.Say("orders.stays"), one.Order, one.Customer
		all = append(all, matter)
	}
	switch {
	case o.More > 0:
		all = append(all, w.matter(AboutOrders, GradeAct, w.Count("morning.orders.more", o.More)))
	case len(o.Staying) == 0 && o.Leaving > 0:
		all = append(all, w.matter(AboutOrders, GradeWell, w.Count("morning.orders.well", o.Leaving)))
	case len(o.Staying) == 0 && o.Unknown == 0:
		all = append(all, w.matter(AboutOrders, GradeWell, w.Say("morning.orders.none")))
	}
	if o.Unknown > 0 {
		all = append(all, w.matter(AboutOrders, GradeMind, w.Count("morning.orders.unknown", o.Unknown)))
	}
	return all
}

// keeping are the counts of what keeps an order.
func (w *Words) keeping(o morning.Order) (said []string) {
	for _, n := range []struct {
		id    string
		count int
	}{
		{"leaving.missing", o.Missing},
		{"leaving.conflict", o.Conflict},
		{"leaving.unexpected", o.Unexpected},
		{"leaving.refused", o.Refused},
		{"leaving.held", o.Held},
		{"leaving.way", o.Way},
		{"leaving.unread", o.Unread},
	} {
		if n.count > 0 {
			said = append(said, w.Count(n.id, n.count))
		}
	}
	if o.Open {
		said = append(said, w.Say("leaving.open"))
	}
	return said
}

func (w *Words) morningRefused(m morning.Morning) (all []Matter) {
	r := m.Refused
	for _, e := range r.Entries {
		advice := w.Outcome(e, m.At)
		grade := GradeAct
		if !e.RetryAt.IsZero() {
			grade = GradeMind // it is sent again by itself
		}
		matter := w.matter(AboutBox, grade, w.Say("morning.refused.box", "Box", w.place(e), "What", advice.What))
		matter.Word, matter.Next, matter.Entry, matter.State = w.Say("morning.refused.word"), advice.Next, e.Seq, queue.Rejected
		all = append(all, matter)
	}
	rest := func(id string, grade MatterGrade, n int) {
		if n > 0 {
			matter := w.matter(AboutState, grade, w.Count(id, n))
			matter.State = queue.Rejected
			all = append(all, matter)
		}
	}
	if r.Count == 0 {
		all = append(all, w.matter(AboutState, GradeWell, w.Say("morning.refused.well")))
		all[0].State = queue.Rejected
	}
	rest("morning.refused.more", GradeAct, r.Count-len(r.Entries))
	rest("morning.refused.before", GradeMind, r.Before)
	return all
}

// place is where a box is to be found.
func (w *Words) place(e queue.Entry) string {
	id := "morning.box"
	if e.Pallet != "" {
		id = "morning.box.pallet"
	}
	parts := []string{w.Say(id, "Pallet", Shown(e.Pallet), "Number", strconv.Itoa(e.Number)), Shown(e.Order), w.customer(e.Customer)}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
}

// What is old, of what was not sent.
const (
	unsentMind = 24 * time.Hour
	unsentAct  = 48 * time.Hour
	// soon is how long before its end a sign-in is spoken of.
	soon = 7 * 24 * time.Hour
)

func (w *Words) morningSending(m morning.Morning) []Matter {
	unsent := w.matter(AboutState, GradeWell, w.Say("morning.unsent.none"))
	if m.Unsent.Count > 0 {
		age := m.At.Sub(m.Unsent.Oldest)
		grade := GradeWell
		switch {
		case age >= unsentAct:
			grade = GradeAct
		case age >= unsentMind:
			grade = GradeMind
		}
		unsent = w.matter(AboutState, grade, w.Count("morning.unsent", m.Unsent.Count, "Age", w.Duration(age)))
		if unsent.State = queue.Ready; len(m.Held) > 0 {
			unsent.State = queue.Held
		}
	}
	all := []Matter{unsent, w.contact(m)}
	if !m.Link.ByHand {
		all = append(all, w.signedIn(m))
	}
	return all
}

func (w *Words) contact(m morning.Morning) Matter {
	when := w.Moment(m.Link.Contact, m.At)
	switch {
	case m.Link.ByHand:
		return w.matter(AboutLink, GradeWell, w.Say("morning.link.by-hand"))
	case m.Link.Offline && when == "":
		return w.matter(AboutLink, GradeAct, w.Say("morning.link.offline.unknown"))
	case m.Link.Offline:
		return w.matter(AboutLink, GradeAct, w.Say("morning.link.offline", "When", when))
	case when == "":
		return w.matter(AboutLink, GradeMind, w.Say("morning.link.unknown"))
	default:
		return w.matter(AboutLink, GradeWell, w.Say("morning.link", "When", when))
	}
}

func (w *Words) signedIn(m morning.Morning) Matter {
	left := m.Link.Expires.Sub(m.At)
	switch {
	case m.Link.Needs != "":
		return w.matter(AboutSignIn, GradeAct, sentences(w.Say("morning.sign-in.needs"), w.Reason(m.Link.Needs)))
	case m.Link.Expires.IsZero():
		return w.matter(AboutSignIn, GradeWell, w.Say("morning.sign-in.well"))
	case left < soon:
		return w.matter(AboutSignIn, GradeMind, w.Say("morning.sign-in.ends", "When", w.Moment(m.Link.Expires, m.At)))
	default:
		return w.matter(AboutSignIn, GradeWell, w.Say("morning.sign-in.until", "When", w.Moment(m.Link.Expires, m.At)))
	}
}
