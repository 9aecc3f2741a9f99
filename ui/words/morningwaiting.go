package words

import (
	"errors"
	"slices"
	"strings"

	"pkidstation/queue"
	"pkidstation/queue/morning"
)

func (w *Words) morningBlocked(m morning.Morning) (all []Matter) {
	for _, b := range m.Held {
		matter := w.matter(AboutState, GradeMind, strings.TrimSpace(w.Count("morning.held", b.Count, "Why", w.Reason(b.Reason))))
		matter.Word, matter.State = w.State(queue.Held), queue.Held
		all = append(all, matter)
	}
	for _, p := range m.Pauses {
		text := w.Count("morning.paused", p.Count, "Why", w.Reason(p.Reason))
		if p.Customer != "" {
			text = w.Count("morning.paused.customer", p.Count, "Why", w.Reason(p.Reason), "Customer", w.customer(p.Customer))
		}
		matter := w.matter(AboutState, GradeMind, text)
		matter.State, matter.Customer = queue.Ready, p.Customer
		all = append(all, matter)
	}
	for _, s := range m.Strangers {
		matter := w.matter(AboutRelation, GradeAct, w.Count("morning.stranger", s.Count, "Customer", w.customer(s.Customer)))
		matter.Customer = s.Customer
		all = append(all, matter)
	}
	if len(all) == 0 {
		all = append(all, w.matter(AboutState, GradeWell, w.Say("morning.blocked.well")))
		all[0].State = queue.Held
	}
	return all
}

func (w *Words) morningConfirm(m morning.Morning) (all []Matter) {
	for _, x := range m.Exported {
		grade := GradeMind
		if m.At.Sub(x.Since) >= unsentMind {
			grade = GradeAct
		}
		matter := w.matter(AboutExport, grade, w.Count("morning.exported", x.Count, "Customer", w.customer(x.Customer), "When", w.Moment(x.Since, m.At)))
		matter.Customer, matter.State = x.Customer, queue.Exported
		all = append(all, matter)
	}
	if len(all) == 0 {
		all = append(all, w.matter(AboutExport, GradeWell, w.Say("morning.exported.well")))
		all[0].State = queue.Exported
	}
	for _, r := range m.Receptions {
		matter := w.matter(AboutReception, GradeMind, w.Count("morning.reception", r.Boxes, "Work", w.work(r.Work), "When", w.Moment(r.OpenedAt, m.At)))
		matter.Order, matter.Customer = r.Order, r.Customer
		all = append(all, matter)
	}
	if len(m.Receptions) == 0 {
		all = append(all, w.matter(AboutReception, GradeWell, w.Say("morning.receptions.well")))
	}
	return all
}

func (w *Words) morningCare(m morning.Morning) (all []Matter) {
	c := m.Care
	alone := slices.ContainsFunc(c.Wrong, func(err error) bool {
		e, ok := errors.AsType[*queue.CareError](err)
		return ok && e.What == queue.CareSecondNone
	})
	switch {
	case !c.Copy.IsZero():
		grade := GradeWell
		if m.At.Sub(c.Copy) >= unsentAct {
			grade = GradeAct
		}
		all = append(all, w.matter(AboutCare, grade, w.Say("morning.copy", "When", w.Moment(c.Copy, m.At))))
	case !c.Backup.IsZero() && alone: // which is said below
		all = append(all, w.matter(AboutCare, GradeWell, w.Say("backup.last", "When", w.Moment(c.Backup, m.At))))
	case !c.Backup.IsZero():
		all = append(all, w.matter(AboutCare, GradeMind, w.Say("morning.copy.none", "When", w.Moment(c.Backup, m.At))))
	case len(c.Wrong) == 0:
		all = append(all, w.matter(AboutCare, GradeMind, w.Say("backup.never")))
	}
	full := false
	for _, err := range c.Wrong {
		grade := GradeAct
		if e, ok := errors.AsType[*queue.CareError](err); ok && (e.What == queue.CareNever || e.What == queue.CareSecondNone) {
			grade = GradeMind
		}
		if _, ok := errors.AsType[*queue.RoomError](err); ok {
			full = true
		}
		all = append(all, w.matter(AboutCare, grade, w.Error(err)))
	}
	if c.Free > 0 && !full {
		const giga = 1 << 30
		id, n := "morning.disk", int(c.Free/giga) //nolint:gosec // no disk has so much
		if n == 0 {
			id, n = "morning.disk.small", megabytes(c.Free)
		}
		all = append(all, w.matter(AboutCare, GradeWell, w.Say(id, "Free", w.Number(n))))
	}
	return all
}

// A Figure is a chart in words: its columns or bars are in the order in which they are
// shown.
type Figure struct {
	Title string
	// Series are what each bar has a value of; one has no name.
	Series []string
	Bars   []FigureBar
	// None is what is said where there is nothing to show, Note is what is said below.
	None, Note string
	// Ranked says that its bars are reasons, the most frequent first.
	Ranked bool
}

// A FigureBar is one of a Figure's: Values has one for each of the series.
type FigureBar struct {
	Label  string
	Values []int
}

// Total is the sum of the first series.
func (f Figure) Total() (n int) {
	for _, b := range f.Bars {
		n += b.Values[0]
	}
	return n
}

// MorningHours is what was captured and registered an hour.
func (w *Words) MorningHours(m morning.Morning) Figure {
	f := Figure{
		Title: w.Say("morning.hours"), None: w.Say("morning.hours.none"),
		Series: []string{w.Say("morning.hours.captured"), w.Say("morning.hours.registered")},
	}
	captured, registered := 0, 0
	for _, h := range m.Hours {
		f.Bars = append(f.Bars, FigureBar{w.Say("morning.hour", "Hour", h.From.Hour()), []int{h.Captured, h.Registered}})
		captured, registered = captured+h.Captured, registered+h.Registered
	}
	f.Note = w.Say("morning.hours.note", "Captured", w.Number(captured), "Registered", w.Number(registered))
	return f
}

// mostReasons is how many reasons are told of one by one.
const mostReasons = 6

// MorningFailures is why devices are refused now, the most frequent reason first; what
// is rare is one together.
func (w *Words) MorningFailures(m morning.Morning) Figure {
	f := Figure{Title: w.Say("morning.failures"), None: w.Say("morning.failures.none"), Series: []string{""}, Ranked: true}
	for n, one := range m.Failures {
		if n >= mostReasons-1 && len(m.Failures) > mostReasons {
			rest := FigureBar{w.Say("morning.failures.rest"), []int{0}}
			for _, other := range m.Failures[n:] {
				rest.Values[0] += other.Count
			}
			f.Bars = append(f.Bars, rest)
			break
		}
		label := w.Reason(one.Reason)
		if one.Code != "" {
			label = Shown(string(one.Code)) + " · " + w.Code(one.Code, "").What
		}
		f.Bars = append(f.Bars, FigureBar{label, []int{one.Count}})
	}
	return f
}

// MorningAges is how old is what was not sent.
func (w *Words) MorningAges(m morning.Morning) Figure {
	f := Figure{Title: w.Say("morning.ages"), None: w.Say("morning.ages.none"), Series: []string{""}}
	for n, id := range []string{"morning.age.hour", "morning.age.hours", "morning.age.day", "morning.age.days", "morning.age.week", "morning.age.more"} {
		f.Bars = append(f.Bars, FigureBar{w.Say(id), []int{m.Unsent.Ages[n]}})
	}
	return f
}
