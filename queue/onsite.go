package queue

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// TakeOnSite gives open removals of entries to a person, who does them on the
// web site; what Microsoft answered so far is kept. While an attempt of one of
// them has no answer it is ErrInDoubt. What is not open, or is a person's
// already, is left alone. All or none.
func (q *Queue) TakeOnSite(ctx context.Context, entries []string, act Act) error {
	return q.decide(ctx, act, func(tx *transaction, act Act) error {
		open, err := openRemovals(tx)
		if err != nil {
			return err
		}
		for _, r := range open {
			if r.OnSite || !slices.Contains(entries, r.Entry) {
				continue
			}
			if err := q.takeOnSite(tx, r, act); err != nil {
				return err
			}
		}
		return nil
	})
}

func (q *Queue) takeOnSite(tx *transaction, r Removal, act Act) error {
	if r.Attempt > 0 && r.Note == "" {
		return fmt.Errorf("%w: %s", ErrInDoubt, r.ID)
	}
	e, err := entryByID(tx, r.Entry)
	if err != nil {
		return err
	}
	r.OnSite, r.Note, r.Person, r.Due = true, OnTheSite, true, time.Time{}
	if err := putRemoval(tx, r); err != nil {
		return err
	}
	return q.audit(tx, e.Seq, AuditLine{
		By: act.By, Action: ActionRemove, Entry: e.ID, Reception: e.Reception, From: e.State, To: e.State,
		Reason: OnTheSite, Note: valid(act.Reason),
	})
}

// takenOnSite refuses the uploader a removal that a person took while it was
// looking.
func takenOnSite(r Removal) error {
	return fmt.Errorf("%w: a person does %s on the web site", ErrPlanMoved, r.ID)
}
