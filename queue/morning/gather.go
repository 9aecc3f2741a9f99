package morning

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// What is told of at most.
const (
	// MostOrders is how many orders are looked at, the newest first.
	MostOrders = 40
	// mostRows is how many of one kind are told of one by one.
	mostRows = 8
	// newOrders is since when orders are looked at; older ones are while they are open.
	newOrders = 30 * 24 * time.Hour
	// ChartHours is how many hours the chart has.
	ChartHours = 24
)

// Books are what is read. *queue.Queue is one.
type Books interface {
	Orders(ctx context.Context, since time.Time) ([]queue.OrderHead, error)
	Reconcile(ctx context.Context, order string, customer autopilot.TenantID) (queue.Reconciliation, error)
	InStates(ctx context.Context, states ...queue.State) iter.Seq2[queue.Entry, error]
	Lately(ctx context.Context, since time.Time) iter.Seq2[queue.AuditLine, error]
	Pauses(ctx context.Context) ([]queue.Pause, error)
	Customers(ctx context.Context) ([]queue.CustomerSetting, error)
	OpenReceptions(ctx context.Context) ([]queue.Reception, error)
}

// About is what the books do not say.
type About struct {
	Station string
	// Now is the time, in the station's own zone.
	Now  time.Time
	Link Link
	Care Care
}

// Gather looks at the books.
func Gather(ctx context.Context, books Books, about About) (Morning, error) {
	g := gathering{books: books, now: about.Now, refusedAt: map[string]time.Time{}, waiting: map[autopilot.TenantID]int{}}
	g.got = Morning{
		Station: about.Station, At: about.Now, Since: Yesterday(about.Now), Link: about.Link, Care: about.Care, Hours: hours(about.Now),
	}
	for _, step := range []func(context.Context) error{g.lately, g.refused, g.unsent, g.heldUp, g.exported, g.receptions, g.orders} {
		if err := step(ctx); err != nil {
			return Morning{}, err
		}
	}
	return g.got, nil
}

// Yesterday is when the day before a moment's began, in the moment's zone.
func Yesterday(now time.Time) time.Time {
	return time.Date(now.Year(), now.Month(), now.Day()-1, 0, 0, 0, 0, now.Location())
}

// hours are the hours of the chart: the one of now is the last.
func hours(now time.Time) []Hour {
	last := now.Add(-time.Duration(now.Minute())*time.Minute - time.Duration(now.Second())*time.Second - time.Duration(now.Nanosecond()))
	all := make([]Hour, ChartHours)
	for n := range all {
		all[n].From = last.Add(time.Duration(n-ChartHours+1) * time.Hour)
	}
	return all
}

// A gathering is a Morning that is being made.
type gathering struct {
	books Books
	now   time.Time
	got   Morning
	// refusedAt is when an entry was refused since yesterday.
	refusedAt map[string]time.Time
	// waiting is how many ready boxes each customer has.
	waiting map[autopilot.TenantID]int
}

// lately reads the audit back: what happened an hour, what was refused, and when
// Partner Center last answered.
func (g *gathering) lately(ctx context.Context) error {
	since := g.got.Since
	if first := g.got.Hours[0].From; first.Before(since) {
		since = first
	}
	for l, err := range g.books.Lately(ctx, since) {
		if err != nil {
			return err
		}
		g.answered(l)
		switch {
		case l.Entry == "" || l.From == l.To:
		case l.From == "":
			if l.Action == queue.ActionCapture { // what came by a handover or a list nobody captured here
				g.inHour(l.At, func(h *Hour) { h.Captured++ })
			}
		case l.To == queue.Registered:
			g.inHour(l.At, func(h *Hour) { h.Registered++ })
		case l.To == queue.Rejected && !l.At.Before(g.got.Since) && g.refusedAt[l.Entry].IsZero():
			g.refusedAt[l.Entry] = l.At
		}
	}
	return nil
}

func (g *gathering) answered(l queue.AuditLine) {
	link := &g.got.Link
	if link.Contact.IsZero() && !link.ByHand && (l.Action == queue.ActionSubmit || l.Action == queue.ActionOutcome) {
		link.Contact = l.At
	}
}

func (g *gathering) inHour(at time.Time, count func(*Hour)) {
	if n := int(at.Sub(g.got.Hours[0].From) / time.Hour); !at.Before(g.got.Hours[0].From) && n < len(g.got.Hours) {
		count(&g.got.Hours[n])
	}
}

// refused looks at what stands refused.
func (g *gathering) refused(ctx context.Context) error {
	count := map[Failure]int{}
	var fresh []queue.Entry
	for e, err := range g.books.InStates(ctx, queue.Rejected) {
		if err != nil {
			return err
		}
		why := Failure{Code: e.Code}
		if e.Code == "" || e.Reason == queue.NoOutcome {
			why = Failure{Reason: cmp.Or(e.Reason, queue.NoOutcome)}
		}
		count[why]++
		if g.refusedAt[e.ID].IsZero() {
			g.got.Refused.Before++
			continue
		}
		g.got.Refused.Count++
		fresh = append(fresh, e)
		if len(fresh) > 4*mostRows { // the newest are enough
			fresh = g.newest(fresh)
		}
	}
	g.got.Refused.Entries = g.newest(fresh)
	for why, n := range count {
		why.Count = n
		g.got.Failures = append(g.got.Failures, why)
	}
	slices.SortFunc(g.got.Failures, func(a, b Failure) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Reason, b.Reason))
	})
	return nil
}

// newest are the entries that were refused last.
func (g *gathering) newest(entries []queue.Entry) []queue.Entry {
	slices.SortStableFunc(entries, func(a, b queue.Entry) int { return g.refusedAt[b.ID].Compare(g.refusedAt[a.ID]) })
	return slices.Clip(entries[:min(len(entries), mostRows)])
}

// unsent looks at what was never sent.
func (g *gathering) unsent(ctx context.Context) error {
	held := map[queue.Reason]int{}
	for e, err := range g.books.InStates(ctx, queue.Held, queue.Ready, queue.Planned) {
		if err != nil {
			return err
		}
		switch e.State { //nolint:exhaustive // those that were asked for
		case queue.Held:
			held[e.Reason]++
		default:
			g.waiting[e.Customer]++
		}
		u := &g.got.Unsent
		u.Count++
		u.Ages[ageOf(g.now.Sub(e.CapturedAt))]++
		if u.Oldest.IsZero() || e.CapturedAt.Before(u.Oldest) {
			u.Oldest = e.CapturedAt
		}
	}
	for why, n := range held {
		g.got.Held = append(g.got.Held, Blocked{why, n})
	}
	slices.SortFunc(g.got.Held, func(a, b Blocked) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Reason, b.Reason))
	})
	return nil
}

// ageOf is where an age is counted.
func ageOf(age time.Duration) int {
	n := slices.IndexFunc(bounds[:], func(bound time.Duration) bool { return age < bound })
	if n < 0 {
		return len(bounds)
	}
	return n
}
