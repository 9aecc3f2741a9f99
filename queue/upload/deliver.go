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
	if head.State != queue.PlanPlanned || u.waits(head.Customer, head.Batch) {
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
	switch c := u.customer(p.Customer); {
	case unanswered(err), kindOf(err) == partnercenter.Throttled: // it is nothing about this plan
		return u.blocked(ctx, c.pause, err)
	case err != nil:
		return u.putOff(ctx, p, c.pause, err)
	}
	switch {
	case known.doubt:
	case p.Open < len(p.Entries) && p.Rest:
		return u.replan(ctx, p)
	case p.Open < len(p.Entries): // a person gave up the others
		return u.withdraw(ctx, p, queue.NoOutcome)
	default:
		_, err := u.send(ctx, p, name, u.nextAttempt(p, exists))
		return err
	}
	resend, err := u.reconcile(ctx, p, name, exists)
	if err != nil || !resend {
		return err
	}
	same := queue.Attempt{RequestID: p.RequestID, Append: p.Append, Again: true}
	if known.answered || p.Attempt == 0 { // restored, and never sent by this queue
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
	switch kind := kindOf(u.heardChange(ctx, err)); {
	case err == nil, kind == partnercenter.Untracked:
	case kind == partnercenter.NoAnswer:
		known.unsure, known.over = time.Now(), false
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
	if !known.seen {
		known.met, known.seen = time.Now(), true
	}
	known.taken = &got
	p, err := u.ledger.Submitted(context.WithoutCancel(ctx), p.ID, got.TrackingID)
	if err != nil {
		return fmt.Errorf("writing down that %s was taken: %w", p.ID, err)
	}
	c := u.customer(p.Customer)
	c.clear()
	c.took(len(p.Devices))
	c.soon(u.opts.PollFirst)
	u.tag(p.Customer, p.Batch).took(p)
	u.log.InfoContext(ctx, "uploading: taken", "plan", p.ID, "customer", p.Customer, "devices", len(p.Devices),
		"tracking", got.TrackingID, "request", got.RequestID, "correlation", got.CorrelationID)
	return nil
}

// refused decides what becomes of a plan whose attempt failed. No device's
// state changes but back to ready, and that only if nothing can have been
// taken.
func (u *Uploader) refused(ctx context.Context, p queue.Plan, err error) error {
	c, t := u.customer(p.Customer), u.tag(p.Customer, p.Batch)
	kind := kindOf(err)
	if (isContent(err) || kind == partnercenter.TooLarge) && u.doubtOver(p) {
		u.progress(p).over = true
	}
	switch {
	case kind == partnercenter.TooLarge && len(p.Devices) > 1 && !u.mayBeTaken(p):
		c.tooLarge(len(p.Devices), u.opts.RetryMax)
		u.withdrew = true
		return u.withdraw(ctx, p, queue.Refused)
	case otherWay(p, err):
		return u.notYet(ctx, p, err)
	case isContent(err) && !t.mayPass(err) && !u.mayBeTaken(p):
		return u.refusedContent(ctx, p, err)
	}
	return u.putOff(ctx, p, t.pause, err)
}

// notYet holds back a batch that is there for some calls and not for others. Lists
// lag, but not for ever: then it is a person's.
func (u *Uploader) notYet(ctx context.Context, p queue.Plan, err error) error {
	t := u.tag(p.Customer, p.Batch)
	if t.reason == queue.Refused && time.Since(t.since) >= u.opts.ListLag {
		return u.putOff(ctx, p, t.pause, err)
	}
	t.again(queue.Refused, err, 0)
	return u.setAside(ctx, p, queue.Refused)
}

// putOff holds back what the failure is about, or the station, and sets the plan
// aside where a person is needed, or will be when it goes on like that.
func (u *Uploader) putOff(ctx context.Context, p queue.Plan, what *pause, err error) error {
	if ctx.Err() != nil {
		u.lastWord(ctx, err)
		return context.Cause(ctx)
	}
	why := u.hold(ctx, what, err)
	if why == "" && (u.mayBeTaken(p) || u.throttledLong(err)) {
		why = passing(err)
	}
	if why == "" {
		return errBlocked
	}
	return u.setAside(ctx, p, why)
}

// throttledLong says whether requests are throttled time and again: then what was
// to be sent is better in people's hands.
func (u *Uploader) throttledLong(err error) bool {
	return kindOf(err) == partnercenter.Throttled && u.station.tries > believedAfter
}

// passing is why a plan in doubt waits after a failure that passes by itself: when
// it does not for a day, while other calls are answered, a person can give it up.
func passing(err error) queue.Reason {
	switch kind := kindOf(err); {
	case heldBack(err), kind == partnercenter.SignIn:
		return ""
	case unanswered(err):
		return queue.Offline
	case kind == partnercenter.Throttled:
		return queue.Throttled
	default:
		return queue.Refused
	}
}

// setAside gives the plan's entries back into people's hands. Where some may have
// been taken it stays as it is, with why it waits noted on it.
func (u *Uploader) setAside(ctx context.Context, p queue.Plan, why queue.Reason) error {
	end := u.withdraw
	if u.mayBeTaken(p) {
		end = u.note
	}
	if err := end(ctx, p, why); err != nil {
		return err
	}
	return errBlocked
}

// mayBeTaken says whether some of the plan's devices may be on their way, in a
// request of this plan or of the one that it is the rest of.
func (u *Uploader) mayBeTaken(p queue.Plan) bool {
	known := u.progress(p)
	return (p.Rest || known.doubt) && !known.over
}

// noteEvery is how often the same note is written again.
const noteEvery = time.Hour

// note writes on a plan that stays planned what it waits for.
func (u *Uploader) note(ctx context.Context, p queue.Plan, why queue.Reason) error {
	known := why == queue.Refused && !p.LastRefused() // what became of the attempt is new
	if p.Note == why && !known && time.Since(p.NotedLast).Abs() < noteEvery {
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
