package upload_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/upload"
)

// inFlight has n plans taken for each customer, all of whose jobs take long.
func inFlight(t *testing.T, n int, customers ...autopilot.TenantID) *bench {
	t.Helper()
	b := newBench(func(o *upload.Options) { o.BatchSize, o.JobDeadline = 1, 3*time.Hour })
	b.center.jobTime = 1000 * time.Hour
	for _, c := range customers {
		b.add(c, "Dock", "r1", n)
	}
	b.run(t, 10*time.Minute)
	b.want(t, map[queue.State]int{queue.Submitted: n * len(customers)})
	return b
}

// A station that waits asks once a minute for each customer, whatever the
// number of plans, and also beyond the deadline, when people press and the
// system has events.
func TestIdleStationAsksOnceAMinuteACustomer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := inFlight(t, 200, contoso)
		b.add(fabrikam, "Dock", "r1", 3)
		b.run(t, 10*time.Minute)
		for part := range 3 {
			before := b.center.total()
			if part == 1 {
				b.run(t, 2*time.Hour) // past the deadline
				before = b.center.total()
			}
			if part == 2 {
				b.up.Probe()
			}
			b.run(t, 30*time.Minute)
			asked := map[autopilot.TenantID]int{}
			for _, c := range b.center.calls[before:] {
				asked[c.customer]++
			}
			for _, id := range []autopilot.TenantID{contoso, fabrikam} {
				if n := asked[id]; n < 27 || n > 31 {
					t.Errorf("part %d: %d requests in half an hour for %s", part, n, id)
				}
			}
		}
	})
}

// And so it does where every job is gone and no list has the devices: a
// question of several requests pays for each of them.
func TestIdleStationWithVanishedJobs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := inFlight(t, 200, contoso)
		b.center.mu.Lock()
		for i := range 250 { // three pages of strangers
			b.center.batches[key(contoso, "Dock")][i%200].PKID = pkid(5000 + i)
		}
		clear(b.center.jobs)
		b.center.mu.Unlock()
		b.run(t, 30*time.Minute)
		if n := b.center.count("devices"); n == 0 {
			t.Error("no list was asked for in half an hour")
		}
		before := b.center.total()
		b.run(t, 2*time.Hour)
		b.want(t, map[queue.State]int{queue.Submitted: 200})
		requests := 0
		for _, c := range b.center.calls[before:] {
			requests++
			if c.op == "devices" {
				requests += 200 / 100
			}
		}
		if requests > 120+5 || requests < 60 { // the first question is asked at once
			t.Errorf("%d requests in two hours", requests)
		}
		b.want(t, map[queue.State]int{queue.Submitted: 200})
		status := b.settle(t) // the deadline passes
		if len(status.Waits) != 1 || status.Waits[0].Reason != queue.NoOutcome || status.Waits[0].Entries != 200 {
			t.Errorf("waits: %+v", status.Waits)
		}
	})
}

// A job that is over lets the next be asked at once, and one that never ends
// keeps none of the others.
func TestStuckJobDoesNotStarveOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(func(o *upload.Options) { o.BatchSize = 1 })
		b.center.jobTime = 10 * time.Minute
		b.center.shape = func(j *partnercenter.Job) {
			if j.TrackingID == "job-1" {
				j.Status, j.Devices = partnercenter.StatusProcessing, nil
			}
		}
		b.add(contoso, "Dock", "r1", 200)
		b.run(t, 13*time.Minute)
		b.want(t, map[queue.State]int{queue.Submitted: 1, queue.Registered: 199})
		if n := b.center.count("status"); n > 230 {
			t.Errorf("%d questions about 200 jobs", n)
		}
	})
}

// A single job is asked about after 5, 10, 20, 40, 60, 60… seconds.
func TestCadenceOfOneJob(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := inFlight(t, 1, contoso)
		var gaps []time.Duration
		last := time.Time{}
		for _, c := range b.center.calls {
			if c.op == "list" {
				continue
			}
			if !last.IsZero() {
				gaps = append(gaps, c.at.Sub(last))
			}
			last = c.at
		}
		want := []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 40 * time.Second, time.Minute, time.Minute}
		if fmt.Sprint(gaps[:6]) != fmt.Sprint(want) {
			t.Errorf("gaps: %v, want %v", gaps[:6], want)
		}
	})
}

// New work is asked about soon, whatever old jobs do.
func TestNewWorkIsAskedAboutSoon(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := inFlight(t, 3, contoso)
		b.center.jobTime = 0
		b.center.mu.Lock()
		for _, j := range b.center.jobs {
			j.Status, j.Devices = partnercenter.StatusProcessing, nil
		}
		b.center.mu.Unlock()
		b.add(contoso, "Dock", "r1", 1)
		b.run(t, 30*time.Second)
		b.want(t, map[queue.State]int{queue.Submitted: 3, queue.Registered: 1})
	})
}

// Jobs that are all gone are known from one list.
func TestVanishedJobsAreKnownFromOneList(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := inFlight(t, 200, contoso)
		b.center.mu.Lock()
		clear(b.center.jobs)
		b.center.mu.Unlock()
		b.run(t, 30*time.Minute)
		b.want(t, map[queue.State]int{queue.Registered: 200})
		if n := b.center.count("devices"); n != 1 {
			t.Errorf("%d lists", n)
		}
	})
}
