package upload_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/upload"
)

// Rule 10: the process dies at every write to the ledger in turn, before and
// after it is on disk, on a line that loses answers; the next start goes on.
func TestDyingAtEveryWrite(t *testing.T) {
	t.Parallel()
	for _, after := range []bool{false, true} {
		for _, faults := range []bool{false, true} {
			for _, replay := range []bool{false, true} {
				name := fmt.Sprintf("after=%v faults=%v replay=%v", after, faults, replay)
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					synctest.Test(t, func(t *testing.T) {
						for at := 1; dieAt(t, at, after, faults, replay); at++ {
							if at > 100 {
								t.Fatal("there is no end to the writes")
							}
						}
					})
				})
			}
		}
	}
}

// dieAt says whether there was such a write.
func dieAt(t *testing.T, at int, after, faults, replay bool) (died bool) {
	t.Helper()
	b := newBench(func(o *upload.Options) { o.BatchSize = 2 })
	b.add(contoso, "Dock", "r1", 4)
	b.add(fabrikam, "Berlin", "r2", 2)
	b.center.home[pkid(4)] = fabrikam
	b.center.replay, b.center.jobTime = replay, 10*time.Second
	if faults {
		b.center.at = loseAnswers(at)
	}
	b.ledger.crashAt, b.ledger.after = at, after
	_, err := b.up.UntilSettled(t.Context())
	if died = errors.Is(err, errCrash); died {
		b.restart()
	} else if err != nil {
		t.Fatal(err)
	}
	b.settle(t)
	b.settled(t)
	if t.Failed() {
		t.Fatalf("died at write %d", at)
	}
	return died
}

// loseAnswers makes one call in three lose its answer, before or after it took
// effect, in an order of its own for each seed.
func loseAnswers(seed int) func(call, bool) error {
	draw := rand.New(rand.NewPCG(uint64(seed), 1))
	fate := 0
	return func(_ call, late bool) error {
		if !late {
			fate = draw.IntN(6)
		}
		if fate == 0 && !late || fate == 1 && late {
			return failure(partnercenter.NoAnswer)
		}
		return nil
	}
}

// settled fails unless each device is where it belongs, once, and nothing was
// sent after its 202 was stored.
func (b *bench) settled(t *testing.T) {
	t.Helper()
	b.want(t, map[queue.State]int{queue.Registered: 5, queue.Rejected: 1})
	for i := 1; i <= 6; i++ {
		want := contoso
		if i >= 4 {
			want = fabrikam
		}
		if got := b.center.home[pkid(i)]; got != want {
			t.Errorf("device %d is registered for %q, want %q", i, got, want)
		}
	}
	if e := b.entry(4); e.State != queue.Rejected || e.Code != autopilot.CodeOtherTenant {
		t.Errorf("entry 4: %+v", e)
	}
	if e := b.entry(1); e.Reason == queue.AlreadyThere {
		t.Error("called already there what we registered")
	}
	taken := map[autopilot.PKID]time.Time{}
	for _, p := range b.plans {
		for _, d := range p.Devices {
			if !p.SubmittedAt.IsZero() {
				taken[d.PKID] = p.SubmittedAt
			}
		}
	}
	for _, c := range b.center.posts() {
		for _, p := range c.pkids {
			if at, ok := taken[p]; ok && c.at.After(at) {
				t.Errorf("%s was sent %v after its 202 was stored", p.Masked(), c.at.Sub(at))
			}
		}
	}
}

// Rule 10: we are stopped in the middle of each call in turn.
func TestStoppedInEveryCall(t *testing.T) {
	t.Parallel()
	for _, late := range []bool{false, true} {
		t.Run(fmt.Sprintf("late=%v", late), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				for at, stopped := 1, true; stopped; at++ {
					stopped = stopIn(t, at, late)
				}
			})
		})
	}
}

func stopIn(t *testing.T, at int, late bool) (stopped bool) {
	t.Helper()
	b := newBench(func(o *upload.Options) { o.BatchSize = 2 })
	b.add(contoso, "Dock", "r1", 4)
	b.add(fabrikam, "Berlin", "r2", 2)
	b.center.home[pkid(4)] = fabrikam
	b.center.jobTime = 10 * time.Second
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	b.center.at = func(c call, after bool) error {
		if c.number == at && after == late {
			cancel()
			return ctx.Err()
		}
		return nil
	}
	_, err := b.up.UntilSettled(ctx)
	stopped = errors.Is(err, context.Canceled)
	if !stopped && err != nil {
		t.Fatal(err)
	}
	if at%2 == 0 { // the same uploader must go on as a new one does
		b.restart()
	}
	b.settle(t)
	b.settled(t)
	if t.Failed() {
		t.Fatalf("stopped in call %d", at)
	}
	return stopped
}
