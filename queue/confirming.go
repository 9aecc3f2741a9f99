package queue

import (
	"context"
	"slices"
)

// ActionConfirmCustomer is that somebody said at the dock that the customer is
// still the right one.
const ActionConfirmCustomer Action = "confirm-customer"

// ConfirmCustomer answers, for entries that were captured Unconfirmed, that their
// customer is the right one: each that was held for that alone is judged again as
// if it had been sure from the start. Others of these entries are left as they are:
// those that a person released or gave to another customer meanwhile, and those
// that are gone. Without entries it says so of the reception alone.
func (q *Queue) ConfirmCustomer(ctx context.Context, reception string, entries []string, by string) (verdicts []Verdict, err error) {
	err = q.write(ctx, func(tx *transaction) error {
		verdicts = nil
		if _, err := openReception(tx, reception); err != nil {
			return err
		}
		for _, id := range entries {
			e, err := entryByID(tx, id)
			if err != nil {
				return err
			}
			if !e.Unconfirmed || e.Reception != reception || !e.State.NeverSent() {
				continue
			}
			v, err := q.confirmCustomer(tx, e, by)
			if err != nil {
				return err
			}
			verdicts = append(verdicts, v)
		}
		if len(verdicts) > 0 {
			return nil
		}
		return q.audit(tx, 0, AuditLine{By: by, Action: ActionConfirmCustomer, Reception: reception})
	})
	for i := range verdicts {
		verdicts[i].At = q.now()
	}
	return verdicts, err
}

func (q *Queue) confirmCustomer(tx *transaction, e Entry, by string) (Verdict, error) {
	after := e
	after.Unconfirmed = false
	var others []Entry
	if e.Reason == Unconfirmed {
		same, err := liveByPKID(tx, e.PKID)
		if err != nil {
			return Verdict{}, err
		}
		twins, err := q.strangers(tx, e)
		if err != nil {
			return Verdict{}, err
		}
		others = append(slices.DeleteFunc(same, func(o Entry) bool { return o.ID == e.ID }), twins...)
		if after, err = judge(tx, letters(e), after, others); err != nil {
			return Verdict{}, err
		}
	}
	if err := q.change(tx, e, after, AuditLine{By: by, Action: ActionConfirmCustomer, Reason: after.Reason}); err != nil {
		return Verdict{}, err
	}
	return q.collide(tx, after, others, by)
}
