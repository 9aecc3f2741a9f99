package upload_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/upload"
)

// The process dies at every write of pauses, timed retries and devices that
// were there, before and after it is on disk; the next one goes on.
func TestDyingAtEveryWriteOfPausesAndRetries(t *testing.T) {
	t.Parallel()
	for _, after := range []bool{false, true} {
		t.Run(fmt.Sprintf("after=%v", after), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				deaths := 0
				for at := 1; dieInFlows(t, at, after); at++ {
					if deaths++; at > 200 {
						t.Fatal("there is no end to the writes")
					}
				}
				if deaths < 30 {
					t.Errorf("only %d writes: the flows are not all in it", deaths)
				}
			})
		})
	}
}

// troubles are what the calls with these numbers get.
func troubles() map[int]error {
	slow := failure(partnercenter.Throttled)
	slow.RetryAfter = 20 * time.Minute
	return map[int]error{
		1: failure(partnercenter.Unreachable), 2: slow, 3: refusal(http.StatusUnauthorized, "400"), 4: refusal(http.StatusUnauthorized, "400"),
		5: noRelationship(), 6: refusal(http.StatusForbidden, "900150"), 8: failure(partnercenter.NoAnswer), 10: noRelationship(),
		12: refusal(http.StatusUnauthorized, "900421"), 14: slow, 15: worded(partnercenter.Invalid), 17: noRelationship(), 20: failure(partnercenter.NoAnswer),
	}
}

func dieInFlows(t *testing.T, at int, after bool) (died bool) {
	t.Helper()
	b := newBench(func(o *upload.Options) { o.BatchSize = 2 })
	b.add(contoso, "Dock", "r1", 4)
	b.add(fabrikam, "Berlin", "r2", 1)
	b.center.there(contoso, "Other", b.entries[1].Device)
	b.center.there(contoso, "", b.entries[2].Device)
	b.center.codes = map[autopilot.PKID]autopilot.Code{pkid(1): autopilot.CodeStorage}
	time.AfterFunc(30*time.Minute, func() {
		b.center.mu.Lock()
		defer b.center.mu.Unlock()
		b.center.codes = nil
	})
	script := troubles()
	b.center.at = func(c call, late bool) error {
		if !late {
			return script[c.number]
		}
		return nil
	}
	b.ledger.crashAt, b.ledger.after = at, after
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Hour)
	defer cancel()
	for ctx.Err() == nil && !b.died() { // Run outlives its ledger; a process would not
		step, stop := context.WithTimeout(ctx, time.Minute)
		if err := b.up.Run(step); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
		stop()
	}
	if died = b.died(); died {
		b.restart()
		b.run(t, 8*time.Hour)
	}
	b.want(t, map[queue.State]int{queue.Registered: 5})
	for i, want := range []queue.Reason{"", "", queue.AlreadyThere, "", ""} {
		// The mark may be missing after a request in doubt, but never lies.
		if e := b.entry(i + 1); e.Reason != want && e.Reason != "" {
			t.Errorf("entry %d: %+v", i+1, e)
		}
	}
	if kept := b.kept(); len(kept) != 0 {
		t.Errorf("still paused on disk: %+v", kept)
	}
	if t.Failed() {
		t.Fatalf("died at write %d", at)
	}
	return died
}

func (b *bench) died() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.ledger.dead
}

// A process that dies over and over in its pauses is no faster than one that
// lives: what was asked for is waited out, but for what was not yet on disk.
func TestRestartsDoNotHurryPastWhatWasAsked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		slow := failure(partnercenter.Throttled)
		slow.RetryAfter = 10 * time.Minute
		b.center.at = func(call, bool) error { return slow }
		start := time.Now()
		for time.Since(start) < 2*time.Hour {
			b.run(t, time.Minute)
			b.restart()
		}
		if n := b.center.total(); n > 13 {
			t.Errorf("%d calls in two hours of which each asked for ten minutes", n)
		}
	})
}
