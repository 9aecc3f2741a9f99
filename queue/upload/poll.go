package upload

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
)

// poll asks what became of a plan that was taken, writes down what is new, and
// says whether that is all there is to know.
func (u *Uploader) poll(ctx context.Context, id string, lists listings) (over bool, err error) {
	p, err := u.ledger.PlanByID(ctx, id)
	if err != nil {
		return false, fmt.Errorf("reading %s: %w", id, err)
	}
	if p.State != queue.PlanSubmitted {
		return true, nil
	}
	known := u.progress(p)
	before := known.asked
	known.asked = time.Now()
	outcomes, failed := u.ask(ctx, p, lists)
	if p, err = u.settle(ctx, p, outcomes); err != nil || p.State == queue.PlanSettled {
		return true, err
	}
	switch {
	case failed != nil && u.isOwn(known, failed, before):
		u.log.WarnContext(ctx, "uploading: a job cannot be asked about", "plan", p.ID, "error", failed)
		known.hold.refused(failed)
	case failed != nil:
		return false, u.blocked(ctx, known.hold, failed)
	default:
		known.hold.clear()
	}
	return false, u.checkDeadline(ctx, p)
}

// An ownRefusal is what is answered about one job again and again, while lists can
// be had.
type ownRefusal struct{ error }

// isOwn says whether a failure is the job's own, or that of the lists that would tell
// of it, repeated, and while others are answered: it is no outage, and holds back
// nothing else. before is when the job was asked about before.
func (u *Uploader) isOwn(known *progress, failed error, before time.Time) bool {
	if _, listed := errors.AsType[ownRefusal](failed); listed {
		return true
	}
	return known.refused >= believedAfter && mayBeOwn(failed) && u.contact.good.After(before)
}

// refused holds back after a refusal that is nobody else's: one with words is a
// person's to read.
func (p *pause) refused(err error) {
	if kindOf(err) == partnercenter.NoAnswer || saysNothing(err) {
		p.again(queue.Refused, err, 0)
		return
	}
	p.forPerson(queue.Refused, err)
}

// believedAfter is how many refusals in a row about one job are believed to be
// about that job alone.
const believedAfter = 3

// mayBeOwn says whether an answer may be about one job alone: it is none about the
// customer, the sign-in or how much is asked.
func mayBeOwn(err error) bool {
	e, ok := errors.AsType[*partnercenter.Error](err)
	if !ok || e.Status == 0 || noRelationship(err) || wrongRole(err) {
		return false
	}
	return e.Kind() != partnercenter.Throttled && e.Kind() != partnercenter.SignIn
}

// ask gives the outcomes that Partner Center knows now, also beside an error. A
// job that is over without a word about some device, one that was never named,
// one that is not there any more and one that is only ever refused (then beside an
// ownRefusal) are made up for by the batch's list.
func (u *Uploader) ask(ctx context.Context, p queue.Plan, lists listings) ([]queue.Outcome, error) {
	if p.TrackingID == "" {
		return u.lookUp(ctx, p, lists)
	}
	job, err := u.registrar.JobStatus(ctx, p.Customer, p.TrackingID)
	if kindOf(u.heard(ctx, err)) == partnercenter.NotFound {
		if u.missing(p, lists) {
			return u.lookUp(ctx, p, lists)
		}
		return nil, nil
	}
	if err != nil {
		return u.instead(ctx, p, lists, err)
	}
	u.progress(p).missing, u.customer(p.Customer).missing, u.progress(p).refused = 0, 0, 0
	u.reached(p.Customer)
	said, err := u.whose(ctx, p, judge(p, job), lists)
	if err != nil || !job.Status.Terminal() || u.allKnown(p, said) {
		return said, err
	}
	listed, err := u.lookUp(ctx, p, lists)
	return append(said, listed...), err
}

