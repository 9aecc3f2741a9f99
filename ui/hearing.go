package ui

import (
	"context"
	"sync"
)

// An unheard value is what sources told and the screen has not told yet. A scanner may
// be faster than a screen: what waits is told at once, and does not pile up behind it.
type unheard struct {
	mu     sync.Mutex
	events []Event
}

// add keeps an event, and says whether it is the first that waits.
func (u *unheard) add(event Event) (first bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.events = append(u.events, event)
	return len(u.events) == 1
}

// take gives what waits.
func (u *unheard) take() []Event {
	u.mu.Lock()
	defer u.mu.Unlock()
	events := u.events
	u.events = nil
	return events
}

func (w *Window) listen(ctx context.Context) {
	space := spacing{least: tellSpace, debt: tellDebt}
	tell := func() { w.tell(w.unheard.take()...) } //nolint:contextcheck // a button of an alert has the worker's
	for event := range w.options.Intake.Verdicts(ctx) {
		w.hear(event.Verdict)
		if event.Preview != nil {
			w.show(event.Preview)
			event.Preview = nil
			if event.Verdict.Word == "" && event.Err == nil {
				continue
			}
		}
		if w.unheard.add(event) {
			if wait := space.until(event, w.clock.Now()); wait > 0 {
				w.clock.After(wait, tell)
			} else {
				w.way.later(tell)
			}
		}
	}
}

// show has the newest picture looked at: at most one waits, however slow the
// screen is.
func (w *Window) show(p *Preview) {
	if w.picture.Swap(p) != nil {
		return
	}
	w.way.later(func() {
		if newest := w.picture.Swap(nil); newest != nil {
			w.dock.look(*newest)
		}
	})
}
