package queue_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// TestBriefsAreTheEntriesInBrief of every filter, in both orders, over more than a page.
func TestBriefsAreTheEntriesInBrief(t *testing.T) {
	t.Parallel()
	d := mixed(t)
	for _, f := range []queue.Filter{
		{},
		{Customer: contoso},
		{Order: "BL-2"},
		{Text: "bl-1"},
		{Limit: 300},
		{States: []queue.State{queue.Held}},
		{States: []queue.State{queue.Ready}, Limit: 7},
		{States: []queue.State{queue.Held, queue.Ready}, Text: "33"},
		{States: []queue.State{queue.Moved}},
	} {
		for _, f.Newest = range []bool{false, true} {
			var want []queue.Brief
			for e, err := range d.q.List(t.Context(), f) {
				must(t, err)
				want = append(want, e.Brief())
			}
			var got []queue.Brief
			for b, err := range d.q.Briefs(t.Context(), f) {
				must(t, err)
				got = append(got, b)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%+v (-entries +briefs):\n%s", f, diff)
			}
		}
	}
}

// TestBriefsGoOnWhereOneIsGone: what was discarded between two pages makes no other
// come twice, and none be missed.
func TestBriefsGoOnWhereOneIsGone(t *testing.T) {
	t.Parallel()
	for _, newest := range []bool{false, true} {
		q := queuetest.OpenIn(t, t.TempDir())
		ids := queuetest.Fill(t, q, queue.Work{Customer: contoso}, 1, 300)
		seen := map[uint64]int{}
		for b, err := range q.Briefs(t.Context(), queue.Filter{States: []queue.State{queue.Ready}, Newest: newest}) {
			must(t, err)
			if seen[b.Seq]++; len(seen) == 10 {
				must(t, q.Hold(t.Context(), ids[30:270], queue.Act{By: "Ana"}))
			}
		}
		most := 0
		for _, n := range seen {
			most = max(most, n)
		}
		if most != 1 || len(seen) < 60 {
			t.Errorf("newest %v: %d entries, one of them %d times", newest, len(seen), most)
		}
	}
}

// TestRecordsInPartHaveEveryKey of an entry, in its order: else each would be read
// slowly.
func TestRecordsInPartHaveEveryKey(t *testing.T) {
	t.Parallel()
	var e queue.Entry
	fillAll(reflect.ValueOf(&e).Elem())
	text, err := json.Marshal(e)
	must(t, err)
	if !queue.ReadBriefQuickly(text) || !queue.ReadReadyQuickly(text) {
		t.Errorf("not read quickly: %s", text)
	}
	if text = append([]byte("{ "), text[1:]...); queue.ReadBriefQuickly(text) || queue.ReadReadyQuickly(text) {
		t.Error("what json.Marshal would not write is read quickly")
	}
}

// TestWithheldIsWhatReleaseRefuses: all others go in one call, and none of these does.
func TestWithheldIsWhatReleaseRefuses(t *testing.T) {
	t.Parallel()
	q := queuetest.OpenIn(t, t.TempDir())
	p := planner{T: t, q: q}
	ids := p.fill(1, 5).ids // the last one is ready, as if somebody had released it meanwhile
	must(t, q.Hold(t.Context(), ids[:4], queue.Act{By: "Ana"}))
	nobody, err := q.OpenReception(t.Context(), queue.Work{}, "Ana")
	must(t, err)
	other, err := q.OpenReception(t.Context(), queue.Work{Customer: fabrik, Order: "X"}, "Ana")
	must(t, err)
	v, err := q.Capture(t.Context(), queue.Capture{Reception: nobody.ID, PKID: queuetest.PKID(800), By: "Ana"})
	must(t, err)
	unowned := v.Entry.ID
	v, err = q.Capture(t.Context(), queue.Capture{Reception: other.ID, PKID: queuetest.PKID(3), By: "Ana"})
	must(t, err)
	claimed := v.Entry.ID
	v, err = q.Capture(t.Context(), queue.Capture{Reception: other.ID, PKID: queuetest.PKID(1), By: "Ana"})
	must(t, err)
	twin := v.Entry.ID
	all := slices.Concat(ids, []string{unowned, claimed, twin, "nobody's"})
	withheld, err := q.Withheld(t.Context(), queue.ActionRelease, all)
	must(t, err)
	said := map[string]string{}
	for _, w := range withheld {
		said[w.Entry.ID] = fmt.Sprintf("%T", w.Err)
	}
	want := map[string]string{
		ids[0]: "*queue.ClaimedError", twin: "*queue.ClaimedError", ids[2]: "*queue.ClaimedError", ids[4]: "*queue.WayError", claimed: "*queue.ClaimedError",
		unowned: "*errors.errorString", "nobody's": "*fmt.wrapError",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("withheld (-want +got):\n%s", diff)
	}
	for _, id := range []string{unowned, ids[4], "nobody's"} {
		if err := q.Release(t.Context(), []string{ids[1], id}, queue.Act{By: "Ana"}); err == nil {
			t.Errorf("%s is released", id)
		}
	}
	for _, pair := range [][]string{{ids[0], twin}, {ids[2], claimed}} {
		if err := q.Release(t.Context(), pair, queue.Act{By: "Ana"}); err == nil {
			t.Errorf("both of %v are released", pair)
		}
	}
	must(t, q.Release(t.Context(), []string{ids[1], ids[3]}, queue.Act{By: "Ana"}))
	if _, err := q.Withheld(t.Context(), queue.ActionDiscard, all); err == nil {
		t.Error("it looks ahead at what it does not know")
	}
}

// BenchmarkBriefs is what the queue screen's index is made of: an entry, beside one in full.
func BenchmarkBriefs(b *testing.B) {
	q, _ := filled(b, 3000)
	b.Run("brief", func(b *testing.B) {
		for b.Loop() {
			for _, err := range q.Briefs(b.Context(), queue.Filter{Newest: true}) {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/3000, "ns/entry")
	})
	b.Run("full", func(b *testing.B) {
		for b.Loop() {
			for _, err := range q.List(b.Context(), queue.Filter{Newest: true}) {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/3000, "ns/entry")
	})
}

// BenchmarkPart is what captures wait for while the window decides about very many, 100
// at a time: a hold and a release of them, and the look ahead at what would be refused.
func BenchmarkPart(b *testing.B) {
	q, _ := filled(b, 1000)
	var ids []string
	for e, err := range q.Briefs(b.Context(), queue.Filter{Limit: 100}) {
		if err != nil {
			b.Fatal(err)
		}
		ids = append(ids, e.ID)
	}
	b.Run("decide", func(b *testing.B) {
		for b.Loop() {
			err := q.Hold(b.Context(), ids, queue.Act{By: "Ana"})
			if err == nil {
				err = q.Release(b.Context(), ids, queue.Act{By: "Ana"})
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("look-ahead", func(b *testing.B) {
		if err := q.Hold(b.Context(), ids, queue.Act{By: "Ana"}); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if found, err := q.Withheld(b.Context(), queue.ActionRelease, ids); err != nil || len(found) > 0 {
				b.Fatal(found, err)
			}
		}
	})
}
