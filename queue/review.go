package queue

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"pkidstation/queue/autopilot"
)

// An Act is who does something and why, in their words.
type Act struct {
	By     string
	Reason string
	// Pass is a supervisor's; once the station has one, By is taken from it.
	Pass Pass
}

// Release lets held entries go: held → ready. It is refused for an entry
// without customer or without anything that identifies its device (ErrNoCustomer, ErrNoIdentity) and, with a
// *ClaimedError, while another entry stands for its PKID. All or none.
func (q *Queue) Release(ctx context.Context, ids []string, act Act) error {
	return q.each(ctx, ids, act, func(tx *transaction, act Act, e Entry) (Entry, AuditLine, error) {
		after, line, err := move(e, Held, Ready, "", act, ActionRelease)
		if err == nil {
			err = releasable(tx, e)
		}
		after.Hold, after.Unconfirmed = "", false
		return after, line, err
	})
}

// Hold keeps ready entries back: ready → held. Anybody may. All or none.
func (q *Queue) Hold(ctx context.Context, ids []string, act Act) error {
	return q.write(ctx, func(tx *transaction) error {
		return q.changeEach(tx, ids, func(e Entry) (Entry, AuditLine, error) {
			return move(e, Ready, Held, ByPerson, act, ActionHold)
		})
	})
}

// Discard puts entries away: held, ready or rejected → discarded. Their PKIDs
// may come anew. All or none.
func (q *Queue) Discard(ctx context.Context, ids []string, act Act) error {
	return q.each(ctx, ids, act, func(_ *transaction, act Act, e Entry) (Entry, AuditLine, error) {
		return move(e, e.State, Discarded, "", act, ActionDiscard)
	})
}

// Retry sends rejected entries again: rejected → ready. All or none.
func (q *Queue) Retry(ctx context.Context, ids []string, act Act) error {
	return q.each(ctx, ids, act, func(tx *transaction, act Act, e Entry) (Entry, AuditLine, error) {
		after, line, err := move(e, Rejected, Ready, "", act, ActionRetry)
		if err == nil {
			err = unclaimed(tx, e)
		}
		return again(after), line, err
	})
}

// again is a rejected entry on its way back, without what its last uploads left.
func again(e Entry) Entry {
	e.Plan, e.TrackingID, e.Batch, e.RetryAt, e.Tries, e.TriesCode = "", "", "", time.Time{}, 0, ""
	return e
}

// Assign gives entries that were never sent (else ErrSent) to a customer (else
// ErrNoCustomer). An empty tag leaves theirs, unless the customer is another
// one: then it is the new customer's setting that counts. What was held stays
// held until it is released. Of a removed entry it makes a new one for the same
// box, held as Assigned, unless another entry stands for the PKID
// (*ClaimedError). All or none.
func (q *Queue) Assign(ctx context.Context, ids []string, customer autopilot.TenantID, tag autopilot.GroupTag, act Act) error {
	if customer == "" {
		return ErrNoCustomer
	}
	return q.each(ctx, ids, act, func(tx *transaction, act Act, e Entry) (Entry, AuditLine, error) {
		if e.State == Removed {
			anew, err := q.readmit(tx, e, Work{Customer: customer, GroupTag: tag, Order: e.Order}, act)
			return e, AuditLine{
				By: act.By, Action: ActionAssign, Reason: e.Reason,
				Note: fmt.Sprintf("to entry %s of %s: %s", anew.ID, customer, act.Reason),
			}, err
		}
		if !e.State.NeverSent() || e.Sent {
			return e, AuditLine{}, ErrSent
		}
		if tag != "" || e.Customer != customer {
			e.GroupTag = tag
		}
		e.Customer, e.Unconfirmed = customer, false
		if e.Reason == NoCustomer || e.Reason == OtherCustomer || e.Reason == Unconfirmed {
			e.Reason = Assigned
			against, told, _, err := expectation(tx, e)
			if err != nil {
				return e, AuditLine{}, err
			}
			if e.Listed = told; against == Conflict || against == OtherCustomer {
				e.Reason = against // whoever releases it is told what the lists say
			}
		}
		line := AuditLine{By: act.By, Action: ActionAssign, Reason: e.Reason, Note: act.Reason}
		return e, line, nil
	})
}

