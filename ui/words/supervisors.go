package words

import (
	"time"

	"pkidstation/queue"
)

// Review is what a review policy means.
func (w *Words) Review(p queue.ReviewPolicy) string {
	if id := "review." + string(p); w.has(id) {
		return w.Say(id)
	}
	return Shown(string(p))
}

// pin is that a PIN was not taken. A wait is told in whole seconds, rounded up:
// whoever waits as long is not too early.
func (w *Words) pin(e *queue.PINError) string {
	wait := w.Duration((e.Wait + time.Second - 1).Truncate(time.Second))
	switch {
	case e.Early:
		return w.Say("error.pin.early", "Wait", wait)
	case e.Wait > 0:
		return w.Say("error.pin.wait", "Wait", wait)
	default:
		return w.Say("error.pin.wrong")
	}
}
