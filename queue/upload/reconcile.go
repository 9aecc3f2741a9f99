package upload

import (
	"context"
	"fmt"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
)

// reconcile finds out what became of a plan that may have been taken. What is
// listed is registered. It says whether the same request may be sent again:
// only if nothing of the plan is listed. Where a part is, the rest goes into a
// new plan.
func (u *Uploader) reconcile(ctx context.Context, p queue.Plan, name string, exists bool) (resend bool, err error) {
	var listed []partnercenter.Device
	if exists {
		listed, err = u.devices(ctx, p.Customer, name)
		switch {
		case notThere(err):
			return false, u.notYet(ctx, p, err)
		case err != nil:
			return false, u.putOff(ctx, p, u.tag(p.Customer, p.Batch).pause, err)
		}
	}
	back, err := u.takenBackOf(ctx, p)
	if err != nil {
		return false, err
	}
	found := foundIn(p, listed, back)
	u.log.InfoContext(ctx, "uploading: looked up what became of a request", "plan", p.ID, "request", p.RequestID,
		"devices", len(p.Devices), "listed", len(found))
	if len(found) == 0 && p.Open == len(p.Entries) {
		return true, nil
	}
	if p, err = u.ledger.Settle(context.WithoutCancel(ctx), p.ID, found); err != nil {
		return false, fmt.Errorf("settling what is listed of %s: %w", p.ID, err)
	}
	u.customer(p.Customer).clear()
	u.tag(p.Customer, p.Batch).clear()
	if p.State != queue.PlanPlanned {
		return false, nil
	}
	return false, u.replan(ctx, p)
}

// replan sends the rest of a plan as a new one.
func (u *Uploader) replan(ctx context.Context, p queue.Plan) error {
	next, err := u.ledger.Replan(context.WithoutCancel(ctx), p.ID)
	if err != nil {
		return fmt.Errorf("planning the rest of %s: %w", p.ID, err)
	}
	return u.deliver(ctx, next)
}
