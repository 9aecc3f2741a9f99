package upload_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/upload"
)

var _ upload.Ledger = (*fakeLedger)(nil)

// errCrash is what a ledger says of everything after its process died.
var errCrash = errors.New("the process is gone")

// A store is what a fakeLedger has on disk.
type store struct {
	mu      sync.Mutex
	entries []queue.Entry
	open    map[string]bool // receptions
	plans   []queue.Plan
	watch   map[chan struct{}]bool
	pauses  []queue.Pause
	writes  int
	// removed is when devices were taken back, and from whom.
	removed map[autopilot.PKID]takenFrom
}

// A fakeLedger is one process's hold on a store. It dies at its crashAt-th
// write, before or after it is on disk.
type fakeLedger struct {
	idle
	*store

	crashAt int
	after   bool
	mine    int
	dead    bool
	scans   int   // of what is ready
	failing error // every write fails with it, and does nothing
}

func newStore() *store { return &store{open: map[string]bool{}, watch: map[chan struct{}]bool{}} }

// add keeps n ready entries for a customer.
func (s *store) add(customer autopilot.TenantID, tag autopilot.GroupTag, reception string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		seq := len(s.entries) + 1
		s.entries = append(s.entries, queue.Entry{
			ID: fmt.Sprintf("e%d", seq), Seq: uint64(seq), Customer: customer, GroupTag: tag, State: queue.Ready, Reception: reception,
			Device: autopilot.Device{PKID: pkid(seq)}, CapturedAt: time.Now(),
		})
	}
	s.tell()
}

func pkid(seq int) autopilot.PKID { return autopilot.PKID(fmt.Sprintf("33%011d", seq)) }

func (s *store) tell() {
	for c := range s.watch {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

func (s *store) close(reception string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[reception] = false
	s.tell()
}

func (s *store) states() map[queue.State]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	states := map[queue.State]int{}
	for _, e := range s.entries {
		states[e.State]++
	}
	return states
}

func (l *fakeLedger) write(ctx context.Context, change func() error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if l.dead {
		return errCrash
	}
	if l.failing != nil {
		return l.failing
	}
	l.mine++
	if l.mine == l.crashAt && !l.after {
		l.dead = true
		return errCrash
	}
	if err := change(); err != nil {
		return err
	}
	l.writes++
	l.tell()
	if l.mine == l.crashAt {
		l.dead = true
		return errCrash
	}
	return nil
}

func (l *fakeLedger) read(look func()) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.dead {
		return errCrash
	}
	look()
	return nil
}

func (l *fakeLedger) ReadyWork(_ context.Context, now time.Time, after time.Duration) (work []queue.ReadyWork, err error) {
	err = l.read(func() {
		l.scans++
		for _, e := range l.entries {
			if e.State != queue.Ready {
				continue
			}
			i := slices.IndexFunc(work, func(w queue.ReadyWork) bool { return w.Customer == e.Customer && w.Tag == e.GroupTag })
			if i < 0 {
				i = len(work)
				work = append(work, queue.ReadyWork{Customer: e.Customer, Tag: e.GroupTag})
			}
			w, due := &work[i], e.CapturedAt.Add(after)
			switch {
			case !e.ToSend().Identified():
				w.Unfit++
			case !l.open[e.Reception] || !due.After(now):
				w.Due = append(w.Due, e.Seq)
			default:
				w.Later++
				if w.NextDue.IsZero() || due.Before(w.NextDue) {
					w.NextDue = due
				}
			}
		}
	})
	return work, err
}

func (l *fakeLedger) EntriesAt(_ context.Context, seqs []uint64) (entries []queue.Entry, err error) {
	err = l.read(func() {
		for _, seq := range seqs {
			entries = append(entries, l.entries[seq-1])
		}
	})
	return entries, err
}

func (l *fakeLedger) Plan(ctx context.Context, customer autopilot.TenantID, batch autopilot.GroupTag, ids []string) (p queue.Plan, err error) {
	err = l.write(ctx, func() error {
		p = l.plan(customer, batch, ids)
		if p.Open == 0 {
			return queue.ErrNothingReady
		}
		l.plans = append(l.plans, p)
		return nil
	})
	return p, err
}

func (l *fakeLedger) plan(customer autopilot.TenantID, batch autopilot.GroupTag, ids []string) queue.Plan {
	p := queue.Plan{
		ID: fmt.Sprintf("p%d", len(l.plans)+1), Customer: customer, Batch: batch, State: queue.PlanPlanned, PlannedAt: time.Now(),
	}
	for i := range l.entries {
		e := &l.entries[i]
		if e.State == queue.Ready && e.Customer == customer && e.GroupTag == batch && slices.Contains(ids, e.ID) {
			e.State, e.Plan = queue.Planned, p.ID
			p.Entries, p.Devices = append(p.Entries, e.ID), append(p.Devices, e.ToSend())
			p.Again = p.Again || e.Sent
		}
	}
	p.Open = len(p.Entries)
	return p
}

func (l *fakeLedger) OpenPlanHeads(context.Context) (open []queue.PlanHead, err error) {
	err = l.read(func() {
		for _, p := range l.plans {
			if p.State != queue.PlanPlanned && p.State != queue.PlanSubmitted {
				continue
			}
			head := queue.PlanHead{Plan: p}
			for _, d := range p.Devices {
				if d.PKID == "" {
					head.Tuples = append(head.Tuples, d)
				}
			}
			head.Entries, head.Devices = nil, nil
			open = append(open, head)
		}
	})
	return open, err
}

