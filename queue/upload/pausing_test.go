package upload_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/upload"
)

func noRelationship() *partnercenter.Error {
	err := failure(partnercenter.Forbidden)
	err.Code, err.RequestID, err.CorrelationID = "20002", "request-9", "correlation-9"
	return err
}

// run has the uploader run for a while.
func (b *bench) run(t *testing.T, long time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), long)
	defer cancel()
	if err := b.up.Run(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

// What Partner Center asked for is not hurried past by a new process, and it is
// shown before the first call.
func TestAskedPauseOutlivesTheProcess(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		slow := failure(partnercenter.Throttled)
		slow.RetryAfter, slow.RequestID, slow.CorrelationID = 10*time.Minute, "request-9", "correlation-9"
		b.center.at = strike("list", false, slow)
		if _, err := b.up.Pass(t.Context()); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		<-time.After(time.Minute)
		b.restart()
		status, err := b.up.Pass(t.Context())
		if err != nil || b.center.total() != 1 {
			t.Fatalf("%d calls while asked to wait, %v", b.center.total(), err)
		}
		p := status.Progress
		if len(status.Waits) != 1 || status.Waits[0].Reason != queue.Throttled || len(p) != 1 || p[0].Reason != queue.Throttled ||
			!p[0].Since.Equal(began) || p[0].RequestID != "request-9" || p[0].CorrelationID != "correlation-9" || p[0].Attempt != 1 {
			t.Errorf("after a restart: %+v", status)
		}
		b.settle(t)
		if d := b.center.calls[1].at.Sub(began); d < 10*time.Minute || d > 11*time.Minute {
			t.Errorf("waited %v for ten minutes", d)
		}
		if kept := b.kept(); len(kept) != 0 {
			t.Errorf("still paused on disk: %+v", kept)
		}
	})
}

// Nor is what it asks for in the moment in which the process is told to end.
func TestAskedPauseIsKeptAtTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		slow := failure(partnercenter.Throttled)
		slow.RetryAfter = 10 * time.Minute
		ctx, end := context.WithCancel(t.Context())
		b.center.at = func(call, bool) error {
			end()
			return slow
		}
		if _, err := b.up.Pass(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("ended with %v", err)
		}
		b.restart()
		if status, err := b.up.Pass(t.Context()); err != nil || b.center.total() != 1 || len(status.Waits) != 1 {
			t.Errorf("%d calls, %v, waiting: %+v", b.center.total(), err, status.Waits)
		}
	})
}

// A clock that was wrong makes a pause no longer than it may be.
func TestPauseOfAWrongClockEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		b.pauses = []queue.Pause{
			{Reason: queue.Throttled, Asked: true, Until: time.Now().Add(10 * 365 * 24 * time.Hour)},
			{Customer: contoso, Reason: queue.Refused, Until: time.Now().Add(10 * 365 * 24 * time.Hour)},
		}
		start := time.Now()
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 1})
		if d := time.Since(start); d > 25*time.Hour {
			t.Errorf("waited %v", d)
		}
	})
}

// A pause of half a minute is no longer than that after the clock was set back.
func TestPauseOfAClockThatWasSetBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		b.pauses = []queue.Pause{{Reason: queue.Throttled, Asked: true, Until: time.Now().Add(12 * time.Hour), Wait: 30 * time.Second}}
		start := time.Now()
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 1})
		if d := time.Since(start); d > 2*time.Minute {
			t.Errorf("waited %v", d)
		}
	})
}

// Why a customer waits, and since when, is known at once after a restart, and
// it is tried once.
func TestReasonOutlivesTheProcess(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 2)
		b.center.at = func(_ call, after bool) error {
			if after {
				return nil
			}
			return noRelationship()
		}
		b.settle(t)
		began := time.Now()
		if kept := b.kept(); len(kept) != 1 || kept[0].Customer != contoso || kept[0].Reason != queue.NoRelationship || !kept[0].Person ||
			kept[0].CorrelationID != "correlation-9" || kept[0].Steps != 1 {
			t.Fatalf("kept: %+v", kept)
		}
		<-time.After(time.Hour)
		b.restart()
		calls := b.center.total()
		changed, stop := b.up.Watch()
		defer stop()
		ctx, cancel := context.WithCancel(t.Context())
		var first upload.Status
		b.center.at = func(call, bool) error {
			<-changed
			first = b.up.Status()
			cancel()
			return noRelationship()
		}
		_, _ = b.up.UntilSettled(ctx) // stopped in its first call
		if b.center.total() != calls+1 {
			t.Errorf("%d calls after the restart", b.center.total()-calls)
		}
		if len(first.Waits) != 1 || first.Waits[0].Reason != queue.NoRelationship || len(first.Progress) != 1 || !first.Progress[0].Since.Equal(began) ||
			first.Counts.Ready != 2 || first.Progress[0].Ready != 2 {
			t.Errorf("before the first call: %+v", first)
		}
		b.center.at = nil
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 2})
		if kept := b.kept(); len(kept) != 0 {
			t.Errorf("still paused on disk: %+v", kept)
		}
	})
}

// An outage costs one write a failure, and a line that works none.
func TestPausesAreWrittenOnChangeOnly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		b.add(fabrikam, "Berlin", "r1", 1)
		b.settle(t)
		quiet := b.writes
		b.run(t, time.Hour)
		if b.writes != quiet {
			t.Errorf("%d writes while nothing happened", b.writes-quiet)
		}
		b.add(contoso, "Dock", "r1", 1)
		b.add(fabrikam, "Berlin", "r1", 1)
		b.center.at = func(call, bool) error { return failure(partnercenter.Unreachable) }
		calls := b.center.total()
		b.run(t, time.Hour)
		if failed := b.center.total() - calls; b.writes-quiet != failed {
			t.Errorf("%d writes for %d failures", b.writes-quiet, failed)
		}
	})
}

// No text on disk has a whole PKID or a token, whoever wrote it.
func TestPauseTextsKeepSecrets(t *testing.T) {
	t.Parallel()
	const pkid, token = "3305123456781", "eyJhbGciOi.J9.x-y_z"
	for name, err := range map[string]error{
		"the client's":   partnercenter.NewError("list batches", partnercenter.NoAnswer, errors.New(pkid+" "+token)),
		"somebody's own": fmt.Errorf("%s %s", pkid, token),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.add(contoso, "Dock", "r1", 1)
				b.center.at = strike("list", false, err)
				_, _ = b.up.Pass(t.Context())
				kept := b.kept()
				if len(kept) != 1 || kept[0].Reason != queue.Offline || kept[0].Text == "" ||
					strings.Contains(kept[0].Text, pkid) || strings.Contains(kept[0].Text, token) {
					t.Errorf("kept: %+v", kept)
				}
			})
		})
	}
}

// A pause that cannot be written down is a pause all the same.
func TestPauseOnAFullDisk(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		slow := failure(partnercenter.Throttled)
		slow.RetryAfter = time.Hour
		b.center.at = strike("list", false, slow)
		b.ledger.failing = errors.New("no space left on device")
		time.AfterFunc(time.Minute, func() {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.ledger.failing = nil
		})
		b.run(t, 30*time.Minute)
		if n := b.center.total(); n != 1 {
			t.Errorf("%d calls while asked to wait", n)
		}
		if kept := b.kept(); len(kept) != 1 {
			t.Errorf("never written down: %+v", kept)
		}
	})
}
