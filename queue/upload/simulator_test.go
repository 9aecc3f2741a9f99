package upload_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
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

const captures = 300 // of the must-hold

// A trial is one run of the main job against the simulator on a bad line.
type trial struct {
	seed      uint64
	again     partnercentertest.Mode
	duplicate partnercentertest.Mode
	lag       time.Duration
	captures  int
}

func (tr trial) String() string {
	return fmt.Sprintf("seed=%d %s %s lag=%v", tr.seed, tr.again, tr.duplicate, tr.lag)
}

func (tr trial) server() *partnercentertest.Server {
	return partnercentertest.NewServer(partnercentertest.Options{
		Seed: tr.seed, Faults: 0.2, JobTime: 20 * time.Millisecond, Trickle: 10 * time.Millisecond, RetryAfter: 10 * time.Millisecond,
		Idempotency: tr.again, DuplicateBatch: tr.duplicate, ListLag: tr.lag, BOM: tr.seed%2 == 0, PageSize: 20,
	})
}

func trials(n, captures int) []trial {
	again := []partnercentertest.Mode{
		partnercentertest.IdempotencyReplay, partnercentertest.IdempotencyIgnore, partnercentertest.IdempotencyRefuse,
	}
	duplicate := []partnercentertest.Mode{
		partnercentertest.DuplicateAppend, partnercentertest.Duplicate400, partnercentertest.DuplicateConflict,
	}
	var all []trial
	for i := range n {
		all = append(all, trial{
			seed: uint64(i + 1), again: again[i%3], duplicate: duplicate[i/3%3], lag: time.Duration(i%2) * 200 * time.Millisecond,
			captures: captures,
		})
	}
	return all
}

// The must-hold: 300 captures for two customers over real HTTP with 20 %
// faults and the uploader stopped twice in the middle of a request, the queue
// closed and opened again each time.
func TestMainJobOnABadLine(t *testing.T) {
	t.Parallel()
	filled := fill(t, captures)
	for _, tr := range trials(4, captures) {
		t.Run(tr.String(), func(t *testing.T) {
			t.Parallel()
			server := tr.server()
			if err := server.Start("127.0.0.1:0"); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = server.Close() })
			tr.run(t, filled, server, server.URL(), http.DefaultTransport)
		})
	}
}

// The same many times without sockets, in the bubble's own time.
func TestMainJobManyTimes(t *testing.T) {
	t.Parallel()
	filled := fill(t, 90)
	for _, tr := range trials(9, 90) {
		t.Run(tr.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := tr.server()
				tr.run(t, filled, server, "http://127.0.0.1:1", server.RoundTripper())
			})
		})
	}
}

func (tr trial) run(t *testing.T, filled []byte, server *partnercentertest.Server, url string, line http.RoundTripper) {
	t.Helper()
	folder := unpack(t, filled)
	q := queuetest.OpenIn(t, folder)
	for _, at := range []int64{2 + int64(tr.seed)%5, 4} {
		stopAt(t, q, url, line, at)
		if err := q.Close(); err != nil {
			t.Fatal(err)
		}
		q = queuetest.OpenIn(t, folder)
	}
	up := uploader(t, q, url, line)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	status, err := up.UntilSettled(ctx)
	if err != nil {
		t.Fatalf("%v: %+v", err, status)
	}
	wantExactlyOnce(t, q, server, tr.captures)
}

// fill is the file of a queue with all captures.
func fill(t *testing.T, captures int) []byte {
	t.Helper()
	folder := t.TempDir()
	q := queuetest.OpenIn(t, folder)
	queuetest.Fill(t, q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, captures/2)
	queuetest.Fill(t, q, queue.Work{Customer: fabrikam, GroupTag: "Berlin"}, 1+captures/2, captures/2)
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(folder, queue.FileName))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// unpack puts the file of a queue into a folder of the test's own.
func unpack(t *testing.T, filled []byte) (folder string) {
	t.Helper()
	folder = t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, queue.FileName), filled, 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

func uploader(t *testing.T, q *queue.Queue, url string, line http.RoundTripper, change ...func(*upload.Options)) *upload.Uploader {
	t.Helper()
	client, err := partnercenter.New(partnercenter.Options{
		BaseURL: url, HTTPClient: &http.Client{Transport: line},
		Token: func(context.Context) (string, error) { return "secret-token", nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	opts := upload.Options{
		Ledger: q, Registrar: client, BatchSize: 25, PollFirst: 10 * time.Millisecond, PollMax: 40 * time.Millisecond,
		RetryFirst: 5 * time.Millisecond, RetryMax: 40 * time.Millisecond,
	}
	for _, c := range change {
		c(&opts)
	}
	return upload.New(opts)
}

// stopAt runs an uploader and stops it in the middle of a request.
func stopAt(t *testing.T, q *queue.Queue, url string, line http.RoundTripper, at int64) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	_, err := uploader(t, q, url, &stopper{RoundTripper: line, at: at, stop: cancel}).UntilSettled(ctx)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("stopped at request %d: %v", at, err)
	}
}

// A stopper stops its user when a request was answered and the answer is not
// there yet.
type stopper struct {
	http.RoundTripper

	at   int64
	seen atomic.Int64
	stop func()
}

func (s *stopper) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := s.RoundTripper.RoundTrip(r)
	if s.seen.Add(1) != s.at {
		return answer, err
	}
	if err == nil {
		_ = answer.Body.Close()
	}
	s.stop()
	return nil, context.Canceled
}

