package queue

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// givenUpAfter is how long a plan must have failed for the same reason before what
// it still has planned can be given up.
const givenUpAfter = 24 * time.Hour

// GiveUp ends the wait for entries of which nobody will ever hear: submitted →
// rejected where the job had all its time (the plan's Note is NoOutcome), and
// planned → submitted → rejected where a plan in doubt has been refused, or got
// no answer while others did, for a day. Microsoft may have registered the devices all the same: they stay Sent,
// and their Reason is NoOutcome. It needs a reason (ErrNoReason) and is refused
// with a *TooSoonError while the uploader may still find out. All or none.
func (q *Queue) GiveUp(ctx context.Context, ids []string, act Act) error {
	if strings.TrimSpace(act.Reason) == "" {
		return ErrNoReason
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	return q.decide(ctx, act, func(tx *transaction, act Act) error {
		var plans []string
		for _, id := range ids {
			e, err := entryByID(tx, id)
			if err != nil {
				return err
			}
			if err := q.giveUp(tx, e, act); err != nil {
				return err
			}
			if !slices.Contains(plans, e.Plan) {
				plans = append(plans, e.Plan)
			}
		}
		for _, id := range plans {
			if err := q.shrink(tx, id); err != nil {
				return err
			}
		}
		return nil
	})
}

func (q *Queue) giveUp(tx *transaction, e Entry, act Act) error {
	if e.State != Planned && e.State != Submitted {
		return &WayError{Entry: e.ID, Number: e.Number, From: e.State, To: Rejected}
	}
	p, err := planByID(tx, e.Plan)
	if err != nil {
		return err
	}
	if err := q.hopeless(p, e); err != nil {
		return err
	}
	line := AuditLine{By: act.By, Action: ActionGiveUp, Plan: p.ID, Reason: NoOutcome, Note: act.Reason}
	if e, err = q.leave(tx, e, line); err != nil {
		return err
	}
	after, line, err := move(e, Submitted, Rejected, NoOutcome, act, ActionGiveUp)
	if err != nil {
		return err
	}
	after.Code, after.Answer, after.RetryAt, line.Plan = "", "", time.Time{}, p.ID
	return q.change(tx, e, after, line)
}

// hopeless refuses while the uploader may still find out what became of the
// plan. How long it fails counts from its note: an old plan may have waited for
// the network until a moment ago. What passes by itself must also have been
// noted again after that time: the line may have been down for all of it. What
// was never sent comes back by itself.
func (q *Queue) hopeless(p Plan, e Entry) error {
	soon := TooSoonError{Entry: e.ID, Number: e.Number, State: e.State}
	if e.State == Submitted {
		if p.Note == NoOutcome {
			return nil
		}
		return &soon
	}
	if p.Note == "" || p.Attempt == 0 && !p.Rest {
		return &soon
	}
	since := p.NotedAt
	if since.IsZero() { // of an earlier version
		since = p.PlannedAt
	}
	until := since.Add(givenUpAfter)
	if passes := p.Note == Offline || p.Note == Throttled; passes && p.NotedLast.Before(until) {
		return &soon
	}
	if until.After(q.now()) {
		soon.Until = until
		return &soon
	}
	return nil
}

// shrink has the plan be what is left of it. The uploader itself looks for the
// left of a plan in doubt and puts it into a new plan; the rest of one it may send as
// it is, so that what was given up must not be in there any more.
func (q *Queue) shrink(tx *transaction, id string) error {
	p, err := planByID(tx, id)
	if err != nil {
		return err
	}
	if err := q.recount(tx, &p); err != nil {
		return err
	}
	if p.State != PlanPlanned || !p.Rest {
		return putPlan(tx, p)
	}
	next, err := q.replan(tx, p)
	if err != nil {
		return err
	}
	next.PlannedAt = p.PlannedAt // it waits for the same, and for as long
	next.Note, next.NotedAt, next.NotedLast = p.Note, p.NotedAt, p.NotedLast
	return putPlan(tx, next)
}

// A TooSoonError refuses to give up an entry of which the uploader may still
// find out what became of it.
type TooSoonError struct {
	Entry  string // ID
	Number int
	State  State
	// Until is when it can be given up, zero where nobody can say.
	Until time.Time
}

func (e *TooSoonError) Error() string {
	if e.Until.IsZero() {
		return fmt.Sprintf("entry %s is %s and the uploader goes on with it", e.Entry, e.State)
	}
	return fmt.Sprintf("entry %s is %s and cannot be given up before %s", e.Entry, e.State, e.Until.Format(time.DateTime))
}
