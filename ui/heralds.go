package ui

import (
	"context"
	"time"
)

// A matter is something that needs a person who may not be at the window: the id of
// what is told of it.
type matter string

// The matters.
const (
	matterSignIn  matter = "window.herald.sign-in"
	matterRefused matter = "window.herald.refused"
)

// heraldPause is how long nothing more is told of a matter that was told of. What
// comes meanwhile is told together, at its end.
const heraldPause = 15 * time.Minute

// heralds have the desktop tell what needs a person. They belong to Fyne's goroutine.
type heralds struct {
	clock clock
	// tell says of a matter how many things it is about.
	tell func(about matter, n int)

	// waits has the matters that were told of a short while ago, with how many more
	// there are since.
	waits map[matter]int
	// refused is how many devices were refused when last looked at.
	refused int
	looked  bool
	needs   string
}

func newHeralds(clock clock, tell func(matter, int)) *heralds {
	return &heralds{clock: clock, tell: tell, waits: map[matter]int{}}
}

// signIn takes why somebody has to sign in, "" for nobody.
func (h *heralds) signIn(needs string) {
	switch before := h.needs; {
	case needs == "":
		if _, waits := h.waits[matterSignIn]; waits {
			h.waits[matterSignIn] = 0 // somebody did
		}
	case before == "":
		h.need(matterSignIn, 1)
	}
	h.needs = needs
}

// count takes how many devices are refused. Those of before the start are told of on
// the screens.
func (h *heralds) count(refused int) {
	more := refused - h.refused
	if h.looked && more > 0 {
		h.need(matterRefused, more)
	}
	h.refused, h.looked = refused, true
}

// need tells of a matter, at once or when it is due.
func (h *heralds) need(about matter, n int) {
	if _, waits := h.waits[about]; waits {
		h.waits[about] += n
		return
	}
	h.tell(about, n)
	h.wait(about)
}

func (h *heralds) wait(about matter) {
	h.waits[about] = 0
	h.clock.After(heraldPause, func() {
		n := h.waits[about]
		delete(h.waits, about)
		if n > 0 {
			h.tell(about, n)
			h.wait(about)
		}
	})
}

// herald has the desktop tell of a matter in the language of now. It may wait for the
// system: neither the dock nor its worker do.
func (w *Window) herald(about matter, n int) {
	text := w.words.Count(string(about), n)
	title := w.title()
	askFar(w, func(context.Context) (struct{}, error) {
		w.options.Herald.Tell(title, text)
		return struct{}{}, nil
	}, func(struct{}, error) {})
}
