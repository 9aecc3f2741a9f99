package lists

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
	"pkidstation/queue/export/leave"
	"pkidstation/queue/export/report"
)

// A Kind is one of an order's papers and lists.
type Kind string

// The kinds.
const (
	Leaving    Kind = "leaving"    // may it leave, and what keeps it: PDF
	Registered Kind = "registered" // what is registered, for the customer: PDF, XLSX, CSV
	Contents   Kind = "contents"   // PKID and serial of each box, for a downstream reseller: XLSX, CSV
)

// ErrStillOpen is that an order has no paper yet: boxes may still come, and nobody
// said how many.
var ErrStillOpen = errors.New("the reception is open and nobody knows how many boxes come")

// ErrUnread is that an order has no paper, because rows of its lists were refused:
// nobody knows which devices they are.
var ErrUnread = errors.New("rows of the order's lists were refused")

// ErrNoOrder is that nothing was announced or scanned for an order.
var ErrNoOrder = errors.New("nothing is known of the order")

// ErrSeveral is that several customers have an order of that name, and nobody said
// whose the paper is: it would tell one of another's devices.
var ErrSeveral = errors.New("several customers have an order of that name")

// Words are what the papers say, and what keeps a box.
type Words interface {
	leave.Words
	CustomerName(id autopilot.TenantID) string
	Staying(d queue.ReconciledDevice) string
}

// A Paper is one that is to be written.
type Paper struct {
	Kind Kind
	// Order and Customer say of what; the customer may be empty where the order has
	// one alone.
	Order    string
	Customer autopilot.TenantID
	// Format is leave.PDF, report.XLSX or report.CSV; Size counts for PDF.
	Format  report.Format
	Size    leave.Paper
	Words   Words
	Station string
	Made    time.Time
}

// Write writes a paper into a new file, and says how many devices are on it.
func Write(ctx context.Context, q *queue.Queue, file string, p Paper) (n int, err error) {
	r, err := q.Reconcile(ctx, p.Order, p.Customer)
	if err != nil {
		return 0, err
	}
	if len(r.Devices)+r.Lists+r.Expected+r.Open == 0 {
		return 0, ErrNoOrder
	}
	o, err := orderOf(ctx, q, r, p.Words)
	if err != nil {
		return 0, err
	}
	options := leave.Options{Words: p.Words, Paper: p.Size, Station: p.Station, Made: p.Made}
	err = export.Create(file, func(w io.Writer) (err error) {
		switch p.Kind {
		case Registered:
			n, err = leave.WriteRegistered(w, o, p.Format, options)
		case Contents:
			n, err = leave.WriteContents(w, o, p.Format, options)
		case Leaving:
			if err = unsaid(r); err == nil {
				n, err = len(o.Boxes), leave.Write(w, o, options)
			}
		}
		return err
	})
	return n, err
}

// unsaid is why there is no word on an order although nothing that is known of it keeps
// it.
func unsaid(r queue.Reconciliation) error {
	switch {
	case r.MayLeave() || len(r.Staying()) > 0 || len(r.Devices) < r.Due():
		return nil
	case r.Unread():
		return ErrUnread
	default:
		return ErrStillOpen
	}
}

// orderOf is a reconciliation as package leave has orders: every device of it, so that
// package leave judges what the queue does.
func orderOf(ctx context.Context, q *queue.Queue, r queue.Reconciliation, w Words) (leave.Order, error) {
	o := leave.Order{Order: r.Order, Customer: r.Customer, Announced: r.Due()}
	for i, d := range r.Devices {
		e, err := entryOf(ctx, q, d)
		if err != nil {
			return o, err
		}
		whose := []autopilot.TenantID{r.For(i)}
		if elsewhere(r, e) {
			e.GroupTag, e.Batch, d.Number, d.Pallet = "", "", 0, ""
		} else {
			whose = append(whose, e.Customer)
		}
		if o.Customer, err = oneOf(o.Customer, whose); err != nil && r.Customer == "" {
			return o, err
		}
		b, err := boxOf(ctx, q, d, e, w)
		if err != nil {
			return o, err
		}
		o.Boxes = append(o.Boxes, b)
	}
	o.Announced = max(o.Announced, len(o.Boxes)) // what is here besides must be settled before the others leave
	o.GroupTag = commonTag(o.Boxes)
	o.CustomerName = w.CustomerName(o.Customer)
	return o, nil
}

// entryOf is the entry that stands for a device, none where none does.
func entryOf(ctx context.Context, q *queue.Queue, d queue.ReconciledDevice) (e queue.Entry, err error) {
	if d.Entry == "" {
		return e, nil
	}
	if e, err = q.Entry(ctx, d.Entry); err != nil {
		return e, fmt.Errorf("looking at a box of the order: %w", err)
	}
	return e, nil
}

// elsewhere says whether an entry is another order's, or another customer's: it is on
// none of this one's pallets.
func elsewhere(r queue.Reconciliation, e queue.Entry) bool {
	return e.Order != "" && e.Order != r.Order || r.Customer != "" && e.Customer != "" && e.Customer != r.Customer
}

// oneOf is the one customer that there is, or ErrSeveral.
func oneOf(so autopilot.TenantID, others []autopilot.TenantID) (autopilot.TenantID, error) {
	for _, other := range others {
		switch {
		case other == "" || other == so:
		case so == "":
			so = other
		default:
			return so, ErrSeveral
		}
	}
	return so, nil
}

// boxOf is one device, and the entry that stands for it.
func boxOf(ctx context.Context, q *queue.Queue, d queue.ReconciledDevice, e queue.Entry, w Words) (leave.Box, error) {
	b := leave.Box{
		Device: d.Device, Pallet: d.Pallet, Number: d.Number, ByHash: d.ByHash, FromList: d.Unscanned,
		GroupTag: cmp.Or(e.GroupTag, autopilot.GroupTag(e.Batch)), Registered: d.State == queue.Registered && d.Status != queue.Contradicted,
	}
	if b.Registered {
		at, err := registeredAt(ctx, q, d.Entry)
		b.RegisteredAt = at
		return b, err
	}
	b.Why = w.Staying(d)
	if d.Unscanned {
		b.Number = 0 // its own is on no box
	}
	if !d.Announced && b.PKID == "" { // its serial may be that of an announced one
		b.Device = autopilot.Device{}
	}
	return b, nil
}

// commonTag is the group tag that all boxes have, "" where they have several.
func commonTag(boxes []leave.Box) (tag autopilot.GroupTag) {
	for _, b := range boxes {
		switch {
		case b.GroupTag == "" || b.GroupTag == tag:
		case tag == "":
			tag = b.GroupTag
		default:
			return ""
		}
	}
	return tag
}

// registeredAt is when Microsoft's answer came.
func registeredAt(ctx context.Context, q *queue.Queue, entry string) (at time.Time, err error) {
	lines, err := q.History(ctx, entry)
	for _, l := range lines {
		if l.To == queue.Registered && l.From != queue.Registered {
			at = l.At
		}
	}
	return at, err
}
