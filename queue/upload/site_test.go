package upload_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
	"pkidstation/queue/upload"
)

// A site is an uploader on a real queue, with the real client, before the model
// of Partner Center. It runs in a bubble.
type site struct {
	*testing.T

	q      *queue.Queue
	server *partnercentertest.Server
	client *partnercenter.Client
	opts   upload.Options
	up     *upload.Uploader
	ids    []string
}

func newSite(t *testing.T, model partnercentertest.Options, change ...func(*upload.Options)) *site {
	t.Helper()
	s := &site{T: t, q: queuetest.Open(t), server: partnercentertest.NewServer(model)}
	client, err := partnercenter.New(partnercenter.Options{
		BaseURL: "http://127.0.0.1:1", HTTPClient: &http.Client{Transport: s.server.RoundTripper()},
		Token: func(context.Context) (string, error) { return "token", nil },
	})
	s.must(err)
	s.client = client
	s.opts = upload.Options{Ledger: s.q, Registrar: client, Remover: client, Profiler: client, Relations: client}
	for _, c := range change {
		c(&s.opts)
	}
	s.up = upload.New(s.opts)
	return s
}

func (s *site) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// restart is a new process on the same queue.
func (s *site) restart() { s.up = upload.New(s.opts) }

// registered has n devices registered for contoso.
func (s *site) registered(n int) {
	s.Helper()
	s.ids = queuetest.Fill(s.T, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, n)
	_, err := s.up.UntilSettled(s.Context())
	s.must(err)
	s.want(queue.Counts{Registered: n})
}

func (s *site) want(counts queue.Counts) {
	s.Helper()
	if got, err := s.q.Counts(s.Context()); err != nil || got != counts {
		s.Errorf("entries: %+v, %v, want %+v", got, err, counts)
	}
}

func (s *site) remove(ids ...string) {
	s.Helper()
	_, err := s.q.Remove(s.Context(), ids, false, queue.Act{By: "Léa", Reason: "wrong customer"})
	s.must(err)
}

// removal is the one that is open.
func (s *site) removal() queue.Removal {
	s.Helper()
	open, err := s.q.OpenRemovals(s.Context())
	s.must(err)
	if len(open) != 1 {
		s.Fatalf("open: %+v", open)
	}
	return open[0]
}

// untilRemoved works for at most so long.
func (s *site) untilRemoved(most time.Duration) upload.Status {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), most)
	defer cancel()
	status, err := s.up.UntilRemoved(ctx)
	if err != nil {
		s.Fatalf("%v: %+v", err, status)
	}
	return status
}

// runFor has the uploader work for as long as that.
func (s *site) runFor(d time.Duration) upload.Status {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), d)
	defer cancel()
	if err := s.up.Run(ctx); !errors.Is(err, context.DeadlineExceeded) {
		s.Fatal(err)
	}
	return s.up.Status()
}

func (s *site) deletes() (made []partnercentertest.Request) {
	for _, r := range s.server.Requests() {
		if r.Method == http.MethodDelete {
			made = append(made, r)
		}
	}
	return made
}

func waitFor(status upload.Status, why queue.Reason) (upload.Wait, bool) {
	i := slices.IndexFunc(status.Waits, func(w upload.Wait) bool { return w.Reason == why })
	if i < 0 {
		return upload.Wait{}, false
	}
	return status.Waits[i], true
}

// A gate stands before the remover: it says what is answered in its place.
type gate struct {
	upload.Remover

	mu     sync.Mutex
	before func(device string) error
	after  func(device string) error
}

func (g *gate) DeleteDevice(ctx context.Context, customer autopilot.TenantID, batch, device, requestID string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.before != nil {
		if err := g.before(device); err != nil {
			return err
		}
	}
	if err := g.Remover.DeleteDevice(ctx, customer, batch, device, requestID); err != nil || g.after == nil {
		return err
	}
	return g.after(device)
}

// gated puts a gate before the site's remover.
func (s *site) gated() *gate {
	g := &gate{Remover: s.opts.Remover}
	s.opts.Remover = g
	s.restart()
	return g
}

// asks are the request ids that the first entry was asked for under.
func (s *site) asks() (ids []string) {
	s.Helper()
	lines, err := s.q.History(s.Context(), s.ids[0])
	s.must(err)
	for _, l := range lines {
		if _, id, ok := strings.Cut(l.Note, ", request "); ok && l.Action == queue.ActionAsk {
			ids = append(ids, id)
		}
	}
	return ids
}

// byHand has devices exported in a file of that name and confirmed by a person.
func (s *site) byHand(batch string, n int) {
	s.Helper()
	s.ids = queuetest.Fill(s.T, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, n)
	s.must(s.q.Exported(s.Context(), s.ids, batch, queue.Act{By: "Ana"}))
	for _, id := range s.ids {
		_, err := s.q.ConfirmExport(s.Context(), []queue.Outcome{{Entry: id, Registered: true}}, queue.Act{By: "Ana"})
		s.must(err)
	}
}
