package upload_test

import (
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
	"pkidstation/queue/upload"
)

// behind is a site whose queue has a clock that is two days behind, as if it were
// set right after each write, before a center.
func behind(t *testing.T) (*site, *center) {
	t.Helper()
	s, c := newSite(t, partnercentertest.Options{}), newCenter()
	q, err := queue.Open(s.TempDir(), queue.Options{Now: func() time.Time { return time.Now().Add(-48 * time.Hour) }})
	s.must(err)
	s.Cleanup(func() { queuetest.Check(s.T, q); s.must(q.Close()) })
	s.q, s.opts.Ledger, s.opts.Registrar = q, q, c
	s.restart()
	s.ids = queuetest.Fill(s.T, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, 1)
	return s, c
}

// A clock that was set forward after the 202 does not end the wait for the job:
// this process saw how long ago that was.
func TestClockForwardAndTheDeadline(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := behind(t)
		c.jobTime = 10 * time.Minute
		status, err := s.up.UntilSettled(t.Context())
		s.must(err)
		s.want(queue.Counts{Registered: 1})
		if len(status.Waits) > 0 {
			t.Errorf("waits: %+v", status.Waits)
		}
	})
}

// Nor does it end the lists' time: what another station registered a moment ago is
// not called somebody else's.
func TestClockForwardAndTheLists(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := behind(t)
		e, err := s.q.Entry(t.Context(), s.ids[0])
		s.must(err)
		c.there(contoso, "Dock", e.Device)
		c.lag(key(contoso, "Dock"), 0, 5*time.Minute)
		_, err = s.up.UntilSettled(t.Context())
		s.must(err)
		if e, err = s.q.Entry(t.Context(), s.ids[0]); err != nil || e.State != queue.Registered || e.Reason != "" {
			t.Errorf("%s %q, %v", e.State, e.Reason, err)
		}
	})
}

// Of a plan that an earlier process saw taken there is only the clock on the wall.
func TestPlanOfAnEarlierProcessIsAsOldAsTheClockSays(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := behind(t)
		c.jobTime = 10 * 24 * time.Hour
		s.runFor(time.Minute)
		s.want(queue.Counts{Submitted: 1})
		s.restart()
		status, err := s.up.UntilSettled(t.Context())
		s.must(err)
		if _, late := waitFor(status, queue.NoOutcome); !late {
			t.Errorf("waits: %+v", status.Waits)
		}
	})
}

// The lists' time begins when a plan is taken, however long it was planned before.
func TestPlanThatWaitedLongIsYoungWhenItIsTaken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(func(o *upload.Options) { o.RetryMax = time.Minute })
		b.add(contoso, "Dock", "r1", 1)
		b.center.there(contoso, "Dock", b.entries[0].Device)
		start := time.Now()
		b.center.at = func(c call, after bool) error {
			switch {
			case c.pkids == nil:
			case !after && time.Since(start) < time.Hour:
				return worded(partnercenter.Throttled)
			case after:
				b.center.lag(key(contoso, "Dock"), 0, 5*time.Minute)
			}
			return nil
		}
		b.settle(t)
		if e := b.entry(1); e.State != queue.Registered || e.Reason != "" {
			t.Errorf("entry: %+v", e)
		}
	})
}
