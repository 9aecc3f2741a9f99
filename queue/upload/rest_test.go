package upload_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/upload"
)

// A plan's rest may be on its way in the earlier request: whatever Partner
// Center says then, it does not come into people's hands.
func TestRestStaysOutOfPeoplesHands(t *testing.T) {
	t.Parallel()
	noRelationship := failure(partnercenter.Forbidden)
	noRelationship.Code = "20002"
	for _, c := range []struct {
		name, op string
		err      error
		want     queue.Reason
	}{
		{"no sign-in on listing", "list", failure(partnercenter.SignIn), queue.SignIn},
		{"no relationship on listing", "list", noRelationship, queue.NoRelationship},
		{"forbidden on listing", "list", worded(partnercenter.Forbidden), queue.Refused},
		{"no sign-in on appending", "append", failure(partnercenter.SignIn), queue.SignIn},
		{"invalid on appending", "append", worded(partnercenter.Invalid), queue.Refused},
		{"too large on appending", "append", worded(partnercenter.TooLarge), queue.Refused},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.add(contoso, "Dock", "r1", 3)
				b.center.at = partThen(b.center, c.op, c.err)
				b.settle(t)
				b.want(t, map[queue.State]int{queue.Registered: 1, queue.Planned: 2})
				if p := b.plans[len(b.plans)-1]; len(b.plans) != 2 || !p.Rest || p.Note != c.want {
					t.Errorf("plans: %+v", b.plans)
				}
				b.restart() // and the next process knows it too
				b.settle(t)
				b.want(t, map[queue.State]int{queue.Registered: 1, queue.Planned: 2})
				b.center.at = nil
				b.settle(t)
				b.want(t, map[queue.State]int{queue.Registered: 3})
				if e := b.entry(2); e.Code != autopilot.CodeAlreadyHere || e.Reason != "" {
					t.Errorf("entry: %+v", e)
				}
			})
		})
	}
}

// partThen takes a create without answering, lists one device of it, and from
// then on fails op.
func partThen(c *center, op string, err error) func(call, bool) error {
	listed := false
	return func(made call, after bool) error {
		switch {
		case made.op == "create" && after:
			c.lag(key(contoso, "Dock"), 1, 50*time.Minute)
			return failure(partnercenter.NoAnswer)
		case made.op == "devices" && after:
			listed = true
		case made.op == op && listed && !after:
			return err
		}
		return nil
	}
}

// The process is killed between planning the rest and sending it.
func TestRestOfADeadProcessStaysOutOfPeoplesHands(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 2)
		l := ledgerTest{T: t, Ledger: b.ledger}
		l.must(l.Plan(t.Context(), contoso, "Dock", []string{"e1", "e2"}))
		l.must(l.Attempt(t.Context(), "p1", queue.Attempt{RequestID: "lost"}))
		l.must(l.Settle(t.Context(), "p1", []queue.Outcome{{Entry: "e1", Registered: true}}))
		l.must(l.Replan(t.Context(), "p1"))
		b.center.at = strike("list", false, failure(partnercenter.SignIn))
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 1, queue.Planned: 1})
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 2})
	})
}

// In doubt, a batch that is there after all may be there because of us: it is
// listed before anything is appended to it.
func TestConflictInDoubtIsLookedUp(t *testing.T) {
	t.Parallel()
	for _, listed := range []bool{true, false} {
		t.Run(map[bool]string{true: "listed", false: "not listed"}[listed], func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.center.hidden, b.center.replay = time.Hour, false
				b.add(contoso, "Dock", "r1", 2)
				lost := false
				b.center.at = func(c call, after bool) error {
					if c.op != "create" || !after || lost {
						return nil
					}
					lost = true
					if !listed {
						b.center.lag(key(contoso, "Dock"), 0, 50*time.Minute)
					}
					return failure(partnercenter.NoAnswer)
				}
				b.settle(t)
				b.want(t, map[queue.State]int{queue.Registered: 2})
				want := []string{"list", "create", "list", "create", "devices"}
				if !listed {
					want = append(want, "append", "status")
				}
				if ops := b.center.ops(); !slices.Equal(ops[:min(len(want), len(ops))], want) || listed && len(ops) > len(want) {
					t.Errorf("calls: %v, want %v", ops, want)
				}
				if e := b.entry(1); e.Reason != "" {
					t.Errorf("entry: %+v", e)
				}
			})
		})
	}
}

// ops are the calls in their order.
func (c *center) ops() (ops []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, made := range c.calls {
		ops = append(ops, made.op)
	}
	return ops
}

// A server that fails and says for how long is not asked before, whatever a
// person presses.
func TestRetryKeepsRetryAfterOfAFailure(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		down := failure(partnercenter.NoAnswer)
		down.RetryAfter = time.Minute
		b.center.at = strike("list", false, down, down)
		for range 3 {
			_, _ = b.up.Pass(t.Context()) // the first had no contact
		}
		if n := len(b.center.calls); n != 1 {
			t.Errorf("%d calls while asked to wait", n)
		}
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 1})
		for i := range 2 {
			if d := b.center.calls[i+1].at.Sub(b.center.calls[i].at); d < time.Minute {
				t.Errorf("waited %v for a minute", d)
			}
		}
	})
}

// What is ready is read once a step, and once more if the step changed it.
func TestReadyIsReadOnceAStep(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(func(o *upload.Options) { o.BatchSize = 2 })
		b.open["r2"] = true
		b.add(contoso, "Dock", "r1", 6)
		b.add(contoso, "Dock", "r2", 1)
		b.center.at = strike("list", false, worded(partnercenter.Forbidden))
		for i, want := range []int{1, 3} {
			if _, err := b.up.Pass(t.Context()); err != nil || b.ledger.scans != want {
				t.Errorf("pass %d: read %d times, want %d, %v", i, b.ledger.scans, want, err)
			}
		}
		b.want(t, map[queue.State]int{queue.Submitted: 6, queue.Ready: 1})
	})
}