// wantExactlyOnce fails unless everything is registered here, and there once,
// for the right customer, no device was sent after its 202 was stored, and
// nothing that we registered is said to have been there already.
func wantExactlyOnce(t *testing.T, q *queue.Queue, server *partnercentertest.Server, captures int) {
	t.Helper()
	committed := map[autopilot.PKID][]partnercentertest.Commit{}
	for _, c := range server.Ledger() {
		committed[c.PKID] = append(committed[c.PKID], c)
	}
	stored := map[autopilot.PKID]time.Time{}
	entries := 0
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		entries++
		if got := committed[e.PKID]; len(got) != 1 || got[0].Customer != e.Customer || got[0].Batch != string(e.GroupTag) {
			t.Errorf("%s is for %s, committed are %d: %+v", e.PKID.Masked(), e.Customer, len(got), got)
		}
		if e.State != queue.Registered || e.Reason == queue.AlreadyThere {
			t.Errorf("%s is %s %s %s", e.PKID.Masked(), e.State, e.Reason, e.Code)
		}
		stored[e.PKID] = storedAt(t, q, e)
	}
	if entries != captures || len(committed) != captures {
		t.Errorf("%d entries, %d committed, want %d", entries, len(committed), captures)
	}
	for _, row := range server.Rows() {
		if at := stored[row.PKID]; row.At.After(at) {
			t.Errorf("%s was sent %v after its 202 was stored", row.PKID.Masked(), row.At.Sub(at))
		}
	}
}

func storedAt(t *testing.T, q *queue.Queue, e queue.Entry) time.Time {
	t.Helper()
	lines, err := q.History(t.Context(), e.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		if l.To == queue.Submitted {
			return l.At
		}
	}
	t.Errorf("%s was never submitted", e.PKID.Masked())
	return time.Time{}
}

// childFolder and childURL tell the test binary that it is to be an uploader
// that will be killed.
const (
	childFolder = "PKIDSTATION_TEST_UPLOAD_FOLDER"
	childURL    = "PKIDSTATION_TEST_UPLOAD_URL"
)

// TestUploadInChild is the process that TestMainJobWithSIGKILL kills.
func TestUploadInChild(t *testing.T) {
	t.Parallel()
	folder := os.Getenv(childFolder)
	if folder == "" {
		t.Skip("only as a child of TestMainJobWithSIGKILL")
	}
	q, err := queue.Open(folder, queue.Options{Program: "child"})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close() //nolint:errcheck // about to be killed
	if _, err := uploader(t, q, os.Getenv(childURL), http.DefaultTransport).UntilSettled(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// The same with a real process that is killed with SIGKILL while a request of
// its is on its way, before and after the request took effect.
func TestMainJobWithSIGKILL(t *testing.T) {
	t.Parallel()
	filled := fill(t, captures)
	for _, tr := range trials(2, captures) {
		t.Run(tr.String(), func(t *testing.T) {
			t.Parallel()
			server := tr.server()
			killer := &killer{Handler: server}
			line := httptest.NewServer(killer)
			t.Cleanup(line.Close)
			folder := unpack(t, filled)
			for _, at := range []int64{2 + int64(tr.seed), 12} {
				killer.runChild(t, folder, line.URL, at)
			}
			q := queuetest.OpenIn(t, folder)
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			if _, err := uploader(t, q, line.URL, http.DefaultTransport).UntilSettled(ctx); err != nil {
				t.Fatal(err)
			}
			wantExactlyOnce(t, q, server, captures)
		})
	}
}

// A killer kills a process when its at-th request comes: on even numbers
// before the request is processed, on odd ones after.
type killer struct {
	http.Handler

	left atomic.Int64
	odd  atomic.Bool
	kill atomic.Pointer[func()]
}

func (k *killer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	now := k.left.Add(-1) == 0
	if now && !k.odd.Load() {
		(*k.kill.Load())()
		return
	}
	k.Handler.ServeHTTP(w, r)
	if now {
		(*k.kill.Load())()
	}
}

func (k *killer) runChild(t *testing.T, folder, url string, at int64) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	child := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestUploadInChild$")
	child.Env = append(os.Environ(), childFolder+"="+folder, childURL+"="+url)
	kill := func() { cancel(); <-ctx.Done() }
	k.kill.Store(&kill)
	k.odd.Store(at%2 == 1)
	k.left.Store(at)
	out, err := child.CombinedOutput()
	if ctx.Err() == nil {
		t.Fatalf("the child ended by itself: %v\n%s", err, out)
	}
}
