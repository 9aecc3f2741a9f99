package upload_test

import (
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// fillDock captures n devices for contoso's Dock, beginning with number first,
// and gives their entries' IDs.
func fillDock(t *testing.T, q *queue.Queue, first, n int) []string {
	t.Helper()
	return queuetest.Fill(t, q, queue.Work{Customer: contoso, GroupTag: "Dock"}, first, n)
}

// dockQueue is a queue with n devices for contoso's Dock.
func dockQueue(t *testing.T, n int) *queue.Queue {
	t.Helper()
	q := queuetest.Open(t)
	fillDock(t, q, 1, n)
	return q
}
