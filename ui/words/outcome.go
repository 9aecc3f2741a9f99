package words

import (
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// Outcome is the advice for an entry as it stands: what Microsoft answered for
// its device, and what its history makes of it. A refusal that passes by itself
// says when it is sent again; a registration says what it is worth.
func (w *Words) Outcome(e queue.Entry, now time.Time) Advice {
	switch e.State {
	case queue.Rejected:
		return w.refusal(e, now)
	case queue.Registered:
		return w.registration(e)
	case queue.Held:
		return w.heldBox(e)
	case queue.Exported:
		return w.advice(w.stands(e), "outcome.exported.next", "who.supervisor")
	case queue.Removing:
		return w.advice(w.stands(e), "outcome.removing.next", "who.supervisor")
	case queue.Removed:
		return w.advice(w.stands(e), "outcome.removed.next", "who.supervisor")
	case queue.Ready, queue.Planned, queue.Submitted:
		return w.advice(w.stands(e), "outcome.way.next", "who.nobody")
	case queue.Moved, queue.Discarded:
		return w.advice(w.stands(e), "outcome.nothing.next", "who.nobody")
	default:
		return Advice{What: w.State(e.State)}
	}
}

// heldBox is the advice for a box that waits for a person. A Surface without a PKID on
// its box has two ways.
func (w *Words) heldBox(e queue.Entry) Advice {
	a := w.advice(w.Why(e), "held.decide", "who.supervisor")
	if e.Reason == queue.NoPKID && e.PKID == "" && Surface(e) {
		a.Next += " " + w.SurfaceWays()
	}
	return a
}

func (w *Words) advice(what, next, who string) Advice {
	return Advice{What: what, Next: w.Say(next), Who: w.Say(who)}
}

// stands is the entry's state, and how it is sent where that is not by PKID.
func (w *Words) stands(e queue.Entry) string {
	what := w.State(e.State) + "."
	if e.ByTuple && e.State != queue.Removing && e.State != queue.Removed {
		what += " " + w.Say("outcome.tuple")
	}
	return what
}

// refusal is the advice for a device that was refused.
func (w *Words) refusal(e queue.Entry, now time.Time) Advice {
	if givenUp(e) {
		return w.advice(w.Say("outcome.given-up.what"), "outcome.given-up.next", "who.supervisor")
	}
	a := w.Code(e.Code, e.Answer)
	if e.Reason == queue.Refused {
		a = w.refusedAlone(e)
	}
	a.Copy = copied(e, e.Code, e.Answer, e.TrackingID)
	code := recognise(e.Code, e.Answer)
	if !e.RetryAt.IsZero() {
		return w.again(a, code, w.Moment(e.RetryAt, now))
	}
	switch {
	case code == autopilot.CodeAlreadyHere: // it is refused: what it says is of a registration that was taken back
		a.What, a.Next, a.Who = w.Say("outcome.806.removed"), w.Say("outcome.806.removed.next"), w.Say("who.supervisor")
	case code != autopilot.CodeUnknownDevice:
	case e.ByTuple:
		a.What, a.Next = w.Say("outcome.812.tuple"), w.Say("outcome.812.tried.next")
	case e.TriesFor(e.Code) > 0:
		a.What, a.Next = w.Count("outcome.812.tried", e.TriesFor(e.Code)), w.Say("outcome.812.tried.next")
	}
	if code == autopilot.CodeUnknownDevice && Surface(e) {
		a.Next += " " + w.SurfaceWays()
	}
	if e.CanGoByTuple() && !e.ByTuple {
		a.Next += " " + w.Say("outcome.as-tuple", "Serial", Shown(e.Serial), "Maker", Shown(e.Manufacturer), "Model", Shown(e.Model))
	}
	return a
}

// refusedAlone is the advice for a device that no request may carry.
func (w *Words) refusedAlone(e queue.Entry) Advice {
	a := w.advice(w.Say("outcome.alone.what"), "outcome.alone.next", "who.supervisor")
	if e.Answer != "" {
		a.What += " " + w.Say("code.answer", "Answer", Shown(e.Answer))
	}
	return a
}

// again is the advice for a refusal that is sent again by itself.
func (w *Words) again(a Advice, code autopilot.Code, when string) Advice {
	why := ""
	switch code { //nolint:exhaustive // the others are sent again for no reason of their own
	case autopilot.CodeUnknownDevice:
		why = w.Say("outcome.812.waits")
	case autopilot.CodeOtherTenant:
		a.What, why = w.Say("outcome.808.removed"), w.Say("outcome.808.waits")
	case autopilot.CodeAlreadyHere:
		a.What, why = w.Say("outcome.806.removed"), w.Say("outcome.808.waits")
	}
	a.Next = sentences(why, w.Say("outcome.again", "When", when))
	a.Who = w.Say("who.nobody")
	return a
}

// registration is the advice for a device that is registered.
func (w *Words) registration(e queue.Entry) Advice {
	a := w.advice(w.stands(e), "outcome.nothing.next", "who.nobody")
	switch e.Reason { //nolint:exhaustive // the marks of a registered entry
	case queue.AlreadyThere:
		return w.advice(w.Say("outcome.already-there.what"), "outcome.already-there.next", "who.customer")
	case queue.ConfirmedByHand:
		a.What = w.Say("outcome.by-hand.what")
	}
	return w.profile(a, e)
}

// profile adds how far the device is from its profile.
func (w *Words) profile(a Advice, e queue.Entry) Advice {
	p := e.Profile
	if p.State == "" {
		return a
	}
	name := Shown(p.Name)
	if name == "" {
		name = Shown(p.ID)
	}
	a.What += " " + w.Say(w.first("outcome.profile."+string(p.State), "outcome.profile.wanted"), "Profile", name)
	if p.State == queue.ProfileFailed {
		failed := w.Code(p.Code, p.Answer)
		a.What, a.Next, a.Who = a.What+" "+failed.What, w.Say("outcome.profile.failed.next"), w.Say("who.admin")
		if responsible(recognise(p.Code, p.Answer)) != "" {
			a.Next = failed.Next
		}
		a.Copy = copied(e, p.Code, p.Answer, p.TrackingID)
	}
	return a
}
