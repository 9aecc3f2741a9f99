package ui

import "pkidstation/queue"

func (w *Window) OnMorning() bool { return w.page == page(w.morning) }

func (w *Window) OnDock() bool { return w.page == page(w.dock) }

func (w *Window) QueueFilter() (queue.State, uint64) { return w.queue.filter, w.queue.current }

// Matter is the text of the chosen line of the morning.
func (w *Window) Matter() string { return w.morning.matters[w.morning.chosen].Text }

// Matters are how many lines it has.
func (w *Window) Matters() int { return len(w.morning.matters) }

// MorningOffset is how far it is scrolled.
func (w *Window) MorningOffset() float32 { return w.morning.scroll.Offset.Y }

// Changed has the window hear that the queue changed.
func (w *Window) Changed() { w.reload() }

// Rereport has it hear that the report did.
func (w *Window) Rereport() { w.rereport() }
