package queue

import (
	"context"

	"pkidstation/queue/autopilot"
)

// GiveHash gives a box that was never sent the hardware hash of its device, the way
// that Microsoft advises against: from then on it goes by it. The hash must be that
// of the PKID and serial number that the box has (a *autopilot.HashMismatchError),
// and of no other box that is here (*ClaimedError). A box that waits for its PKID
// is released by a person as ever, who is told what the lists have against it.
func (q *Queue) GiveHash(ctx context.Context, id string, hash autopilot.HardwareHash, act Act) (Entry, error) {
	var after Entry
	act.By, act.Reason = valid(act.By), valid(act.Reason)
	err := q.decide(ctx, act, func(tx *transaction, act Act) error {
		e, err := entryByID(tx, id)
		if err != nil {
			return err
		}
		if err := hashFits(tx, e, hash); err != nil {
			return err
		}
		after = e
		after.Hash = hash
		against, told, _, err := expectation(tx, after)
		if err != nil {
			return err
		}
		if against == Conflict || against == OtherCustomer {
			after.State, after.Reason, after.Listed = Held, against, told
		}
		return q.change(tx, e, after, AuditLine{By: act.By, Action: ActionAttach, Reason: after.Reason, Note: joinWords("hardware hash", act.Reason)})
	})
	return after, err
}

// hashFits says why a hash cannot be given to an entry.
func hashFits(tx *transaction, e Entry, hash autopilot.HardwareHash) error {
	if !e.State.NeverSent() || e.Sent {
		return &WayError{Entry: e.ID, Number: e.Number, From: e.State, To: Held}
	}
	if err := hash.Agrees(e.Device); err != nil {
		return err
	}
	with := e
	if with.Hash = hash; !with.Identified() {
		return ErrNoIdentity
	}
	twins, err := liveByPKID(tx, with.pkid())
	if err != nil {
		return err
	}
	same, err := namesakes(tx, with)
	if err != nil {
		return err
	}
	for _, t := range append(twins, same...) {
		if t.ID != e.ID {
			return &ClaimedError{Entry: e.ID, By: t}
		}
	}
	return nil
}
