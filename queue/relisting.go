package queue

import (
	"context"
)

// ListedAfterAll takes the mark AlreadyThere from registered entries that a
// batch of this partner's lists: lists that lagged had hidden that they are
// ours. They get the DeviceID and Batch of their outcome, and can be taken back
// like any other. Entries without that mark are left alone. All or none.
func (q *Queue) ListedAfterAll(ctx context.Context, outcomes []Outcome) error {
	return q.write(ctx, func(tx *transaction) error {
		for _, o := range outcomes {
			e, err := entryByID(tx, o.Entry)
			if err != nil {
				return err
			}
			if e.State != Registered || e.Reason != AlreadyThere {
				continue
			}
			after := e
			after.Reason, after.DeviceID, after.Batch = "", o.DeviceID, firstOf(o.Batch, e.Batch)
			line := AuditLine{By: planActor, Action: ActionOutcome, Note: "listed in " + after.Batch + " after all"}
			if err := q.change(tx, e, after, line); err != nil {
				return err
			}
		}
		return nil
	})
}
