package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// Alerts stand below the bar of every screen for as long as they hold: a scanner
// that is gone must not go unnoticed, and a new one waits to be told what to do.
type alerts struct {
	lost, offered []Scanner
	locked        bool
	asking        asking
}

func (w *Window) alerted() bool {
	a := &w.alerts
	_, silent := w.silent()
	return silent || w.waiting() || w.sign.Needs != "" || w.guard.state.Unlocked != "" || a.locked || a.asking != (asking{}) || len(a.lost)+len(a.offered) > 0
}

// scanner takes news of a scanner's connection.
func (w *Window) scanner(s Scanner) {
	a := &w.alerts
	a.lost, a.offered = without(a.lost, s), without(a.offered, s)
	switch s.State {
	case ScannerLost:
		a.lost = append(a.lost, s)
	case ScannerOffered:
		a.offered = append(a.offered, s)
	case ScannerBack, ScannerGone:
	}
	w.rebuildAlerts()
}

// lock takes what a verdict says of the station being locked.
func (w *Window) lock(why queue.Reason) {
	locked := w.alerts.locked
	switch why { //nolint:exhaustive // the others say nothing of it
	case queue.NowLocked, queue.Locked:
		locked = true
	case queue.Unlocked, queue.ShiftWaits, queue.ShiftTaken:
		locked = false
	}
	if locked != w.alerts.locked {
		w.alerts.locked = locked
		w.rebuildAlerts()
	}
}

func without(all []Scanner, s Scanner) []Scanner {
	return slices.DeleteFunc(all, func(other Scanner) bool { return other.Name == s.Name })
}

func (w *Window) rebuildAlerts() {
	rows := container.NewVBox()
	for _, t := range w.waits {
		if t.shown {
			rows.Add(t.row())
		}
	}
	if w.sign.Needs != "" {
		id := "screens.signin.open.panel"
		if w.sign.FromOutside {
			id = "screens.signin.short" // nobody signs in there
		}
		open := widget.NewTap(w.words.Say(id), w.words.Say("window.key.signin"), widget.Plain, w.openSignIn)
		rows.Add(alert(widget.Hold, w.signedText()+" "+w.words.Say("screens.signin.meanwhile"), open))
	}
	if w.guard.state.Unlocked != "" {
		rows.Add(w.unlocked())
	}
	if w.alerts.locked {
		rows.Add(alert(widget.Hold, w.words.Say("ui.alert.locked")))
	}
	if row := w.askedRow(); row != nil {
		rows.Add(row)
	}
	if text, is := w.silent(); is {
		rows.Add(alert(widget.Hold, text))
	}
	for _, s := range w.alerts.lost {
		text := w.words.Say("ui.alert.lost", "Name", words.Shown(s.Called()))
		rows.Add(alert(widget.Reject, text))
	}
	for _, s := range w.alerts.offered {
		text := w.words.Say("ui.alert.offered", "Name", words.Shown(s.Called()))
		use := widget.NewTap(w.words.Say("ui.alert.use"), w.words.Say("window.key.use"), widget.Plain, func() { w.use(s) })
		leave := widget.NewTap(w.words.Say("ui.alert.leave"), w.words.Say("window.key.not"), widget.Plain, func() { w.leave(s) })
		rows.Add(alert(widget.Hold, text, use, leave))
	}
	if len(rows.Objects) == 0 {
		fill(w.slots.alert, nil)
		return
	}
	fill(w.slots.alert, container.New(layout.NewCustomPaddedLayout(4, 4, 12, 12), rows))
}

// leave is a scanner that was offered and is not wanted.
func (w *Window) leave(s Scanner) { w.scanner(Scanner{Name: s.Name, State: ScannerGone}) }

// alertKey takes the keys of what stands below the bar. Of several scanners that are
// offered the first is meant.
func (w *Window) alertKey(key fyne.KeyName) {
	offered := w.alerts.offered
	switch {
	case key == fyne.KeyI && w.sign.Needs != "":
		w.openSignIn()
	case key == fyne.KeyU && len(offered) > 0:
		w.use(offered[0])
	case key == fyne.KeyN && len(offered) > 0:
		w.leave(offered[0])
	}
}

// use has the station read from a scanner that was offered.
func (w *Window) use(s Scanner) {
	if w.options.Scanners == nil {
		return
	}
	act(w, func(ctx context.Context) error { return w.options.Scanners.Use(ctx, s.Name) }, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.leave(s)
	})
}

func alert(tone widget.Tone, text string, taps ...fyne.CanvasObject) fyne.CanvasObject {
	line := container.New(layout.NewCustomPaddedLayout(8, 8, 16, 16), widget.NewPara(text, 20, tone.Ink()).Bold())
	row := container.NewBorder(nil, nil, nil, container.NewHBox(taps...), line)
	return container.NewStack(widget.NewBlocker(tone.Fill(), 8), container.New(layout.NewCustomPaddedLayout(4, 4, 4, 8), row))
}
