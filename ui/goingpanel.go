package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/widget"
)

// A goingPanel says what is open when the window is asked to close. Nothing of it is
// lost by closing: it is what waits longer than who closes it may think.
type goingPanel struct {
	window *Window
	over   panel
}

// askedToClose is what closing the window means: its end, where nothing is open and
// nobody has to allow it; a question else. Asked again, it ends, unless a supervisor
// has to allow it. What ends the program, ends it without being asked here (Run).
func (w *Window) askedToClose() {
	_, asked := w.panel.(*goingPanel)
	p, pin := w.panel.(*pinPanel)
	if pin {
		_, pin = p.over.(*goingPanel)
	}
	switch {
	case pin: // a supervisor is asked for just this
	case !asked && len(w.unfinished()) > 0:
		w.openPanel(&goingPanel{window: w, over: w.panel})
	default:
		w.allowed("window.leave", w.goOut)
	}
}

// goOut ends what Run began.
func (w *Window) goOut() {
	if w.leaving != nil {
		w.leaving()
	}
}

// unfinished tells, a sentence each, what is open: as was last known, because whoever
// does not answer any more must not keep the window open.
func (w *Window) unfinished() []string {
	if w.options.Demo {
		return nil // nothing of it is real
	}
	var all []string
	count := func(id string, n int) {
		if n > 0 {
			all = append(all, w.words.Count(id, n))
		}
	}
	if w.open {
		all = append(all, w.words.Say("window.leave.reception", "Work", w.workText(w.reception.Work)))
	}
	count("window.leave.held", w.counts.Held)
	count("window.leave.kept", unsent(w.counts))
	count("window.leave.submitted", w.counts.Submitted)
	count("window.leave.exported", w.counts.Exported)
	return all
}

// unsent is how many are to be sent.
func unsent(n queue.Counts) int { return n.Ready + n.Planned }

func (p *goingPanel) below() panel { return p.over }

func (p *goingPanel) title() string { return p.window.words.Say("window.leave.title") }

func (p *goingPanel) first() *field { return nil }

func (p *goingPanel) build() fyne.CanvasObject {
	w := p.window
	rows := container.NewVBox()
	for _, text := range w.unfinished() {
		rows.Add(widget.NewPara(text, 20, widget.Text()))
		rows.Add(gap(4))
	}
	rows.Add(widget.NewPara(w.words.Say("window.leave.meanwhile"), 18, widget.Muted()))
	return rows
}

func (p *goingPanel) confirm() (string, bool) {
	return p.window.words.Say("window.leave.all-the-same"), true
}

// leave says that leaving the panel is staying.
func (p *goingPanel) leave() string { return p.window.words.Say("window.leave.stay") }

func (p *goingPanel) do() { p.window.allowed("window.leave", p.window.goOut) }

// reload tells what is open now.
func (p *goingPanel) reload() { p.window.rebuildPanel() }
