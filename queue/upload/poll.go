package upload

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
)

// poll asks what became of a plan that was taken, writes down what is new, and
// says when to ask again.
func (u *Uploader) poll(ctx context.Context, p queue.Plan) error {
	known := u.progress(p)
	outcomes, failed := u.ask(ctx, p)
	p, err := u.settle(ctx, p, outcomes)
	if err != nil || p.State == queue.PlanSettled {
		return err
	}
	if failed != nil {
		return u.blocked(ctx, known.hold, failed)
	}
	known.hold.clear()
	known.every = min(2*known.every, u.opts.PollMax)
	known.next = time.Now().Add(known.every)
	return u.checkDeadline(ctx, p)
}

// ask gives the outcomes that Partner Center knows now, also beside an error. A job that is over
// without a word about some device, one that was never named and one that is
// not there any more are made up for by the batch's list.
func (u *Uploader) ask(ctx context.Context, p queue.Plan) ([]queue.Outcome, error) {
	if p.TrackingID == "" {
		return u.lookUp(ctx, p)
	}
	job, err := u.registrar.JobStatus(ctx, p.Customer, p.TrackingID)
	if kindOf(u.heard(ctx, err)) == partnercenter.NotFound {
		if time.Since(p.SubmittedAt) < u.opts.PollMax {
			return nil, nil // not there yet: jobs appear later than their 202
		}
		return u.lookUp(ctx, p)
	}
	if err != nil {
		return nil, err
	}
	said := judge(p, job)
	if !job.Status.Terminal() || len(said) == len(p.Entries) {
		return said, nil
	}
	listed, err := u.lookUp(ctx, p)
	return append(said, listed...), err
}

// settle writes down the outcomes that are new. The first word on an entry
// counts.
func (u *Uploader) settle(ctx context.Context, p queue.Plan, outcomes []queue.Outcome) (queue.Plan, error) {
	known := u.progress(p)
	var fresh []queue.Outcome
	for _, o := range outcomes {
		same := func(f queue.Outcome) bool { return f.Entry == o.Entry }
		if !known.known[o.Entry] && !slices.ContainsFunc(fresh, same) {
			fresh = append(fresh, o)
		}
	}
	if len(fresh) == 0 {
		return p, nil
	}
	settled, err := u.ledger.Settle(context.WithoutCancel(ctx), p.ID, fresh)
	if err != nil {
		return p, fmt.Errorf("writing down what became of %s: %w", p.ID, err)
	}
	for _, o := range fresh {
		known.known[o.Entry] = true
	}
	u.log.InfoContext(ctx, "uploading: settled", "plan", p.ID, "devices", len(fresh), "open", settled.Open)
	return settled, nil
}

// checkDeadline notes once that a job has had all the time there is.
func (u *Uploader) checkDeadline(ctx context.Context, p queue.Plan) error {
	known := u.progress(p)
	if known.quiet || time.Since(p.SubmittedAt) < u.opts.JobDeadline {
		return nil
	}
	if err := u.ledger.Note(ctx, p.ID, queue.NoOutcome); err != nil {
		return fmt.Errorf("noting that %s has no outcome: %w", p.ID, err)
	}
	known.quiet = true
	return nil
}
