package words

import (
	"errors"

	"pkidstation/queue"
)

// handover is why a handover or its file was refused, what that means, and what to
// do.
func (w *Words) handover(err error) (text string, ok bool) {
	e, ok := errors.AsType[*queue.HandoverError](err)
	if !ok {
		return "", false
	}
	text = w.Say(w.first("handover.fault."+string(e.Fault), "handover.fault.format"), "Station", Shown(e.Station))
	if e.Place != "" {
		text += " " + w.Say("handover.place", "Place", Shown(e.Place))
	}
	return text, true
}
