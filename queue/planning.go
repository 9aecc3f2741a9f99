package queue

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"pkidstation/queue/autopilot"
)

// ErrNothingReady is that none of the entries that were to be planned is ready.
var ErrNothingReady = errors.New("none of the entries is ready")

// Uploader is who the audit names for what the uploader does. Such a line has no
// operator's number.
const Uploader = "uploader"

const planActor = Uploader

// Plan puts ready entries of one customer into a plan: ready → planned.
// Entries that are not ready (any more), are another customer's or go out under
// another group tag than the batch are left out; with none left it is
// ErrNothingReady.
func (q *Queue) Plan(ctx context.Context, customer autopilot.TenantID, batch autopilot.GroupTag, ids []string) (Plan, error) {
	var p Plan
	err := q.write(ctx, func(tx *transaction) error {
		number, err := in(tx, bucketPlan).NextSequence()
		if err != nil {
			return fmt.Errorf("numbering a plan: %w", err)
		}
		p = Plan{ID: planID(number), Customer: customer, Batch: batch, State: PlanPlanned, PlannedAt: q.now()}
		for _, id := range ids {
			if err := q.planTagged(tx, &p, id); err != nil {
				return err
			}
		}
		if p.Open = len(p.Entries); p.Open == 0 {
			return ErrNothingReady
		}
		return putPlan(tx, p)
	})
	return p, err
}

// planTagged plans an entry if it goes out under the plan's batch: a person may
// have changed its tag, or the customer's, since it was seen to be due.
func (q *Queue) planTagged(tx *transaction, p *Plan, id string) error {
	e, err := entryByID(tx, id)
	if err != nil {
		return err
	}
	if tag, err := tagOf(tx, e); err != nil || tag != p.Batch {
		return err
	}
	return q.planEntry(tx, p, e)
}

func (q *Queue) planEntry(tx *transaction, p *Plan, e Entry) error {
	if e.State != Ready || e.Customer != p.Customer || !e.Identified() {
		return nil
	}
	after := e
	after.State, after.Plan, after.Batch = Planned, p.ID, string(p.Batch)
	after.TrackingID, after.Code, after.Answer = "", "", ""
	p.Entries, p.Devices = append(p.Entries, e.ID), append(p.Devices, e.ToSend())
	p.Again, p.Restored = p.Again || e.Sent || e.Restored, p.Restored || e.Restored
	return q.change(tx, e, after, AuditLine{By: planActor, Action: ActionPlan, Plan: p.ID})
}

// ToSend is what is sent of the entry: its PKID alone. A serial beside it that
// was misread would make the device fail at its first start. Where a supervisor
// said so it is the tuple alone. What was given a hardware hash goes by that, with
// the PKID and serial number that it was held against.
func (e Entry) ToSend() autopilot.Device {
	if e.ByTuple {
		return autopilot.Device{Serial: e.Serial, Manufacturer: e.Manufacturer, Model: e.Model}
	}
	if e.Hash != "" {
		return e.Hashed()
	}
	if e.PKID != "" {
		return autopilot.Device{PKID: e.PKID}
	}
	return e.Device
}

// OpenPlans gives the plans that are planned or submitted, oldest first.
func (q *Queue) OpenPlans(ctx context.Context) ([]Plan, error) {
	var open []Plan
	err := q.read(ctx, func(tx *transaction) error {
		return in(tx, bucketPlanOpen).ForEach(func(k, _ []byte) error {
			p, err := get[Plan](tx, bucketPlan, k, ErrNoPlan)
			open = append(open, p)
			return err
		})
	})
	return open, err
}

// Attempt writes what a planned plan is about to be sent with, and on its
// entries that they may have left. It is refused (ErrPlanMoved) where not all of
// them are planned in it any more: what was given up or settled meanwhile must
// not be sent with the others.
func (q *Queue) Attempt(ctx context.Context, id string, a Attempt) (Plan, error) {
	return q.changePlan(ctx, id, func(tx *transaction, p *Plan) error {
		if p.State != PlanPlanned {
			return planWayError(*p, PlanPlanned)
		}
		if err := markSent(tx, *p); err != nil {
			return err
		}
		*p = p.Attempted(a, q.now())
		return q.audit(tx, 0, AuditLine{
			By: planActor, Action: ActionSend, Plan: p.ID, Note: "attempt " + strconv.Itoa(p.Attempt) + ", request " + a.RequestID,
		})
	})
}

