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
	if r.Order == "" {
		return p.nameless(ctx, r.ID)
	}
	got, err := p.queue.Reconcile(ctx, r.Order, r.Customer)
	return tallyOf(r.ID, got), err
}

// tallyOf counts an order for the dock. Without a list all boxes that are here are
// counted.
func tallyOf(reception string, r queue.Reconciliation) ui.Tally {
	t := ui.Tally{Reception: reception, Here: r.Arrived, Of: r.Announced}
	if r.Lists == 0 {
		t.Here, t.Of = len(r.Devices), r.Expected
	}
	for _, d := range r.Devices {
		here := d.Entry != "" && !d.Unscanned
		if here && (d.Status == queue.Unexpected || d.Status == queue.Contradicted || d.State == queue.Held) {
			t.Doubted++
		}
	}
	return t
}

// nameless counts the boxes of a reception that is for no order.
func (p orders) nameless(ctx context.Context, id string) (ui.Tally, error) {
	r, err := p.queue.Reception(ctx, id)
	if err != nil {
		return ui.Tally{}, err
	}
	t := ui.Tally{Reception: r.ID, Of: r.Expected}
	for e, err := range p.queue.List(ctx, queue.Filter{Reception: r.ID}) {
		if err != nil {
			return t, err
		}
		if e.State.Gone() {
			continue
		}
		if t.Here++; e.State == queue.Held {
			t.Doubted++
		}
	}
	return t, nil
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
