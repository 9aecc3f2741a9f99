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
			return t.unread(ctx, r, err)
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
// merely not there yet; of what no list ever showed that is not known. Where
// anything was asked for, a device that is listed under another id was
// registered anew, by whomever: its yes may have been lost. That one is asked
// for only once a person has seen it, see queue.RetryRemoval.
func (t *turn) goOnRemoving(ctx context.Context, r queue.Removal, seen sighting) error {
	asked := r.State == queue.RemovalAsked
	switch {
	case seen.listed && r.Attempt > 0 && r.DeviceID != "" && seen.device.ID != r.DeviceID:
		return t.look(ctx, r, queue.RemovalStep{Note: queue.RegisteredAnew, Person: true, Due: in(removalPause)})
	case seen.listed && asked && (r.Note != queue.StillThere || t.askedFor(r) < removalPause):
		return t.stillThere(ctx, r, seen)
	case seen.listed:
		return t.ask(ctx, r, seen)
	case r.Attempt > 0 && (!seen.unsure || t.nobodysForLong(r)):
		return t.gone(ctx, r)
	case r.Attempt == 0 && t.age(r) >= listLag && r.DeviceID != "" && r.Batch != "":
		return t.ask(ctx, r, sighting{batch: seen.batch, device: partnercenter.Device{ID: r.DeviceID}})
	case t.wantedAgain(r), isNobodys(r) && t.age(r) >= listLag && r.DeviceID != "" && r.Batch != "":
		return t.ask(ctx, r, sighting{batch: seen.batch, device: partnercenter.Device{ID: r.DeviceID}})
	default:
		age := t.age(r)
		return t.look(ctx, r, queue.RemovalStep{
			Note: queue.NotListed, Code: r.Code, Answer: r.Answer, Person: age >= listLag, Due: in(t.growing(age)),
		})
	}
}

// nobodysForLong says whether Microsoft says, a day after the removal was planned, that
// nobody has the device: then that is enough where a list cannot be had.
func (t *turn) nobodysForLong(r queue.Removal) bool {
	return isNobodys(r) && t.age(r)-t.askedFor(r) >= listLag
}

// wantedAgain says whether a person wants it asked for once more, whatever cannot be
// listed. What was said yes to since is not.
func (t *turn) wantedAgain(r queue.Removal) bool {
	fresh := r.State == queue.RemovalPlanned && r.Note == "" && r.Code == ""
	return fresh && r.Attempt > 0 && t.age(r) >= listLag && r.DeviceID != "" && r.Batch != ""
}

// isNobodys says whether Microsoft's last word is that nobody has the device.
func isNobodys(r queue.Removal) bool { return r.Code == autopilot.CodeNotRegistered }

// stillThere waits for the lists. A yes with no effect in an hour is asked for
// once more, and after a day of that a person looks.
func (t *turn) stillThere(ctx context.Context, r queue.Removal, seen sighting) error {
	since := t.askedFor(r)
	wait := t.growing(since)
	if left := removalPause - since; left > 0 {
		wait = min(wait, left)
	}
	return t.look(ctx, r, queue.RemovalStep{
		Note: queue.StillThere, Code: r.Code, Answer: r.Answer, DeviceID: seen.device.ID, Batch: seen.batch, Due: in(wait), Person: t.isHopeless(r),
	})
}

// isHopeless says whether asking has had no effect for a day.
func (t *turn) isHopeless(r queue.Removal) bool {
	return r.Attempt > patience && t.age(r) > listLag
}

// gone writes that the device is in no batch any longer. Without a yes it must
// be missing twice: a list that is read while others change it may skip one. When
// it first was is on disk, for the second look may be another process's.
func (t *turn) gone(ctx context.Context, r queue.Removal) error {
	if !r.Seen && !isNobodys(r) { // it was asked for by Microsoft's name alone: only 807 or a person ends that
		return t.look(ctx, r, queue.RemovalStep{
			Note: queue.NotListed, Code: r.Code, Answer: r.Answer, Person: true, Due: in(removalPause),
		})
	}
	if r.State == queue.RemovalAsked {
		return t.removed(ctx, r, "no longer in any batch")
	}
	now, first := time.Now(), r.MissingAt
	if first.IsZero() || first.After(now) { // written by a clock that was set back since
		first = now
	}
	if left := t.opts.PollFirst - now.Sub(first); left > 0 {
		return t.look(ctx, r, queue.RemovalStep{Note: r.Note, Code: r.Code, Answer: r.Answer, MissingAt: first, Due: in(left)})
	}
	return t.removed(ctx, r, "no longer in any batch")
}

