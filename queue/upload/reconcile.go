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
		if listed, err = u.devices(ctx, p, name); err != nil {
			return false, u.blocked(ctx, u.customer(p.Customer).pause, err)
		}
	}
	found := foundIn(p, listed)
	u.log.InfoContext(ctx, "uploading: looked up what became of a request", "plan", p.ID, "request", p.RequestID,
		"devices", len(p.Devices), "listed", len(found))
	if len(found) == 0 && p.Open == len(p.Entries) {
		return true, nil
	}
	if p, err = u.ledger.Settle(context.WithoutCancel(ctx), p.ID, found); err != nil {
		return false, fmt.Errorf("settling what is listed of %s: %w", p.ID, err)
	}
	u.customer(p.Customer).clear()
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

// devices are the devices of the batch. A batch that is not there has none.
func (u *Uploader) devices(ctx context.Context, p queue.Plan, name string) ([]partnercenter.Device, error) {
	listed, err := u.registrar.BatchDevices(ctx, p.Customer, name)
	if kindOf(u.heard(ctx, err)) == partnercenter.NotFound {
		return nil, nil
	}
	return listed, err
}

// lookUp finds the plan's devices in its batch, for when the job does not say.
func (u *Uploader) lookUp(ctx context.Context, p queue.Plan) ([]queue.Outcome, error) {
	name, exists, err := u.findBatch(ctx, p.Customer, p.Batch)
	if err != nil || !exists {
		return nil, err
	}
	listed, err := u.devices(ctx, p, name)
	return foundIn(p, listed), err
}

// foundIn are the outcomes of the plan's devices that are listed. They have no
// mark: whether it was us who registered them, a list does not say.
func foundIn(p queue.Plan, listed []partnercenter.Device) []queue.Outcome {
	find := newFinder(p.Devices)
	found := map[int]queue.Outcome{}
	for _, d := range listed {
		if i, ok := find.device(d.Device); ok {
			found[i] = queue.Outcome{Entry: p.Entries[i], Registered: true, DeviceID: d.ID}
		}
	}
	return inOrder(p, found)
}
