package queue

import (
	"bytes"
	"context"
	"errors"
	"time"

	"pkidstation/queue/autopilot"
)

// LongestRetry is more than any refused entry waits before it is sent again. A
// RetryAt further ahead was written by a clock that was ahead, and is due; unless it
// is the clock of now that is behind.
const LongestRetry = 8 * 24 * time.Hour

func (e Entry) retryDue(now, ahead time.Time) bool {
	return e.State == Rejected && !e.RetryAt.IsZero() && (!e.RetryAt.After(now) || e.RetryAt.After(ahead))
}

// RetryDue sends rejected entries again whose time has come: rejected → ready.
// One whose PKID another entry stands for by now stays, for a person. It gives
// how many went.
func (q *Queue) RetryDue(ctx context.Context, now time.Time) (sent int, err error) {
	due, ahead, err := q.retriesUntil(ctx, now)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	err = q.write(ctx, func(tx *transaction) error {
		sent = 0
		for _, seq := range due {
			e, err := entryBySeq(tx, seq)
			if err != nil {
				return err
			}
			if !e.retryDue(now, ahead) {
				continue
			}
			went, err := q.retryOne(tx, e)
			if err != nil {
				return err
			}
			if went {
				sent++
			}
		}
		return nil
	})
	return sent, err
}

func (q *Queue) retryOne(tx *transaction, e Entry) (went bool, err error) {
	after := again(e)
	line := AuditLine{By: planActor, Action: ActionRetry}
	err = unclaimed(tx, e)
	if _, claimed := errors.AsType[*ClaimedError](err); err != nil && !claimed {
		return false, err
	}
	if went = err == nil; went {
		after.State, after.Reason = Ready, ""
		after.Tries, after.TriesCode = e.TriesFor(e.Code)+1, e.Code
	} else {
		after = e
		after.RetryAt = time.Time{}
		line.Note = "another entry stands for its PKID"
	}
	return went, q.change(tx, e, after, line)
}

// StopRetrying has refused entries not sent again by themselves; they stay
// rejected, for a person. Those that would not be are left alone. Anybody may: it
// sends nothing. It says how many there were.
func (q *Queue) StopRetrying(ctx context.Context, ids []string, act Act) (stopped int, err error) {
	err = q.write(ctx, func(tx *transaction) error {
		stopped = 0
		for _, id := range ids {
			e, err := entryByID(tx, id)
			if err != nil {
				return err
			}
			if e.State != Rejected || e.RetryAt.IsZero() {
				continue
			}
			after := e
			after.RetryAt = time.Time{}
			line := AuditLine{By: valid(act.By), Action: ActionHold, From: e.State, To: e.State, Reason: ByPerson, Note: valid(act.Reason)}
			if err := q.change(tx, e, after, line); err != nil {
				return err
			}
			stopped++
		}
		return nil
	})
	return stopped, err
}

// NextRetry is when the next rejected entry is sent again by itself; zero where
// none is.
func (q *Queue) NextRetry(ctx context.Context) (time.Time, error) {
	var next time.Time
	err := q.read(ctx, func(tx *transaction) error {
		k, _ := in(tx, bucketRetry).Cursor().First()
		if k == nil {
			return nil
		}
		e, err := entryBySeq(tx, keySeq(k))
		next = e.RetryAt
		return err
	})
	return next, err
}

// retriesUntil gives what is due by now, or further ahead than any.
func (q *Queue) retriesUntil(ctx context.Context, now time.Time) (due []uint64, ahead time.Time, err error) {
	err = q.read(ctx, func(tx *transaction) error {
		written, err := lastWritten(tx)
		if err != nil {
			return err
		}
		ahead = later(now, written).Add(LongestRetry)
		end := timeKey(now, ^uint64(0))
		c := in(tx, bucketRetry).Cursor()
		for k, _ := c.First(); k != nil && string(k) <= string(end); k, _ = c.Next() {
			due = append(due, keySeq(k))
		}
		for k, _ := c.Seek(timeKey(ahead, ^uint64(0))); k != nil; k, _ = c.Next() {
			due = append(due, keySeq(k))
		}
		return nil
	})
	return due, ahead, err
}

// RetryByTuple sends rejected entries again by serial number, manufacturer and
// model, because Microsoft does not know their PKID: rejected → ready. It takes
// a supervisor's word, since a wrong letter registers another device, and is
// refused (ErrNoTuple) where the three are not all there or not sure, or where
// it was not the PKID that Microsoft did not know. All or none.
func (q *Queue) RetryByTuple(ctx context.Context, ids []string, act Act) error {
	return q.each(ctx, ids, act, func(tx *transaction, act Act, e Entry) (Entry, AuditLine, error) {
		after, line, err := move(e, Rejected, Ready, "", act, ActionTuple)
		if err == nil && !e.CanGoByTuple() {
			err = ErrNoTuple
		}
		if err == nil {
			err = unclaimed(tx, e)
		}
		after = again(after)
		after.ByTuple = true
		return after, line, err
	})
}

// CanGoByTuple says whether RetryByTuple would take the entry.
func (e Entry) CanGoByTuple() bool {
	unknown := e.Code == autopilot.CodeUnknownDevice || e.Code == autopilot.CodeMissingIdentity
	tuple := autopilot.Device{Serial: e.Serial, Manufacturer: e.Manufacturer, Model: e.Model}
	return e.State == Rejected && e.PKID != "" && unknown && tuple.Identified() && !e.unsure()
}

// eachLine shows the audit lines of one entry, oldest first.
func eachLine(tx *transaction, seq uint64, look func(AuditLine)) error {
	prefix := seqKey(seq)
	c := in(tx, bucketHistory).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		line, err := get[AuditLine](tx, bucketAudit, seqKey(keySeq(k)), ErrNoEntry)
		if err != nil {
			return err
		}
		look(line)
	}
	return nil
}
