package ui_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/upload"
	"pkidstation/scanner/wedge"
	"pkidstation/ui"
)

// A clock that stands still until it is moved.
type clock struct {
	now   time.Time
	later []alarm
}

type alarm struct {
	at   time.Time
	ring func()
	off  *bool
}

func (c *clock) Now() time.Time { return c.now }

func (c *clock) After(wait time.Duration, ring func()) func() {
	off := false
	c.later = append(c.later, alarm{c.now.Add(wait), ring, &off})
	return func() { off = true }
}

// pass lets time pass, ringing what is due in order.
func (c *clock) pass(d time.Duration) {
	until := c.now.Add(d)
	for {
		next := -1
		for n, a := range c.later {
			if !a.at.After(until) && (next < 0 || a.at.Before(c.later[next].at)) {
				next = n
			}
		}
		if next < 0 {
			break
		}
		a := c.later[next]
		c.later = append(c.later[:next], c.later[next+1:]...)
		if a.at.After(c.now) {
			c.now = a.at
		}
		if !*a.off {
			a.ring()
		}
	}
	c.now = until
}

// A station stands in for all ports and writes down what it was asked to do.
type station struct {
	strokes   []wedge.Stroke
	calls     []string
	during    func() // called while the next call is made
	entries   []queue.Entry
	filters   []queue.Filter
	history   []queue.AuditLine
	seqs      map[string]uint64
	inFull    []int            // how many entries were asked for in full, each time
	slow      func()           // called while all is listed
	unlisted  error            // what ends each listing in brief
	withheld  map[string]error // by ID
	reception queue.Reception
	open      bool
	failure   error
	online    upload.Online

	customers []queue.CustomerSetting
	office    office
}

func (s *station) Key(stroke wedge.Stroke) { s.strokes = append(s.strokes, stroke) }

func (s *station) Keys() ui.KeySink { return s }

func (s *station) call(format string, values ...any) error {
	s.calls = append(s.calls, fmt.Sprintf(format, values...))
	if during := s.during; during != nil {
		s.during = nil
		during()
	}
	return s.failure
}

func (s *station) Typed(_ context.Context, text string) (queue.Verdict, error) {
	return queue.Verdict{}, s.call("typed %s", text)
}

func (s *station) Use(_ context.Context, name string) error { return s.call("use %s", name) }

func (s *station) Undo(context.Context) (queue.Entry, error) {
	return queue.Entry{Number: 7, Device: autopilot.Device{PKID: "3305123456781"}}, s.call("undo")
}

func (s *station) Verdicts(ctx context.Context) iter.Seq[ui.Event] {
	return func(func(ui.Event) bool) { <-ctx.Done() }
}

func (s *station) Current() (queue.Reception, bool) { return s.reception, s.open }

func (s *station) Open(_ context.Context, work queue.Work) (queue.Reception, error) {
	if err := s.call("open %s %s %s", work.Customer, work.GroupTag, work.Order); err != nil {
		return queue.Reception{}, err
	}
	s.reception, s.open = queue.Reception{ID: "r1", Work: work}, true
	return s.reception, nil
}

func (s *station) Close(context.Context) error {
	s.open = false
	return s.call("close")
}

const (
	contoso  autopilot.TenantID = "11111111-1111-4111-8111-111111111111"
	fabrikam autopilot.TenantID = "22222222-2222-4222-8222-222222222222"
	// northwind has no group tag, and nobody asked for the relationship.
	northwind autopilot.TenantID = "44444444-4444-4444-8444-444444444444"
)

func (s *station) Customers(context.Context) ([]queue.CustomerSetting, error) {
	if s.customers != nil {
		return s.customers, nil
	}
	checked := time.Date(2026, 11, 23, 9, 5, 0, 0, time.Local)
	return []queue.CustomerSetting{
		{
			ID: contoso, Name: "Contoso Logistique", Domain: "contoso.example", Relationship: autopilot.RelationshipReseller, CheckedAt: checked,
			GroupTag: "LYON-3", Tags: []autopilot.GroupTag{"LYON-4"},
		},
		{
			ID: fabrikam, Name: "Fabrikam", Domain: "fabrikam.example", Relationship: autopilot.RelationshipNone, CheckedAt: checked,
			GroupTag: "FAB-1",
		},
		{ID: northwind, Name: "Northwind"},
	}, nil
}

