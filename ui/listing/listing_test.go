package listing_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/listing"
)

// of gives briefs as the queue does.
func of(briefs ...queue.Brief) iter.Seq2[queue.Brief, error] {
	return func(yield func(queue.Brief, error) bool) {
		for _, b := range briefs {
			if !yield(b, nil) {
				return
			}
		}
	}
}

func brief(seq uint64, change func(*queue.Brief)) queue.Brief {
	b := queue.Brief{Seq: seq, ID: fmt.Sprintf("e%d", seq), Number: int(seq), State: queue.Held, Customer: "c1", GroupTag: "T"}
	if change != nil {
		change(&b)
	}
	return b
}

func texts(language string) listing.Texts {
	names := map[autopilot.TenantID]string{"c1": "Zola", "c2": "Étude", "c3": "abel", "c4": "Eve"}
	return listing.Texts{
		Language: language,
		Customer: func(id autopilot.TenantID) string { return names[id] },
		Reason:   func(e queue.Entry) string { return strings.ToUpper(string(e.Reason)) },
	}
}

func list(t *testing.T, sort listing.Sort, briefs ...queue.Brief) *listing.List {
	t.Helper()
	l, err := listing.Make(t.Context(), sort, texts("fr"), of(briefs...))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func ids(l *listing.List) (all []string) {
	for n := range l.Len() {
		all = append(all, l.At(n).ID)
	}
	return all
}

// TestSorts by each column both ways: in the language's order, what has none last, and
// rows that have the same by number, whichever way round.
func TestSorts(t *testing.T) {
	newest := []queue.Brief{
		brief(6, func(b *queue.Brief) { b.Customer, b.Serial, b.Reason, b.PKID = "", "b", queue.Conflict, "2" }),
		brief(5, func(b *queue.Brief) { b.Customer, b.State, b.Order, b.PKID = "c4", queue.Rejected, "BL-10", "9" }),
		brief(4, func(b *queue.Brief) { b.Customer, b.Serial, b.Reason = "c2", "A", queue.Conflict }),
		brief(3, func(b *queue.Brief) { b.Customer, b.State, b.Order, b.Number = "c1", queue.Ready, "BL-9", 9 }),
		brief(2, func(b *queue.Brief) { b.Customer, b.Serial, b.Reason = "c3", "C", queue.ByPerson }),
		brief(1, func(b *queue.Brief) { b.Customer, b.Order, b.PKID = "c1", "BL-9", "1" }),
	}
	for by, want := range map[listing.Column][2]string{
		listing.Number:   {"e1 e2 e4 e5 e6 e3", "e3 e6 e5 e4 e2 e1"},
		listing.PKID:     {"e1 e6 e5 e2 e4 e3", "e5 e6 e1 e2 e4 e3"},
		listing.Serial:   {"e4 e6 e2 e1 e5 e3", "e2 e6 e4 e1 e5 e3"},
		listing.Customer: {"e2 e4 e5 e1 e3 e6", "e1 e3 e5 e4 e2 e6"}, // abel, Étude, Eve, Zola
		listing.Order:    {"e1 e3 e5 e2 e4 e6", "e5 e1 e3 e2 e4 e6"}, // 9 before 10
		listing.State:    {"e1 e2 e4 e6 e3 e5", "e5 e3 e1 e2 e4 e6"},
		listing.Reason:   {"e2 e4 e6 e1 e5 e3", "e4 e6 e2 e1 e5 e3"},
		listing.Captured: {"e6 e5 e4 e3 e2 e1", "e1 e2 e3 e4 e5 e6"},
	} {
		for n, other := range []bool{false, true} {
			sort := listing.Sort{By: by, Other: other}
			briefs := slices.Clone(newest)
			if !sort.Newest() {
				slices.Reverse(briefs)
			}
			if got := strings.Join(ids(list(t, sort, briefs...)), " "); got != want[n] {
				t.Errorf("by %d, other %v: %s, want %s", by, other, got, want[n])
			}
		}
	}
}

func TestBesideGoesAroundAllColumns(t *testing.T) {
	right, left := listing.Sort{Other: true}, listing.Sort{}
	var seen []listing.Column
	for range listing.Columns() {
		right, left = right.Beside(true), left.Beside(false)
		seen = append(seen, right.By)
		if right.Other {
			t.Error("another column begins the other way round")
		}
	}
	if diff := cmp.Diff(listing.Columns(), seen); diff != "" || left.By != listing.Captured {
		t.Errorf("to the right (-want +got):\n%s, to the left it ends at %d", diff, left.By)
	}
}

func TestRangeOfTicks(t *testing.T) {
	l := list(t, listing.Sort{}, brief(9, nil), brief(7, nil), brief(5, nil), brief(3, nil), brief(1, nil))
	ticks := listing.NewTicks()
	said := func() (rows []int) {
		for n := range l.Len() {
			if ticks.Has(l.At(n).Seq) {
				rows = append(rows, n)
			}
		}
		if len(rows) != ticks.Len() {
			t.Errorf("%d are ticked, of which %v are listed", ticks.Len(), rows)
		}
		return rows
	}
	step := func(name string, want ...int) {
		t.Helper()
		if diff := cmp.Diff(want, said()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	ticks.Turn(9)
	step("one", 0)
	ticks.From(5)
	ticks.To(l, 4)
	step("down", 0, 2, 3, 4)
	ticks.To(l, 1)
	step("up again, beyond the beginning", 0, 1, 2)
	ticks.All(l)
	step("all", 0, 1, 2, 3, 4)
	ticks.Turn(5)
	step("without one", 0, 1, 3, 4)
	ticks.All(l)
	ticks.All(l)
	step("none")
	ticks.From(4) // it is not listed
	ticks.To(l, 3)
	step("from nowhere", 3)
}

// TestKeepTicksNothingThatIsNew and unticks what is gone: nobody saw the one, nobody
// sees the other.
func TestKeepTicksNothingThatIsNew(t *testing.T) {
	ticks := listing.NewTicks()
	ticks.All(list(t, listing.Sort{}, brief(3, nil), brief(2, nil), brief(1, nil)))
	after := list(t, listing.Sort{}, brief(4, nil), brief(3, nil), brief(1, nil))
	ticks.Keep(after)
	if diff := cmp.Diff([]string{"e3", "e1"}, after.Pick(ticks.Set()).IDs()); diff != "" || ticks.Len() != 2 {
		t.Errorf("ticked (-want +got):\n%s", diff)
	}
	ticks.Keep(list(t, listing.Sort{}, brief(2, nil)))
	if ticks.Len() != 0 {
		t.Error("what came back is ticked")
	}
}

func TestCountAndGroups(t *testing.T) {
	l := list(t, listing.Sort{},
		brief(5000, func(b *queue.Brief) { b.State, b.ByTuple = queue.Rejected, true }), brief(4, nil),
		brief(3, func(b *queue.Brief) { b.GroupTag, b.Sent = "U", true }), brief(2, nil), brief(1, func(b *queue.Brief) { b.Customer = "c2" }))
	c := l.Count(listing.NewSet(5000, 4, 3, 1, 77))
	if c.All != 4 || c.Tuples != 1 || c.Sent != 1 || c.In(func(s queue.State) bool { return s == queue.Held }) != 3 {
		t.Errorf("counted %+v", c)
	}
	p := l.Pick(l.All())
	want := []listing.Group{{listing.Whose{"c1", "T"}, 3}, {listing.Whose{"c1", "U"}, 1}, {listing.Whose{"c2", "T"}, 1}}
	if diff := cmp.Diff(want, p.Groups()); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
	held, others := p.Only(func(r listing.Row) bool { return r.State == queue.Held })
	if diff := cmp.Diff([]string{"e5000"}, others.IDs()); diff != "" || held.Len() != 4 || held.Between(1, 3).IDs()[0] != "e3" {
		t.Errorf("others (-want +got):\n%s\nheld %v", diff, held.IDs())
	}
	if diff := cmp.Diff([]queue.State{queue.Held, queue.Rejected}, p.States()); diff != "" {
		t.Errorf("states (-want +got):\n%s", diff)
	}
}

// TestUnchangedSeesWhatAPersonWouldDecideBy and nothing else.
func TestUnchangedSeesWhatAPersonWouldDecideBy(t *testing.T) {
	before := list(t, listing.Sort{}, brief(2, nil), brief(1, nil)).Pick(listing.NewSet(1, 2))
	for name, c := range map[string]struct {
		change func(*queue.Brief)
		same   bool
	}{
		"nothing":  {nil, true},
		"reason":   {func(b *queue.Brief) { b.Reason = queue.Conflict }, true},
		"state":    {func(b *queue.Brief) { b.State = queue.Ready }, false},
		"customer": {func(b *queue.Brief) { b.Customer = "c2" }, false},
		"tag":      {func(b *queue.Brief) { b.GroupTag = "X" }, false},
		"device":   {func(b *queue.Brief) { b.Serial = "X" }, false},
		"gone":     {func(b *queue.Brief) { b.ID = "other" }, false},
	} {
		same, err := before.Unchanged(t.Context(), of(brief(3, nil), brief(2, nil), brief(1, c.change)))
		if err != nil || same != c.same {
			t.Errorf("%s: %v, %v", name, same, err)
		}
	}
}

func TestMakeEndsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	n := 0
	_, err := listing.Make(ctx, listing.Sort{}, texts("en"), func(yield func(queue.Brief, error) bool) {
		for n = 1; yield(brief(uint64(n), nil), nil); n++ {
			if n == 3000 {
				stop()
			}
		}
	})
	if !errors.Is(err, context.Canceled) || n > 5000 {
		t.Errorf("after %d: %v", n, err)
	}
	broken := errors.New("broken")
	if _, err := listing.Make(t.Context(), listing.Sort{}, texts("en"), func(yield func(queue.Brief, error) bool) { yield(queue.Brief{}, broken) }); !errors.Is(err, broken) {
		t.Errorf("a list that breaks off: %v", err)
	}
}

// TestSetTakesOneFarAway without room for all between.
func TestSetTakesOneFarAway(t *testing.T) {
	s := listing.NewSet(0, 63, 64, 4095, 4096, 1<<63, 1<<63)
	if s.Len() != 6 || !s.Has(1<<63) || s.Has(65) {
		t.Errorf("%d are in it", s.Len())
	}
	c := s.Clone()
	c.Remove(64)
	c.Remove(64)
	if c.Len() != 5 || s.Len() != 6 || s.And(c).Len() != 5 || s.Both(c) != 5 {
		t.Errorf("clone %d, itself %d, both %d", c.Len(), s.Len(), s.Both(c))
	}
}

// many are so many briefs, the newest first.
func many(n int) iter.Seq2[queue.Brief, error] {
	return func(yield func(queue.Brief, error) bool) {
		for i := n; i > 0; i-- {
			b := queue.Brief{
				Seq: uint64(i), ID: fmt.Sprintf("01a22920-1d00-76e8-802b-%012x", i), Number: i % 480, State: queue.States()[i%6],
				Customer: autopilot.TenantID(fmt.Sprintf("c%d", i%4+1)), GroupTag: "LYON-3", Order: fmt.Sprintf("BL-%d", i/480),
				Device: autopilot.Device{PKID: autopilot.PKID(fmt.Sprintf("33051%08d", i*61_803_399%100_000_000)), Serial: fmt.Sprintf("5CG%07d", i*7919%9_999_991)},
			}
			if !yield(b, nil) {
				return
			}
		}
	}
}

// BenchmarkMake is a list of 100,000, which is made beside the window, in each order; and
// what it holds on to.
func BenchmarkMake(b *testing.B) {
	const entries = 100_000
	for _, by := range listing.Columns() {
		b.Run(fmt.Sprintf("column=%d", by), func(b *testing.B) {
			var before, after runtime.MemStats
			for b.Loop() {
				runtime.GC()
				runtime.ReadMemStats(&before)
				l, err := listing.Make(b.Context(), listing.Sort{By: by}, texts("fr"), many(entries))
				if err != nil {
					b.Fatal(err)
				}
				runtime.GC()
				runtime.ReadMemStats(&after)
				runtime.KeepAlive(l)
			}
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/entries, "B/entry")
		})
	}
}
