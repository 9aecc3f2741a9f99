package queue_test

import (
	"context"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// TestTallyTellsWhatWasDoneBefore has others count all the time: whoever held or
// released a box sees it counted so at once.
func TestTallyTellsWhatWasDoneBefore(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	const boxes = 300 // more than a page
	work := queue.Work{Customer: contoso, GroupTag: "Dock", Order: "BL-7"}
	ids := queuetest.Fill(t, q, work, 1, boxes)
	r, err := q.OpenReception(t.Context(), work, "")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	looked := make(chan error, 1)
	go func() {
		var err error
		for ctx.Err() == nil && err == nil {
			_, err = q.Tally(ctx, r.ID)
		}
		looked <- err
	}()
	act := queue.Act{By: "Ana", Reason: "looked at"}
	for n := range 60 {
		held, change := 1, q.Hold
		if n%2 == 1 {
			held, change = 0, q.Release
		}
		id := ids[n/2*97%boxes]
		if err := change(t.Context(), []string{id}, act); err != nil {
			t.Fatal(err)
		}
		if got, err := q.Tally(t.Context(), r.ID); err != nil || got != (queue.Tally{Here: boxes, Doubted: held}) {
			t.Fatalf("after change %d: %+v, %v", n, got, err)
		}
	}
	stop()
	if err := <-looked; err != nil && ctx.Err() == nil {
		t.Error(err)
	}
}

// BenchmarkTally is what the dock asks after each box of a large order.
func BenchmarkTally(b *testing.B) {
	const boxes = 10_000
	q := queuetest.Open(b)
	work := queue.Work{Customer: contoso, GroupTag: "Dock", Order: "BL-7"}
	ids := queuetest.Fill(b, q, work, 1, boxes)
	r, err := q.OpenReception(b.Context(), work, "")
	if err != nil {
		b.Fatal(err)
	}
	count := map[string]func(context.Context) error{
		"counted": func(ctx context.Context) error { _, err := q.Tally(ctx, r.ID); return err },
		"gone through": func(ctx context.Context) error {
			_, err := q.Reconcile(ctx, r.Order, r.Customer)
			return err
		},
	}
	for name, do := range count {
		b.Run(name, func(b *testing.B) {
			for n := range b.N {
				b.StopTimer()
				if err := q.Assign(b.Context(), ids[n%boxes:n%boxes+1], contoso, "Dock", queue.Act{By: "Ana"}); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				if err := do(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
