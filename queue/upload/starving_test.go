package upload_test

import (
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
)

// toDock has every request with devices for the batch fail.
func toDock(err error) func(call, bool) error {
	return func(c call, after bool) error {
		if !after && c.pkids != nil && c.batch == "Dock" {
			return err
		}
		return nil
	}
}

// unlistable has the first request for a batch get no answer, and its list fail
// ever after.
func unlistable(err error) func(call, bool) error {
	cut := strike("append", false, failure(partnercenter.NoAnswer))
	return func(c call, after bool) error {
		if c.op == "devices" && c.batch == "Dock" && !after {
			return err
		}
		return cut(c, after)
	}
}

// Whatever one batch of a customer runs into for ever, the customer's others go
// on; and so do other customers.
func TestOneBatchDoesNotStarveTheCustomersOthers(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		at   func(call, bool) error
		dock queue.State
	}{
		"conflict":              {toDock(worded(partnercenter.Conflict)), queue.Ready},
		"not found":             {toDock(worded(partnercenter.NotFound)), queue.Ready},
		"forbidden":             {toDock(worded(partnercenter.Forbidden)), queue.Ready},
		"no answer":             {toDock(failure(partnercenter.NoAnswer)), queue.Planned},
		"list invalid":          {unlistable(worded(partnercenter.Invalid)), queue.Planned},
		"list forbidden":        {unlistable(worded(partnercenter.Forbidden)), queue.Planned},
		"list without answer":   {unlistable(failure(partnercenter.NoAnswer)), queue.Planned},
		"list that is wordless": {unlistable(failure(partnercenter.Invalid)), queue.Planned},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.center.names[key(contoso, "Dock")] = "Dock"
				b.add(contoso, "Dock", "r1", 1)
				b.add(contoso, "Berlin", "r1", 3)
				b.add(fabrikam, "Paris", "r1", 1)
				b.center.at = tt.at
				b.run(t, 58*time.Minute)
				b.want(t, map[queue.State]int{tt.dock: 1, queue.Registered: 4})
				b.run(t, 23*time.Hour+58*time.Minute)
				if n := b.center.total(); n > 25*60/5*4 {
					t.Errorf("%d calls", n)
				}
				b.center.at = nil
				b.up.Retry()
				b.settle(t)
				b.want(t, map[queue.State]int{queue.Registered: 5})
			})
		})
	}
}

// A batch that is there for some calls and not for others holds back itself: the
// entries are in people's hands, and when lists had their time a person's turn
// has come.
func TestBatchThatIsThereAndNotThere(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 2)
		b.center.at = thereAndNotThere(worded(partnercenter.Conflict))
		start := time.Now()
		status := b.settle(t)
		b.want(t, map[queue.State]int{queue.Ready: 2})
		if took := time.Since(start); took < 15*time.Minute || took > time.Hour {
			t.Errorf("waited %v", took)
		}
		if w, ok := waitFor(status, queue.Refused); !ok || w.Entries != 2 || !w.Until.IsZero() {
			t.Errorf("waits: %+v", status.Waits)
		}
	})
}
