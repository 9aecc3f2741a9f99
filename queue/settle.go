package queue

import (
	"context"
	"time"
)

// Settle writes what became known of entries of the plan: planned or submitted
// → registered or rejected. An entry that is only planned passes through
// submitted in the same transaction, so that its history shows both. Settled
// entries are left alone; the last one settles the plan. A withdrawn plan has
// nothing to settle: ErrPlanMoved.
func (q *Queue) Settle(ctx context.Context, plan string, outcomes []Outcome) (Plan, error) {
	return q.changePlan(ctx, plan, func(tx *transaction, p *Plan) error {
		if p.State == PlanWithdrawn {
			return planWayError(*p, PlanSettled)
		}
		ours := make(map[string]bool, len(p.Entries))
		for _, id := range p.Entries {
			ours[id] = true
		}
		for _, o := range outcomes {
			if !ours[o.Entry] {
				continue
			}
			if err := q.settle(tx, *p, o); err != nil {
				return err
			}
		}
		return q.recount(tx, p)
	})
}

// recount counts what is open of the plan; with nothing left it is settled.
func (q *Queue) recount(tx *transaction, p *Plan) error {
	open, err := unsettled(tx, *p)
	if err != nil {
		return err
	}
	p.Open = open
	if open == 0 && p.State != PlanSettled {
		*p = p.noted("", q.now())
		p.State, p.EndedAt = PlanSettled, q.now()
	}
	return nil
}

func (q *Queue) settle(tx *transaction, p Plan, o Outcome) error {
	e, err := entryByID(tx, o.Entry)
	if err != nil || e.Plan != p.ID {
		return err
	}
	note := "found at Partner Center"
	if !o.Registered {
		note = "refused before it was taken"
	}
	if e, err = q.leave(tx, e, AuditLine{By: planActor, Action: ActionSubmit, Plan: p.ID, Note: note}); err != nil {
		return err
	}
	if e.State != Submitted {
		return nil
	}
	after := o.on(e)
	if err := wantProfile(tx, &after); err != nil {
		return err
	}
	return q.change(tx, e, after, AuditLine{
		By: planActor, Action: ActionOutcome, Plan: p.ID, Reason: o.Reason, Note: joinWords(string(o.Code), o.Answer),
	})
}

// leave has an entry that is only planned pass through submitted, with that line
// in its history.
func (q *Queue) leave(tx *transaction, e Entry, line AuditLine) (Entry, error) {
	if e.State != Planned {
		return e, nil
	}
	sent := e
	sent.State = Submitted
	return sent, q.change(tx, e, sent, line)
}

// on is the entry after the outcome.
func (o Outcome) on(e Entry) Entry {
	e.State, e.Reason, e.Code, e.Answer, e.RetryAt = Rejected, o.Reason, o.Code, o.Answer, o.RetryAt
	switch {
	case o.Registered:
		e.State, e.DeviceID, e.RetryAt = Registered, o.DeviceID, time.Time{}
	case e.TriesFor(o.Code) == 0:
		e.Tries, e.TriesCode = 0, ""
	}
	if o.Batch != "" {
		e.Batch = o.Batch
	}
	return e
}

func unsettled(tx *transaction, p Plan) (int, error) {
	open := 0
	for _, id := range p.Entries {
		e, err := entryByID(tx, id)
		if err != nil {
			return 0, err
		}
		if e.Plan == p.ID && (e.State == Planned || e.State == Submitted) {
			open++
		}
	}
	return open, nil
}

func joinWords(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}
