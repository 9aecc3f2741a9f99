package words

import (
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// Some of scanner/label's words for kinds.
const (
	kindSecret  = "secret"
	kindSerial  = "serial"
	kindCommand = "command"
	kindOther   = "other"
)

// A Sentence is what the dock is told about one read.
type Sentence struct {
	Word string // the big word on the tile
	What string // what was read, and why the verdict is what it is
	Next string // what to do now
}

// String is the sentence in one line.
func (s Sentence) String() string { return s.Word + ". " + s.What + " " + s.Next }

// Verdict is what the dock is told about one read. Of a product key it has
// nothing, whatever the verdict carries.
func (w *Words) Verdict(v queue.Verdict) Sentence {
	s := w.sentence(v)
	s.What = w.beside(s.What, v)
	return s
}

// beside adds what the dock should know beside the verdict itself: how far a
// carton is, and that a keyboard had to be put right.
func (w *Words) beside(what string, v queue.Verdict) string {
	if !counts(v.Reason) {
		switch {
		case v.Of > 0:
			what += " " + w.Say("verdict.carton", "Count", w.Number(v.Count), "Of", w.Number(v.Of))
		case v.Count > 0:
			what += " " + w.Say("verdict.carton.open", "Count", w.Number(v.Count))
		}
	}
	if v.Reason == queue.LearntGTIN && v.Other.Number > 0 {
		what += " " + w.Say("verdict.struck", "OtherBox", v.Other.Number)
	}
	if v.Unsure && v.Word == queue.NotTaken {
		what += " " + w.Say("verdict.unsure")
	}
	if v.Layout != "" && v.Layout != usKeyboard {
		what += " " + w.Say("verdict.layout", "Layout", w.layout(v.Layout))
	}
	return w.besideReception(what, v)
}

// usKeyboard is the layout that scanners type for; nothing had to be put right.
const usKeyboard = "us"

// layout is what a keyboard layout is called.
func (w *Words) layout(name string) string {
	if id := "layout." + name; w.has(id) {
		return w.Say(id)
	}
	return Shown(name)
}

// did is what a command or another code that makes no entry did.
func (w *Words) did(v queue.Verdict) (Sentence, bool) {
	id := "did." + string(v.Reason)
	if v.Word != queue.Ignored || !w.has(id+".word") {
		return Sentence{}, false
	}
	data := about(v.Entry)
	data["Name"], data["Layout"] = Shown(v.Name), w.layout(v.Name)
	data["Work"], data["Count"], data["Of"] = w.work(v.Work), w.Number(v.Count), w.Number(v.Of)
	which := w.inReception(data, v)
	return Sentence{Word: w.Say(id+".word", data), What: w.Say(id+which, data), Next: w.Say(id+".next", data)}, true
}

func (w *Words) sentence(v queue.Verdict) Sentence {
	if s, ok := w.did(v); ok {
		return s
	}
	s := Sentence{Word: w.Say(w.first("verdict." + string(v.Word) + ".word"))}
	switch v.Word {
	case queue.Accepted:
		s.What, s.Next = w.accepted(v)
	case queue.Attached:
		s.What, s.Next = w.attached(v)
	case queue.Seen:
		s.What, s.Next = w.seen(v)
	case queue.OnHold:
		s.What, s.Next = w.held(v)
		if v.Reason == queue.Unconfirmed {
			s.Word = w.Say("held.unconfirmed.word", "Customer", w.customer(v.Entry.Customer))
		}
	case queue.NotTaken:
		s.What, s.Next = w.refused(v)
	case queue.Ignored:
		s.What, s.Next = w.ignored(v)
	default:
		return Sentence{Word: Shown(string(v.Word)), What: w.Reason(v.Reason), Next: w.Say("next.aside")}
	}
	return s
}

func (w *Words) accepted(v queue.Verdict) (what, next string) {
	id := "verdict.accepted.what"
	switch {
	case v.Entry.ByList != "" && v.Entry.PKID == "":
		id = "verdict.accepted.listed.tuple"
	case v.Entry.ByList != "":
		id = "verdict.accepted.listed"
	case v.Entry.PKID == "":
		id = "verdict.accepted.tuple"
	case v.Entry.Serial != "":
		id = "verdict.accepted.pair"
	}
	if v.Count > 0 && v.Count != v.Of { // within a carton
		return w.Say(id, about(v.Entry)), w.Say("next.device")
	}
	return w.Say(id, about(v.Entry)), w.Say("next.box")
}

func (w *Words) attached(v queue.Verdict) (what, next string) {
	kind := v.Kind
	if kind == "" && v.Entry.Serial != "" {
		kind = kindSerial
	}
	what = w.Say("verdict.attached.what", about(v.Entry), "Kind", w.Kind(kind), "Text", w.readText(v))
	if v.Entry.PKID == "" && v.Entry.Reason != queue.Unreadable {
		return what, w.Say("verdict.attached.next")
	}
	return what, w.Say("next.box")
}

func (w *Words) seen(v queue.Verdict) (what, next string) {
	data := about(v.Entry)
	data["When"], data["State"] = w.Moment(v.Entry.CapturedAt, v.At), w.State(v.Entry.State)
	what = w.Say("verdict.seen.what", data)
	switch {
	case v.Entry.ByList == queue.ListedDevice && len(v.Entry.Reads) == 1:
		return w.Say("verdict.seen.listed", data), w.Say("next.box")
	case v.Entry.Reason == queue.NoPKID && v.Entry.PKID == "":
		return w.Say("verdict.seen.open", data), w.Say("verdict.attached.next")
	case v.Entry.State == queue.Held:
		return what, w.Say("verdict.seen.held")
	case v.Entry.State == queue.Rejected:
		return what, w.Say("next.aside")
	default:
		return what, w.Say("verdict.seen.next")
	}
}

func (w *Words) held(v queue.Verdict) (what, next string) {
	id := "held." + string(v.Reason)
	data := about(v.Entry)
	switch {
	case byList(v.Entry):
		id = "held.listed." + string(v.Reason)
		w.listed(data, v.Entry.Listed)
		v.Other = queue.Entry{Customer: v.Entry.Listed.Customer, Order: v.Entry.Listed.Order}
	case v.Reason == queue.Conflict && v.Other.Number == 0:
		id += ".alone" // the box contradicts itself
	}
	if v.Entry.PKID == "" {
		data["PKID"] = w.readText(v)
	}
	data["Reason"] = w.Reason(v.Reason)
	data["Work"], data["Other"] = w.work(v.Entry.Work()), w.work(v.Other.Work())
	data["OtherBox"] = v.Other.Number
	say := w.first(id+".what", "held.what")
	if e := v.Entry; e.Serial != "" && (e.PKID == "" || byList(e) && e.Listed.PKID == "") { // it is known by that
		say = w.first(id+".serial.what", say)
	}
	return w.Say(say, data), w.Say(w.first(id+".next", "held.next"))
}

func (w *Words) refused(v queue.Verdict) (what, next string) {
	reason := v.Reason
	if v.Kind == kindSecret {
		reason = queue.Secret
	}
	id := "refused." + string(reason)
	return w.withText(w.Say(w.first(id+".what", "refused.unknown.what")), v),
		w.Say(w.first(id+".next", "refused.unknown.next"))
}

func (w *Words) ignored(v queue.Verdict) (what, next string) {
	what = w.Say(w.first("ignored."+string(v.Reason), "ignored."+v.Kind, "ignored.other"), "Name", Shown(v.Name))
	next = w.Say(w.first("ignored."+string(v.Reason)+".next", "next.aim"))
	return w.withText(what, v), next
}

// withText adds what was read to why it was not taken, unless it is a command:
// the sentence says which.
func (w *Words) withText(what string, v queue.Verdict) string {
	if v.Kind == kindCommand {
		return what
	}
	if text := w.readText(v); text != "" {
		return what + " " + w.Say("verdict.text", "Text", text)
	}
	return what
}

// readText is what was read, "" for a product key.
func (w *Words) readText(v queue.Verdict) string {
	if v.Kind == kindSecret || v.Reason == queue.Secret {
		return ""
	}
	return Shown(v.Text)
}

// about are the placeholders of an entry.
func about(e queue.Entry) map[string]any {
	return map[string]any{"PKID": identity(e.PKID), "Serial": Shown(e.Serial), "Maker": Shown(e.Manufacturer), "Model": Shown(e.Model), "Box": e.Number}
}

// identity is a whole PKID on the screen of the station it was read on; in an
// entry from elsewhere it may be any text.
func identity(p autopilot.PKID) string { return Shown(string(p)) }
