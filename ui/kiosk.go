package ui

// In a kiosk the window fills the screen, and only a supervisor takes it from there:
// whoever leans on a keyboard must not leave a dock without its station, nor put another
// program before it. Where there is no supervisor, there is nobody to ask.

// guardedExit says whether a supervisor has to allow leaving the window. It asks anew:
// what is known may be from before the first look.
func (w *Window) guardedExit() bool {
	if !w.options.Kiosk || w.options.Guard == nil {
		return false
	}
	w.guard.state = w.options.Guard.State()
	return len(w.guard.state.Supervisors) > 0 && w.guard.state.Unlocked == ""
}

// allowed does something that leaves a kiosk, once a supervisor allowed it; what is
// the id of its name.
func (w *Window) allowed(what string, do func()) {
	if !w.guardedExit() {
		do()
		return
	}
	if _, asking := w.panel.(*pinPanel); asking {
		return // it is what is asked for, or something that it would give up
	}
	w.openPanel(newPINPanel(w, &deed{request{title: func() string { return w.words.Say(what) }, about: nil}, do, func() {}}))
}

// turnFullScreen fills the screen, or leaves it.
func (w *Window) turnFullScreen() {
	if w.window.FullScreen() {
		w.allowed("window.fullscreen.leave", func() { w.window.SetFullScreen(false) })
		return
	}
	w.window.SetFullScreen(true)
}
