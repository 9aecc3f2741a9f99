package upload

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// errBlocked ends the work on a customer for this step: something was held
// back, and it is noted where.
var errBlocked = errors.New("held back")

// ignoring is err, unless it only says that something was held back.
func ignoring(err error) error {
	if errors.Is(err, errBlocked) {
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
	for _, do := range []func(context.Context) error{
		u.checkRelationships, u.openPlans, u.retryRejected, u.dueGroups, u.takeBack, u.giveProfiles,
	} {
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

// openPlans goes on with what is planned, and then asks about what was taken.
func (u *Uploader) openPlans(ctx context.Context) error {
	if err := u.readPlans(ctx); err != nil {
		return err
	}
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

func (u *Uploader) dueGroups(ctx context.Context) error {
	if u.station.blocks(time.Now()) {
		return nil
	}
	ready, err := u.readReady(ctx)
	if err != nil {
		return fmt.Errorf("reading what is due: %w", err)
	}
	busy := map[autopilot.TenantID]map[autopilot.Device]bool{}
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
	c := u.customer(g.customer)
	for len(due) > 0 {
		now := time.Now()
		if u.station.blocks(now) || c.blocks(now) {
			return errBlocked
		}
		some := due[:min(len(due), c.limit)]
		due = due[len(some):]
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
		if err := u.planAndSend(ctx, g, ids); err != nil {
			return err
		}
	}
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
			g.busy[d] = true
		}
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
		return context.Cause(ctx)
	}
	u.hold(ctx, what, err)
	return errBlocked
}