func (t *turn) removed(ctx context.Context, r queue.Removal, note string) error {
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
	if t.heardChange(ctx, err) != nil && ctx.Err() != nil {
		t.lastWord(ctx, err)
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
	case code == autopilot.CodeNotRegistered: // a yes too: the lists tell when it is over
		return t.look(ctx, r, queue.RemovalStep{Asked: true, Code: code, Answer: words, Due: in(t.opts.PollFirst)})
	case code == autopilot.CodeOtherParty:
		return t.look(ctx, r, queue.RemovalStep{Note: queue.OtherParty, Code: code, Answer: words, Person: true, Due: in(otherPartyPause)})
	case code == autopilot.CodeStorage:
		return t.look(ctx, r, queue.RemovalStep{Code: code, Answer: words, Due: soon})
	case code == "" && kindOf(err) == partnercenter.NotFound: // on its own it says little: the lists tell
		return t.look(ctx, r, queue.RemovalStep{Note: queue.StillThere, Answer: words, Person: t.isHopeless(r), Due: soon})
	case code == "" && isCommon(kindOf(err)):
		return t.heldBack(ctx, r, err, soon)
	case saysNothing(err): // its words may have been cut off: it may mean anything
		return t.look(ctx, r, queue.RemovalStep{Note: queue.Refused, Person: t.isHopeless(r), Due: soon})
	default:
		return t.look(ctx, r, queue.RemovalStep{Note: queue.Refused, Code: code, Answer: words, Person: true, Due: in(removalPause)})
	}
}

// heldBack is for what may not be about this device: the station or the customer
// pauses as for uploads, and the removal stays. What was answered is noted, for
// the next request must have another id. Where it may be about this device after
// all it is put off, ever longer, so that it keeps nobody else from their turn.
func (t *turn) heldBack(ctx context.Context, r queue.Removal, failed error, soon time.Time) error {
	step := queue.RemovalStep{Note: heldFor(failed)}
	if mayBeItsOwn(failed) {
		step.Due, step.Person = soon, t.isHopeless(r)
	}
	if step.Person {
		step.Note = cmp.Or(step.Note, queue.NoOutcome)
	}
	var err error
	if step != (queue.RemovalStep{}) {
		err = t.look(ctx, r, step)
	}
	t.hold(ctx, t.customer(r.Customer).pause, failed)
	if err != nil && !errors.Is(err, queue.ErrPlanMoved) {
		return err
	}
	return errBlocked
}

// heldFor is what a removal waits for after a failure; nothing, where its request
// may have been taken.
func heldFor(failed error) queue.Reason {
	switch {
	case noRelationship(failed):
		return queue.NoRelationship
	case wrongRole(failed):
		return queue.WrongRole
	default:
		return map[partnercenter.Kind]queue.Reason{
			partnercenter.Throttled: queue.Throttled, partnercenter.SignIn: queue.SignIn, partnercenter.Forbidden: queue.Refused,
		}[kindOf(failed)]
	}
}

// unread is for lists that could not be had. It may be this removal's own batch
// alone: then the others go first when that pause is over.
func (t *turn) unread(ctx context.Context, r queue.Removal, failed error) error {
	var err error
	if ctx.Err() == nil && mayBeItsOwn(failed) {
		err = t.look(ctx, r, queue.RemovalStep{
			Note: r.Note, Code: r.Code, Answer: r.Answer, Person: r.Person, MissingAt: r.MissingAt, Due: in(t.opts.PollFirst),
		})
	}
	blocked := t.blocked(ctx, t.customer(r.Customer).pause, failed)
	if err != nil && !errors.Is(err, queue.ErrPlanMoved) {
		return err
	}
	return blocked
}

// mayBeItsOwn says whether a failure may be one removal's alone, although it
// looks like everybody's.
func mayBeItsOwn(failed error) bool {
	if heldBack(failed) || noRelationship(failed) || wrongRole(failed) {
		return false
	}
	kind := kindOf(failed)
	return kind != partnercenter.Unreachable && kind != partnercenter.Throttled && kind != partnercenter.SignIn
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
