// Package watch tells those who watch something that it may have changed.
package watch

import "sync"

// Watchers are those who watch one thing; the zero value has none. They may be
// used from anywhere at any time, also under a lock of the thing's own.
type Watchers struct {
	mu  sync.Mutex
	all map[chan struct{}]struct{}
}

// Watch gives a channel that receives after each Tell; several may come as one.
// stop ends it, and may be called twice.
func (w *Watchers) Watch() (changed <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.all == nil {
		w.all = map[chan struct{}]struct{}{}
	}
	w.all[c] = struct{}{}
	return c, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.all, c)
	}
}

// Tell wakes the watchers, and waits for none of them.
func (w *Watchers) Tell() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.all {
		select {
		case c <- struct{}{}:
		default: // it has one to read already
		}
	}
}
