package upload_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/upload"
)

// Rule 9: one probe per backoff step, whatever is waiting; and it heals.
func TestOutageIsProbedOncePerStep(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		for i := range 20 {
			b.add(autopilot.TenantID(fmt.Sprintf("customer-%d", i)), "Dock", "r1", 1)
		}
		start := time.Now()
		b.center.at = func(call, bool) error {
			if time.Since(start) < time.Hour {
				return failure(partnercenter.Unreachable)
			}
			return nil
		}
		status, err := b.up.Pass(t.Context())
		if !errors.Is(err, upload.ErrNoContact) || status.Online != upload.OnlineNo || len(b.center.calls) != 1 {
			t.Errorf("a pass made %d calls: %+v, %v", len(b.center.calls), status, err)
		}
		b.want(t, map[queue.State]int{queue.Ready: 20})
		status = b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 20})
		if status.Online != upload.OnlineYes {
			t.Errorf("status: %+v", status)
		}
		probes := 0
		for _, c := range b.center.calls {
			if c.at.Sub(start) < time.Hour {
				probes++
			}
		}
		if probes < 10 || probes > 40 {
			t.Errorf("%d probes in an hour's outage", probes)
		}
	})
}

// A customer whose requests never get an answer does not hold up the others.
func TestOneDeadCustomerDoesNotStarveOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		b.add(fabrikam, "Berlin", "r2", 1)
		b.center.at = func(c call, after bool) error {
			if c.op == "create" && c.customer == contoso && !after {
				return failure(partnercenter.NoAnswer)
			}
			return nil
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		if err := b.up.Run(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		b.want(t, map[queue.State]int{queue.Planned: 1, queue.Registered: 1})
		if n := len(b.center.posts()); n > 40 {
			t.Errorf("%d posts in an hour", n)
		}
	})
}

func TestPollFailuresChangeNothing(t *testing.T) {
	t.Parallel()
	for _, kind := range []partnercenter.Kind{
		partnercenter.NoAnswer, partnercenter.Unreachable, partnercenter.Throttled, partnercenter.Forbidden, partnercenter.Invalid,
	} {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.add(contoso, "Dock", "r1", 1)
				start := time.Now()
				b.center.at = func(c call, _ bool) error {
					if c.op == "status" && time.Since(start) < time.Hour {
						b.want(t, map[queue.State]int{queue.Submitted: 1})
						return failure(kind)
					}
					return nil
				}
				ctx, cancel := context.WithTimeout(t.Context(), 2*time.Hour)
				defer cancel()
				if err := b.up.Run(ctx); !errors.Is(err, context.DeadlineExceeded) {
					t.Error(err)
				}
				b.want(t, map[queue.State]int{queue.Registered: 1})
				if n := b.center.count("status"); n < 10 || n > 60 {
					t.Errorf("%d questions", n)
				}
			})
		})
	}
}

// A queue that cannot be written stops what is sent, and Run goes on after it.
func TestRunOutlivesAFullDisk(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		b.ledger.failing = errors.New("no space left on device")
		if _, err := b.up.UntilSettled(t.Context()); !errors.Is(err, b.ledger.failing) {
			t.Errorf("UntilSettled: %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- b.up.Run(ctx) }()
		<-time.After(time.Hour)
		if len(b.center.posts()) != 0 {
			t.Error("sent what could not be written down")
		}
		b.mu.Lock()
		b.ledger.failing = nil
		b.mu.Unlock()
		<-time.After(time.Hour)
		b.want(t, map[queue.State]int{queue.Registered: 1})
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}

// The answer that could not be written down is not asked for twice.
func TestTakenIsWrittenDownLater(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		b.center.hidden = time.Hour
		b.center.at = func(c call, after bool) error {
			if c.op == "create" && after {
				b.mu.Lock()
				b.ledger.failing = errors.New("no space left on device")
				b.mu.Unlock()
				time.AfterFunc(time.Minute, func() {
					b.mu.Lock()
					defer b.mu.Unlock()
					b.ledger.failing = nil
				})
			}
			return nil
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		_ = b.up.Run(ctx)
		b.want(t, map[queue.State]int{queue.Registered: 1})
		if len(b.center.posts()) != 1 {
			t.Errorf("posts: %+v", b.center.posts())
		}
	})
}

func TestRetryForgetsPauses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		b.center.at = strike("list", false, failure(partnercenter.SignIn))
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- b.up.Run(ctx) }()
		synctest.Wait()
		b.up.Retry()
		synctest.Wait()
		b.want(t, map[queue.State]int{queue.Submitted: 1})
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}
