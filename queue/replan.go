package queue

import (
	"context"
	"fmt"
)

// Replan ends a planned plan of which only a part was found at Partner Center
// and puts the rest into a new one, in one transaction: what may have been
// sent is at no moment open to a person's hand. The new plan is marked Again
// and Rest.
// With nothing left to plan it is ErrNothingReady and nothing has changed.
func (q *Queue) Replan(ctx context.Context, id string) (Plan, error) {
	var next Plan
	err := q.write(ctx, func(tx *transaction) error {
		p, err := planByID(tx, id)
		if err != nil {
			return err
		}
		if p.State != PlanPlanned {
			return planWayError(p, PlanWithdrawn)
		}
		next, err = q.replan(tx, p)
		return err
	})
	return next, err
}

func (q *Queue) replan(tx *transaction, p Plan) (Plan, error) {
	p = p.noted(NoOutcome, q.now())
	p.State, p.EndedAt, p.Open = PlanWithdrawn, q.now(), 0
	rest, err := q.freeRest(tx, p)
	if err != nil {
		return p, err
	}
	if err := putPlan(tx, p); err != nil {
		return p, err
	}
	return q.planAgain(tx, p, rest)
}

// freeRest makes what the plan still has planned ready and says what that was.
func (q *Queue) freeRest(tx *transaction, p Plan) (rest []string, err error) {
	err = q.eachPlanned(tx, p, func(e Entry) (Entry, Action) {
		rest = append(rest, e.ID)
		e.State, e.Plan, e.Batch = Ready, "", ""
		return e, ActionWithdraw
	})
	return rest, err
}

func (q *Queue) planAgain(tx *transaction, before Plan, ids []string) (Plan, error) {
	number, err := in(tx, bucketPlan).NextSequence()
	if err != nil {
		return Plan{}, fmt.Errorf("numbering a plan: %w", err)
	}
	p := Plan{
		ID: planID(number), Customer: before.Customer, Batch: before.Batch,
		State: PlanPlanned, PlannedAt: q.now(), Again: true, Rest: true,
	}
	for _, id := range ids {
		e, err := entryByID(tx, id)
		if err != nil {
			return p, err
		}
		if err := q.planEntry(tx, &p, e); err != nil {
			return p, err
		}
	}
	if p.Open = len(p.Entries); p.Open == 0 {
		return p, ErrNothingReady
	}
	return p, putPlan(tx, p)
}
