package queue_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
)

// TestTend looks after a queue for half a year: what is settled goes in its time,
// the journal is rid of it a month later, and Tend ends when it is told to.
func TestTend(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	now := func() time.Time { return time.Now().AddDate(28, 0, 0) } // the bubble's clock stands at 2000
	synctest.Test(t, func(t *testing.T) {
		q, err := queue.Open(folder, queue.Options{Station: "dock 1", Segment: 4 << 10, Now: now})
		must(t, err)
		r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso, GroupTag: "Dock"}, "Ana")
		must(t, err)
		var ids []string
		for i := range 60 {
			v, err := q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: pkid(i), By: "Zoé Dupré", Read: queue.Read{Text: "marked"}})
			must(t, err)
			ids = append(ids, v.Entry.ID)
		}
		must(t, q.Discard(t.Context(), ids, queue.Act{By: "Léa", Reason: "broken"}))
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			q.Tend(ctx, func(err error) { t.Error(err) })
		}()
		time.Sleep(89 * 24 * time.Hour)
		if e, err := q.Entry(t.Context(), ids[7]); err != nil || len(e.Reads) == 0 {
			t.Errorf("too early: %v, %v", e, err)
		}
		time.Sleep(3 * 24 * time.Hour)
		if e, err := q.Entry(t.Context(), ids[7]); err != nil || len(e.Reads) > 0 || e.PKID == "" {
			t.Errorf("in its time: %v, %v", e, err)
		}
		time.Sleep(60 * 24 * time.Hour)
		stop()
		<-ended
		sound(t, q)
		must(t, q.Close())
	})
	if inJournal(t, folder, "marked") {
		t.Error("the journal still has what went")
	}
}

func TestTendedGolden(t *testing.T) {
	t.Parallel()
	golden(t, "tended", queue.Tended{At: time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC), Size: 1 << 20, Gone: true})
}
