package upload

import (
	"context"
	"slices"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// askProfileJobs asks about jobs of profiles in their customers' lanes, where
// the jobs of uploads are too. In a step those are asked about first: so for a
// job of a profile that is the next, the lane's turn is taken from them before.
func (u *Uploader) askProfileJobs(ctx context.Context) error {
	jobs, order, err := u.openProfileJobs(ctx)
	if err != nil || len(order) == 0 {
		return err
	}
	for _, id := range order {
		now := time.Now()
		if u.station.blocks(now) {
			return nil
		}
		if u.customer(id).blocks(now) || u.profileHold(id).blocks(now) || now.Before(u.profilesTurn(id)) {
			continue
		}
		if err := u.askProfileLane(ctx, id, jobs[id]); ignoring(err) != nil {
			return err
		}
	}
	return u.takeTurns(ctx)
}

// openProfileJobs are the requests that were sent and are not over, by customer.
func (u *Uploader) openProfileJobs(ctx context.Context) (jobs map[autopilot.TenantID][]*profileGroup, order []autopilot.TenantID, err error) {
	groups, err := u.profileGroups(ctx)
	jobs = map[autopilot.TenantID][]*profileGroup{}
	asked := map[string]askedJob{}
	for _, g := range groups {
		if !g.sent() {
			continue
		}
		if jobs[g.customer] == nil {
			order = append(order, g.customer)
		}
		jobs[g.customer] = append(jobs[g.customer], g)
		asked[g.key()] = u.profiles.asked[g.key()]
	}
	if err == nil {
		u.profiles.asked = asked // of those that are over nothing need be known
	}
	for _, of := range jobs {
		slices.SortStableFunc(of, func(a, b *profileGroup) int { return asked[a.key()].at.Compare(asked[b.key()].at) })
	}
	return jobs, order, err
}

// profilesTurn is when a job of a profile may be asked about.
func (u *Uploader) profilesTurn(id autopilot.TenantID) time.Time {
	if turn := u.profileHold(id).turn; !turn.IsZero() {
		return turn
	}
	return u.customer(id).next
}

// askProfileLane asks about one job after the other, as askLane does. What the
// last one that is over paid for goes to the uploads.
func (u *Uploader) askProfileLane(ctx context.Context, id autopilot.TenantID, jobs []*profileGroup) error {
	c, lists, overs, others := u.customer(id), batchLists{u: u, customer: id}, 0, 0
	u.profileHold(id).turn = time.Time{}
	for _, g := range jobs {
		before := u.contact.spent
		over, err := u.askProfiles(ctx, g, &lists)
		if u.tokenRefused() {
			return err // it is asked again as soon as there is a fresh token
		}
		if over && err == nil {
			overs++
			continue
		}
		if others++; others > overs || err != nil {
			c.turned(u.opts, overs > 0, u.contact.spent-before)
			return err
		}
	}
	if c.turned(u.opts, true, 1); others == 0 {
		c.next = time.Now()
	}
	return nil
}

// takeTurns gives the lane's next turn to the profiles of each customer of whom
// no upload's job was asked about longer ago.
func (u *Uploader) takeTurns(ctx context.Context) error {
	jobs, order, err := u.openProfileJobs(ctx)
	if err == nil && len(order) > 0 {
		err = u.readPlans(ctx)
	}
	if err != nil {
		return err
	}
	now := time.Now()
	for _, id := range order {
		c, hold := u.customer(id), u.profileHold(id)
		if hold.blocks(now) || !hold.turn.IsZero() && !c.next.Before(hold.turn) {
			continue
		}
		last, some := u.askedLast(id, now)
		if some && u.profiles.asked[jobs[id][0].key()].at.Before(last) {
			hold.turn = c.next
			c.next = c.next.Add(max(c.every, u.opts.PollFirst))
		}
	}
	return nil
}

// askedLast is when the customer's upload was asked about that is the next one,
// and whether there is any.
func (u *Uploader) askedLast(id autopilot.TenantID, now time.Time) (last time.Time, some bool) {
	for _, p := range u.open {
		if p.Customer != id || p.State != queue.PlanSubmitted {
			continue
		}
		known := u.progress(p.Plan)
		if !known.hold.blocks(now) && (!some || known.asked.Before(last)) {
			last, some = known.asked, true
		}
	}
	return last, some
}
