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

// errBlocked ends the work on a customer for this step: something was held
// back, and it is noted where.
var errBlocked = errors.New("held back")

// ignoring is err, unless it only says that something was held back, or that a
// person gave up some of a plan meanwhile: the next step sees what is left.
func ignoring(err error) error {
	if errors.Is(err, errBlocked) || errors.Is(err, queue.ErrPlanMoved) {
		return nil
	}
	return err
}

// step does everything that is due, oldest first, and shows how things stand.
// Its errors are the ledger's and ctx's; what Partner Center refuses becomes a
// pause.
func (u *Uploader) step(ctx context.Context) error {
	u.read = nil
	if !u.recalled {
		if err := u.recall(ctx); err != nil {
			return err
		}
	}
	var err error
	for _, do := range u.acts() {
		if err == nil {
			err = do(ctx)
		}
	}
	u.keepPauses(ctx)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return errors.Join(err, u.survey(ctx))
}

// work is what an uploader was called to do.
type work int

const (
	everything work = iota
	// removalsAlone sends nothing, and asks about nothing that was sent.
	removalsAlone
)

// acts are what a step does, in their order.
func (u *Uploader) acts() []func(context.Context) error {
	if u.work == removalsAlone {
		return []func(context.Context) error{u.checkRelationships, u.takeBack}
	}
	return []func(context.Context) error{
		u.checkRelationships, u.openPlans, u.retryRejected, u.dueGroups, u.takeBack, u.giveProfiles,
	}
}

// openPlans goes on with what is planned, and then asks about what was taken.
func (u *Uploader) openPlans(ctx context.Context) error {
	if err := u.readPlans(ctx); err != nil {
		return err
	}
	slices.SortStableFunc(u.open, u.byTroubleOfBatch)
	for _, p := range u.open {
		if u.station.blocks(time.Now()) {
			return nil
		}
		if err := ignoring(u.goOn(ctx, p)); err != nil {
			return err
		}
	}
	return u.askJobs(ctx)
}

// readPlans reads the open plans, and drops what is known of those that are no
// longer open.
func (u *Uploader) readPlans(ctx context.Context) error {
	open, err := u.ledger.OpenPlanHeads(ctx)
	if err != nil {
		return fmt.Errorf("reading the open plans: %w", err)
	}
	u.open = open
	still := make(map[string]*progress, len(open))
	for _, p := range open {
		if known, ok := u.plans[p.ID]; ok {
			still[p.ID] = known
		}
	}
	u.plans = still
	return nil
}

// dueGroups sends what is due. Of a request that was withdrawn, because there was
// too much in it or something that is refused, it goes on with a part at once:
// who calls for one pass, once a while, gets past it too.
func (u *Uploader) dueGroups(ctx context.Context) error {
	if u.station.blocks(time.Now()) {
		return nil
	}
	busy := map[autopilot.TenantID]map[autopilot.Device]bool{}
	for again := true; again; again = u.withdrew {
		u.withdrew = false
		if err := u.sendDue(ctx, busy); err != nil {
			return err
		}
	}
	return nil
}

// sendDue sends what is due, but for what is withdrawn because Partner Center
// would not take all of it in one request.
func (u *Uploader) sendDue(ctx context.Context, busy map[autopilot.TenantID]map[autopilot.Device]bool) error {
	ready, err := u.readReady(ctx)
	if err != nil {
		return fmt.Errorf("reading what is due: %w", err)
	}
	slices.SortStableFunc(ready.work, func(a, b queue.ReadyWork) int { return u.byTrouble(a.Customer, b.Customer) })
	for _, w := range ready.work {
		if w.Tag == "" || len(w.Due) == 0 {
			continue
		}
		if busy[w.Customer] == nil {
			busy[w.Customer] = u.busy(w.Customer)
		}
		g := group{customer: w.Customer, tag: w.Tag, busy: busy[w.Customer]}
		if err := ignoring(u.sendGroup(ctx, &g, w.Due)); err != nil {
			return err
		}
	}
	return nil
}

// A group is what goes to one batch of a customer in this step.
type group struct {
	customer autopilot.TenantID
	tag      autopilot.GroupTag
	busy     map[autopilot.Device]bool
	// batch is the batch's name once a request of this step was taken there: so
	// it exists, and Partner Center talks about the customer.
	batch string
}

// sendGroup sends a group, a batch at a time, until something is held back.
func (u *Uploader) sendGroup(ctx context.Context, g *group, due []uint64) error {
	c, t, all := u.customer(g.customer), u.tag(g.customer, g.tag), due
	t.keep(due)
	for len(due) > 0 {
		if t.rest(u.opts, all); u.station.blocks(time.Now()) || u.waits(g.customer, g.tag) {
			return errBlocked
		}
		var some []uint64
		if some, due = t.next(due, c.limit); len(some) == 0 {
			break
		}
		entries, err := u.ledger.EntriesAt(ctx, some)
		if err != nil {
			return fmt.Errorf("reading what is due: %w", err)
		}
		ids := sendable(entries, g.busy)
		if left := len(entries) - len(ids); left > 0 && u.read != nil {
			u.read.waiting[g.customer] += left
		}
		if len(ids) == 0 {
			continue
		}
		for _, part := range parts(entries, ids) {
			if err := u.planAndSend(ctx, g, part); err != nil {
				return err
			}
		}
	}
	t.rest(u.opts, all)
	return nil
}

// planAndSend asks for the customer's batches, which shows that Partner Center
// will talk about this customer at all, and only then makes a plan: while it
// does not, the entries stay ready and in people's hands.
func (u *Uploader) planAndSend(ctx context.Context, g *group, ids []string) error {
	name, exists := g.batch, g.batch != ""
	if !exists {
		var err error
		if name, exists, err = u.findBatch(ctx, g.customer, g.tag); err != nil {
			return u.blocked(ctx, u.customer(g.customer).pause, err)
		}
	}
	u.read = nil
	p, err := u.ledger.Plan(ctx, g.customer, g.tag, ids)
	if errors.Is(err, queue.ErrNothingReady) {
		return nil // a person was quicker
	}
	if err != nil {
		return fmt.Errorf("planning an upload: %w", err)
	}
	for _, d := range p.Devices {
		if d.PKID == "" {
			g.busy[called(d)] = true
		}
	}
	if p.Restored { // another station may have sent them: in doubt from the start
		return u.deliver(ctx, p)
	}
	taken, err := u.send(ctx, p, name, queue.Attempt{RequestID: u.opts.NewID(), Append: exists})
	if taken {
		g.batch = name
	}
	return err
}

// blocked holds back after a failed call, unless we ended it ourselves.
func (u *Uploader) blocked(ctx context.Context, what *pause, err error) error {
	if ctx.Err() != nil {
		u.lastWord(ctx, err)
		return context.Cause(ctx)
	}
	u.hold(ctx, what, err)
	return errBlocked
}
