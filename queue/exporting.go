package queue

import (
	"context"
)

// Exported writes that entries are in a file for the web site: ready →
// exported. All or none.
func (q *Queue) Exported(ctx context.Context, ids []string, batch string, act Act) error {
	return q.each(ctx, ids, act, func(_ *transaction, act Act, e Entry) (Entry, AuditLine, error) {
		after, line, err := move(e, Ready, Exported, "", act, ActionExport)
		after.Batch = batch
		return after, line, err
	})
}

// ConfirmExport writes a person's word about what the web site took: exported →
// registered, with the mark ConfirmedByHand, or rejected. 806 soon after the device
// was taken back from the same customer is no registration, and rejects. It gives
// the entries as they are after. All or none.
func (q *Queue) ConfirmExport(ctx context.Context, outcomes []Outcome, act Act) ([]Entry, error) {
	var settled []Entry
	err := q.decide(ctx, act, func(tx *transaction, act Act) error {
		settled = nil
		for _, o := range outcomes {
			e, err := entryByID(tx, o.Entry)
			if err != nil {
				return err
			}
			if o, err = q.doubted(tx, e, o); err != nil {
				return err
			}
			after, line, err := o.byHand(e, act)
			if err != nil {
				return err
			}
			if err := q.change(tx, e, after, line); err != nil {
				return err
			}
			settled = append(settled, after)
		}
		return nil
	})
	return settled, err
}

// byHand is the entry after a person's word.
func (o Outcome) byHand(e Entry, act Act) (Entry, AuditLine, error) {
	o.Reason = ""
	if o.Registered {
		o.Reason = ConfirmedByHand
	}
	after := o.on(e)
	if e.State != Exported {
		return e, AuditLine{}, &WayError{Entry: e.ID, Number: e.Number, From: e.State, To: after.State}
	}
	note := joinWords(joinWords(string(o.Code), o.Answer), act.Reason)
	return after, AuditLine{By: act.By, Action: ActionSettle, Reason: after.Reason, Note: note}, nil
}

// doubted is the outcome, unless it rests on 806 alone while Microsoft may not have
// forgotten what was taken back from this customer: then the device is refused with
// that code, for a person to send again.
func (q *Queue) doubted(tx *transaction, e Entry, o Outcome) (Outcome, error) {
	if !o.Registered || !o.Code.MeansRegistered() {
		return o, nil
	}
	back, err := q.takenBack(tx, e, e.Customer)
	now := q.now()
	for _, one := range back {
		at := one.At
		if at.After(now) { // by a clock that was wrong; the box came after it
			at = e.CapturedAt
		}
		if now.Before(at.Add(Forgetting)) {
			o.Registered = false
		}
	}
	return o, err
}
