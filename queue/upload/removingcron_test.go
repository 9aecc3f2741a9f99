package upload_test

import (
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// passes are so many processes, each of which makes one pass and ends.
func (s *site) passes(n int, every time.Duration) {
	s.Helper()
	for range n {
		s.restart()
		_, err := s.up.Pass(s.Context())
		s.must(err)
		<-time.After(every) // the bubble's
	}
}

// A removal whose yes was lost ends by passes alone: that its device was missing
// once is known to the next process.
func TestPassesAloneEndARemoval(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(1)
		s.losingTheFirst(func() {})
		s.remove(s.ids...)
		s.passes(2, 15*time.Minute)
		s.want(queue.Counts{Removing: 1}) // missing once
		if s.removal().MissingAt.IsZero() {
			t.Errorf("removal: %+v", s.removal())
		}
		s.passes(1, 15*time.Minute)
		s.want(queue.Counts{Removed: 1})
	})
}

// Two looks at one moment are one look.
func TestTwoLooksAreApart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(1)
		s.losingTheFirst(func() {})
		s.remove(s.ids...)
		s.passes(1, 15*time.Minute)
		s.passes(1, time.Second)
		r := s.removal()
		_, err := s.q.WaitRemoval(t.Context(), r.ID, queue.RemovalStep{MissingAt: r.MissingAt}) // due at once
		s.must(err)
		s.passes(1, 4*time.Second)
		s.want(queue.Counts{Removing: 1})
		s.passes(1, 0)
		s.want(queue.Counts{Removed: 1})
	})
}

// A look that a clock of tomorrow wrote down counts from when it is met.
func TestALookOfTomorrowIsOfNow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(1)
		s.losingTheFirst(func() {})
		s.remove(s.ids...)
		s.passes(1, 15*time.Minute)
		_, err := s.q.WaitRemoval(t.Context(), s.removal().ID, queue.RemovalStep{MissingAt: time.Now().Add(fiveDays)})
		s.must(err)
		s.passes(1, 15*time.Minute)
		s.want(queue.Counts{Removing: 1})
		s.passes(1, 15*time.Minute)
		s.want(queue.Counts{Removed: 1})
	})
}
