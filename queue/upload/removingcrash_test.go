package upload_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
	"pkidstation/queue/upload"
)

// A frail ledger is one process's hold on a queue. It dies at its at-th write about
// removals or profiles, before or after that is on disk.
type frail struct {
	*queue.Queue

	mu    sync.Mutex
	at    int
	after bool
	wrote int
	dead  bool
}

// dying makes one write, unless the process dies before.
func dying[Got any](m *frail, write func() (Got, error)) (got Got, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.dead {
		return got, errCrash
	}
	m.wrote++
	if m.dead = m.wrote == m.at; m.dead && !m.after {
		return got, errCrash
	}
	if got, err = write(); err == nil && m.dead {
		err = errCrash
	}
	return got, err
}

func (m *frail) AttemptRemoval(ctx context.Context, id string, step queue.RemovalStep) (queue.Removal, error) {
	return dying(m, func() (queue.Removal, error) { return m.Queue.AttemptRemoval(ctx, id, step) })
}

func (m *frail) WaitRemoval(ctx context.Context, id string, step queue.RemovalStep) (queue.Removal, error) {
	return dying(m, func() (queue.Removal, error) { return m.Queue.WaitRemoval(ctx, id, step) })
}

func (m *frail) Removed(ctx context.Context, id, note string) (queue.Removal, error) {
	return dying(m, func() (queue.Removal, error) { return m.Queue.Removed(ctx, id, note) })
}

func (m *frail) ProfilesAnswered(ctx context.Context, profile string, outcomes []queue.ProfileOutcome) error {
	_, err := dying(m, func() (struct{}, error) { return struct{}{}, m.Queue.ProfilesAnswered(ctx, profile, outcomes) })
	return err
}

// The process dies at every write of removals in turn, before and after it is
// on disk, with and without answers that get lost; the next start goes on.
func TestDyingAtEveryWriteOfARemoval(t *testing.T) {
	t.Parallel()
	for _, after := range []bool{false, true} {
		for lose, lag := range map[partnercentertest.Fault]time.Duration{
			"": 3 * time.Minute, partnercentertest.FaultResetAfter: 0, partnercentertest.FaultReset: 0,
		} {
			t.Run(fmt.Sprintf("after=%v lag=%v lose=%s", after, lag, lose), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					at := 1
					for dieRemoving(t, at, after, lag, lose) {
						at++
					}
					if at < 6 {
						t.Errorf("there were only %d writes", at)
					}
				})
			})
		}
	}
}

func dieRemoving(t *testing.T, at int, after bool, lag time.Duration, lose partnercentertest.Fault) (died bool) {
	t.Helper()
	s := newSite(t, partnercentertest.Options{RemovalLag: lag})
	s.registered(3)
	if lose != "" {
		s.server.SetTroubles(partnercentertest.Trouble{Method: http.MethodDelete, From: 2, To: 3, Fault: lose})
	}
	s.remove(s.ids[:2]...)
	s.opts.Ledger = &frail{Queue: s.q, at: at, after: after}
	s.restart()
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	_, err := s.up.UntilRemoved(ctx)
	if died = errors.Is(err, errCrash); !died && err != nil {
		t.Fatal(err)
	}
	s.opts.Ledger = s.q
	s.restart()
	s.untilRemoved(time.Hour)
	s.want(queue.Counts{Registered: 1, Removed: 2})
	if left := s.server.Registered(); len(left) != 1 || left[0].PKID != queuetest.PKID(3) {
		t.Errorf("registered: %+v", left)
	}
	if n := len(s.server.Removals()); n != 2 {
		t.Errorf("%d were taken back", n)
	}
	if t.Failed() {
		t.Fatalf("died at write %d", at)
	}
	return died
}

// We are stopped in the middle of each request in turn, before or after it took
// effect, and the same uploader or a new one goes on.
func TestStoppedInEveryRequestOfARemoval(t *testing.T) {
	t.Parallel()
	for _, late := range []bool{false, true} {
		t.Run(fmt.Sprintf("late=%v", late), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				at := 1
				for stopRemoving(t, at, late) {
					at++
				}
				if at < 6 {
					t.Errorf("there were only %d requests", at)
				}
			})
		})
	}
}

func stopRemoving(t *testing.T, at int, late bool) (stopped bool) {
	t.Helper()
	s := newSite(t, partnercentertest.Options{RemovalLag: time.Minute})
	s.registered(3)
	s.remove(s.ids[:2]...)
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	line := &cutting{RoundTripper: s.server.RoundTripper(), at: at, late: late, stop: cancel}
	s.onLine(line)
	_, err := s.up.UntilRemoved(ctx)
	if stopped = errors.Is(err, context.Canceled); !stopped && err != nil {
		t.Fatal(err)
	}
	if at%2 == 0 {
		s.restart()
	}
	s.untilRemoved(time.Hour)
	s.want(queue.Counts{Registered: 1, Removed: 2})
	if left := s.server.Registered(); len(left) != 1 || left[0].PKID != queuetest.PKID(3) {
		t.Errorf("registered: %+v", left)
	}
	if t.Failed() {
		t.Fatalf("stopped in request %d", at)
	}
	return stopped
}

// A cutting line stops its user in one request, before or after it arrived.
type cutting struct {
	http.RoundTripper

	at, seen int
	late     bool
	stop     func()
}

func (c *cutting) RoundTrip(r *http.Request) (*http.Response, error) {
	if c.seen++; c.seen != c.at {
		return c.RoundTripper.RoundTrip(r)
	}
	if c.late {
		if answer, err := c.RoundTripper.RoundTrip(r); err == nil {
			_ = answer.Body.Close()
		}
	}
	c.stop()
	return nil, context.Canceled
}

// onLine has a new process speak over the line.
func (s *site) onLine(line http.RoundTripper) {
	s.Helper()
	client, err := partnercenter.New(partnercenter.Options{
		BaseURL: "http://127.0.0.1:1", HTTPClient: &http.Client{Transport: line},
		Token: func(context.Context) (string, error) { return "token", nil },
	})
	s.must(err)
	s.client = client
	s.opts.Registrar, s.opts.Remover, s.opts.Profiler, s.opts.Relations = client, client, client, client
	s.restart()
}

// Whatever the line does, no request takes back what nobody asked for.
func TestNobodyElsesDeviceIsTakenBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{Seed: 7, Faults: 0.4, Trickle: 10 * time.Millisecond, PageSize: 3, RemovalLag: 20 * time.Second})
		s.registered(12)
		wanted := map[autopilot.PKID]bool{}
		for _, id := range s.ids[:5] {
			e, err := s.q.Entry(t.Context(), id)
			s.must(err)
			wanted[e.PKID] = true
		}
		s.remove(s.ids[:5]...)
		s.untilRemoved(48 * time.Hour)
		s.want(queue.Counts{Registered: 7, Removed: 5})
		for _, r := range s.server.Removals() {
			if !wanted[r.PKID] || r.Customer != contoso {
				t.Errorf("taken back: %+v", r)
			}
		}
	})
}

var _ upload.Ledger = (*frail)(nil)