// instead asks the batch's list after a refusal about the job that was repeated too
// often to be an accident.
func (u *Uploader) instead(ctx context.Context, p queue.Plan, lists listings, refusal error) ([]queue.Outcome, error) {
	known := u.progress(p)
	if !mayBeOwn(refusal) {
		return nil, refusal
	}
	if known.refused++; known.refused < believedAfter {
		return nil, refusal
	}
	listed, err := u.lookUp(ctx, p, lists)
	if err != nil {
		return listed, err
	}
	return listed, ownRefusal{refusal}
}

// missing notes that the plan's job is not there and says whether to believe
// it: jobs appear later than their 202, and a list of many pages is not worth
// one 404, unless it is there already.
func (u *Uploader) missing(p queue.Plan, lists listings) bool {
	known, c := u.progress(p), u.customer(p.Customer)
	known.missing++
	c.missing++
	_, listed := lists[strings.ToLower(string(p.Batch))]
	return !u.lagging(p) && (listed || known.missing > 1 || c.missing >= manyMissing)
}

// lagging says whether the plan's job and batch may not be there yet.
func (u *Uploader) lagging(p queue.Plan) bool { return u.planAge(p) < u.opts.PollMax }

// planAge is how long ago the plan was taken, by the machine's own clock where this
// process saw it. Otherwise there is only the clock on the wall; one that was set
// back since makes the plan no younger than this process knows.
func (u *Uploader) planAge(p queue.Plan) time.Duration {
	known := u.progress(p)
	if known.seen {
		return time.Since(known.met)
	}
	return max(time.Since(p.SubmittedAt), time.Since(known.met))
}

// allKnown says whether nothing of the plan is open beside what was said. A
// device that is in doubt only because lists lag is not looked up again.
func (u *Uploader) allKnown(p queue.Plan, said []queue.Outcome) bool {
	known := u.progress(p)
	fresh := 0
	for _, o := range said {
		if !known.known[o.Entry] {
			fresh++
		}
	}
	return fresh+len(known.known)+len(known.doubtful) >= len(p.Entries)
}

// settle writes down the outcomes that are new. The first word on an entry
// counts.
func (u *Uploader) settle(ctx context.Context, p queue.Plan, outcomes []queue.Outcome) (queue.Plan, error) {
	fresh, err := u.fresher(ctx, p, outcomes)
	if err != nil || len(fresh) == 0 {
		return p, err
	}
	settled, err := u.ledger.Settle(context.WithoutCancel(ctx), p.ID, fresh)
	if err != nil {
		return p, fmt.Errorf("writing down what became of %s: %w", p.ID, err)
	}
	known := u.progress(p)
	for _, o := range fresh {
		known.known[o.Entry] = true
	}
	u.log.InfoContext(ctx, "uploading: settled", "plan", p.ID, "devices", len(fresh), "open", settled.Open)
	return settled, nil
}

// fresher are the outcomes that are not written down yet, each entry's once,
// with when a refusal is tried again.
func (u *Uploader) fresher(ctx context.Context, p queue.Plan, outcomes []queue.Outcome) (fresh []queue.Outcome, err error) {
	known, seen := u.progress(p), map[string]bool{}
	for _, o := range outcomes {
		if known.known[o.Entry] || seen[o.Entry] {
			continue
		}
		seen[o.Entry] = true
		if !o.Registered {
			if o.RetryAt, err = u.retryAt(ctx, o); err != nil {
				return nil, err
			}
		}
		fresh = append(fresh, o)
	}
	return fresh, nil
}

// checkDeadline notes once that a job has had all the time there is.
func (u *Uploader) checkDeadline(ctx context.Context, p queue.Plan) error {
	known := u.progress(p)
	if known.quiet || u.planAge(p) < u.opts.JobDeadline {
		return nil
	}
	if err := u.ledger.Note(ctx, p.ID, queue.NoOutcome); err != nil {
		return fmt.Errorf("noting that %s has no outcome: %w", p.ID, err)
	}
	known.quiet = true
	return nil
}
