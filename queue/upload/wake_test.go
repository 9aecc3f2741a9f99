package upload_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/upload"
)

// inOutage is an uploader that runs in an outage.
func inOutage(t *testing.T) (b *bench, stop func()) {
	t.Helper()
	b = newBench()
	return b, b.outage(t)
}

// outage has the uploader run in an outage, with something to send.
func (b *bench) outage(t *testing.T) (stop func()) {
	t.Helper()
	b.add(contoso, "Dock", "r1", 1)
	b.center.at = func(call, bool) error { return failure(partnercenter.Unreachable) }
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- b.up.Run(ctx) }()
	return func() {
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
}

// An event of the system causes one probe, however many come, and nothing
// follows from it but what the probe says.
func TestProbe(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b, stop := inOutage(t)
		defer stop()
		<-time.After(time.Hour)
		synctest.Wait()
		before := b.center.total()
		for range 100 {
			b.up.Probe()
			synctest.Wait()
		}
		if n := b.center.total() - before; n > 1 || b.up.Status().Online != upload.OnlineNo {
			t.Errorf("%d calls for 100 events, %+v", n, b.up.Status())
		}
		<-time.After(4 * time.Hour)
		b.center.mu.Lock()
		b.center.at = nil // the outage is over
		b.center.mu.Unlock()
		b.up.Probe()
		<-time.After(2 * time.Second) // at once, or where a try is due within a second, then
		synctest.Wait()
		b.want(t, map[queue.State]int{queue.Submitted: 1})
		if b.up.Status().Online != upload.OnlineYes {
			t.Errorf("status: %+v", b.up.Status())
		}
	})
}

// A probe reaches a customer who lets the others go first, although those have
// nothing to send.
func TestProbeOfACustomerWhoYields(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(func(o *upload.Options) { o.RetryMax = time.Hour })
		b.add(fabrikam, "Berlin", "r2", 1)
		b.settle(t)
		defer b.outage(t)()
		<-time.After(5 * time.Hour)
		synctest.Wait()
		before := b.center.total()
		b.up.Probe()
		<-time.After(2 * time.Second) // at once, or where a try is due within a second, then
		synctest.Wait()
		if n := b.center.total() - before; n < 1 || n > 4 {
			t.Errorf("%d calls", n)
		}
	})
}

// What Partner Center asked for is not probed, nor what only a person can end.
func TestProbeShortensNothingThatWasAsked(t *testing.T) {
	t.Parallel()
	slow := failure(partnercenter.Throttled)
	slow.RetryAfter = time.Hour
	for name, err := range map[string]error{"throttled": slow, "sign-in": failure(partnercenter.SignIn), "relationship": noRelationship()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.add(contoso, "Dock", "r1", 1)
				b.center.at = func(call, bool) error { return err }
				ctx, cancel := context.WithCancel(t.Context())
				done := make(chan error)
				go func() { done <- b.up.Run(ctx) }()
				synctest.Wait()
				b.up.Probe()
				synctest.Wait()
				if n := b.center.total(); n != 1 {
					t.Errorf("%d calls", n)
				}
				cancel()
				if err := <-done; !errors.Is(err, context.Canceled) {
					t.Error(err)
				}
			})
		})
	}
}

// After a sleep of the machine the first thing is a probe, with a list, and no
// devices are sent blindly.
func TestSleepIsNoticed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ahead := make(chan time.Duration, 1)
		ahead <- 0
		wall := func() time.Time {
			by := <-ahead
			ahead <- by
			return time.Now().Add(by)
		}
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		b.center.at = func(call, bool) error { return failure(partnercenter.Unreachable) }
		upload.SetWall(b.up, wall)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- b.up.Run(ctx) }()
		<-time.After(2*time.Hour + 10*time.Second)
		synctest.Wait()
		before := b.center.total()
		<-ahead
		ahead <- 8 * time.Hour // asleep for a night
		<-time.After(3 * time.Minute)
		synctest.Wait()
		if n := b.center.total() - before; n < 5 {
			t.Errorf("%d probes in the three minutes after a sleep", n)
		}
		if len(b.center.posts()) != 0 || b.up.Status().Online != upload.OnlineNo {
			t.Errorf("sent blindly, or took itself for online: %+v", b.up.Status())
		}
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}

// A dead line lets out one call a pause, whoever calls; one that works again is
// open at once.
func TestBreakerLetsOneProbeOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		dead := true
		b.center.at = func(call, bool) error {
			if dead {
				return failure(partnercenter.NoAnswer)
			}
			return nil
		}
		start := time.Now()
		b.run(t, 30*time.Minute)
		last := time.Time{}
		for i, c := range b.center.calls {
			if gap := c.at.Sub(last); i > 7 && gap < 10*time.Second {
				t.Errorf("call %d came %v after the one before", i, gap)
			}
			last = c.at
		}
		if n := b.center.total(); n < 8 || n > 25 {
			t.Errorf("%d calls in half an hour", n)
		}
		dead = false
		b.run(t, time.Minute)
		b.want(t, map[queue.State]int{queue.Registered: 1})
		if d := time.Since(start); d > time.Hour {
			t.Error(d)
		}
	})
}

// While the line is dead nothing reaches it before the station's pause is over,
// whoever calls; then one call does, and if it fails no other follows.
func TestDeadLineLetsNobodyOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		b.center.at = func(call, bool) error { return failure(partnercenter.NoAnswer) }
		for range 5 {
			<-time.After(time.Second)
			if _, err := b.up.Pass(t.Context()); !errors.Is(err, upload.ErrNoContact) {
				t.Fatal(err)
			}
		}
		<-time.After(time.Millisecond) // the pause is half a second or more
		others := upload.OnLine(b.up)  // removals, profiles
		var refused *partnercenter.Error
		if _, err := others.Batches(t.Context(), fabrikam); !errors.As(err, &refused) || refused.Kind() != partnercenter.Unreachable || b.center.total() != 5 {
			t.Errorf("%d calls, %v", b.center.total(), err)
		}
		<-time.After(2 * time.Second) // the pause is over
		for range 3 {
			if _, err := others.Batches(t.Context(), fabrikam); err == nil {
				t.Error("no error")
			}
		}
		if n := b.center.total(); n != 6 {
			t.Errorf("%d calls, want one probe", n)
		}
	})
}
