package upload

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// Removing is what of the queue takes registrations back. Each removal is on
// disk before it is asked for:
//
//	planned ──► listed? ──► attempt on disk ──► DELETE ──► yes ──► listed? ──► gone
//	   ▲           │ not yet: waits,               │                  │
//	   │           ▼ a day, then a person          │                  │ still there: 5 s … 1 h,
//	   │                                           │                  ▼ then asked for once more
//	   ├◄── no answer, 404, 640: listed? ◄─────────┤◄──────────────────
//	   └◄── station or customer pauses ◄───────────┘──► 811, other codes: a person
//
// A device is gone when no batch of the customer's lists it any more after a yes,
// or in two looks without one; never by a 404 alone. 807, that nobody has it, is a
// yes: as long as a list shows the device, Microsoft may tell us tomorrow that the
// customer has it. Nothing is asked for that no list has
// shown, so that what is only not listed yet is not taken for gone. What is
// listed under another id than was asked for, in whatever batch, was registered
// anew: that one is a person's. So asking twice does no harm, and a crash anywhere costs a look at
// the lists.
type Removing interface {
	// OpenRemovals gives the removals that are not done, oldest first.
	OpenRemovals(ctx context.Context) ([]queue.Removal, error)
	// AttemptRemoval writes what is about to be asked for. It is refused, with a
	// *queue.ClaimedError, while another entry has the same device registered
	// for the same customer.
	AttemptRemoval(ctx context.Context, id string, step queue.RemovalStep) (queue.Removal, error)
	// WaitRemoval writes what was answered or seen, and when to look again.
	WaitRemoval(ctx context.Context, id string, step queue.RemovalStep) (queue.Removal, error)
	// Removed writes that the device is gone: removing → removed. These three
	// are queue.ErrPlanMoved where the removal is done.
	Removed(ctx context.Context, id, note string) (queue.Removal, error)
}

// A Remover is what removals need of Partner Center, beside the lists.
type Remover interface {
	DeleteDevice(ctx context.Context, customer autopilot.TenantID, batch, deviceID, requestID string) error
}

// The times of a removal.
const (
	// listLag is how long a device that was registered may be in no list yet.
	listLag = 24 * time.Hour
	// removalPause is the longest pause between two looks at the lists, and how
	// long a device may be listed after a yes until it is asked for once more.
	removalPause = time.Hour
	// otherPartyPause is how rarely it is tried what another party must do.
	otherPartyPause = 24 * time.Hour
	// asksAtOnce is how many devices are asked for before the rest of the step.
	asksAtOnce = 100
	// patience is how many requests without effect, in a day, need a person.
	patience = 3
)

// removals are what is known beyond the ledger. Like all that a step changes
// they are guarded by running.
type removals struct {
	// going is how many open removals go on by themselves.
	going int
	// times are those of the open removals, by ID.
	times map[string]*times
}

// UntilRemoved works until no open removal can go on by itself: all are done, or
// what is left waits for a person or a sign-in, as Status.Waits say. Like
// UntilSettled it waits through outages. Nothing is sent: who takes back what went
// to the wrong customer may have more of it ready.
func (u *Uploader) UntilRemoved(ctx context.Context) (Status, error) {
	err := u.loop(ctx, removalsAlone, func(failed error) (bool, error) { return u.removals.going == 0, failed })
	return u.Status(), err
}

// PassRemovals is Pass for the removals alone: nothing is sent.
func (u *Uploader) PassRemovals(ctx context.Context) (Status, error) {
	return u.pass(ctx, removalsAlone)
}

// takeBack goes on with the open removals, one request of a customer at a time.
func (u *Uploader) takeBack(ctx context.Context) error {
	if u.opts.Remover == nil {
		return nil
	}
	open, err := u.ledger.OpenRemovals(ctx)
	if err != nil {
		return fmt.Errorf("reading the open removals: %w", err)
	}
	u.removals.meet(open, time.Now())
	for _, due := range u.dueRemovals(open) {
		if u.station.blocks(time.Now()) {
			return nil
		}
		customer := due[0].Customer
		if c := u.customer(customer); c.blocks(time.Now()) || time.Now().Before(c.yields) {
			continue
		}
		t := turn{Uploader: u, lists: batchLists{u: u, customer: customer}}
		if err := t.takeBack(ctx, due); err != nil && !errors.Is(err, errBlocked) {
			return err
		}
	}
	return nil
}

// dueRemovals are those whose time has come, by customer. Where one's has, those
// that follow closely come with it, so that one reading of the lists serves
// them all. Whose time came first goes first: what always fails, and is put off
// each time, comes after the others.
func (u *Uploader) dueRemovals(open []queue.Removal) [][]queue.Removal {
	now := time.Now()
	groups := map[autopilot.TenantID][]queue.Removal{}
	var started []autopilot.TenantID
	for _, r := range open {
		due := u.due(r, now)
		if r.OnSite || due.After(now.Add(u.opts.PollFirst)) {
			continue
		}
		groups[r.Customer] = append(groups[r.Customer], r)
		if !due.After(now) && !slices.Contains(started, r.Customer) {
			started = append(started, r.Customer)
		}
	}
	slices.SortStableFunc(started, u.byTrouble)
	due := make([][]queue.Removal, 0, len(started))
	for _, customer := range started {
		slices.SortStableFunc(groups[customer], func(a, b queue.Removal) int { return u.due(a, now).Compare(u.due(b, now)) })
		due = append(due, groups[customer])
	}
	return due
}

// surveyRemovals adds what removals wait for. UntilSettled does not wait for
// them, so they are not among the active.
func (u *Uploader) surveyRemovals(ctx context.Context, s *survey) error {
	open, err := u.ledger.OpenRemovals(ctx)
	if err != nil {
		return fmt.Errorf("reading the open removals: %w", err)
	}
	u.removals.going = 0
	u.removals.meet(open, s.now)
	for _, r := range open {
		switch {
		case r.OnSite:
			s.wait(r.Customer, 1, Wait{Reason: queue.OnTheSite})
		case u.opts.Remover != nil:
			u.surveyRemoval(s, r)
		}
	}
	if u.station.blocks(s.now) && u.station.person {
		u.removals.going = 0
	}
	return nil
}

func (u *Uploader) surveyRemoval(s *survey, r queue.Removal) {
	hold := u.customer(r.Customer).pause
	w := Wait{Reason: r.Note}
	person, due := r.Person, later(later(u.due(r, s.now), s.now), u.customer(r.Customer).yields)
	if hold.blocks(s.now) {
		w = Wait{Reason: hold.reason, Err: hold.err}
		person, due = person || hold.person, later(due, hold.until)
	}
	if !person {
		w.Until = due
		u.removals.going++
	}
	if w.Reason == "" {
		s.stuck++
	} else {
		s.wait(r.Customer, 1, w)
	}
	s.turn(due)
}
