package queue_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"pkidstation/queue"
)

// TestManyAtOnce has several people scan, review, plan and look at once. Each
// verdict is kept once, and no listing shows an entry twice or out of order.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	q := open(t)
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso, GroupTag: "TAG"}, "Ana")
	if err != nil {
		t.Fatal(err)
	}
	const people, boxes = 4, 12
	var scanning, others errgroup.Group
	done, finish := context.WithCancel(t.Context())
	for person := range people {
		scanning.Go(func() error { return scanSome(t.Context(), q, r.ID, person, boxes) })
	}
	others.Go(func() error { return until(done, func() error { return reviewSome(t.Context(), q) }) }) //nolint:contextcheck // done only ends the loop
	others.Go(func() error { return until(done, func() error { return planSome(t.Context(), q) }) })   //nolint:contextcheck // as above
	for _, newest := range []bool{false, true} {
		others.Go(func() error { return until(done, func() error { return inOrder(t.Context(), q, newest) }) }) //nolint:contextcheck // as above
	}
	err = scanning.Wait()
	finish()
	if err := errors.Join(err, others.Wait()); err != nil {
		t.Error(err)
	}
	numbers := map[int]bool{}
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		numbers[e.Number] = true
	}
	// Each PKID came from two people; one of them was told that it was seen.
	if len(numbers) != people*boxes/2 || !numbers[people*boxes/2] {
		t.Errorf("%d numbers are running, want 1 to %d", len(numbers), people*boxes/2)
	}
}

func until(done context.Context, do func() error) error {
	for done.Err() == nil {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

func scanSome(ctx context.Context, q *queue.Queue, reception string, person, boxes int) error {
	for n := range boxes {
		v, err := q.Capture(ctx, queue.Capture{Reception: reception, PKID: pkid(person/2*1000 + n), By: fmt.Sprint("person ", person)})
		if err != nil || v.Word != queue.Accepted && v.Word != queue.Seen {
			return fmt.Errorf("person %d, box %d: %+v, %w", person, n, v, err)
		}
	}
	return nil
}

// reviewSome holds what is ready and lets it go again. It may be planned
// meanwhile, which refuses the way and nothing else.
func reviewSome(ctx context.Context, q *queue.Queue) error {
	for e, err := range q.List(ctx, queue.Filter{States: []queue.State{queue.Ready}, Limit: 2}) {
		if err != nil {
			return err
		}
		for _, do := range []func(context.Context, []string, queue.Act) error{q.Hold, q.Release} {
			if err := do(ctx, []string{e.ID}, queue.Act{By: "Léa"}); err != nil && !isWay(err) {
				return err
			}
		}
	}
	return nil
}

func planSome(ctx context.Context, q *queue.Queue) error {
	groups, err := q.Ready(ctx)
	if err != nil || len(groups) == 0 {
		return err
	}
	p, err := q.Plan(ctx, contoso, "TAG", []string{groups[0].Entries[0].ID})
	if errors.Is(err, queue.ErrNothingReady) {
		return nil
	}
	if err == nil {
		_, err = q.Settle(ctx, p.ID, []queue.Outcome{{Entry: p.Entries[0], Registered: true}})
	}
	return err
}

func inOrder(ctx context.Context, q *queue.Queue, newest bool) error {
	last := uint64(0)
	for e, err := range q.List(ctx, queue.Filter{Newest: newest}) {
		if err != nil {
			return err
		}
		if last != 0 && (e.Seq > last) == newest || e.Seq == last {
			return fmt.Errorf("newest %v: %d after %d", newest, e.Seq, last)
		}
		last = e.Seq
	}
	return nil
}

// TestWatchNeverMissesTheLastChange: whoever looks after each word of the
// watch ends up with the last state, however slowly.
func TestWatchNeverMissesTheLastChange(t *testing.T) {
	t.Parallel()
	q := open(t)
	changed, stop := q.Watch()
	defer stop()
	const boxes = 40
	var writing errgroup.Group
	writing.Go(func() error {
		r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso}, "Ana")
		if err != nil {
			return err
		}
		return scanSome(t.Context(), q, r.ID, 0, boxes)
	})
	for saw := 0; saw < boxes; {
		select {
		case <-changed:
		case <-time.After(10 * time.Second):
			t.Fatalf("no word after %d boxes", saw)
		}
		counts, err := q.Counts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		saw = counts.Ready
	}
	if err := writing.Wait(); err != nil {
		t.Error(err)
	}
}

// TestAStoppedWatchIsSilent: and what is refused is no change.
func TestAStoppedWatchIsSilent(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	e := d.read(d.reception(queue.Work{Customer: contoso}), "P1").Entry
	stopped, stop := d.q.Watch()
	stop()
	stop() // twice does no harm
	watched, end := d.q.Watch()
	defer end()
	if err := d.q.Release(t.Context(), []string{e.ID}, queue.Act{}); !isWay(err) {
		t.Fatal(err)
	}
	if len(watched) != 0 {
		t.Error("a refusal was told as a change")
	}
	if err := d.q.Hold(t.Context(), []string{e.ID}, queue.Act{By: "Léa"}); err != nil {
		t.Fatal(err)
	}
	if len(watched) != 1 || len(stopped) != 0 {
		t.Errorf("the watch has %d words, the stopped one %d", len(watched), len(stopped))
	}
}

// TestCloseWaitsAndRefuses: calls under way end whole, later ones are errors,
// and closing again from anywhere does nothing.
func TestCloseWaitsAndRefuses(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	q, err := queue.Open(folder, queue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso}, "Ana")
	if err != nil {
		t.Fatal(err)
	}
	told := make(chan int)
	go func() {
		n := 0
		for ; ; n++ {
			if _, err := q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: pkid(n), By: "Ana"}); err != nil {
				break
			}
		}
		told <- n
	}()
	changed, stop := q.Watch()
	defer stop()
	<-changed
	var closing sync.WaitGroup
	for range 3 {
		closing.Go(func() {
			if err := q.Close(); err != nil {
				t.Errorf("closing: %v", err)
			}
		})
	}
	closing.Wait()
	n := <-told
	if counts, err := openIn(t, folder).Counts(t.Context()); err != nil || counts.Ready != n {
		t.Errorf("told %d, kept %+v, %v", n, counts, err)
	}
}

// TestACancelledCallChangesNothing.
func TestACancelledCallChangesNothing(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	r := d.reception(queue.Work{Customer: contoso})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.q.Capture(ctx, queue.Capture{Reception: r.ID, PKID: pkid(1)}); !errors.Is(err, context.Canceled) {
		t.Errorf("capturing gave %v", err)
	}
	for _, err := range d.q.List(ctx, queue.Filter{}) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("listing gave %v", err)
		}
	}
	if all := list(d, queue.Filter{}); len(all) != 0 {
		t.Errorf("it was kept: %+v", all)
	}
}
