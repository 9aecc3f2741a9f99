package words

import (
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// Removal is how far a registration is from being taken back, and who must act
// where somebody must.
func (w *Words) Removal(r queue.Removal, now time.Time) Advice {
	if r.State == queue.RemovalDone {
		return w.advice(w.State(queue.Removed)+".", "outcome.removed.next", "who.supervisor")
	}
	a := Advice{What: w.removing(r), Next: w.Say("removal.goes-on"), Who: w.Say("who.nobody")}
	if r.Person {
		a.Who = w.Say("who.supervisor")
		a.Next = w.Say(w.first("removal."+string(r.Note)+".next", "removal.person.next"))
	}
	if r.Person && !r.OnSite { // nothing was asked of Microsoft on the site's way
		e := queue.Entry{Device: r.Device, Customer: r.Customer, Batch: r.Batch, DeviceID: r.DeviceID}
		a.Copy = joined(copied(e, r.Code, r.Answer, ""), pairs("MS-RequestId", r.RequestID))
	}
	if r.Note == queue.OtherParty || recognise(r.Code, r.Answer) == autopilot.CodeOtherParty {
		a.Who = w.Say("who.owner")
	}
	if !r.Due.IsZero() {
		a.Next = sentences(a.Next, w.Say("wait.until", "When", w.Moment(r.Due, now)))
	}
	return a
}

// removing is why the removal is not done, or that it is under way.
func (w *Words) removing(r queue.Removal) string {
	switch {
	case r.Note != "":
		return w.withAnswer(r)
	case r.Code != "" || r.Answer != "":
		return w.Code(r.Code, r.Answer).What
	case r.State == queue.RemovalAsked:
		return w.Say("removal.asked")
	default:
		return w.Say("removal.planned")
	}
}

// withAnswer is what the removal waits for, and where it was refused Microsoft's
// words.
func (w *Words) withAnswer(r queue.Removal) string {
	why := w.Reason(r.Note)
	if own := "removal." + string(r.Note) + ".what"; w.has(own) {
		why = w.Say(own)
	}
	if said := joined(string(r.Code), r.Answer); r.Note == queue.Refused && said != "" {
		why = sentences(why, w.Say("code.answer", "Answer", Shown(said)))
	}
	if r.Note == queue.OnTheSite && (r.Code != "" || r.Answer != "") {
		why = sentences(why, w.Code(r.Code, r.Answer).What)
	}
	return why
}
