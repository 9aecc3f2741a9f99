package queuetest

import (
	"context"
	"fmt"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// Open opens a new queue in t.TempDir(). When the test ends, the queue is
// checked and closed.
func Open(t testing.TB) *queue.Queue {
	t.Helper()
	return OpenIn(t, t.TempDir())
}

// OpenIn is Open for a folder of the caller's, for tests that close a queue
// and open it again. The queue may be closed before the test ends: then it is
// checked by opening it once more.
func OpenIn(t testing.TB, folder string) *queue.Queue {
	t.Helper()
	q, err := queue.Open(folder, queue.Options{Station: "test", Program: t.Name()})
	if err != nil {
		t.Fatalf("open the queue: %v", err)
	}
	t.Cleanup(func() {
		Check(t, q)
		if err := q.Close(); err != nil {
			t.Errorf("close the queue: %v", err)
		}
	})
	return q
}

// Check fails the test for each thing that is wrong with the queue. A queue
// that is closed passes.
func Check(t testing.TB, q *queue.Queue) {
	t.Helper()
	wrong, err := q.Check(context.Background()) // the test's own context has ended
	if err != nil && !closed(err) {
		t.Errorf("check the queue: %v", err)
	}
	for _, w := range wrong {
		t.Errorf("the queue is inconsistent: %s", w)
	}
}

// Fill captures n new PKIDs for the work, beginning with number first, and
// closes their reception. It gives the entries' IDs.
func Fill(t testing.TB, q *queue.Queue, work queue.Work, first, n int) []string {
	t.Helper()
	r, err := q.OpenReception(t.Context(), work, "test")
	if err != nil {
		t.Fatalf("open a reception: %v", err)
	}
	var ids []string
	for i := range n {
		v, err := q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: PKID(first + i), By: "test"})
		if err != nil || v.Word != queue.Accepted {
			t.Fatalf("capture: %s %s, %v", v.Word, v.Reason, err)
		}
		ids = append(ids, v.Entry.ID)
	}
	if _, err := q.CloseReception(t.Context(), r.ID, "test"); err != nil {
		t.Fatalf("close the reception: %v", err)
	}
	return ids
}

// PKID is the made-up PKID with this number.
func PKID(number int) autopilot.PKID { return autopilot.PKID(fmt.Sprintf("33%011d", number)) }
