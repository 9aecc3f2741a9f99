package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// counters are how far the boxes of this station are: captured, of these
// submitted, of these registered; and apart what needs a person.
type counters struct {
	captured, submitted, registered, held, rejected *widget.Counter
}

func newCounters() *counters {
	return &counters{
		captured:   widget.NewCounter("", widget.Neutral),
		submitted:  widget.NewCounter("", widget.Neutral),
		registered: widget.NewCounter("", widget.Neutral),
		held:       widget.NewCounter("", widget.Hold),
		rejected:   widget.NewCounter("", widget.Reject),
	}
}

func (c *counters) build() fyne.CanvasObject {
	return container.NewGridWithRows(1, c.captured, c.submitted, c.registered, c.held, c.rejected)
}

func (c *counters) refresh(spoken *words.Words, n queue.Counts) {
	set := func(counter *widget.Counter, count int, id string) {
		counter.Set(spoken.Number(count), spoken.Say(id))
	}
	set(c.captured, n.Captured(), "ui.count.captured")
	set(c.submitted, submitted(n), "ui.count.submitted")
	set(c.registered, n.Registered, "ui.count.registered")
	set(c.held, n.Held, "ui.count.held")
	set(c.rejected, n.Rejected, "ui.count.rejected")
	c.held.Hidden, c.rejected.Hidden = n.Held == 0, n.Rejected == 0
}

// submitted is how many Partner Center ever took.
func submitted(n queue.Counts) int { return n.Submitted + n.Registered + n.Rejected }
