package morning

import (
	"cmp"
	"context"
	"slices"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// heldUp is what holds ready boxes up: what the uploader waits for, and customers of
// whom it is known that they have no relationship with us.
func (g *gathering) heldUp(ctx context.Context) error {
	pauses, err := g.books.Pauses(ctx)
	if err != nil {
		return err
	}
	customers, err := g.books.Customers(ctx)
	if err != nil {
		return err
	}
	strange := map[autopilot.TenantID]bool{}
	for _, p := range pauses {
		switch {
		case p.Customer == "":
			g.link(p.Reason)
			g.got.Pauses = append(g.got.Pauses, Pause{p, g.allWaiting()})
		case g.waiting[p.Customer] == 0: // it holds nothing up
		case p.Reason == queue.NoRelationship:
			strange[p.Customer] = true
		default:
			g.got.Pauses = append(g.got.Pauses, Pause{p, g.waiting[p.Customer]})
		}
	}
	for _, c := range customers {
		if c.Relationship == autopilot.RelationshipNone && g.waiting[c.ID] > 0 {
			strange[c.ID] = true
		}
	}
	for id := range strange {
		g.got.Strangers = append(g.got.Strangers, Stranger{id, g.waiting[id]})
	}
	slices.SortFunc(g.got.Strangers, func(a, b Stranger) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Customer, b.Customer))
	})
	return nil
}

// link is what a pause of the whole station says of the connection.
func (g *gathering) link(why queue.Reason) {
	switch link := &g.got.Link; why { //nolint:exhaustive // the others say nothing of it
	case queue.Offline:
		link.Offline = true
	case queue.SignIn, queue.NeedsMFA, queue.WrongRole:
		link.Needs = cmp.Or(link.Needs, why)
	}
}

func (g *gathering) allWaiting() (n int) {
	for _, count := range g.waiting {
		n += count
	}
	return n
}

// exported looks at what is in files that nobody confirmed.
func (g *gathering) exported(ctx context.Context) error {
	of := map[autopilot.TenantID]*Exported{}
	for e, err := range g.books.InStates(ctx, queue.Exported) {
		if err != nil {
			return err
		}
		x := of[e.Customer]
		if x == nil {
			x = &Exported{Customer: e.Customer, Since: e.ChangedAt}
			of[e.Customer] = x
		}
		if x.Count++; e.ChangedAt.Before(x.Since) {
			x.Since = e.ChangedAt
		}
	}
	for _, x := range of {
		g.got.Exported = append(g.got.Exported, *x)
	}
	slices.SortFunc(g.got.Exported, func(a, b Exported) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Customer, b.Customer))
	})
	return nil
}

// receptions are those that were open overnight.
func (g *gathering) receptions(ctx context.Context) error {
	open, err := g.books.OpenReceptions(ctx)
	if err != nil {
		return err
	}
	today := time.Date(g.now.Year(), g.now.Month(), g.now.Day(), 0, 0, 0, 0, g.now.Location())
	for _, r := range open {
		if r.OpenedAt.Before(today) {
			r.OpenedBy, r.OpenedByNumber = "", 0 // of the station, never of a person
			g.got.Receptions = append(g.got.Receptions, r)
		}
	}
	slices.SortFunc(g.got.Receptions, func(a, b queue.Reception) int { return a.OpenedAt.Compare(b.OpenedAt) })
	return nil
}

// orders reconciles the newest orders. One of nobody in particular that stands beside
// the same order of somebody is counted there.
func (g *gathering) orders(ctx context.Context) error {
	heads, err := g.books.Orders(ctx, g.now.Add(-newOrders))
	if err != nil {
		return err
	}
	owned := map[string]bool{}
	for _, h := range heads {
		owned[h.Order] = owned[h.Order] || h.Customer != ""
	}
	heads = slices.DeleteFunc(heads, func(h queue.OrderHead) bool { return h.Customer == "" && owned[h.Order] })
	for n, h := range heads {
		if n == MostOrders {
			g.got.Orders.Unknown = len(heads) - n
			break
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		r, err := g.books.Reconcile(ctx, h.Order, h.Customer)
		if err != nil {
			return err
		}
		g.order(r)
	}
	return nil
}

// order adds an order with boxes here.
func (g *gathering) order(r queue.Reconciliation) {
	o := &g.got.Orders
	switch here := slices.ContainsFunc(r.Devices, func(d queue.ReconciledDevice) bool { return d.Entry != "" }); {
	case !here:
	case r.MayLeave():
		o.Leaving++
	case len(o.Staying) == mostRows:
		o.More++
	default:
		o.Staying = append(o.Staying, orderOf(r))
	}
}

// orderOf counts what keeps an order, each device once.
func orderOf(r queue.Reconciliation) Order {
	o := Order{
		Order: r.Order, Customer: r.Customer, Registered: r.Registered, Due: r.Due(),
		Missing: r.Missing, Unexpected: r.Unexpected, Conflict: r.Conflicts, Open: r.Lists == 0 && r.Open > 0,
	}
	if r.Unread() {
		o.Unread = r.Refused
	}
	for _, d := range r.Staying() {
		switch {
		case d.Status != queue.Arrived: // counted above
		case d.State == queue.Rejected:
			o.Refused++
		case d.State == queue.Held:
			o.Held++
		default:
			o.Way++
		}
	}
	return o
}
