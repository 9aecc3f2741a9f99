package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/queue/upload"
	"pkidstation/ui/widget"
)

const (
	shownProgress = 3  // customers told one by one
	progressHigh  = 26 // of a line
)

// buildProgress tells what is selected and, a line a customer, what is under way and
// what holds it up. Captured, submitted and registered are counted apart, as everywhere.
func (q *queueScreen) buildProgress() {
	w := q.window
	q.progress.Objects = []fyne.CanvasObject{widget.NewFit(q.chosenLine(), 16, widget.Text()).Bold().OneLine()}
	lines := w.progressLines()
	for n, line := range lines {
		if n == shownProgress {
			more := w.words.Count("ui.more.customers", len(lines)-n)
			q.progress.Objects = append(q.progress.Objects, widget.NewFit(more, 15, widget.Muted()))
			break
		}
		q.progress.Objects = append(q.progress.Objects, container.NewStack(widget.NewFit(line, 15, widget.Text())))
	}
	q.progress.Refresh()
}

// progressLines are the lines, those of whom something holds up first.
func (w *Window) progressLines() []string {
	var held, moving []string
	for _, p := range w.status.Progress {
		line := w.progressLine(p)
		if p.Reason != "" {
			held = append(held, line)
		} else {
			moving = append(moving, line)
		}
	}
	return append(held, moving...)
}

func (w *Window) progressLine(p upload.Progress) string {
	now := w.clock.Now()
	var parts []string
	count := func(id string, n int) {
		if n > 0 {
			parts = append(parts, w.words.Number(n)+" "+w.words.Say(id))
		}
	}
	count("ui.count.captured", p.Ready+p.Planned)
	count("ui.count.submitted", p.Submitted)
	text := w.customer(p.Customer)
	if len(parts) > 0 {
		text += " · " + strings.Join(parts, ", ")
	}
	if p.Reason != "" {
		text += " · " + w.words.Reason(p.Reason)
	}
	if !p.Next.IsZero() {
		text += " · " + w.words.Say("screens.progress.next", "When", w.words.Moment(p.Next, now))
	}
	return text
}

// unrelated says in one line who has no relationship yet, "" if all have: that
// never makes a sound and stops no capture.
func (w *Window) unrelated() string {
	var names []string
	for _, c := range w.customers {
		if p, ok := w.pauses[c.ID]; ok && p.Reason == queue.NoRelationship {
			names = append(names, w.customer(c.ID))
		}
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return w.words.Say("screens.unrelated", "Customer", names[0])
	default:
		return w.words.Count("screens.unrelated.some", len(names))
	}
}

// rowsHigh is how high the lines are together.
func rowsHigh(objects []fyne.CanvasObject) float32 { return progressHigh * float32(len(objects)) }
