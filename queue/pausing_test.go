package queue_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

func aPause() queue.Pause {
	at := time.Date(2026, 11, 25, 8, 30, 0, 123456789, time.UTC)
	return queue.Pause{
		Customer: contoso, Reason: queue.NoRelationship, Until: at, Person: true, Asked: true, Since: at, Steps: 3,
		Text: "list batches: forbidden, HTTP 403, code 20002", RequestID: "r", CorrelationID: "c",
	}
}

func TestPausesOutliveARestart(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	q := queuetest.OpenIn(t, folder)
	station := queue.Pause{Reason: queue.Throttled, Asked: true, Text: "cut\xff"}
	for _, p := range []queue.Pause{{Customer: contoso, Reason: queue.Offline}, aPause(), station} {
		if err := q.SetPause(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	q = openIn(t, folder)
	station.Text = "cut\uFFFD"
	got, err := q.Pauses(t.Context())
	if diff := cmp.Diff([]queue.Pause{station, aPause()}, got); diff != "" || err != nil {
		t.Errorf("%v, (-want +got):\n%s", err, diff)
	}
	for range 2 {
		if err := q.ClearPause(t.Context(), contoso); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := q.Pauses(t.Context()); err != nil || len(got) != 1 || got[0].Customer != "" {
		t.Errorf("after its end: %+v, %v", got, err)
	}
	if err := q.ClearPause(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if got, err := q.Pauses(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("after all ended: %+v, %v", got, err)
	}
}

func TestPauseGolden(t *testing.T) {
	t.Parallel()
	golden(t, "pause", aPause())
}
