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
	return container.New(&counting{}, c.captured, c.submitted, c.registered, c.held, c.rejected)
}

// The measures of counters: so wide at least stand beside each other, and so high.
const (
	counterLeast = 106
	counterHigh  = 88
	counterLow   = 75
)

// counting lays counters out in a row, or where they had too little room there, in
// two: how far the boxes are, and below it what needs a person.
type counting struct{ width float32 }

const onFirstRow = 3

func (l *counting) rows(objects []fyne.CanvasObject) [][]fyne.CanvasObject {
	var shown []fyne.CanvasObject
	for _, o := range objects {
		if o.Visible() {
			shown = append(shown, o)
		}
	}
	if len(shown) <= onFirstRow || l.width == 0 || (l.width-edge)/float32(len(shown)) >= counterLeast {
		return [][]fyne.CanvasObject{shown}
	}
	return [][]fyne.CanvasObject{shown[:onFirstRow], shown[onFirstRow:]}
}

func (l *counting) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if rows := l.rows(objects); len(rows) > 1 {
		return fyne.NewSize(0, float32(len(rows))*(counterLow+4)-4)
	}
	return fyne.NewSize(0, counterHigh)
}

func (l *counting) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	l.width = space.Width
	rows := l.rows(objects)
	const apart = 4
	high := (space.Height - apart*float32(len(rows)-1)) / float32(len(rows))
	for y, row := range rows {
		wide := (space.Width - apart*float32(len(row)-1)) / float32(len(row))
		for x, o := range row {
			put(o, float32(x)*(wide+apart), float32(y)*(high+apart), wide, high)
		}
	}
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
