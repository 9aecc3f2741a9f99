package main

import (
	"context"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui"
)

// Views of the desk for what should arrive and what may leave.
type (
	orders        struct{ *desk }
	suppliers     struct{ *desk }
	announcements struct{ *desk }
)

// Tally looks at the queue alone: the station's own reception may be from before
// somebody said how many boxes are to come.
func (p orders) Tally(ctx context.Context) (ui.Tally, error) {
	r, open := p.station.Current()
	if !open {
		return ui.Tally{}, nil
	}
	t, err := p.queue.Tally(ctx, r.ID)
	return ui.Tally{Reception: r.ID, Here: t.Here, Of: t.Of, Doubted: t.Doubted}, err
}

func (p orders) Orders(ctx context.Context, since time.Time) ([]queue.OrderHead, error) {
	return p.queue.Orders(ctx, since)
}

func (p orders) Reconcile(ctx context.Context, order string, customer autopilot.TenantID) (queue.Reconciliation, error) {
	return p.queue.Reconcile(ctx, order, customer)
}

// Expect keeps the order's number with its open reception: what its other receptions
// were given is taken off.
func (p orders) Expect(ctx context.Context, order string, customer autopilot.TenantID, boxes int) error {
	all, err := p.queue.OpenReceptions(ctx)
	if err != nil {
		return err
	}
	got, err := p.queue.Reconcile(ctx, order, customer)
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.Order == order && (customer == "" || r.Customer == customer) {
			others := got.Expected - r.Expected
			if boxes < others {
				return &ui.TooFewError{Others: others}
			}
			_, err := p.queue.SetExpected(ctx, r.ID, boxes-others, p.act("").By)
			return err
		}
	}
	return queue.ErrReceptionClosed
}

func (p orders) RegisterAnnounced(ctx context.Context, work queue.Work, reason string) (got queue.Unscanned, err error) {
	err = review(p).by(reason, func(a queue.Act) error {
		got, err = p.queue.RegisterAnnounced(ctx, work, a)
		return err
	})
	return got, err
}

func (p announcements) Announcements(ctx context.Context) ([]queue.Announcement, error) {
	return p.queue.Announcements(ctx)
}

func (p announcements) Drop(ctx context.Context, number uint64, reason string) error {
	return review(p).by(reason, func(a queue.Act) error {
		_, err := p.queue.DropAnnouncement(ctx, number, a)
		return err
	})
}

// receive gives the window the ports of what should arrive and may leave.
func (k *desk) receive(options *ui.Options) {
	options.Orders, options.Unscanned = orders{k}, orders{k}
	options.Suppliers, options.Announcements = suppliers{k}, announcements{k}
	options.Leaving = papers{k}
	options.Morning = k.mornings
}
