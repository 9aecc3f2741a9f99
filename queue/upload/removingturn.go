package upload

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// A turn is one look at the removals of a customer, with the lists read once.
type turn struct {
	*Uploader

	lists batchLists
	asked int
}

func (t *turn) takeBack(ctx context.Context, due []queue.Removal) error {
	for _, r := range due {
		if t.asked == asksAtOnce {
			return nil // what is left is due still
		}
		seen, err := t.lists.find(ctx, r)
		if err != nil {
			return t.blocked(ctx, t.customer(r.Customer).pause, err)
		}
		if err := t.goOnRemoving(ctx, r, seen); err != nil && !errors.Is(err, queue.ErrPlanMoved) { // a person was quicker
			return err
		}
	}
	return nil
}

// goOnRemoving does the next thing for a removal. It is asked for only what was
// seen to be listed, or what Microsoft named and no list has shown in all the
// time that a list may lag: so what is in no list after that is gone, and not
// merely not there yet; of what no list ever showed that is not known.
func (t *turn) goOnRemoving(ctx context.Context, r queue.Removal, seen sighting) error {
	asked := r.State == queue.RemovalAsked
	switch {
	case seen.listed && asked && seen.device.ID != r.DeviceID:
		// What was asked for is gone, and somebody registered the device anew.
		return t.look(ctx, r, queue.RemovalStep{Note: queue.Conflict, Person: true, Due: in(removalPause)})
	case seen.listed && asked && (r.Note != queue.StillThere || time.Since(r.AskedAt) < removalPause):
		return t.stillThere(ctx, r, seen)
	case seen.listed:
		return t.ask(ctx, r, seen)
	case r.Attempt > 0:
		return t.gone(ctx, r)
	case time.Since(r.PlannedAt) >= listLag && r.DeviceID != "" && r.Batch != "":
		return t.ask(ctx, r, sighting{batch: r.Batch, device: partnercenter.Device{ID: r.DeviceID}})
	default:
		age := time.Since(r.PlannedAt)
		return t.look(ctx, r, queue.RemovalStep{Note: queue.NotListed, Person: age >= listLag, Due: in(t.growing(age))})
	}
}

// stillThere waits for the lists. A yes with no effect in an hour is asked for
// once more, and after a day of that a person looks.
func (t *turn) stillThere(ctx context.Context, r queue.Removal, seen sighting) error {
	since := time.Since(r.AskedAt)
	wait := t.growing(since)
	if left := removalPause - since; left > 0 {
		wait = min(wait, left)
	}
	return t.look(ctx, r, queue.RemovalStep{
		Note: queue.StillThere, DeviceID: seen.device.ID, Batch: seen.batch, Due: in(wait), Person: isHopeless(r),
	})
}

// isHopeless says whether asking has had no effect for a day.
func isHopeless(r queue.Removal) bool {
	return r.Attempt > patience && time.Since(r.PlannedAt) > listLag
}

// gone writes that the device is in its batch no longer. Without a yes it must
// be missing twice: a list that is read while others change it may skip one.
func (t *turn) gone(ctx context.Context, r queue.Removal) error {
	if !r.Seen { // it was asked for by Microsoft's name alone: only 807 or a person ends that
		return t.look(ctx, r, queue.RemovalStep{
			Note: queue.NotListed, Code: r.Code, Answer: r.Answer, Person: true, Due: in(removalPause),
		})
	}
	if r.State != queue.RemovalAsked && !t.removals.absent[r.ID] {
		if t.removals.absent == nil {
			t.removals.absent = map[string]bool{}
		}
		t.removals.absent[r.ID] = true
		return t.look(ctx, r, queue.RemovalStep{Note: r.Note, Code: r.Code, Answer: r.Answer, Due: in(t.opts.PollFirst)})
	}
	return t.removed(ctx, r, "no longer in its batch")
}

func (t *turn) removed(ctx context.Context, r queue.Removal, note string) error {
	delete(t.removals.absent, r.ID)
	if _, err := t.ledger.Removed(context.WithoutCancel(ctx), r.ID, note); err != nil {
		return fmt.Errorf("writing down that %s is done: %w", r.ID, err)
	}
	t.log.InfoContext(ctx, "uploading: taken back", "removal", r.ID, "customer", r.Customer, "attempts", r.Attempt)
	return nil
}

// look writes what a removal waits for, and when to look again.
func (t *turn) look(ctx context.Context, r queue.Removal, step queue.RemovalStep) error {
	if _, err := t.ledger.WaitRemoval(context.WithoutCancel(ctx), r.ID, step); err != nil {
		return fmt.Errorf("writing down what %s waits for: %w", r.ID, err)
	}
	return nil
}

