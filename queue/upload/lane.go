package upload

import (
	"context"
	"slices"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// A lane is when the next question about a customer's jobs is due, whatever
// their number: a station that waits asks once in PollMax for each customer.
// The job that was asked about longest ago is the next, so that none that never
// ends keeps the others from being asked. One that turns out to be over lets
// the next be asked at once.
type lane struct {
	next  time.Time
	every time.Duration
	// missing counts how many jobs in a row were not there, whichever they were.
	missing int
}

// manyMissing is how many jobs in a row must be missing until it is taken to be
// true of each.
const manyMissing = 8

// soon has the lane asked PollFirst from now, where it would be later or has
// nothing to wait for.
func (l *lane) soon(first time.Duration) {
	now := time.Now()
	l.every = first
	if at := now.Add(first); l.next.Before(now) || l.next.After(at) {
		l.next = at
	}
}

// turned notes what a turn of questions came to. The pause doubles as long as
// nothing is over, and a question that took several requests pays for each.
func (l *lane) turned(o Options, over bool, spent int) {
	l.every = min(max(2*l.every, o.PollFirst), o.PollMax)
	if over {
		l.every = o.PollFirst
	}
	l.next = time.Now().Add(l.every * time.Duration(max(spent, 1)))
}

// askJobs asks about the jobs of each customer whose lane is due.
func (u *Uploader) askJobs(ctx context.Context) error {
	jobs := map[autopilot.TenantID][]queue.PlanHead{}
	var order []autopilot.TenantID
	for _, p := range u.open {
		if p.State != queue.PlanSubmitted {
			continue
		}
		if jobs[p.Customer] == nil {
			order = append(order, p.Customer)
		}
		jobs[p.Customer] = append(jobs[p.Customer], p)
	}
	for _, id := range order {
		if u.station.blocks(time.Now()) {
			return nil
		}
		if c := u.customer(id); time.Now().Before(later(c.next, c.yields)) || c.unrelated() {
			continue
		}
		if err := u.askLane(ctx, id, jobs[id]); ignoring(err) != nil {
			return err
		}
	}
	return nil
}

// unrelated says whether nothing may be asked about the customer now.
func (c *customer) unrelated() bool {
	return c.reason == queue.NoRelationship && c.blocks(time.Now())
}

// askLane asks about one job after the other. Each that is over pays for one
// more question that comes to nothing; the first is free.
func (u *Uploader) askLane(ctx context.Context, id autopilot.TenantID, jobs []queue.PlanHead) error {
	slices.SortStableFunc(jobs, func(a, b queue.PlanHead) int {
		return u.progress(a.Plan).asked.Compare(u.progress(b.Plan).asked)
	})
	lists, overs, left := listings{}, 0, 1
	for _, p := range jobs {
		if u.progress(p.Plan).hold.blocks(time.Now()) {
			continue
		}
		before := u.contact.spent
		over, err := u.poll(ctx, p.ID, lists)
		if u.tokenRefused() {
			return err // it is asked again as soon as there is a fresh token
		}
		if over && err == nil {
			overs, left = overs+1, left+1
			continue
		}
		if left--; left == 0 || err != nil {
			u.customer(id).turned(u.opts, overs > 0, u.contact.spent-before)
			return err
		}
	}
	if left <= overs { // some are not over
		u.customer(id).turned(u.opts, true, 1)
	}
	return nil
}
