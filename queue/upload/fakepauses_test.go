package upload_test

import (
	"cmp"
	"context"
	"slices"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// Pauses gives what is held back, the station first.
func (l *fakeLedger) Pauses(context.Context) (all []queue.Pause, err error) {
	err = l.read(func() { all = slices.Clone(l.pauses) })
	slices.SortFunc(all, func(a, b queue.Pause) int { return cmp.Compare(a.Customer, b.Customer) })
	return all, err
}

func (l *fakeLedger) SetPause(ctx context.Context, p queue.Pause) error {
	return l.write(ctx, func() error {
		l.drop(p.Customer)
		l.pauses = append(l.pauses, p)
		return nil
	})
}

func (l *fakeLedger) ClearPause(ctx context.Context, customer autopilot.TenantID) error {
	return l.write(ctx, func() error {
		l.drop(customer)
		return nil
	})
}

func (s *store) drop(customer autopilot.TenantID) {
	s.pauses = slices.DeleteFunc(s.pauses, func(p queue.Pause) bool { return p.Customer == customer })
}

// kept are the pauses on disk.
func (s *store) kept() []queue.Pause {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.pauses)
}

func (l *fakeLedger) RetryDue(ctx context.Context, now time.Time) (sent int, err error) {
	if next, err := l.NextRetry(ctx); err != nil || next.IsZero() || next.After(now) {
		return 0, err
	}
	err = l.write(ctx, func() error {
		for i := range l.entries {
			e := &l.entries[i]
			if e.State == queue.Rejected && !e.RetryAt.IsZero() && !e.RetryAt.After(now) {
				e.State, e.Reason, e.Plan, e.RetryAt = queue.Ready, "", "", time.Time{}
				e.Tries, e.TriesCode = e.Tries+1, e.Code
				sent++
			}
		}
		return nil
	})
	return sent, err
}

func (l *fakeLedger) NextRetry(context.Context) (next time.Time, err error) {
	err = l.read(func() {
		for _, e := range l.entries {
			if e.State == queue.Rejected && !e.RetryAt.IsZero() && (next.IsZero() || e.RetryAt.Before(next)) {
				next = e.RetryAt
			}
		}
	})
	return next, err
}

// takenFrom is a device that was taken back.
type takenFrom struct {
	queue.TakenBack

	customer autopilot.TenantID
}

func (l *fakeLedger) TakenBack(_ context.Context, ids []string, from autopilot.TenantID) (map[string][]queue.TakenBack, error) {
	back := map[string][]queue.TakenBack{}
	err := l.read(func() {
		for _, e := range l.entries {
			if gone, ok := l.removed[e.PKID]; ok && (from == "" || from == gone.customer) && slices.Contains(ids, e.ID) {
				back[e.ID] = []queue.TakenBack{gone.TakenBack}
			}
		}
	})
	return back, err
}

func (l *fakeLedger) Entry(_ context.Context, id string) (e queue.Entry, err error) {
	err = l.read(func() {
		if i := slices.IndexFunc(l.entries, func(e queue.Entry) bool { return e.ID == id }); i >= 0 {
			e = l.entries[i]
		}
	})
	if err == nil && e.ID == "" {
		err = queue.ErrNoEntry
	}
	return e, err
}

func (l *fakeLedger) Marks(context.Context) (m queue.Marks, err error) {
	err = l.read(func() {
		for _, e := range l.entries {
			switch {
			case e.State == queue.Registered && e.Reason == queue.AlreadyThere:
				m.AlreadyThere++
			case e.State == queue.Rejected && !e.RetryAt.IsZero():
				m.Retrying++
			}
		}
	})
	return m, err
}