// Undo discards the last capture of the reception (of any, if empty) that
// still stands, while it is held or ready; a *WayError once it was sent. Anybody
// may who captured it under their name.
func (q *Queue) Undo(ctx context.Context, reception string, act Act) (Entry, error) {
	return q.UndoFrom(ctx, reception, nil, act)
}

// UndoFrom is Undo of the last capture of some sources, of any if from is nil.
func (q *Queue) UndoFrom(ctx context.Context, reception string, from func(source string) bool, act Act) (Entry, error) {
	var undone Entry
	err := q.write(ctx, func(tx *transaction) error {
		last, err := lastCapture(tx, reception, from)
		if err != nil {
			return err
		}
		if !last.State.NeverSent() {
			return &WayError{Entry: last.ID, Number: last.Number, From: last.State, To: Discarded}
		}
		act, err := q.allowedOwn(tx, act, last)
		if err != nil {
			return err
		}
		undone = last
		undone.State, undone.Reason = Discarded, ""
		if err := reopenLayer(tx, last); err != nil {
			return err
		}
		return q.change(tx, last, undone, AuditLine{By: act.By, Action: ActionUndo, Note: act.Reason})
	})
	return undone, err
}

func lastCapture(tx *transaction, reception string, from func(source string) bool) (Entry, error) {
	least, err := firstOfReception(tx, reception)
	if err != nil {
		return Entry{}, err
	}
	c := in(tx, bucketEntry).Cursor()
	for k, v := c.Last(); k != nil && keySeq(k) >= least; k, v = c.Prev() {
		e, err := decode[Entry](v)
		if err != nil {
			return e, corruptError(bucketEntry, k, err)
		}
		// A box that goes to another customer (From) or came from another station
		// (Way) was not captured just now.
		if !e.State.Gone() && e.From == "" && len(e.Way) == 0 && !e.unscanned() && (reception == "" || e.Reception == reception) && (from == nil || from(e.Source)) {
			return e, nameActors(tx, &e)
		}
	}
	return Entry{}, ErrNothingToUndo
}

// each changes entries in one transaction, by a supervisor's decision.
func (q *Queue) each(ctx context.Context, ids []string, act Act, change func(*transaction, Act, Entry) (Entry, AuditLine, error)) error {
	return q.decide(ctx, act, func(tx *transaction, act Act) error {
		return q.changeEach(tx, ids, func(e Entry) (Entry, AuditLine, error) { return change(tx, act, e) })
	})
}

// changeEach changes entries. The same ID twice counts once.
func (q *Queue) changeEach(tx *transaction, ids []string, change func(Entry) (Entry, AuditLine, error)) error {
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		before, err := entryByID(tx, id)
		if err != nil {
			return err
		}
		after, line, err := change(before)
		if err != nil {
			return err
		}
		if err := q.change(tx, before, after, line); err != nil {
			return err
		}
	}
	return nil
}

// move is the one door between states for a person. Two ways may lead to one
// state (release and retry both to ready), so it takes where the way begins.
func move(e Entry, from, to State, why Reason, act Act, action Action) (Entry, AuditLine, error) {
	if e.State != from || !from.CanBecome(to) {
		return e, AuditLine{}, &WayError{Entry: e.ID, Number: e.Number, From: e.State, To: to}
	}
	e.State, e.Reason = to, why
	return e, AuditLine{By: act.By, Action: action, Reason: why, Note: act.Reason}, nil
}

func releasable(tx *transaction, e Entry) error {
	switch {
	case !e.Identified():
		return ErrNoIdentity
	case e.Customer == "":
		return ErrNoCustomer
	default:
		return unclaimed(tx, e)
	}
}

// unclaimed makes sure that of the entries of one PKID at most one is past
// held, and of those that go by one tuple or hardware hash.
func unclaimed(tx *transaction, e Entry) error {
	twins, err := liveByPKID(tx, e.pkid())
	same, err2 := namesakes(tx, e)
	twins = append(twins, slices.DeleteFunc(same, func(t Entry) bool { return t.State == Removing })...) // those are on their way out
	if err := errors.Join(err, err2); err != nil {
		return err
	}
	for _, t := range twins {
		if t.ID != e.ID && t.State != Held {
			return &ClaimedError{Entry: e.ID, By: t}
		}
	}
	return nil
}
