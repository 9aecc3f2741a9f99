package upload

import (
	"context"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// readiness is what was ready when it was read. A station may hold 100,000
// entries, so one reading serves a whole step, unless the step itself changes
// what is ready.
type readiness struct {
	work []queue.ReadyWork
	// entries is how many they are, waiting how many of those that are due wait
	// for a plan that has the same device.
	entries int
	waiting map[autopilot.TenantID]int
}

// readReady reads what is ready and keeps it for the rest of the step.
func (u *Uploader) readReady(ctx context.Context) (*readiness, error) {
	work, err := u.ledger.ReadyWork(ctx, time.Now(), u.opts.After)
	if err != nil {
		return nil, err
	}
	u.read = &readiness{work: work, waiting: map[autopilot.TenantID]int{}}
	for _, w := range work {
		u.read.entries += len(w.Due) + w.Later + w.Unfit
	}
	return u.read, nil
}

// sendable are the entries that Partner Center would accept, each device once
// and none that is on its way in an open plan.
func sendable(entries []queue.Entry, busy map[autopilot.Device]bool) (ids []string) {
	seen := make(map[autopilot.Device]bool, len(entries))
	for _, e := range entries {
		d := e.ToSend()
		name := called(d)
		if !d.Identified() || seen[name] || busy[name] {
			continue
		}
		seen[name] = true
		ids = append(ids, e.ID)
	}
	return ids
}

// called is the device by what makes it the same as another: its PKID, also the one
// inside its hardware hash, or else what it is sent by.
func called(d autopilot.Device) autopilot.Device {
	named := d.Named()
	if named.PKID != "" {
		return autopilot.Device{PKID: named.PKID}
	}
	return named
}

// busy are the customer's devices that are in an open plan under the name that
// they are sent by. Of a PKID the ledger lets one entry at a time past held, so
// only those that go by serial number are looked at.
func (u *Uploader) busy(id autopilot.TenantID) map[autopilot.Device]bool {
	busy := map[autopilot.Device]bool{}
	for _, p := range u.open {
		if p.Customer != id {
			continue
		}
		for _, d := range p.Tuples {
			busy[called(d)] = true
		}
	}
	return busy
}
