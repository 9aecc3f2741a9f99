package lists

import (
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
			if !r.MayLeave() && len(r.Staying()) == 0 && len(r.Devices) >= r.Due() {
				return ErrStillOpen
			}
			n, err = len(o.Boxes), leave.Write(w, o, options)
		}
		return err
	})
	return n, err
}

// orderOf is a reconciliation as package leave has orders. What is registered and
// was not announced does not keep the order, and is no paper's that counts them.
func orderOf(ctx context.Context, q *queue.Queue, r queue.Reconciliation, w Words) (leave.Order, error) {
	o := leave.Order{Order: r.Order, Customer: r.Customer, Announced: r.Due()}
	for _, d := range r.Devices {
		registered := d.State == queue.Registered && d.Status != queue.Contradicted
		if registered && !d.Announced && r.Lists > 0 {
			continue
		}
		b := leave.Box{Device: d.Device, Pallet: d.Pallet, Number: d.Number, Registered: registered}
		switch {
		case registered:
			at, err := registeredAt(ctx, q, d.Entry)
			if err != nil {
				return o, err
			}
			b.RegisteredAt = at
		default:
			b.Why = w.Staying(d)
		}
		if !d.Announced && !registered {
			if r.Lists > 0 {
				o.Announced++ // it must be settled before the others leave
			}
			if b.PKID == "" { // its serial may be that of an announced one
				b.Device = autopilot.Device{}
			}
		}
		o.Boxes = append(o.Boxes, b)
	}
	o.Announced = max(o.Announced, len(o.Boxes))
	return whose(ctx, q, o, r, w)
}

// whose fills in whom the order is for: where it was not said, whom its entries are
// for.
func whose(ctx context.Context, q *queue.Queue, o leave.Order, r queue.Reconciliation, w Words) (leave.Order, error) {
	for _, d := range r.Devices {
		if d.Entry == "" || o.GroupTag != "" && r.Customer != "" {
			continue
		}
		e, err := q.Entry(ctx, d.Entry)
		if err != nil {
			return o, fmt.Errorf("looking whose the order is: %w", err)
		}
		if o.Customer == "" {
			o.Customer = e.Customer
		}
		if r.Customer == "" && e.Customer != "" && e.Customer != o.Customer {
			return o, ErrSeveral
		}
		if o.Customer == e.Customer && o.GroupTag == "" {
			o.GroupTag = e.GroupTag
		}
	}
	o.CustomerName = w.CustomerName(o.Customer)
	return o, nil
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
