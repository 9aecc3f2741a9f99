package upload

import (
	"cmp"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// turns are what keeps one customer whose calls always fail from having the
// station for itself: what Partner Center says no to for one often holds back
// all, and whoever is first when that is over would be first again.
type turns struct {
	// yields is until when the others go first, failed when a call failed last.
	yields, failed time.Time
}

// yield has a customer for whom a call failed let the others go first, where the
// failure holds back the station.
func (u *Uploader) yield(id autopilot.TenantID) {
	if id == "" {
		return
	}
	c := u.customer(id)
	c.failed = time.Now()
	if u.station.blocks(c.failed) && len(u.sending) > 1 {
		c.yields = u.station.until.Add(u.opts.RetryFirst)
	}
}

// byTrouble orders customers: those for whom no call failed first, and then
// whose failure was the longest ago.
func (u *Uploader) byTrouble(a, b autopilot.TenantID) int {
	return u.customer(a).failed.Compare(u.customer(b).failed)
}

// byTroubleOfBatch orders plans like that, and those of one customer by when
// something was last held back of their batch: so one that holds back the station
// each time is not first each time.
func (u *Uploader) byTroubleOfBatch(a, b queue.PlanHead) int {
	return cmp.Or(
		u.byTrouble(a.Customer, b.Customer),
		u.tag(a.Customer, a.Batch).heldAt.Compare(u.tag(b.Customer, b.Batch).heldAt),
	)
}
