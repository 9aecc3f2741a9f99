package partnercentertest

import (
	"container/heap"
	"time"
)

// furthest is how far ahead of its clock the model can be.
const furthest = 100 * 365 * 24 * time.Hour

// Advance puts the model's clock ahead: jobs end, lags pass and request ids are
// forgotten as after a wait. It never goes back, and 100 years is the most.
func (s *Server) Advance(by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if by > 0 {
		s.ahead.Store(int64(min(time.Duration(s.ahead.Load())+min(by, furthest), furthest)))
	}
}

func (s *Server) advanced(clock func() time.Time) func() time.Time {
	return func() time.Time { return clock().Add(time.Duration(s.ahead.Load())) }
}

// lock locks the model and sets its time, which stays the same until it is
// unlocked. What was due by then is done first, as if it had been done in time.
func (s *Server) lock() {
	s.mu.Lock()
	now := s.opts.Clock()
	for len(s.agenda) > 0 && !s.agenda[0].at.After(now) {
		next := s.agenda[0]
		heap.Pop(&s.agenda)
		s.at = next.at
		next.do()
	}
	s.at = now
}

// later puts something on the agenda.
func (s *Server) later(at time.Time, do func()) {
	s.plans++
	heap.Push(&s.agenda, plan{at: at, order: s.plans, do: do})
}

// A plan is something that will happen by itself. Of two at the same time the
// older goes first.
type plan struct {
	at    time.Time
	order int
	do    func()
}

// An agenda is a heap of plans, the next one first.
type agenda []plan

// Len is for the heap.
func (a agenda) Len() int { return len(a) }

// Less is for the heap.
func (a agenda) Less(i, k int) bool {
	if a[i].at.Equal(a[k].at) {
		return a[i].order < a[k].order
	}
	return a[i].at.Before(a[k].at)
}

// Swap is for the heap.
func (a agenda) Swap(i, k int) { a[i], a[k] = a[k], a[i] }

// Push is for the heap.
func (a *agenda) Push(one any) {
	if p, ok := one.(plan); ok {
		*a = append(*a, p)
	}
}

// Pop is for the heap.
func (a *agenda) Pop() any {
	last := (*a)[len(*a)-1]
	(*a)[len(*a)-1] = plan{}
	*a = (*a)[:len(*a)-1]
	return last
}
