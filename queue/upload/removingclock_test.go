package upload_test

import (
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
	"pkidstation/queue/upload"
)

// fiveDays is how far a clock goes wrong here.
const fiveDays = 5 * 24 * time.Hour

// clockAhead has the queue written by a clock that is five days ahead, until
// setBack is called, as by a station whose clock was wrong.
func (s *site) clockAhead() (setBack func()) {
	s.Helper()
	ahead := fiveDays
	q, err := queue.Open(s.TempDir(), queue.Options{Now: func() time.Time { return time.Now().Add(ahead) }})
	s.must(err)
	s.Cleanup(func() {
		queuetest.Check(s.T, q)
		s.must(q.Close())
	})
	s.q, s.opts.Ledger = q, q
	s.restart()
	return func() { ahead = 0; s.restart() }
}

// waiting has a removal wait so long, before this process.
func (s *site) waiting(note queue.Reason, person bool, long time.Duration) {
	s.Helper()
	s.remove(s.ids...)
	_, err := s.q.WaitRemoval(s.Context(), s.removal().ID, queue.RemovalStep{Note: note, Person: person, Due: time.Now().Add(long)})
	s.must(err)
	s.restart()
}

// What was to be looked after in five days by a clock that was wrong is looked
// after as if it had been written now.
func TestNothingIsDueFurtherAheadThanItCanBe(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		note      queue.Reason
		due, asks time.Duration
	}{
		"within the hour":              {queue.StillThere, 40 * time.Minute, 40 * time.Minute},
		"too far":                      {queue.StillThere, fiveDays, time.Hour},
		"another party's, in a day":    {queue.OtherParty, 20 * time.Hour, 20 * time.Hour},
		"another party's, and too far": {queue.OtherParty, fiveDays, 24 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newSite(t, partnercentertest.Options{})
				s.registered(1)
				s.waiting(tt.note, tt.note == queue.OtherParty, tt.due)
				start := time.Now()
				status := s.runFor(tt.asks - time.Minute)
				if left := status.Next.Sub(start); len(s.deletes()) != 0 || left > tt.asks {
					t.Errorf("%d requests too soon, the next in %v", len(s.deletes()), left)
				}
				s.runFor(3 * time.Minute)
				s.want(queue.Counts{Removed: 1})
			})
		})
	}
}

// What was planned by a clock ahead, and is in no list, needs a person once this
// process has waited for the lists as long as they may lag.
func TestAPlanOfTomorrowIsNotYoungForEver(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		setBack := s.clockAhead()
		s.byHand("Dock", 1)
		s.remove(s.ids...)
		setBack()
		start := time.Now()
		var status upload.Status
		if status = s.runFor(23 * time.Hour); s.removal().Person {
			t.Errorf("after %v: %+v", time.Since(start), status.Waits)
		}
		status = s.untilRemoved(3 * time.Hour)
		if w, ok := waitFor(status, queue.NotListed); !ok || !w.Until.IsZero() {
			t.Errorf("after %v: %+v", time.Since(start), status.Waits)
		}
		if n := len(s.server.Requests()); n > 100 {
			t.Errorf("%d requests in a day", n)
		}
	})
}

// A yes of a clock ahead that has no effect is asked for once more an hour after
// this process has met it.
func TestAYesOfTomorrowIsAskedForOnceMore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{RemovalLag: 150 * time.Minute})
		setBack := s.clockAhead()
		s.registered(1)
		s.remove(s.ids...)
		_, err := s.up.Pass(t.Context())
		s.must(err)
		if r := s.removal(); r.State != queue.RemovalAsked || time.Since(r.AskedAt) > 0 {
			t.Fatalf("asked: %+v", r)
		}
		setBack()
		before := len(s.server.Requests())
		s.untilRemoved(12 * time.Hour)
		s.want(queue.Counts{Removed: 1})
		made := s.deletes()
		if len(made) < 2 || made[1].At.Sub(made[0].At) < time.Hour || made[1].At.Sub(made[0].At) > 90*time.Minute {
			t.Errorf("asked: %+v", made)
		}
		if n := len(s.server.Requests()) - before; n > 60 {
			t.Errorf("%d requests in three hours", n)
		}
	})
}
