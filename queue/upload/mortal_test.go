package upload_test

import (
	"context"
	"net/http"
	"sync"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/upload"
)

// mortal is a ledger whose process dies at one of its writes, or when it is
// told to: from then on nothing of it is written or sent.
type mortal struct {
	upload.Ledger

	took     func(queue.Plan)
	stop     func()
	late     bool // it dies after the write or request took effect
	writes   int  // until it dies, 0 for never
	requests int

	mu   sync.Mutex
	dead bool
}

func (m *mortal) die() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.end()
}

func (m *mortal) end() {
	m.dead = true
	m.stop()
}

func (m *mortal) write(do func() error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.dead {
		return errCrash
	}
	m.writes--
	if m.writes == 0 && !m.late {
		m.end()
		return errCrash
	}
	err := do()
	if m.writes == 0 {
		m.end()
		return errCrash
	}
	return err
}

func (m *mortal) Plan(ctx context.Context, id autopilot.TenantID, batch autopilot.GroupTag, ids []string) (p queue.Plan, err error) {
	err = m.write(func() (err error) { p, err = m.Ledger.Plan(ctx, id, batch, ids); return err })
	return p, err
}

func (m *mortal) Attempt(ctx context.Context, id string, a queue.Attempt) (p queue.Plan, err error) {
	err = m.write(func() (err error) { p, err = m.Ledger.Attempt(ctx, id, a); return err })
	return p, err
}

func (m *mortal) Submitted(ctx context.Context, id, tracking string) (p queue.Plan, err error) {
	err = m.write(func() (err error) {
		if p, err = m.Ledger.Submitted(ctx, id, tracking); err == nil {
			m.took(p)
		}
		return err
	})
	return p, err
}

func (m *mortal) Settle(ctx context.Context, id string, outcomes []queue.Outcome) (p queue.Plan, err error) {
	err = m.write(func() (err error) { p, err = m.Ledger.Settle(ctx, id, outcomes); return err })
	return p, err
}

func (m *mortal) Withdraw(ctx context.Context, id string, why queue.Reason) error {
	return m.write(func() error { return m.Ledger.Withdraw(ctx, id, why) })
}

func (m *mortal) Replan(ctx context.Context, id string) (p queue.Plan, err error) {
	err = m.write(func() (err error) { p, err = m.Ledger.Replan(ctx, id); return err })
	return p, err
}

func (m *mortal) Note(ctx context.Context, id string, why queue.Reason) error {
	return m.write(func() error { return m.Ledger.Note(ctx, id, why) })
}

func (m *mortal) SetPause(ctx context.Context, p queue.Pause) error {
	return m.write(func() error { return m.Ledger.SetPause(ctx, p) })
}

func (m *mortal) ClearPause(ctx context.Context, id autopilot.TenantID) error {
	return m.write(func() error { return m.Ledger.ClearPause(ctx, id) })
}

// mortalLine is the line of a process that dies in one of its requests, before
// or after it was processed.
type mortalLine struct {
	http.RoundTripper

	m *mortal
}

func (l mortalLine) RoundTrip(r *http.Request) (*http.Response, error) {
	l.m.mu.Lock()
	l.m.requests--
	dead, last := l.m.dead, l.m.requests == 0
	l.m.mu.Unlock()
	if dead || last && !l.m.late {
		return nil, l.cut(last)
	}
	answer, err := l.RoundTripper.RoundTrip(r)
	if !last {
		return answer, err
	}
	if err == nil {
		_ = answer.Body.Close()
	}
	return nil, l.cut(true)
}

func (l mortalLine) cut(last bool) error {
	if last {
		l.m.die()
	}
	return context.Canceled
}
