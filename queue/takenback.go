package queue

import (
	"bytes"
	"context"
	"time"

	"pkidstation/queue/autopilot"
)

// Forgetting is how long Microsoft may take to forget a registration that was taken
// back, as far as anybody knows.
const Forgetting = 24 * time.Hour

// TakenBack is when a registration was taken back here, and Microsoft's id of it,
// empty where nobody knows, or where a person said that it is done: they may have
// removed another than we asked for. What is listed under that id, or answers that
// the customer has the device, may be that registration still.
type TakenBack struct {
	At       time.Time
	DeviceID string
}

// TakenBack gives, by entry, the times that its device was taken back from a
// customer, or from any where from is empty, under this or another entry: now
// while another entry of it is removing. Those that never were are left out. What
// is done with a removed entry later does not count.
func (q *Queue) TakenBack(ctx context.Context, entries []string, from autopilot.TenantID) (map[string][]TakenBack, error) {
	back := map[string][]TakenBack{}
	err := q.read(ctx, func(tx *transaction) error {
		if !hasState(tx, Removed) && !hasState(tx, Removing) {
			return nil
		}
		for _, id := range entries {
			e, err := entryByID(tx, id)
			if err != nil {
				return err
			}
			all, err := q.takenBack(tx, e, from)
			if err != nil {
				return err
			}
			if len(all) > 0 {
				back[id] = all
			}
		}
		return nil
	})
	return back, err
}

func (q *Queue) takenBack(tx *transaction, e Entry, from autopilot.TenantID) (all []TakenBack, err error) {
	removed, err := removedOf(tx, e)
	if err != nil {
		return nil, err
	}
	for _, gone := range removed {
		switch {
		case from != "" && gone.Customer != from:
		case gone.State == Removed:
			err = eachLine(tx, gone.Seq, func(l AuditLine) {
				if l.From != Removing || l.To != Removed {
					return
				}
				one := TakenBack{At: l.At, DeviceID: gone.DeviceID}
				if l.By != planActor {
					one.DeviceID = ""
				}
				all = append(all, one)
			})
		case gone.ID != e.ID:
			all = append(all, TakenBack{At: q.now(), DeviceID: gone.DeviceID})
		}
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// hasState says whether any entry stands there.
func hasState(tx *transaction, s State) bool {
	prefix := wordPrefix(string(s))
	k, _ := in(tx, bucketState).Cursor().Seek(prefix)
	return bytes.HasPrefix(k, prefix)
}

// known is what Microsoft knows an entry's device by: of one that was sent by serial
// number, maker and model its PKID is none.
func (e Entry) known() autopilot.Device {
	if !e.ByTuple {
		return e.Named()
	}
	d := e.Device
	d.PKID = ""
	return d
}

// removedOf are the entries whose registration of an entry's device was taken back,
// or is about to be.
func removedOf(tx *transaction, e Entry) (removed []Entry, err error) {
	keep := func(gone Entry) {
		if (gone.State == Removed || gone.State == Removing) && sameDevice(gone.known(), e.known()) {
			removed = append(removed, gone)
		}
	}
	if err := eachOfPKID(tx, e.pkid(), keep); err != nil {
		return nil, err
	}
	err = eachOfSerial(tx, e.Named().Serial, func(gone Entry) {
		if gone.pkid() != e.pkid() || e.pkid() == "" { // the others came by their PKID
			keep(gone)
		}
	})
	return removed, err
}
