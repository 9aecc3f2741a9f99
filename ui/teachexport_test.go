package ui

// OpenTeach opens the panel that teaches a code.
func (w *Window) OpenTeach(code string) { w.openTeach(code) }
