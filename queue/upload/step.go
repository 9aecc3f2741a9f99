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

// step does everything that is due, oldest first, and shows how things stand.
// Its errors are the ledger's and ctx's; what Partner Center refuses becomes a
// pause.
func (u *Uploader) step(ctx context.Context) error {
	u.read = nil
	var err error
	for _, do := range []func(context.Context) error{
		u.checkRelationships, u.openPlans, u.retryRejected, u.dueGroups, u.takeBack, u.giveProfiles,
	} {
		if err == nil {
			err = do(ctx)
		}
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return errors.Join(err, u.survey(ctx))
}

func (u *Uploader) openPlans(ctx context.Context) error {
	plans, err := u.ledger.OpenPlans(ctx)
	if err != nil {
		return fmt.Errorf("reading the open plans: %w", err)
	}
	u.forget(plans)
	for _, p := range plans {
		if u.station.blocks(time.Now()) {
			return nil
		}
		if err := u.goOn(ctx, p); err != nil && !errors.Is(err, errBlocked) {
			return err
		}
	}
	return nil
}

// goOn does the next thing for an open plan, if it is due.
func (u *Uploader) goOn(ctx context.Context, p queue.Plan) error {
	now := time.Now()
	if p.State == queue.PlanPlanned {
		if u.customer(p.Customer).blocks(now) {
			return nil
		}
		return u.deliver(ctx, p)
	}
	known := u.progress(p)
	if now.Before(known.next) || known.hold.blocks(now) {
		return nil
	}
	return u.poll(ctx, p)
}

// forget drops what is known of plans that are no longer open.
func (u *Uploader) forget(open []queue.Plan) {
	still := make(map[string]*progress, len(open))
	for _, p := range open {
		if known, ok := u.plans[p.ID]; ok {
			still[p.ID] = known
		}
	}
	u.plans = still
}

func (u *Uploader) dueGroups(ctx context.Context) error {
	if u.station.blocks(time.Now()) {
		return nil
	}
	groups, err := u.readReady(ctx)
	if err != nil {
		return fmt.Errorf("reading what is due: %w", err)
	}
	for _, g := range groups.due {
		if g.Tag == "" {
			continue
		}
		if err := u.sendGroup(ctx, g); err != nil && !errors.Is(err, errBlocked) {
			return err
		}
	}
	return nil
}

// sendGroup sends a group, a batch at a time, until something is held back.
func (u *Uploader) sendGroup(ctx context.Context, g queue.Group) error {
	c := u.customer(g.Customer)
	rest := sendable(g.Entries)
	for len(rest) > 0 {
		now := time.Now()
		if u.station.blocks(now) || c.blocks(now) {
			return errBlocked
		}
		some := rest[:min(len(rest), c.limit)]
		rest = rest[len(some):]
		if err := u.planAndSend(ctx, g, some); err != nil {
			return err
		}
	}
	return nil
}

// planAndSend asks for the customer's batches, which shows that Partner Center
// will talk about this customer at all, and only then makes a plan: while it
// does not, the entries stay ready and in people's hands.
func (u *Uploader) planAndSend(ctx context.Context, g queue.Group, ids []string) error {
	name, exists, err := u.findBatch(ctx, g.Customer, g.Tag)
	if err != nil {
		return u.blocked(ctx, u.customer(g.Customer).pause, err)
	}
	u.read = nil
	p, err := u.ledger.Plan(ctx, g.Customer, g.Tag, ids)
	if errors.Is(err, queue.ErrNothingReady) {
		return nil // a person was quicker
	}
	if err != nil {
		return fmt.Errorf("planning an upload: %w", err)
	}
	return u.send(ctx, p, name, queue.Attempt{RequestID: u.opts.NewID(), Append: exists})
}

// blocked holds back after a failed call, unless we ended it ourselves.
func (u *Uploader) blocked(ctx context.Context, what *pause, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	u.hold(ctx, what, err)
	return errBlocked
}

// sendable are the entries that Partner Center would accept, each device once.
func sendable(entries []queue.Entry) []string {
	seen := make(map[autopilot.Device]bool, len(entries))
	var ids []string
	for _, e := range entries {
		d := e.ToSend()
		if !d.Identified() || seen[d] {
			continue
		}
		seen[d] = true
		ids = append(ids, e.ID)
	}
	return ids
}
