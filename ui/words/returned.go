package words

import (
	"time"

	"pkidstation/queue"
)

// Returned is what is told of a box that comes back, by the entry that stands for it
// or stood for it last: for whom it was registered and when, or where it stands.
func (w *Words) Returned(e queue.Entry, registered time.Time) Sentence {
	data := about(e)
	since := "returned.scanned"
	if e.ByList == queue.ListedDevice && len(e.Reads) == 0 {
		since = "returned.listed"
	}
	data["Work"], data["State"], data["Since"] = w.work(e.Work()), w.Standing(e), w.Say(since, "Read", w.day(e.CapturedAt))
	data["Day"], data["Device"] = w.day(registered), e.DeviceID != ""
	if registered.IsZero() {
		data["Day"] = w.day(e.ChangedAt)
	}
	id := "returned." + string(e.State)
	if e.State == queue.Registered && e.Reason == queue.AlreadyThere {
		id = "returned.already-there"
	}
	return Sentence{
		Word: w.Standing(e), What: w.Say(w.first(id+".what", "returned.what"), data), Next: w.Say(w.first(id+".next", "returned.next"), data),
	}
}

// ReturnedSeveral is that different devices have what was read.
func (w *Words) ReturnedSeveral() Sentence {
	return Sentence{Word: w.Say("returned.several.word"), What: w.Say("returned.several.what"), Next: w.Say("returned.several.next")}
}

// NotReturned is that nothing here has what was read.
func (w *Words) NotReturned() Sentence {
	return Sentence{Word: w.Say("returned.unknown.word"), What: w.Say("returned.unknown.what"), Next: w.Say("returned.unknown.next")}
}

// NotLookedUp is that a code of this kind identifies no box.
func (w *Words) NotLookedUp(kind string) Sentence {
	if kind == kindSecret {
		return w.Verdict(queue.Verdict{Word: queue.NotTaken, Kind: kindSecret, Reason: queue.Secret})
	}
	return Sentence{
		Word: w.Say("returned.kind.word"), What: w.Say("returned.kind.what", "Kind", w.Kind(kind)), Next: w.Say("returned.kind.next"),
	}
}

// SameMachine is what the serial number under the machine says of a box: that they
// belong together, or that this is another machine or has another board, for which
// neither the box's PKID nor its serial number can stand.
func (w *Words) SameMachine(e queue.Entry, serial string, same bool) Sentence {
	id := "returned.other"
	if same {
		id = "returned.same"
	}
	data := about(e)
	data["Under"] = Shown(serial)
	return Sentence{Word: w.Say(id + ".word"), What: w.Say(id+".what", data), Next: w.Say(id + ".next")}
}
