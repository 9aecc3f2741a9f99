package watch_test

import (
	"sync"
	"testing"

	"pkidstation/queue/watch"
)

// told says whether there is something to read, and reads it.
func told(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestWatchersAreTold(t *testing.T) {
	t.Parallel()
	var w watch.Watchers
	w.Tell() // nobody
	one, stopOne := w.Watch()
	two, stopTwo := w.Watch()
	defer stopTwo()
	if told(one) {
		t.Error("told of what was before")
	}
	w.Tell()
	w.Tell()
	if !told(one) || told(one) || !told(two) {
		t.Error("two changes that nobody read are not one")
	}
	w.Tell()
	if !told(one) || !told(two) {
		t.Error("not told again")
	}
	stopOne()
	stopOne()
	w.Tell()
	if told(one) || !told(two) {
		t.Error("one has stopped, two has not")
	}
}

// TestWatchersFromAnywhere is for the race detector; whoever watches before the
// last change hears of it.
func TestWatchersFromAnywhere(t *testing.T) {
	t.Parallel()
	var w watch.Watchers
	stays, stop := w.Watch()
	defer stop()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				_, stop := w.Watch()
				w.Tell()
				stop()
			}
		})
	}
	all.Wait()
	if !told(stays) {
		t.Error("not told")
	}
}
