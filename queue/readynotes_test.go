package queue_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/queuetest"
)

// TestReadyWorkTellsWhatWasDoneBefore has others look all the time: whoever changed
// for whom an entry is sees it there at once, and nowhere else.
func TestReadyWorkTellsWhatWasDoneBefore(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	ids := queuetest.Fill(t, q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, 8)
	ctx, stop := context.WithCancel(t.Context())
	looked := make(chan error, 1)
	go func() {
		for ctx.Err() == nil {
			if err := lookedAtReady(ctx, q, len(ids)); err != nil && ctx.Err() == nil {
				looked <- err
				return
			}
		}
		looked <- nil
	}()
	for n := range 100 {
		tag := autopilot.GroupTag("Dock")
		if n%2 == 1 {
			tag = "Shelf"
		}
		id := ids[n/2%len(ids)]
		if err := q.Assign(t.Context(), []string{id}, contoso, tag, queue.Act{By: "Ana"}); err != nil {
			t.Fatal(err)
		}
		work, err := q.ReadyWork(t.Context(), time.Now(), 0)
		if err != nil {
			t.Fatal(err)
		}
		seq := uint64(n/2%len(ids) + 1)
		for _, w := range work {
			if there := slices.Contains(w.Due, seq); there != (w.Tag == tag) {
				t.Fatalf("change %d gave entry %d the tag %s: under %s it is told %v", n, seq, tag, w.Tag, there)
			}
		}
	}
	stop()
	if err := <-looked; err != nil {
		t.Error(err)
	}
}

// lookedAtReady says what is wrong with what is ready: each entry is there once.
func lookedAtReady(ctx context.Context, q *queue.Queue, want int) error {
	work, err := q.ReadyWork(ctx, time.Now(), 0)
	if err != nil {
		return err
	}
	seen := map[uint64]bool{}
	for _, w := range work {
		for _, seq := range w.Due {
			if seen[seq] {
				return fmt.Errorf("entry %d is told twice", seq)
			}
			seen[seq] = true
		}
	}
	if len(seen) != want {
		return fmt.Errorf("%d entries are ready, want %d", len(seen), want)
	}
	return nil
}

// TestReadyWorkOfAQueueThatIsLookedAt: another process changes it.
func TestReadyWorkOfAQueueThatIsLookedAt(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	q, err := queue.Open(folder, queue.Options{Station: "dock"})
	if err != nil {
		t.Fatal(err)
	}
	queuetest.Fill(t, q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, 3)
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	look, err := queue.Open(folder, queue.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := lookedAtReady(t.Context(), look, 3); err != nil {
			t.Error(err)
		}
	}
	if err := look.Close(); err != nil {
		t.Error(err)
	}
}

// BenchmarkReadyWork is what the uploader asks after each capture.
func BenchmarkReadyWork(b *testing.B) {
	const many = 10_000
	q := queuetest.Open(b)
	ids := queuetest.Fill(b, q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, many)
	for name, change := range map[string]bool{"again": false, "after a change": true} {
		b.Run(name, func(b *testing.B) {
			for n := range b.N {
				b.StopTimer()
				if change {
					if err := q.Assign(b.Context(), ids[n%many:n%many+1], contoso, "Dock", queue.Act{By: "Ana"}); err != nil {
						b.Fatal(err)
					}
				}
				b.StartTimer()
				if _, err := q.ReadyWork(b.Context(), time.Now(), 0); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
