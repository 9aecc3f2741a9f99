package ui

import "fyne.io/fyne/v2"

// A Clock is the time of a still window, and what happens after some of it.
type Clock = clock

// NewStill makes a window in which nothing happens by itself: it calls its ports at
// once, on the caller's goroutine, and looks at the given clock. Tests are made with
// it, and pictures.
func NewStill(app fyne.App, options Options, clock Clock) (*Window, error) {
	return newWindow(app, options, nil, &way{}, clock)
}

// Load asks the ports for what is received and kept, as Run does in the beginning
// and after a change. Only a still window needs it.
func (w *Window) Load() {
	w.askCustomers()
	w.recount()
	w.reload()
}

// Reguard asks who may decide, and who is signed in, and whether the station is to be
// set up.
func (w *Window) Reguard() {
	if w.reguard(); w.options.Guard == nil {
		w.askSetup(func() {})
	}
	w.resign()
}

// Hold holds modifiers down, or none: a still window has no keyboard that says it.
func (w *Window) Hold(modifiers fyne.KeyModifier) {
	w.capture.held = func() fyne.KeyModifier { return modifiers }
}

// Tell tells the window what a source has, as Intake.Verdicts does.
func (w *Window) Tell(event Event) { w.tell(event) }

// AskToClose asks the window to close, as its frame does.
func (w *Window) AskToClose() { w.askedToClose() }

// Await has a call shown as under way that has the name of a text, until over.
// stop breaks it off, nil where nobody may; done of of are what is done of it.
func (w *Window) Await(id string, stop func(), done, of int) (over func()) {
	t := w.await(w.named(id), stop)
	t.far(done, of)
	return func() { w.over(t) }
}

// FyneWindow is the window as Fyne has it.
func (w *Window) FyneWindow() fyne.Window { return w.window }