// ask writes down that the device is about to be asked for, and asks.
func (t *turn) ask(ctx context.Context, r queue.Removal, seen sighting) error {
	delete(t.removals.absent, r.ID)
	step := queue.RemovalStep{RequestID: r.RequestID, DeviceID: seen.device.ID, Batch: seen.batch, Seen: seen.listed}
	if unanswered := r.State == queue.RemovalPlanned && r.Note == "" && r.Code == ""; step.RequestID == "" || !unanswered {
		step.RequestID = t.opts.NewID()
	}
	r, written, err := t.attempt(ctx, r, step)
	if err != nil || !written {
		return err
	}
	t.asked++
	err = t.opts.Remover.DeleteDevice(ctx, r.Customer, r.Batch, r.DeviceID, r.RequestID)
	if t.heard(ctx, err) != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return t.answered(ctx, r, err)
}

// attempt writes what is about to be asked. Where another entry has the device
// registered by now nothing is written, and a person must look.
func (t *turn) attempt(ctx context.Context, r queue.Removal, step queue.RemovalStep) (after queue.Removal, written bool, err error) {
	after, err = t.ledger.AttemptRemoval(ctx, r.ID, step)
	if _, anew := errors.AsType[*queue.ClaimedError](err); anew {
		return r, false, t.look(ctx, r, queue.RemovalStep{Note: queue.Conflict, Person: true, Due: in(removalPause)})
	}
	if err != nil {
		return r, false, fmt.Errorf("writing down the attempt: %w", err)
	}
	return after, true, nil
}

// answered writes what was answered. Without an answer nothing is written, and
// the lists tell.
func (t *turn) answered(ctx context.Context, r queue.Removal, err error) error {
	code, words := refusalOf(err)
	soon := in(t.growing(t.opts.PollFirst << min(r.Attempt, 16)))
	switch {
	case err == nil:
		return t.look(ctx, r, queue.RemovalStep{Asked: true, Due: in(t.opts.PollFirst)})
	case code == autopilot.CodeNotRegistered:
		return t.removed(ctx, r, words)
	case code == autopilot.CodeOtherParty:
		return t.look(ctx, r, queue.RemovalStep{Note: queue.OtherParty, Code: code, Answer: words, Person: true, Due: in(otherPartyPause)})
	case code == autopilot.CodeStorage:
		return t.look(ctx, r, queue.RemovalStep{Code: code, Answer: words, Due: soon})
	case code == "" && kindOf(err) == partnercenter.NotFound: // on its own it says little: the lists tell
		return t.look(ctx, r, queue.RemovalStep{Note: queue.StillThere, Answer: words, Person: isHopeless(r), Due: soon})
	case code == "" && isCommon(kindOf(err)):
		return t.heldBack(ctx, r, err)
	case saysNothing(err): // its words may have been cut off: it may mean anything
		return t.look(ctx, r, queue.RemovalStep{Note: queue.Refused, Person: isHopeless(r), Due: soon})
	default:
		return t.look(ctx, r, queue.RemovalStep{Note: queue.Refused, Code: code, Answer: words, Person: true, Due: in(removalPause)})
	}
}

// heldBack is for what is not about this device: the station or the customer
// pauses as for uploads, and the removal stays. What was answered is noted, for
// the next request must have another id.
func (t *turn) heldBack(ctx context.Context, r queue.Removal, err error) error {
	t.hold(ctx, t.customer(r.Customer).pause, err)
	note := map[partnercenter.Kind]queue.Reason{
		partnercenter.Throttled: queue.Throttled,
		partnercenter.SignIn:    queue.SignIn,
		partnercenter.Forbidden: cmp.Or(t.customer(r.Customer).reason, queue.Refused),
	}[kindOf(err)]
	if note == "" {
		return errBlocked
	}
	if err := t.look(ctx, r, queue.RemovalStep{Note: note}); err != nil {
		return err
	}
	return errBlocked
}

// isCommon says whether a failure is not about the one device.
func isCommon(kind partnercenter.Kind) bool {
	switch kind {
	case partnercenter.NoAnswer, partnercenter.Unreachable, partnercenter.Throttled, partnercenter.SignIn, partnercenter.Forbidden:
		return true
	case partnercenter.NotFound, partnercenter.Conflict, partnercenter.TooLarge, partnercenter.Invalid, partnercenter.Untracked:
		return false
	default:
		return false
	}
}

// refusalOf is the device's code that an answer carries, if any, and its words.
func refusalOf(err error) (autopilot.Code, string) {
	e, ok := errors.AsType[*partnercenter.Error](err)
	if !ok {
		return "", ""
	}
	return e.DeviceCode(), e.Description
}

// growing is a pause as long as what is waited for has lasted, within bounds.
func (u *Uploader) growing(lasted time.Duration) time.Duration {
	return min(max(lasted, u.opts.PollFirst), removalPause)
}

func in(pause time.Duration) time.Time { return time.Now().Add(pause) }
