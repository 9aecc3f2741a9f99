package ui

import (
	"context"
	"sync/atomic"
	"time"

	"pkidstation/queue/manifest"
)

// A reading is a list that is being read, or taken in: how far it is, and the way
// to end it.
type reading struct {
	window *Window
	// onProgress shows how far it is.
	onProgress func()

	wait   *wait
	busy   bool
	at     manifest.Progress
	stop   context.CancelFunc
	newest atomic.Pointer[manifest.Progress]
	last   atomic.Int64 // when it was told last, in nanoseconds
}

// often is how often it is shown how far a list is.
const often = 100 * time.Millisecond

// tell takes how far it is from any goroutine: one waits for the screen at most.
func (r *reading) tell(at manifest.Progress) {
	now := time.Now().UnixNano()
	if last := r.last.Load(); now-last < int64(often) || !r.last.CompareAndSwap(last, now) {
		return
	}
	if r.newest.Swap(&at) != nil {
		return
	}
	r.window.way.later(func() {
		if newest := r.newest.Swap(nil); newest != nil && r.busy {
			r.at = *newest
			r.wait.far(int(r.at.Done), int(r.at.Of))
			r.onProgress()
		}
	})
}

// read makes a call that reads a list, until end. Of a reading that was ended then
// hears context.Canceled, or what was done before.
func read[T any](r *reading, call func(context.Context) (T, error), then func(T, error)) {
	stopped, stop := context.WithCancel(context.Background())
	r.busy, r.at, r.stop = true, manifest.Progress{}, stop
	r.last.Store(0) // what the one before told last is no reason to wait
	r.onProgress()
	r.wait = nil
	if r.window.worker != nil {
		r.wait = r.window.await(r.window.named("window.wait.list"), stop)
	}
	askFar(r.window, func(ctx context.Context) (T, error) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(stopped, cancel)()
		return call(ctx)
	}, func(value T, err error) {
		stop()
		r.window.over(r.wait)
		r.busy = false
		then(value, err)
	})
}

// end ends it, if it is under way.
func (r *reading) end() {
	if r.stop != nil {
		r.stop()
	}
}

// text is how far it is.
func (r *reading) text() string {
	w := r.window
	if r.at.Of == 0 {
		return w.words.Say("orders.import.reading")
	}
	return w.words.Say("orders.import.read", "Rows", w.words.Number(r.at.Rows), "Percent", r.at.Done*100/r.at.Of)
}
