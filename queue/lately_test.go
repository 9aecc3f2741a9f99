package queue_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
)

// TestInStates gives what List does, by the index, over several pages and nobody named.
func TestInStates(t *testing.T) {
	t.Parallel()
	d := mixed(t)
	all := list(d, queue.Filter{})
	for _, states := range [][]queue.State{{queue.Ready}, {queue.Held, queue.Discarded}, {queue.Discarded, queue.Ready, queue.Held}, {queue.Removed}, {}} {
		want, got := []string{}, []string{}
		for _, state := range states {
			want = append(want, picked(all, func(e queue.Entry) bool { return e.State == state }, false, 0)...)
		}
		for e, err := range d.q.InStates(t.Context(), states...) {
			if err != nil {
				t.Fatal(err)
			}
			if e.Operator != "" || e.OperatorNumber != 0 {
				t.Fatalf("somebody is named: %+v", e)
			}
			got = append(got, e.ID)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%v (-want +got):\n%s", states, diff)
		}
	}
	for _, err := range d.q.InStates(t.Context(), queue.Ready) {
		if err != nil {
			t.Error(err)
		}
		break // whoever has enough gets no more
	}
}

// TestLately gives the audit back to a moment, the newest first, over several pages; a
// clock that was set back for a while hides nothing.
func TestLately(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	q := openWith(t, t.TempDir(), queue.Options{Now: func() time.Time { return now }})
	open := func(order string) {
		r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso, Order: order}, "Ana")
		if err == nil {
			_, err = q.CloseReception(t.Context(), r.ID, "Ana")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for range 200 {
		open("old")
		now = now.Add(time.Second)
	}
	since := now
	for n := range 150 {
		if n == 10 {
			now = now.Add(-time.Hour)
		}
		if n == 12 {
			now = now.Add(time.Hour)
		}
		open("new")
		now = now.Add(time.Second)
	}
	seen, last := 0, uint64(1<<62)
	for l, err := range q.Lately(t.Context(), since) {
		if err != nil {
			t.Fatal(err)
		}
		if l.At.Before(since) || l.Number >= last || l.By != "" || l.Operator != 0 {
			t.Fatalf("%+v after line %d", l, last)
		}
		seen, last = seen+1, l.Number
	}
	if seen != 2*148 {
		t.Errorf("%d lines", seen)
	}
	for _, err := range q.Lately(t.Context(), time.Time{}) {
		if err != nil {
			t.Error(err)
		}
		break
	}
}

// TestLookingEndsWithItsContext, between two pages too.
func TestLookingEndsWithItsContext(t *testing.T) {
	t.Parallel()
	d := mixed(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	var last error
	for _, err := range d.q.InStates(ctx, queue.Ready) {
		n, last = n+1, err
		cancel()
	}
	if !errors.Is(last, context.Canceled) || n > 257 {
		t.Errorf("%d entries, then %v", n, last)
	}
	for _, err := range d.q.Lately(ctx, time.Time{}) {
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("the audit: %v", last)
	}
}