func (l *fakeLedger) PlanByID(_ context.Context, id string) (p queue.Plan, err error) {
	err = l.read(func() {
		if i := slices.IndexFunc(l.plans, func(p queue.Plan) bool { return p.ID == id }); i >= 0 {
			p = l.plans[i]
		}
	})
	if err == nil && p.ID == "" {
		err = queue.ErrNoPlan
	}
	return p, err
}

// change changes a plan that must be in the state.
func (l *fakeLedger) change(ctx context.Context, id string, change func(*queue.Plan) error, states ...queue.PlanState) (p queue.Plan, err error) {
	err = l.write(ctx, func() error {
		i := slices.IndexFunc(l.plans, func(p queue.Plan) bool { return p.ID == id })
		if i < 0 || !slices.Contains(states, l.plans[i].State) {
			return queue.ErrPlanMoved
		}
		err := change(&l.plans[i])
		p = l.plans[i]
		return err
	})
	return p, err
}

// each changes the plan's entries that are in the state.
func (l *fakeLedger) each(p *queue.Plan, change func(*queue.Entry), states ...queue.State) {
	for i := range l.entries {
		if e := &l.entries[i]; e.Plan == p.ID && slices.Contains(states, e.State) {
			change(e)
		}
	}
}

func (l *fakeLedger) Attempt(ctx context.Context, id string, a queue.Attempt) (queue.Plan, error) {
	return l.change(ctx, id, func(p *queue.Plan) error {
		planned := 0
		if l.each(p, func(*queue.Entry) { planned++ }, queue.Planned); planned < len(p.Entries) {
			return queue.ErrPlanMoved
		}
		*p = p.Attempted(a, time.Now())
		l.each(p, func(e *queue.Entry) { e.Sent = true }, queue.Planned)
		return nil
	}, queue.PlanPlanned)
}

func (l *fakeLedger) Submitted(ctx context.Context, id, trackingID string) (queue.Plan, error) {
	return l.change(ctx, id, func(p *queue.Plan) error {
		p.State, p.TrackingID, p.SubmittedAt, p.Note = queue.PlanSubmitted, trackingID, time.Now(), ""
		l.each(p, func(e *queue.Entry) { e.State, e.TrackingID = queue.Submitted, trackingID }, queue.Planned)
		return nil
	}, queue.PlanPlanned)
}

func (l *fakeLedger) Settle(ctx context.Context, id string, outcomes []queue.Outcome) (queue.Plan, error) {
	return l.change(ctx, id, func(p *queue.Plan) error {
		for _, o := range outcomes {
			l.each(p, func(e *queue.Entry) {
				if e.ID != o.Entry {
					return
				}
				p.Open--
				e.State, e.Reason, e.Code, e.Answer, e.DeviceID, e.RetryAt = queue.Rejected, o.Reason, o.Code, o.Answer, o.DeviceID, o.RetryAt
				e.Tries = e.TriesFor(o.Code)
				if o.Registered {
					e.State = queue.Registered
				}
				if o.Batch != "" {
					e.Batch = o.Batch
				}
			}, queue.Planned, queue.Submitted)
		}
		if p.Open == 0 {
			p.State = queue.PlanSettled
		}
		return nil
	}, queue.PlanPlanned, queue.PlanSubmitted)
}

func (l *fakeLedger) Withdraw(ctx context.Context, id string, why queue.Reason) error {
	_, err := l.change(ctx, id, func(p *queue.Plan) error {
		l.free(p, why)
		return nil
	}, queue.PlanPlanned)
	return err
}

func (l *fakeLedger) free(p *queue.Plan, why queue.Reason) (ids []string) {
	l.each(p, func(e *queue.Entry) {
		ids = append(ids, e.ID)
		e.State, e.Plan = queue.Ready, ""
	}, queue.Planned)
	p.State, p.Note, p.Open = queue.PlanWithdrawn, why, 0
	return ids
}

func (l *fakeLedger) Replan(ctx context.Context, id string) (next queue.Plan, err error) {
	_, err = l.change(ctx, id, func(p *queue.Plan) error {
		next = l.plan(p.Customer, p.Batch, l.free(p, queue.NoOutcome))
		next.Again, next.Rest = true, true
		return nil
	}, queue.PlanPlanned)
	if err == nil || errors.Is(err, errCrash) && next.ID != "" {
		l.mu.Lock()
		l.plans = append(l.plans, next)
		l.mu.Unlock()
	}
	return next, err
}

func (l *fakeLedger) Note(ctx context.Context, id string, why queue.Reason) error {
	_, err := l.change(ctx, id, func(p *queue.Plan) error {
		now := time.Now()
		if p.Note != why {
			p.NotedAt = now
		}
		p.Note, p.NotedLast = why, now
		if why == "" {
			p.NotedAt, p.NotedLast = time.Time{}, time.Time{}
		}
		return nil
	}, queue.PlanPlanned, queue.PlanSubmitted)
	return err
}

func (l *fakeLedger) Counts(context.Context) (c queue.Counts, err error) {
	err = l.read(func() {
		for _, e := range l.entries {
			n := map[queue.State]*int{
				queue.Ready: &c.Ready, queue.Planned: &c.Planned, queue.Submitted: &c.Submitted,
				queue.Registered: &c.Registered, queue.Rejected: &c.Rejected,
			}[e.State]
			*n++
		}
	})
	return c, err
}

func (l *fakeLedger) Watch() (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.watch[c] = true
	return c, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.watch, c)
	}
}

// want fails unless the store has exactly these numbers of entries by state.
func (s *store) want(t *testing.T, states map[queue.State]int) {
	t.Helper()
	if got := s.states(); fmt.Sprint(got) != fmt.Sprint(states) {
		t.Errorf("entries by state: %v, want %v", got, states)
	}
}
