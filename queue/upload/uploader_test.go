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

const (
	contoso  = autopilot.TenantID("contoso")
	fabrikam = autopilot.TenantID("fabrikam")
)

// A bench is an uploader between a fake ledger and a fake Partner Center.
type bench struct {
	*store

	ledger *fakeLedger
	center *center
	opts   upload.Options
	up     *upload.Uploader
}

func newBench(change ...func(*upload.Options)) *bench {
	b := &bench{store: newStore(), center: newCenter()}
	b.ledger = &fakeLedger{store: b.store}
	ids := 0
	b.opts = upload.Options{NewID: func() string { ids++; return fmt.Sprintf("request-%d", ids) }}
	for _, c := range change {
		c(&b.opts)
	}
	b.restart()
	return b
}

// restart is a new process on the same store.
func (b *bench) restart() {
	b.ledger = &fakeLedger{store: b.store}
	b.opts.Ledger, b.opts.Registrar = b.ledger, b.center
	b.up = upload.New(b.opts)
}

func (b *bench) settle(t *testing.T) upload.Status {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 7*24*time.Hour)
	defer cancel()
	status, err := b.up.UntilSettled(ctx)
	if err != nil {
		t.Fatalf("UntilSettled: %v", err)
	}
	return status
}

// entry is one entry as it stands.
func (b *bench) entry(seq int) queue.Entry {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.entries[seq-1]
}

func TestUploadRegisters(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(func(o *upload.Options) { o.BatchSize = 2 })
		b.add(contoso, "Dock", "r1", 5)
		b.add(fabrikam, "Berlin", "r2", 1)
		b.center.at = func(c call, _ bool) error { // rule 1
			for _, p := range b.plans {
				if p.RequestID == c.requestID && len(p.Devices) == len(c.pkids) {
					return nil
				}
			}
			if c.pkids != nil {
				t.Error("devices were sent without their plan on disk")
			}
			return nil
		}
		status := b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 6})
		posts := b.center.posts()
		if len(posts) != 4 || posts[0].op != "create" || posts[1].op != "append" || posts[2].op != "append" {
			t.Errorf("posts: %+v", posts)
		}
		if status.Online != upload.OnlineYes || status.Counts.Registered != 6 || len(status.Waits) != 0 || !status.Next.IsZero() {
			t.Errorf("status: %+v", status)
		}
		if e := b.entry(1); e.Reason != "" || e.DeviceID == "" {
			t.Errorf("entry: %+v", e)
		}
	})
}

func TestExistingBatchIsAppendedToWhateverItsCase(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.center.names[key(contoso, "DOCK")] = "DOCK"
		b.add(contoso, "Dock", "r1", 1)
		b.settle(t)
		if posts := b.center.posts(); len(posts) != 1 || posts[0].op != "append" || posts[0].batch != "DOCK" {
			t.Errorf("posts: %+v", posts)
		}
		if p := b.plans[0]; p.Batch != "Dock" { // the listed name is for the wire only
			t.Errorf("plan: %+v", p)
		}
	})
}

// Rule 2: a list that lags is found out by the answer.
func TestConflictAndNotFoundGoTheOtherWay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.center.names[key(contoso, "Dock")], b.center.made[key(contoso, "Dock")] = "Dock", time.Now()
		b.center.hidden = time.Hour
		b.add(contoso, "Dock", "r1", 1)
		b.settle(t)
		posts := b.center.posts()
		if len(posts) != 2 || posts[0].op != "create" || posts[1].op != "append" || posts[0].requestID == posts[1].requestID {
			t.Errorf("posts: %+v", posts)
		}
		b.want(t, map[queue.State]int{queue.Registered: 1})
	})
}

func TestDeviceIsPlannedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 2)
		b.entries[1].Device = b.entries[0].Device
		if _, err := b.up.Pass(t.Context()); err != nil {
			t.Fatal(err)
		}
		if posts := b.center.posts(); len(posts) != 1 || len(posts[0].pkids) != 1 {
			t.Errorf("posts: %+v", posts)
		}
	})
}

// Rule 4: the job's status says nothing about a device.
func TestEachDeviceIsDecidedByItsOwnRow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 5)
		b.center.home[pkid(2)] = fabrikam
		b.center.home[pkid(3)] = contoso
		b.center.codes = map[autopilot.PKID]autopilot.Code{pkid(4): autopilot.CodeStorage, pkid(5): "999"}
		b.center.shape = func(j *partnercenter.Job) { // in another order, with a stranger
			if len(j.Devices) < 5 {
				return // what is tried again
			}
			j.Devices[0], j.Devices[4] = j.Devices[4], j.Devices[0]
			j.Devices = append(j.Devices, partnercenter.DeviceStatus{
				Device: autopilot.Device{PKID: "9999999999990"}, Status: partnercenter.StatusFinished,
			})
		}
		b.settle(t)
		type outcome struct {
			state  queue.State
			reason queue.Reason
			code   autopilot.Code
		}
		for i, want := range []outcome{
			{queue.Registered, "", ""},
			{queue.Rejected, "", "808"},
			{queue.Registered, queue.AlreadyThere, "806"},
			{queue.Rejected, "", "640"},
			{queue.Rejected, "", "999"},
		} {
			if e := b.entry(i + 1); (outcome{e.State, e.Reason, e.Code}) != want {
				t.Errorf("entry %d: %s %q %q, want %+v", i+1, e.State, e.Reason, e.Code, want)
			}
		}
	})
}

func TestUnknownIsNotTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		start := time.Now()
		b.center.shape = func(j *partnercenter.Job) {
			if time.Since(start) < 10*time.Minute {
				j.Status, j.Devices = partnercenter.StatusUnknown, nil
			}
		}
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 1})
		if n := b.center.count("status"); n < 10 || n > 20 {
			t.Errorf("%d questions in ten minutes, want 5, 10, 20, 40, 60, 60… seconds apart", n)
		}
	})
}

// Rule 8: what a finished job does not mention is looked up in the batch.
func TestSilentJobIsMadeUpForByTheList(t *testing.T) {
	t.Parallel()
	for _, tracked := range []bool{true, false} {
		t.Run(fmt.Sprintf("tracked=%v", tracked), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.add(contoso, "Dock", "r1", 2)
				b.center.shape = func(j *partnercenter.Job) { j.Devices = j.Devices[:1] }
				if !tracked {
					b.center.at = strike("create", true, failure(partnercenter.Untracked))
				}
				b.settle(t)
				b.want(t, map[queue.State]int{queue.Registered: 2})
				if len(b.center.posts()) != 1 {
					t.Errorf("posts: %+v", b.center.posts())
				}
			})
		})
	}
}

func TestJobThatIsNotThereYetIsWaitedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		b.center.at = strike("status", false, failure(partnercenter.NotFound), failure(partnercenter.NotFound))
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 1})
		if b.center.count("devices") != 0 {
			t.Error("a 404 in the first minute was taken for more than it is")
		}
	})
}

func TestJobWithoutOutcomeWaitsForAPerson(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		b.center.jobTime = 30 * time.Hour
		start := time.Now()
		status := b.settle(t)
		if d := time.Since(start); d < 24*time.Hour || d > 25*time.Hour {
			t.Errorf("gave up after %v", d)
		}
		if len(status.Waits) != 1 || status.Waits[0].Reason != queue.NoOutcome || status.Waits[0].Entries != 1 {
			t.Errorf("waits: %+v", status.Waits)
		}
		b.want(t, map[queue.State]int{queue.Submitted: 1})
		b.restart()
		if status = b.settle(t); len(status.Waits) != 1 {
			t.Errorf("forgotten over a restart: %+v", status)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 7*time.Hour)
		defer cancel()
		if err := b.up.Run(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		b.want(t, map[queue.State]int{queue.Registered: 1})
	})
}

func TestWithoutGroupTagNothingGoesOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "", "r1", 3)
		status := b.settle(t)
		if len(status.Waits) != 1 || status.Waits[0].Reason != queue.NoGroupTag || status.Waits[0].Entries != 3 || !status.Waits[0].Until.IsZero() {
			t.Errorf("waits: %+v", status.Waits)
		}
		if len(b.center.calls) != 0 {
			t.Errorf("calls: %+v", b.center.calls)
		}
	})
}

func TestOpenReceptionGoesOutLater(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.open["r1"] = true
		b.add(contoso, "Dock", "r1", 2)
		status, err := b.up.Pass(t.Context())
		if err != nil || status.Later != 2 || time.Until(status.Next) != 15*time.Minute {
			t.Errorf("after a pass: %+v, %v", status, err)
		}
		start := time.Now()
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 2})
		if first := b.center.calls[0].at.Sub(start); first < 15*time.Minute || first > 16*time.Minute {
			t.Errorf("went out after %v", first)
		}
	})
}

func TestClosingAReceptionWakesTheUploader(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.open["r1"] = true
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- b.up.Run(ctx) }()
		synctest.Wait()
		b.add(contoso, "Dock", "r1", 2)
		changed, stop := b.up.Watch()
		defer stop()
		<-time.After(time.Minute) // the bubble's
		if len(b.center.calls) != 0 {
			t.Fatal("went out while the reception was open")
		}
		b.close("r1")
		<-time.After(20 * time.Second)
		b.want(t, map[queue.State]int{queue.Registered: 2})
		select {
		case <-changed:
		default:
			t.Error("nobody was told")
		}
		if err := b.up.Run(ctx); !errors.Is(err, upload.ErrRunning) {
			t.Errorf("a second run: %v", err)
		}
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}
