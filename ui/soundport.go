package ui

import "pkidstation/queue"

// Sound is what the dock sounds like. *tone.Voice is one.
type Sound interface {
	// Say has a verdict heard, and Test all tones, one after the other. They never
	// wait.
	Say(word queue.Word)
	Test()
	// Fault is why nothing is heard, nil where it is.
	Fault() error
	// Watch gives a channel that receives (coalesced) after Fault changed.
	Watch() (changed <-chan struct{}, stop func())
}

// hear has a verdict heard, before it is painted. A shift begins with all of them: its
// people know then what they sound like, and that they are loud enough.
func (w *Window) hear(v queue.Verdict) {
	switch {
	case w.options.Sound == nil || v.Word == "":
	case v.Reason == queue.ShiftTaken:
		w.options.Sound.Test()
	default:
		w.options.Sound.Say(v.Word)
	}
}

// silent is the alert that no sound is heard, while that is so.
func (w *Window) silent() (text string, is bool) {
	if w.options.Sound == nil || w.options.Sound.Fault() == nil {
		return "", false
	}
	return w.words.Say("ui.alert.silent"), true
}
