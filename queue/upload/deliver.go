package upload

import (
	"context"
	"fmt"
	"strings"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// goOn does the next thing for a plan that is on disk and not taken yet, if it
// is due.
func (u *Uploader) goOn(ctx context.Context, head queue.PlanHead) error {
	if head.State != queue.PlanPlanned || u.customer(head.Customer).blocks(time.Now()) {
		return nil
	}
	p, err := u.ledger.PlanByID(ctx, head.ID)
	if err != nil {
		return fmt.Errorf("reading %s: %w", head.ID, err)
	}
	return u.deliver(ctx, p)
}

// deliver goes on with a plan that is on disk and not taken yet, as far as
// anybody knows.
func (u *Uploader) deliver(ctx context.Context, p queue.Plan) error {
	known := u.progress(p)
	if known.taken != nil {
		return u.accept(ctx, p, *known.taken)
	}
	name, exists, err := u.findBatch(ctx, p.Customer, p.Batch)
	if err != nil {
		return u.putOff(ctx, p, err)
	}
	if !known.doubt {
		_, err := u.send(ctx, p, name, u.nextAttempt(p, exists))
		return err
	}
	resend, err := u.reconcile(ctx, p, name, exists)
	if err != nil || !resend {
		return err
	}
	same := queue.Attempt{RequestID: p.RequestID, Append: p.Append, Again: true}
	if known.answered {
		same = u.nextAttempt(p, exists)
	}
	_, err = u.send(ctx, p, name, same)
	return err
}

// nextAttempt keeps the request's id only where nothing was answered to it and
// the request stays the same.
func (u *Uploader) nextAttempt(p queue.Plan, exists bool) queue.Attempt {
	known := u.progress(p)
	next := queue.Attempt{RequestID: p.RequestID, Append: exists, Again: known.doubt}
	if p.RequestID == "" || known.answered || p.Append != exists {
		next.RequestID = u.opts.NewID()
	}
	return next
}

// findBatch looks for the batch among the customer's, whatever its case, and
// gives its name as it is written there, or else as we would write it.
func (u *Uploader) findBatch(ctx context.Context, id autopilot.TenantID, tag autopilot.GroupTag) (name string, exists bool, err error) {
	batches, err := u.registrar.Batches(ctx, id)
	if u.heard(ctx, err) != nil {
		return "", false, err
	}
	u.reached(id)
	name = string(tag)
	for _, b := range batches {
		if b.ID == string(tag) {
			return b.ID, true, nil
		}
		if strings.EqualFold(b.ID, string(tag)) {
			name, exists = b.ID, true
		}
	}
	return name, exists, nil
}

// send writes each attempt down and makes it, and says whether one was taken.
// Where the batch turns out to exist after all, or not to, it makes one more
// attempt the other way.
func (u *Uploader) send(ctx context.Context, p queue.Plan, name string, attempt queue.Attempt) (taken bool, err error) {
	known := u.progress(p)
	for switched := false; ; switched = true {
		if p, err = u.ledger.Attempt(ctx, p.ID, attempt); err != nil {
			return false, fmt.Errorf("writing down the attempt: %w", err)
		}
		got, err := u.try(ctx, p, name)
		switch {
		case err == nil, kindOf(err) == partnercenter.Untracked:
			return true, u.accept(ctx, p, got)
		case switched, !otherWay(p, err):
			return false, u.refused(ctx, p, err)
		}
		if known.doubt && !p.Append { // what the batch is there with may be ours
			resend, err := u.reconcile(ctx, p, string(p.Batch), true)
			if err != nil || !resend {
				return false, err
			}
		}
		attempt = queue.Attempt{RequestID: u.opts.NewID(), Append: !p.Append, Again: known.doubt}
		name = string(p.Batch)
	}
}

// otherWay says whether the batch is not what the attempt took it for.
func otherWay(p queue.Plan, err error) bool {
	kind := kindOf(err)
	return kind == partnercenter.Conflict && !p.Append || kind == partnercenter.NotFound && p.Append
}

// try makes one attempt. Until its answer is there the plan is in doubt.
func (u *Uploader) try(ctx context.Context, p queue.Plan, name string) (got partnercenter.Accepted, err error) {
	known := u.progress(p)
	before := known.doubt
	known.doubt, known.answered = true, false
	if p.Append {
		got, err = u.registrar.AppendBatch(ctx, p.Customer, name, p.Devices, p.RequestID)
	} else {
		got, err = u.registrar.CreateBatch(ctx, p.Customer, string(p.Batch), p.Devices, p.RequestID)
	}
	switch kind := kindOf(u.heard(ctx, err)); {
	case err == nil, kind == partnercenter.Untracked, kind == partnercenter.NoAnswer:
	case kind == partnercenter.Unreachable:
		known.doubt = before
	default:
		known.doubt, known.answered = before, true
	}
	return got, err
}

// accept writes down that the plan was taken, even when we are being stopped:
// after this nothing of it is ever sent again. Without a tracking id it can
// only be found by listing.
func (u *Uploader) accept(ctx context.Context, p queue.Plan, got partnercenter.Accepted) error {
	known := u.progress(p)
	known.taken = &got
	p, err := u.ledger.Submitted(context.WithoutCancel(ctx), p.ID, got.TrackingID)
	if err != nil {
		return fmt.Errorf("writing down that %s was taken: %w", p.ID, err)
	}
	c := u.customer(p.Customer)
	c.clear()
	c.soon(u.opts.PollFirst)
	u.log.InfoContext(ctx, "uploading: taken", "plan", p.ID, "customer", p.Customer, "devices", len(p.Devices),
		"tracking", got.TrackingID, "request", got.RequestID, "correlation", got.CorrelationID)
	return nil
}

// refused decides what becomes of a plan whose attempt failed. No device's
// state changes but back to ready, and that only if nothing can have been
// taken.
func (u *Uploader) refused(ctx context.Context, p queue.Plan, err error) error {
	c := u.customer(p.Customer)
	switch kind := kindOf(err); {
	case kind == partnercenter.TooLarge && len(p.Devices) > 1 && !u.mayBeTaken(p):
		c.limit = max(1, len(p.Devices)/2)
		return u.withdraw(ctx, p, queue.Refused)
	case otherWay(p, err):
		c.again(queue.Refused, err, 0) // the lists lag; they will not for ever
		return errBlocked
	}
	return u.putOff(ctx, p, err)
}

// putOff holds back the customer or the station, and gives the plan's entries
// back into people's hands where a person is needed and nothing can have been
// taken.
func (u *Uploader) putOff(ctx context.Context, p queue.Plan, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	why := u.hold(ctx, u.customer(p.Customer).pause, err)
	if why == "" {
		return errBlocked
	}
	giveUp := u.withdraw
	if u.mayBeTaken(p) {
		giveUp = u.note
	}
	if err := giveUp(ctx, p, why); err != nil {
		return err
	}
	return errBlocked
}

// mayBeTaken says whether some of the plan's devices may be on their way, in a
// request of this plan or of the one that it is the rest of.
func (u *Uploader) mayBeTaken(p queue.Plan) bool { return p.Rest || u.progress(p).doubt }

// note writes on a plan that stays planned what it waits for.
func (u *Uploader) note(ctx context.Context, p queue.Plan, why queue.Reason) error {
	if p.Note == why {
		return nil
	}
	if err := u.ledger.Note(ctx, p.ID, why); err != nil {
		return fmt.Errorf("noting what %s waits for: %w", p.ID, err)
	}
	return nil
}

func (u *Uploader) withdraw(ctx context.Context, p queue.Plan, why queue.Reason) error {
	u.read = nil
	if err := u.ledger.Withdraw(context.WithoutCancel(ctx), p.ID, why); err != nil {
		return fmt.Errorf("taking %s back: %w", p.ID, err)
	}
	return nil
}
