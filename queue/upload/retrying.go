package upload

import (
	"context"
	"fmt"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// Retrying is what of the queue tries refusals again that pass by themselves.
type Retrying interface {
	// RetryDue sends rejected entries again whose time has come: rejected →
	// ready. NextRetry is when the next one's does, zero for never.
	RetryDue(ctx context.Context, now time.Time) (sent int, err error)
	NextRetry(ctx context.Context) (time.Time, error)
	// TakenBack gives, by entry, when its device was taken back here from a
	// customer, or from any where from is empty; nothing of those that never were.
	TakenBack(ctx context.Context, entries []string, from autopilot.TenantID) (map[string][]queue.TakenBack, error)
	// Entry gives one entry.
	Entry(ctx context.Context, id string) (queue.Entry, error)
}

// retryRejected sends again what was refused for a reason that passes by
// itself: that alone, not the plan it was in.
func (u *Uploader) retryRejected(ctx context.Context) error {
	sent, err := u.ledger.RetryDue(ctx, time.Now())
	if err != nil {
		return fmt.Errorf("trying refused devices again: %w", err)
	}
	if sent > 0 {
		u.read = nil
		u.log.InfoContext(ctx, "uploading: refused devices are tried again", "devices", sent)
	}
	return nil
}

// surveyRetries adds when the next of them is due. Nobody waits for it.
func (u *Uploader) surveyRetries(ctx context.Context, s *survey) error {
	next, err := u.ledger.NextRetry(ctx)
	if err == nil && !next.IsZero() {
		s.turn(next)
	}
	return err
}

// retryAt is when a device that was refused is sent again by itself, zero for
// never: then it is a person's.
func (u *Uploader) retryAt(ctx context.Context, o queue.Outcome) (time.Time, error) {
	steps, again := u.opts.Retries[o.Code], o.Code == autopilot.CodeAlreadyHere
	removal := again || o.Code == autopilot.CodeOtherTenant && u.opts.AfterRemoval > 0
	if len(steps) == 0 && !removal {
		return time.Time{}, nil
	}
	e, err := u.ledger.Entry(ctx, o.Entry)
	if err != nil {
		return time.Time{}, fmt.Errorf("reading what was refused: %w", err)
	}
	if removal {
		if at, err := u.afterRemoval(ctx, e, o.Code); err != nil || !at.IsZero() {
			return at, err
		}
	}
	if again { // it was refused a moment ago because the removal was too near
		return time.Now().Add(u.opts.RetryMax), nil
	}
	return after(time.Now(), steps, e.TriesFor(o.Code)), nil
}

// after is the tries-th of steps, which count from the first refusal: now is
// when the step before it was refused.
func after(now time.Time, steps []time.Duration, tries int) time.Time {
	if tries >= len(steps) {
		return time.Time{}
	}
	wait := steps[tries]
	if tries > 0 {
		wait -= steps[tries-1]
	}
	return now.Add(max(wait, 0))
}

// afterRemoval is for a device that still seems to be somebody's a while after it
// was taken back here: an hour later, two, four, eight, and once more when that
// while is over.
func (u *Uploader) afterRemoval(ctx context.Context, e queue.Entry, code autopilot.Code) (time.Time, error) {
	var from autopilot.TenantID
	if code == autopilot.CodeAlreadyHere {
		from = e.Customer
	}
	lately, err := u.takenBack(ctx, []string{e.ID}, from)
	if err != nil || len(lately) == 0 {
		return time.Time{}, err
	}
	at, end := time.Now().Add(time.Hour<<min(e.TriesFor(code), 5)), time.Time{}
	for _, one := range lately[e.ID] {
		end = later(end, one.At.Add(u.forgetting()))
	}
	if at.After(end) {
		at = end
	}
	return at, nil
}
