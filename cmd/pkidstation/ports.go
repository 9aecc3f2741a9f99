package main

import (
	"context"
	"errors"
	"iter"

	"pkidstation/cmd/internal/station"
	"pkidstation/cmd/internal/typed"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/scanner/label"
	"pkidstation/scanner/serial"
	"pkidstation/ui"
)

// The window's ports, each a view of the desk.
type (
	intake    struct{ *desk }
	reception struct{ *desk }
	entries   struct{ *desk }
	review    struct{ *desk }
	teaching  struct{ *desk }
)

func (p intake) Keys() ui.KeySink { return p.wedge }

func (p intake) Typed(ctx context.Context, text string) (queue.Verdict, error) {
	return p.desk.desk.Typed(ctx, text)
}

func (p intake) Undo(ctx context.Context) (queue.Entry, error) { return p.station.Undo(ctx) }

func (p intake) Verdicts(ctx context.Context) iter.Seq[ui.Event] {
	return func(yield func(ui.Event) bool) {
		for e := range p.desk.desk.Events(ctx) {
			if !yield(eventOf(e)) {
				return
			}
		}
	}
}

// eventOf is a desk's event as the window takes it.
func eventOf(e station.Event) ui.Event {
	shown := ui.Event{Verdict: e.Verdict, Source: e.Source, Err: e.Err, Scanner: scannerOf(e.Link)}
	if refused, ok := errors.AsType[*serial.OpenError](e.Link.Err); ok && !errors.Is(refused, serial.ErrNotFound) {
		shown.Err = refused
	}
	if e.Picture != nil {
		shown.Preview = &ui.Preview{Image: e.Picture.Image}
		for _, corners := range e.Picture.Corners {
			shown.Preview.Regions = append(shown.Preview.Regions, ui.Region{Corners: corners})
		}
	}
	return shown
}

// Teach keeps the prefix in the value of whatever is no PKID.
func (p teaching) Teach(ctx context.Context, kind, prefix string, length int) error {
	return p.station.Teach(ctx, kind, prefix, length, kind != string(label.PKID), p.act(""))
}

// Current is the open reception as it is now: how many boxes are to come may have
// been said beside the dock.
func (p reception) Current() (queue.Reception, bool) {
	r, open := p.station.Current()
	if fresh, err := p.queue.Reception(context.Background(), r.ID); open && err == nil {
		r = fresh
	}
	return r, open
}

func (p reception) Open(ctx context.Context, work queue.Work) (queue.Reception, error) {
	if err := typed.Check(work.Order); err != nil {
		return queue.Reception{}, err
	}
	return p.station.Open(ctx, work)
}

func (p reception) Close(ctx context.Context) error { return p.desk.desk.Close(ctx) }

func (p reception) Asked() (customer bool, comes string) { return p.station.Asked() }

func (p reception) Expect(ctx context.Context, boxes int) (queue.Reception, error) {
	return p.station.Expect(ctx, boxes)
}

func (p reception) Confirm(ctx context.Context) error { return p.desk.desk.Confirm(ctx) }

func (p reception) EndLayer(ctx context.Context) error { return p.desk.desk.EndLayer(ctx) }

func (p reception) Customers(ctx context.Context) ([]queue.CustomerSetting, error) {
	return p.queue.Customers(ctx)
}

func (p entries) List(ctx context.Context, wanted ui.Wanted) ([]queue.Entry, error) {
	filter := wanted.Filter
	if wanted.Mark != "" {
		filter.Limit = 0 // of those that have the mark
	}
	var all []queue.Entry
	for e, err := range p.queue.List(ctx, filter) {
		if err != nil {
			return all, err
		}
		if wanted.Mark != "" && e.Reason != wanted.Mark {
			continue
		}
		if all = append(all, e); len(all) == wanted.Limit {
			break
		}
	}
	return all, nil
}

func (p entries) Briefs(ctx context.Context, wanted ui.Wanted) iter.Seq2[queue.Brief, error] {
	return func(yield func(queue.Brief, error) bool) {
		given, filter := 0, wanted.Filter
		if wanted.Mark != "" {
			filter.Limit = 0 // of those that have the mark
		}
		for b, err := range p.queue.Briefs(ctx, filter) {
			if err == nil && wanted.Mark != "" && b.Reason != wanted.Mark {
				continue
			}
			if given++; !yield(b, err) || given == wanted.Limit {
				return
			}
		}
	}
}

func (p entries) At(ctx context.Context, seqs []uint64) ([]queue.Entry, error) {
	return p.queue.EntriesAt(ctx, seqs)
}

func (p entries) Withheld(ctx context.Context, action queue.Action, ids []string) ([]queue.Withheld, error) {
	return p.queue.Withheld(ctx, action, ids)
}

func (p entries) History(ctx context.Context, id string) ([]queue.AuditLine, error) {
	return p.queue.History(ctx, id)
}

func (p entries) Counts(ctx context.Context) (queue.Counts, error) { return p.queue.Counts(ctx) }

func (p entries) Watch() (changed <-chan struct{}, stop func()) { return p.queue.Watch() }

// by is the person's doing, with their reason, if that may be kept.
func (p review) by(reason string, do func(queue.Act) error) error {
	if err := typed.Check(reason); err != nil {
		return err
	}
	return do(p.act(reason))
}

func (p review) Release(ctx context.Context, ids []string, reason string) error {
	return p.by(reason, func(a queue.Act) error { return p.queue.Release(ctx, ids, a) })
}

func (p review) Hold(ctx context.Context, ids []string, reason string) error {
	return p.by(reason, func(a queue.Act) error { return p.queue.Hold(ctx, ids, a) })
}

func (p review) Discard(ctx context.Context, ids []string, reason string) error {
	return p.by(reason, func(a queue.Act) error { return p.queue.Discard(ctx, ids, a) })
}

func (p review) Retry(ctx context.Context, ids []string, reason string) error {
	return p.by(reason, func(a queue.Act) error { return p.queue.Retry(ctx, ids, a) })
}

func (p review) GiveUp(ctx context.Context, ids []string, reason string) error {
	return p.by(reason, func(a queue.Act) error { return p.queue.GiveUp(ctx, ids, a) })
}

func (p review) Assign(ctx context.Context, ids []string, customer autopilot.TenantID, tag autopilot.GroupTag, reason string) error {
	return p.by(reason, func(a queue.Act) error { return p.queue.Assign(ctx, ids, customer, tag, a) })
}
