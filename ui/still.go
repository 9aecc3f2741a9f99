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

// Reguard asks who may decide, and who is signed in.
func (w *Window) Reguard() {
	w.reguard()
	w.resign()
}

// Tell tells the window what a source has, as Intake.Verdicts does.
func (w *Window) Tell(event Event) { w.tell(event) }

// FyneWindow is the window as Fyne has it.
func (w *Window) FyneWindow() fyne.Window { return w.window }