func (s *station) List(_ context.Context, f ui.Wanted) ([]queue.Entry, error) {
	s.filters = append(s.filters, f.Filter)
	return s.find(f), nil
}

// find are the entries that a filter wants, as they come.
func (s *station) find(f ui.Wanted) (found []queue.Entry) {
	for _, e := range s.entries {
		if (f.Mark == "" || e.Reason == f.Mark) && (len(f.States) == 0 || slices.Contains(f.States, e.State)) &&
			strings.Contains(string(e.PKID)+e.Serial, f.Text) && (f.Limit == 0 || len(found) < f.Limit) {
			e.Seq = s.seq(e.ID)
			found = append(found, e)
		}
	}
	return found
}

// seq is an entry's own sequence, whatever comes before it.
func (s *station) seq(id string) uint64 {
	if s.seqs == nil {
		s.seqs = map[string]uint64{}
	}
	if s.seqs[id] == 0 {
		s.seqs[id] = uint64(len(s.seqs) + 1)
	}
	return s.seqs[id]
}

func (s *station) Briefs(_ context.Context, f ui.Wanted) iter.Seq2[queue.Brief, error] {
	s.filters = append(s.filters, f.Filter)
	return func(yield func(queue.Brief, error) bool) {
		if s.slow != nil {
			s.slow()
		}
		for _, e := range s.find(f) {
			if !yield(e.Brief(), nil) {
				return
			}
		}
		if s.unlisted != nil {
			yield(queue.Brief{}, s.unlisted)
		}
	}
}

func (s *station) At(_ context.Context, seqs []uint64) (found []queue.Entry, err error) {
	s.inFull = append(s.inFull, len(seqs))
	for _, seq := range seqs {
		for _, e := range s.entries {
			if e.Seq = s.seq(e.ID); e.Seq == seq {
				found = append(found, e)
			}
		}
	}
	return found, nil
}

func (s *station) Withheld(_ context.Context, action queue.Action, ids []string) (withheld []queue.Withheld, err error) {
	for _, e := range s.entries {
		if why := s.withheld[e.ID]; why != nil && slices.Contains(ids, e.ID) && action != "" {
			withheld = append(withheld, queue.Withheld{Entry: e, Err: why})
		}
	}
	return withheld, nil
}

func (s *station) History(context.Context, string) ([]queue.AuditLine, error) {
	if s.history != nil {
		return s.history, nil
	}
	return []queue.AuditLine{{Number: 1, By: "Ana", Action: queue.ActionCapture, To: queue.Ready}}, nil
}

func (s *station) Counts(context.Context) (queue.Counts, error) {
	var n queue.Counts
	for _, e := range s.entries {
		switch e.State {
		case queue.Held:
			n.Held++
		case queue.Ready:
			n.Ready++
		case queue.Submitted:
			n.Submitted++
		case queue.Registered:
			n.Registered++
		case queue.Rejected:
			n.Rejected++
		case queue.Exported:
			n.Exported++
		case queue.Removing:
			n.Removing++
		case queue.Removed:
			n.Removed++
		case queue.Planned, queue.Moved, queue.Discarded:
		}
	}
	return n, nil
}

func (s *station) Watch() (<-chan struct{}, func()) { return make(chan struct{}), func() {} }

func (s *station) Status() upload.Status {
	return upload.Status{Online: s.online, Progress: s.office.progress}
}

// review writes down decisions.
type review struct{ *station }

func (r review) Release(_ context.Context, ids []string, why string) error {
	return r.call("release %v %s", ids, why)
}

func (r review) Hold(_ context.Context, ids []string, why string) error {
	return r.call("hold %v %s", ids, why)
}

func (r review) Discard(_ context.Context, ids []string, why string) error {
	return r.call("discard %v %s", ids, why)
}

func (r review) Retry(_ context.Context, ids []string, why string) error {
	return r.call("retry %v %s", ids, why)
}

func (r review) GiveUp(_ context.Context, ids []string, why string) error {
	return r.call("give-up %v %s", ids, why)
}

func (r review) Assign(_ context.Context, ids []string, c autopilot.TenantID, tag autopilot.GroupTag, why string) error {
	return r.call("assign %v %s %s %s", ids, c, tag, why)
}