// markSent marks the plan's entries, all of which must be planned in it. It is no
// change of its own: the plan's line in the audit says it.
func markSent(tx *transaction, p Plan) error {
	for _, id := range p.Entries {
		e, err := entryByID(tx, id)
		if err != nil {
			return err
		}
		if e.State != Planned || e.Plan != p.ID {
			return fmt.Errorf("%w: %s has entry %s no longer", ErrPlanMoved, p.ID, e.ID)
		}
		if e.Sent {
			continue
		}
		after := e
		after.Sent = true
		if err := store(tx, e, after); err != nil {
			return err
		}
	}
	return nil
}

// Submitted writes that Partner Center took the plan: planned → submitted.
func (q *Queue) Submitted(ctx context.Context, id, trackingID string) (Plan, error) {
	return q.changePlan(ctx, id, func(tx *transaction, p *Plan) error {
		if p.State != PlanPlanned {
			return planWayError(*p, PlanSubmitted)
		}
		*p = p.noted("", q.now())
		p.State, p.TrackingID, p.SubmittedAt = PlanSubmitted, trackingID, q.now()
		return q.eachPlanned(tx, *p, func(e Entry) (Entry, Action) {
			e.State, e.TrackingID = Submitted, trackingID
			return e, ActionSubmit
		})
	})
}

// Withdraw ends a plan of which it is known that it was not taken: what is
// still planned is ready again.
func (q *Queue) Withdraw(ctx context.Context, id string, why Reason) error {
	_, err := q.changePlan(ctx, id, func(tx *transaction, p *Plan) error {
		if p.State != PlanPlanned {
			return planWayError(*p, PlanWithdrawn)
		}
		*p = p.noted(why, q.now())
		p.State, p.EndedAt, p.Open = PlanWithdrawn, q.now(), 0
		return q.eachPlanned(tx, *p, func(e Entry) (Entry, Action) {
			e.State, e.Plan, e.Batch = Ready, "", ""
			return e, ActionWithdraw
		})
	})
	return err
}

// Note writes on the plan why its last step went wrong; "" clears it.
func (q *Queue) Note(ctx context.Context, id string, why Reason) error {
	_, err := q.changePlan(ctx, id, func(_ *transaction, p *Plan) error {
		*p = p.noted(why, q.now())
		return nil
	})
	return err
}

func (q *Queue) eachPlanned(tx *transaction, p Plan, change func(Entry) (Entry, Action)) error {
	for _, id := range p.Entries {
		e, err := entryByID(tx, id)
		if err != nil {
			return err
		}
		if e.State != Planned || e.Plan != p.ID {
			continue
		}
		after, action := change(e)
		if err := q.change(tx, e, after, AuditLine{By: planActor, Action: action, Plan: p.ID, Reason: p.Note}); err != nil {
			return err
		}
	}
	return nil
}

func (q *Queue) changePlan(ctx context.Context, id string, change func(*transaction, *Plan) error) (Plan, error) {
	var p Plan
	err := q.write(ctx, func(tx *transaction) (err error) {
		if p, err = planByID(tx, id); err != nil {
			return err
		}
		if err := change(tx, &p); err != nil {
			return err
		}
		return putPlan(tx, p)
	})
	return p, err
}

func planID(number uint64) string { return "plan-" + strconv.FormatUint(number, 10) }

func planKey(id string) []byte {
	number, err := strconv.ParseUint(strings.TrimPrefix(id, "plan-"), 10, 64)
	if err != nil {
		return seqKey(0)
	}
	return seqKey(number)
}

func planByID(tx *transaction, id string) (Plan, error) {
	return get[Plan](tx, bucketPlan, planKey(id), fmt.Errorf("%w: %s", ErrNoPlan, id))
}

func putPlan(tx *transaction, p Plan) error {
	key, open := planKey(p.ID), in(tx, bucketPlanOpen)
	change := open.Delete(key)
	if p.State == PlanPlanned || p.State == PlanSubmitted {
		change = open.Put(key, present())
	}
	if change != nil {
		return fmt.Errorf("indexing plan %s: %w", p.ID, change)
	}
	return put(tx, bucketPlan, key, p)
}

func planWayError(p Plan, to PlanState) error {
	return fmt.Errorf("%w: %s is %s and cannot become %s", ErrPlanMoved, p.ID, p.State, to)
}

// ErrPlanMoved is that the plan is no longer where the caller thinks.
var ErrPlanMoved = errors.New("the plan has moved on")
