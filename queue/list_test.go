package queue_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
)

// mixed is a dock with 520 entries (more than two pages) of two customers,
// two orders and several states. The file is made once.
func mixed(t *testing.T) *dock {
	t.Helper()
	folder := t.TempDir()
	data, err := mixedFile()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, queue.FileName), data, 0o600); err != nil {
		t.Fatal(err)
	}
	return &dock{T: t, q: openIn(t, folder), work: map[string]queue.Reception{}}
}

var mixedFile = sync.OnceValues(func() (data []byte, err error) {
	folder, err := os.MkdirTemp("", "queue")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder) //nolint:errcheck // a temporary folder
	if err := mix(context.Background(), folder); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(folder, queue.FileName))
})

func mix(ctx context.Context, folder string) (err error) {
	q, err := queue.Open(folder, queue.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, q.Close()) }()
	var rooms []string
	for _, w := range []queue.Work{{Customer: contoso, GroupTag: "TAG", Order: "BL-1"}, {Customer: fabrik, Order: "BL-2"}, {Order: "BL-1"}} {
		r, err := q.OpenReception(ctx, w, "Ana")
		if err != nil {
			return err
		}
		rooms = append(rooms, r.ID)
	}
	for n := range 520 {
		v, err := q.Capture(ctx, queue.Capture{Reception: rooms[n%3], PKID: pkid(n), By: "Ana"})
		if err == nil && n == 257 {
			err = q.Discard(ctx, []string{v.Entry.ID}, queue.Act{By: "Léa"})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// TestFilters holds every filter against the whole list.
func TestFilters(t *testing.T) {
	t.Parallel()
	d := mixed(t)
	all := list(d, queue.Filter{})
	for name, tt := range map[string]struct {
		filter queue.Filter
		wants  func(queue.Entry) bool
	}{
		"nothing filtered":     {queue.Filter{}, func(queue.Entry) bool { return true }},
		"one state":            {queue.Filter{States: []queue.State{queue.Held}}, func(e queue.Entry) bool { return e.State == queue.Held }},
		"two states":           {queue.Filter{States: []queue.State{queue.Held, queue.Discarded}}, func(e queue.Entry) bool { return e.State != queue.Ready }},
		"a state without any":  {queue.Filter{States: []queue.State{queue.Removed}}, func(queue.Entry) bool { return false }},
		"a customer":           {queue.Filter{Customer: fabrik}, func(e queue.Entry) bool { return e.Customer == fabrik }},
		"an order":             {queue.Filter{Order: "BL-1"}, func(e queue.Entry) bool { return e.Order == "BL-1" }},
		"half an order's name": {queue.Filter{Order: "BL"}, func(queue.Entry) bool { return false }},
		"a reception":          {queue.Filter{Reception: all[1].Reception}, func(e queue.Entry) bool { return e.Customer == fabrik }},
		"text of the order":    {queue.Filter{Text: "bl-2"}, func(e queue.Entry) bool { return e.Order == "BL-2" }},
		"text of a PKID":       {queue.Filter{Text: "00017"}, func(e queue.Entry) bool { return e.PKID == pkid(17) || strings.Contains(e.ID, "00017") }},
		"both":                 {queue.Filter{Customer: contoso, States: []queue.State{queue.Ready}}, func(e queue.Entry) bool { return e.Customer == contoso && e.State == queue.Ready }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, newest := range []bool{false, true} {
				for _, limit := range []int{0, 1, 255, 256, 257, 1000} {
					f := tt.filter
					f.Newest, f.Limit = newest, limit
					if diff := cmp.Diff(picked(all, tt.wants, newest, limit), ids(list(d, f))); diff != "" {
						t.Errorf("newest %v, limit %d: %s", newest, limit, diff)
					}
				}
			}
		})
	}
}

func picked(all []queue.Entry, wants func(queue.Entry) bool, newest bool, limit int) []string {
	got := ids(slices.DeleteFunc(slices.Clone(all), func(e queue.Entry) bool { return !wants(e) }))
	if newest {
		slices.Reverse(got)
	}
	if limit > 0 && limit < len(got) {
		got = got[:limit]
	}
	return got
}

func ids(entries []queue.Entry) []string {
	all := []string{}
	for _, e := range entries {
		all = append(all, e.ID)
	}
	return all
}

// TestListWhileChanging changes the queue from inside the loop, across pages:
// no transaction is held while the caller looks, and nothing comes twice.
func TestListWhileChanging(t *testing.T) {
	t.Parallel()
	d := mixed(t)
	r := d.reception(queue.Work{Customer: contoso, GroupTag: "TAG", Order: "BL-1"})
	times, n := map[string]int{}, 0
	for e, err := range d.q.List(t.Context(), queue.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		times[e.ID]++
		if n++; n%130 != 1 || n > 520 {
			continue
		}
		if _, err := d.q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: pkid(5000 + n), By: "Ana"}); err != nil {
			t.Fatal(err)
		}
		if e.State == queue.Ready {
			if err := d.q.Hold(t.Context(), []string{e.ID}, queue.Act{By: "Léa"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for id, n := range times {
		if n != 1 {
			t.Errorf("%s came %d times", id, n)
		}
	}
	if len(times) < 520 {
		t.Errorf("%d came, 520 were there from the start", len(times))
	}
}

// TestNoSuchThing: what is asked for and is not there has its word.
func TestNoSuchThing(t *testing.T) {
	t.Parallel()
	q, none, act := open(t), []string{"nobody"}, queue.Act{By: "Léa"}
	for name, tt := range map[string]struct {
		call func() error
		want error
	}{
		"entry":     {func() error { _, err := q.Entry(t.Context(), "nobody"); return err }, queue.ErrNoEntry},
		"history":   {func() error { _, err := q.History(t.Context(), "nobody"); return err }, queue.ErrNoEntry},
		"release":   {func() error { return q.Release(t.Context(), none, act) }, queue.ErrNoEntry},
		"assign":    {func() error { return q.Assign(t.Context(), none, contoso, "", act) }, queue.ErrNoEntry},
		"plan":      {func() error { _, err := q.Plan(t.Context(), contoso, "T", none); return err }, queue.ErrNoEntry},
		"reception": {func() error { _, err := q.Reception(t.Context(), "nobody"); return err }, queue.ErrNoReception},
		"closing":   {func() error { _, err := q.CloseReception(t.Context(), "nobody", "Ana"); return err }, queue.ErrNoReception},
		"capture":   {func() error { _, err := q.Capture(t.Context(), queue.Capture{PKID: pkid(1)}); return err }, queue.ErrNoReception},
		"attempt":   {func() error { _, err := q.Attempt(t.Context(), "plan-7", queue.Attempt{}); return err }, queue.ErrNoPlan},
		"settle":    {func() error { _, err := q.Settle(t.Context(), "7; drop", nil); return err }, queue.ErrNoPlan},
		"replan":    {func() error { _, err := q.Replan(t.Context(), ""); return err }, queue.ErrNoPlan},
		"note":      {func() error { return q.Note(t.Context(), "plan-", queue.Offline) }, queue.ErrNoPlan},
	} {
		if err := tt.call(); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, fmt.Sprint(err))
		}
	}
}
