package queue

import (
	"bytes"
	"context"
	"time"

	"pkidstation/queue/autopilot"
)

// TakenBack is when a registration was last taken back here, and Microsoft's id
// of it, empty where nobody knows. What is listed under that id, or answers that
// the customer has the device, may be that registration still: Microsoft takes a
// while to forget one.
type TakenBack struct {
	At       time.Time
	DeviceID string
}

// TakenBack gives, by entry, the last time that its device was taken back from a
// customer, or from any where from is empty, under this or another entry: now
// while another entry of it is removing. Those that never were are left out. What
// is done with a removed entry later does not count.
func (q *Queue) TakenBack(ctx context.Context, entries []string, from autopilot.TenantID) (map[string]TakenBack, error) {
	back := map[string]TakenBack{}
	err := q.read(ctx, func(tx *transaction) error {
		if !hasState(tx, Removed) && !hasState(tx, Removing) {
			return nil
		}
		for _, id := range entries {
			e, err := entryByID(tx, id)
			if err != nil {
				return err
			}
			last, err := q.takenBack(tx, e, from)
			if err != nil {
				return err
			}
			if !last.At.IsZero() {
				back[id] = last
			}
		}
		return nil
	})
	return back, err
}

func (q *Queue) takenBack(tx *transaction, e Entry, from autopilot.TenantID) (last TakenBack, err error) {
	removed, err := removedOf(tx, e.Device)
	if err != nil {
		return last, err
	}
	take := func(at time.Time, id string) {
		if at.After(last.At) {
			last = TakenBack{At: at, DeviceID: id}
		}
	}
	for _, gone := range removed {
		switch {
		case from != "" && gone.Customer != from:
		case gone.State == Removed:
			err = eachLine(tx, gone.Seq, func(l AuditLine) {
				if l.From == Removing && l.To == Removed {
					take(l.At, gone.DeviceID)
				}
			})
		case gone.ID != e.ID:
			take(q.now(), gone.DeviceID)
		}
		if err != nil {
			return last, err
		}
	}
	return last, nil
}

// hasState says whether any entry stands there.
func hasState(tx *transaction, s State) bool {
	prefix := wordPrefix(string(s))
	k, _ := in(tx, bucketState).Cursor().Seek(prefix)
	return bytes.HasPrefix(k, prefix)
}

// removedOf are the entries whose registration of a device was taken back, or is
// about to be.
func removedOf(tx *transaction, d autopilot.Device) (removed []Entry, err error) {
	keep := func(e Entry) {
		if (e.State == Removed || e.State == Removing) && sameDevice(e.Device, d) {
			removed = append(removed, e)
		}
	}
	if err := eachOfPKID(tx, d.PKID, keep); err != nil {
		return nil, err
	}
	if d.Serial != "" {
		err = eachWithKey(tx, bucketSerial, wordPrefix(d.Serial), func(e Entry) {
			if d.PKID == "" || e.PKID == "" { // the others came by their PKID
				keep(e)
			}
		})
	}
	return removed, err
}
