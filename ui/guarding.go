package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// guarding is what the window knows of who may decide.
type guarding struct {
	state GuardState
	// known says that the guard was looked at, and with that that the first
	// supervisor was asked for if there is none: that is done once a start.
	known bool
	// last is who unlocked the station last.
	last string
}

// reguard looks at who may decide.
func (w *Window) reguard() {
	if w.options.Guard == nil {
		return
	}
	ask(w, func(context.Context) (GuardState, error) { return w.options.Guard.State(), nil },
		func(s GuardState, _ error) { w.guarded(s) })
}

// guarded takes who may decide. At the first look, where there is no supervisor,
// the first one is asked for, unless a person is at something else already.
func (w *Window) guarded(s GuardState) {
	begins := !w.guard.known
	w.guard.state, w.guard.known = s, true
	if s.Unlocked != "" {
		w.guard.last = s.Unlocked
	}
	w.rebuildAlerts()
	w.bar.refresh()
	switch p := w.panel.(type) {
	case *pinPanel:
		p.rename()
		w.rebuildPanel()
	case *supervisorsPanel, *setupPanel:
		w.rebuildPanel()
	case nil:
		if begins {
			w.askSetup(w.askFirst)
		}
	}
}

// askFirst asks for the first supervisor, where there is none.
func (w *Window) askFirst() {
	if w.anybody() {
		w.openPanel(newFirstPanel(w))
	}
}

// supervisors are their names, whoever unlocked the station last first.
func (w *Window) supervisors() []string {
	names := slices.Clone(w.guard.state.Supervisors)
	if at := slices.Index(names, w.guard.last); at > 0 {
		names = slices.Insert(slices.Delete(names, at, at+1), 0, w.guard.last)
	}
	return names
}

// anybody says that anybody may decide, for want of a supervisor.
func (w *Window) anybody() bool {
	return w.options.Guard != nil && w.guard.known && len(w.guard.state.Supervisors) == 0
}

// turnLock locks the station, or has a supervisor unlock it, who may be the first
// one. A panel is not taken away for that.
func (w *Window) turnLock() {
	switch {
	case w.options.Guard == nil || !w.guard.known:
	case w.guard.state.Unlocked != "":
		w.lockUp()
	case w.panel != nil:
	case w.anybody():
		w.openPanel(newFirstPanel(w))
	default:
		w.openPanel(newPINPanel(w, nil))
	}
}

func (w *Window) lockUp() {
	act(w, func(context.Context) error { w.options.Guard.Lock(); return nil }, func(error) { w.reguard() })
}

// unlocked says below the bar who decides now, with the way to end that.
func (w *Window) unlocked() fyne.CanvasObject {
	say := w.words.Say
	text := widget.NewPara(say("guard.unlocked", "Name", words.Shown(w.guard.state.Unlocked)), 18, widget.Text()).Bold()
	line := container.New(layout.NewCustomPaddedLayout(8, 8, 16, 16), text)
	lock := widget.NewTap(say("guard.lock"), say("guard.key.lock"), widget.Plain, w.lockUp)
	row := container.NewBorder(nil, nil, nil, container.NewHBox(lock), line)
	return container.NewStack(widget.NewBlocker(widget.AccentTint(), 8), container.New(layout.NewCustomPaddedLayout(2, 2, 4, 8), row))
}
