package queuetest

import (
	"context"
	"fmt"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// Open opens a new queue in tb.TempDir(). When the test ends, the queue is
// checked and closed.
func Open(tb testing.TB) *queue.Queue {
	tb.Helper()
	return OpenIn(tb, tb.TempDir())
}

// OpenIn is Open for a folder of the caller's, for tests that close a queue
// and open it again. The queue may be closed before the test ends: then it is
// checked by opening it once more.
func OpenIn(tb testing.TB, folder string) *queue.Queue {
	tb.Helper()
	q, err := queue.Open(folder, queue.Options{Station: "test", Program: tb.Name()})
	if err != nil {
		tb.Fatalf("open the queue: %v", err)
	}
	tb.Cleanup(func() {
		Check(tb, q)
		if err := q.Close(); err != nil {
			tb.Errorf("close the queue: %v", err)
		}
	})
	return q
}

// Check fails the test for each thing that is wrong with the queue. A queue
// that is closed passes.
func Check(tb testing.TB, q *queue.Queue) {
	tb.Helper()
	wrong, err := q.Check(context.Background()) // the test's own context has ended
	if err != nil && !closed(err) {
		tb.Errorf("check the queue: %v", err)
	}
	for _, w := range wrong {
		tb.Errorf("the queue is inconsistent: %s", w)
	}
}

// Fill captures n new PKIDs for the work, beginning with number first, and
// closes their reception. It gives the entries' IDs.
func Fill(tb testing.TB, q *queue.Queue, work queue.Work, first, n int) []string {
	tb.Helper()
	r, err := q.OpenReception(tb.Context(), work, "test")
	if err != nil {
		tb.Fatalf("open a reception: %v", err)
	}
	var ids []string
	for i := range n {
		v, err := q.Capture(tb.Context(), queue.Capture{Reception: r.ID, PKID: PKID(first + i), By: "test"})
		if err != nil || v.Word != queue.Accepted {
			tb.Fatalf("capture: %s %s, %v", v.Word, v.Reason, err)
		}
		ids = append(ids, v.Entry.ID)
	}
	if _, err := q.CloseReception(tb.Context(), r.ID, "test"); err != nil {
		tb.Fatalf("close the reception: %v", err)
	}
	return ids
}

// PKID is the made-up PKID with this number.
func PKID(number int) autopilot.PKID { return autopilot.PKID(fmt.Sprintf("33%011d", number)) }
