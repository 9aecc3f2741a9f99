package upload_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// A tuple is found by its serial number, where that names one device only.
func TestTupleIsMatchedBySerial(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 3)
		b.entries[0].Device = autopilot.Device{Serial: "A1", Manufacturer: "Maker", Model: "One"}
		b.entries[1].Device = autopilot.Device{Serial: "B2", Manufacturer: "Maker", Model: "One"}
		b.entries[2].Device = autopilot.Device{Serial: "B2", Manufacturer: "Other", Model: "Two"}
		b.center.shape = func(j *partnercenter.Job) {
			j.Devices = nil
			for _, serial := range []string{"A1", "B2", ""} {
				j.Devices = append(j.Devices, partnercenter.DeviceStatus{
					Device: autopilot.Device{Serial: serial}, Status: partnercenter.StatusFinishedWithErrors, Code: "812",
				})
			}
			j.Status = partnercenter.StatusProcessing
		}
		if _, err := b.up.Pass(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := b.up.Pass(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.want(t, map[queue.State]int{queue.Rejected: 1, queue.Submitted: 2})
		if e := b.entry(1); e.Code != "812" {
			t.Errorf("entry: %+v", e)
		}
	})
}

// Of two rows about one device the one that says registered counts.
func TestRegisteredRowWins(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 2)
		b.center.shape = func(j *partnercenter.Job) {
			for _, d := range j.Devices[:2] {
				d.Status, d.Code = partnercenter.StatusFinishedWithErrors, autopilot.CodeDuplicate
				j.Devices = append([]partnercenter.DeviceStatus{d}, append(j.Devices, d)...)
			}
		}
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 2})
	})
}

// A device that nothing identifies is never sent, and does not hold up others.
func TestUnidentifiedIsNotSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 2)
		b.entries[0].Device = autopilot.Device{Serial: "A1"}
		status := b.settle(t)
		b.want(t, map[queue.State]int{queue.Ready: 1, queue.Registered: 1})
		if len(status.Waits) != 1 || status.Waits[0].Reason != queue.Refused {
			t.Errorf("waits: %+v", status.Waits)
		}
	})
}

// A plan of which nothing was sent goes back into people's hands when a person
// is needed.
func TestUnsentPlanIsGivenBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		if _, err := b.ledger.Plan(t.Context(), contoso, "Dock", []string{"e1"}); err != nil {
			t.Fatal(err)
		}
		b.center.at = strike("list", false, worded(partnercenter.Forbidden))
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Ready: 1})
		if len(b.plans) != 1 || b.plans[0].Note != queue.Refused {
			t.Errorf("plans: %+v", b.plans)
		}
	})
}

// What Partner Center asked for is kept, whatever a person presses.
func TestRetryKeepsRetryAfter(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		slow := failure(partnercenter.Throttled)
		slow.RetryAfter = time.Minute
		b.center.at = strike("list", false, slow)
		for range 3 {
			if _, err := b.up.Pass(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(b.center.calls); n != 1 {
			t.Errorf("%d calls while asked to wait", n)
		}
		b.settle(t)
		if d := b.center.calls[1].at.Sub(b.center.calls[0].at); d < time.Minute {
			t.Errorf("waited %v for a minute", d)
		}
	})
}

// A job that is gone is made up for by the list.
func TestExpiredJobIsLookedUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		b.center.at = func(c call, _ bool) error {
			if c.op == "status" {
				return failure(partnercenter.NotFound)
			}
			return nil
		}
		start := time.Now()
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 1})
		if d := time.Since(start); d < time.Minute || d > 5*time.Minute {
			t.Errorf("looked up after %v", d)
		}
	})
}

// The list lags and the server forgets ids, on a batch that is there: the same
// request again is answered 806, and we do not call that already there.
func TestSameRequestAgainIsNotCalledAlreadyThere(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.center.names[key(contoso, "Dock")], b.center.replay = "Dock", false
		b.add(contoso, "Dock", "r1", 1)
		failed := false
		b.center.at = func(c call, after bool) error {
			if c.op != "append" || !after || failed {
				return nil
			}
			failed = true
			b.center.lag(key(contoso, "Dock"), 0, 50*time.Minute)
			return failure(partnercenter.NoAnswer)
		}
		b.settle(t)
		if e := b.entry(1); e.State != queue.Registered || e.Code != autopilot.CodeAlreadyHere || e.Reason != "" {
			t.Errorf("entry: %+v", e)
		}
	})
}

// We died between settling what was listed and planning the rest, and then the
// list forgets: what is settled is not sent again all the same.
func TestSettledPartIsNotSentAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 2)
		l := ledgerTest{T: t, Ledger: b.ledger}
		l.must(l.Plan(t.Context(), contoso, "Dock", []string{"e1", "e2"}))
		l.must(l.Attempt(t.Context(), "p1", queue.Attempt{RequestID: "lost"}))
		l.must(l.Settle(t.Context(), "p1", []queue.Outcome{{Entry: "e1", Registered: true}}))
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 2})
		if posts := b.center.posts(); len(posts) != 1 || len(posts[0].pkids) != 1 || posts[0].pkids[0] != pkid(2) || posts[0].requestID == "lost" {
			t.Errorf("posts: %+v", posts)
		}
	})
}

// The answer comes while we are being stopped: it is written down.
func TestAnswerWhileStoppingIsWrittenDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		b.center.at = func(c call, after bool) error {
			if c.op == "create" && after {
				cancel()
			}
			return nil
		}
		if _, err := b.up.UntilSettled(ctx); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		b.want(t, map[queue.State]int{queue.Submitted: 1})
	})
}
