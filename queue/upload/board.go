package upload

import (
	"slices"
	"sync"
	"time"

	"pkidstation/queue/watch"
)

// A board shows the status and tells who watches it.
type board struct {
	mu       sync.Mutex
	status   Status
	active   int // what the uploader goes on with by itself; its own, not shown
	watchers watch.Watchers
}

// Status says where the uploader stands.
func (b *board) Status() Status {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.status
	s.Waits, s.Progress = slices.Clone(s.Waits), slices.Clone(s.Progress)
	return s
}

// Watch gives a channel that receives after Status changed; several changes
// may come as one. stop ends it.
func (b *board) Watch() (changed <-chan struct{}, stop func()) { return b.watchers.Watch() }

// setOnline notes the state of the connection and whether somebody answered.
// Empty leaves it; Unknown only takes back that it is offline.
func (b *board) setOnline(state Online, answered bool) {
	b.show(func(s *Status) {
		if answered {
			s.LastContact = time.Now()
		}
		if state == "" || state == s.Online || state == OnlineUnknown && s.Online == OnlineYes {
			return
		}
		s.Online, s.Since = state, time.Now()
	})
}

func (b *board) show(change func(*Status)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change(&b.status)
	b.watchers.Tell()
}
