package upload_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/upload"
)

// A 413 that passes leaves nobody with a request a device, and one that stays costs
// few requests more.
func TestTooLargeForAWhile(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		passes bool
		most   int // requests for the last 64
	}{"passes": {true, 5}, "stays": {false, 24}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench(func(o *upload.Options) { o.BatchSize = 16 })
				small := true
				b.center.at = func(c call, after bool) error {
					if len(c.pkids) > 4 && small && !after {
						return failure(partnercenter.TooLarge)
					}
					return nil
				}
				b.add(contoso, "Dock", "r1", 20)
				b.settle(t)
				b.run(t, 30*time.Minute)
				small = !tt.passes
				for range 4 {
					b.add(contoso, "Dock", "r1", 4) // each is as many as may go, and taken
					b.settle(t)
				}
				before := len(b.center.posts())
				b.add(contoso, "Dock", "r1", 64)
				b.settle(t)
				if n := len(b.center.posts()) - before; n > tt.most {
					t.Errorf("%d requests, want at most %d", n, tt.most)
				}
				b.want(t, map[queue.State]int{queue.Registered: 100})
			})
		})
	}
}

// Only a throttle's time is firm, and that for an hour: a person may hurry what some
// server between here and there asks for.
func TestAPersonMayHurryWhatNobodyAsksFor(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status      int
		after, firm time.Duration
	}{
		"unavailable for a day":  {http.StatusServiceUnavailable, 24 * time.Hour, 0},
		"throttled for a day":    {http.StatusTooManyRequests, 24 * time.Hour, time.Hour},
		"throttled for a minute": {http.StatusTooManyRequests, time.Minute, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, c := atCenter(t, 1)
				struck := false
				c.at = func(call, bool) error {
					if struck {
						return nil
					}
					struck = true
					return &partnercenter.Error{Op: "list batches", Status: tt.status, RetryAfter: tt.after}
				}
				s.runFor(time.Second)
				if tt.firm > 0 {
					s.up.Retry()
					s.runFor(tt.firm - 2*time.Second)
					s.up.Retry()
					s.want(queue.Counts{Ready: 1})
				}
				s.restartedInBetween(tt.firm)
				s.runFor(10 * time.Second)
				s.up.Retry()
				s.runFor(time.Minute)
				s.want(queue.Counts{Registered: 1})
			})
		})
	}
}

// restartedInBetween is a new process, where the pause is to outlive one.
func (s *site) restartedInBetween(firm time.Duration) {
	if firm > 0 {
		s.restart()
	}
}
