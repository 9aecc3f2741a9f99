package upload_test

import (
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
	"pkidstation/queue/upload"
)

// TestRestoredStationAsksFirst: station A captures 20, a backup is made, A sends
// what comes out of the lot and dies. B is restored from the backup: everything is
// registered once, by whoever it was, and B has it all as registered by itself or
// found, nothing rejected. What A had sent B does not send again, whatever became
// of A's plans, and however Partner Center takes a batch twice.
func TestRestoredStationAsksFirst(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		// before is what A does before the backup, sent how many it sends after.
		before func(t *testing.T, q *queue.Queue, ids []string)
		sent   int
		again  partnercentertest.Mode
	}{
		{"ready", nil, 10, partnercentertest.DuplicateAppend},
		{"all of it", nil, 20, partnercentertest.DuplicateConflict},
		{"nothing", nil, 0, partnercentertest.Duplicate400},
		{"planned", plannedBefore, 10, partnercentertest.DuplicateAppend},
		{"attempted", attemptedBefore, 10, partnercentertest.DuplicateAppend},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := partnercentertest.NewServer(partnercentertest.Options{JobTime: 20 * time.Millisecond, DuplicateBatch: c.again})
				a, file := t.TempDir(), filepath.Join(t.TempDir(), "backup")
				q := queuetest.OpenIn(t, a)
				ids := queuetest.Fill(t, q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, 20)
				if c.before != nil {
					c.before(t, q, ids)
				}
				if _, err := queue.MakeBackup(t.Context(), a, file, queue.BackupOptions{}); err != nil {
					t.Fatal(err)
				}
				sendSome(t, q, server, ids, c.sent)
				if err := q.Close(); err != nil {
					t.Fatal(err)
				}
				registered := len(server.Ledger())
				if registered != c.sent {
					t.Fatalf("A registered %d of %d", registered, c.sent)
				}
				restoreAndSend(t, file, server, c.sent)
			})
		})
	}
}

func plannedBefore(t *testing.T, q *queue.Queue, ids []string) {
	t.Helper()
	if _, err := q.Plan(t.Context(), contoso, "Dock", ids[:10]); err != nil {
		t.Fatal(err)
	}
}

func attemptedBefore(t *testing.T, q *queue.Queue, ids []string) {
	t.Helper()
	p, err := q.Plan(t.Context(), contoso, "Dock", ids[:10])
	if err == nil {
		_, err = q.Attempt(t.Context(), p.ID, queue.Attempt{RequestID: "a-first"})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// sendSome has A send the first n of what it has.
func sendSome(t *testing.T, q *queue.Queue, server *partnercentertest.Server, ids []string, n int) {
	t.Helper()
	if n == 0 {
		return
	}
	if n < len(ids) {
		if err := q.Hold(t.Context(), ids[n:], queue.Act{By: "Ana", Reason: "not today"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := uploader(t, q, "http://127.0.0.1:1", server.RoundTripper()).UntilSettled(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// restoreAndSend restores B and lets it send.
func restoreAndSend(t *testing.T, file string, server *partnercentertest.Server, sent int) {
	t.Helper()
	b := t.TempDir()
	r, err := queue.Restore(t.Context(), b, file, queue.RestoreOptions{Station: "B", By: "Ana"})
	if err != nil || r.Doubtful != 20 {
		t.Fatalf("%+v, %v", r, err)
	}
	q := queuetest.OpenIn(t, b)
	line := &countingLine{RoundTripper: server.RoundTripper()}
	ctx, cancel := context.WithTimeout(t.Context(), 24*time.Hour)
	defer cancel()
	// B's lists show what A did: A is dead for longer than lists lag.
	status, err := uploader(t, q, "http://127.0.0.1:1", line, func(o *upload.Options) { o.ListLag = time.Second }).UntilSettled(ctx)
	if err != nil {
		t.Fatalf("%v: %+v", err, status)
	}
	wantExactlyOnce(t, q, server, 20)
	rows := map[string]int{}
	for _, row := range server.Rows() {
		rows[string(row.PKID)]++
	}
	for pkid, n := range rows {
		if n != 1 {
			t.Errorf("…%s was sent %d times", pkid[len(pkid)-4:], n)
		}
	}
	if sent == 20 && line.posts.Load() != 0 {
		t.Errorf("B sent %d requests for what A had done", line.posts.Load())
	}
}

// A countingLine counts what is sent.
type countingLine struct {
	http.RoundTripper

	posts atomic.Int64
}

func (l *countingLine) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodPost && strings.Contains(strings.ToLower(r.URL.Path), "devicebatches") {
		l.posts.Add(1)
	}
	return l.RoundTripper.RoundTrip(r)
}
