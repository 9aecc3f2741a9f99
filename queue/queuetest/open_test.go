package queuetest_test

import (
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

func TestOpenAndFill(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	ids := queuetest.Fill(t, q, queue.Work{Customer: "contoso", GroupTag: "Dock"}, 1, 3)
	counts, err := q.Counts(t.Context())
	if err != nil || counts.Ready != 3 || len(ids) != 3 {
		t.Errorf("counts: %+v, %v", counts, err)
	}
}

func TestClosedQueueMayBeOpenedAgain(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	q := queuetest.OpenIn(t, folder)
	queuetest.Fill(t, q, queue.Work{Customer: "contoso"}, 1, 1)
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	again := queuetest.OpenIn(t, folder)
	if counts, err := again.Counts(t.Context()); err != nil || counts.Ready != 1 {
		t.Errorf("counts: %+v, %v", counts, err)
	}
}
