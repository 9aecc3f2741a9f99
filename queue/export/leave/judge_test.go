package leave_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/export/leave"
)

func TestJudge(t *testing.T) {
	t.Parallel()
	unlisted := registered(3)
	unlisted.Announced = 5
	for name, tt := range map[string]struct {
		order leave.Order
		want  leave.Standing // without Kept
		kept  int
		may   bool
	}{
		"all":         {registered(3), leave.Standing{Announced: 3, Registered: 3}, 0, true},
		"one":         {registered(1), leave.Standing{Announced: 1, Registered: 1}, 0, true},
		"one refused": {keep(registered(3), "Refused.", 1), leave.Standing{Announced: 3, Registered: 2}, 1, false},
		"one missing": {miss(registered(3), 2), leave.Standing{Announced: 3, Registered: 2}, 1, false},
		"none is":     {keep(registered(2), "", 0, 1), leave.Standing{Announced: 2}, 2, false},
		"unlisted":    {unlisted, leave.Standing{Announced: 5, Registered: 3, Unlisted: 2}, 0, false},
		"nothing":     {leave.Order{}, leave.Standing{}, 0, false},
	} {
		got, err := leave.Judge(tt.order)
		kept := len(got.Kept)
		got.Kept = nil
		if diff := cmp.Diff(tt.want, got); err != nil || diff != "" || kept != tt.kept {
			t.Errorf("%s: %v, %d kept (-want +got):\n%s", name, err, kept, diff)
		}
		got.Kept = make([]leave.Box, kept)
		if got.MayLeave() != tt.may {
			t.Errorf("%s: may leave: %t", name, got.MayLeave())
		}
	}
	if (leave.Standing{}).MayLeave() {
		t.Error("nothing may leave")
	}
}

// broken are orders that contradict themselves.
func broken() map[string]struct {
	order leave.Order
	want  leave.OrderError
} {
	change := func(f func(*leave.Order)) leave.Order {
		o := registered(3)
		f(&o)
		return o
	}
	box := func(f func(*leave.Box)) leave.Order { return change(func(o *leave.Order) { f(&o.Boxes[2]) }) }
	type row = struct {
		order leave.Order
		want  leave.OrderError
	}
	return map[string]row{
		"fewer announced":     {change(func(o *leave.Order) { o.Announced = 2 }), leave.OrderError{Fault: leave.MoreBoxes, Box: -1}},
		"below zero":          {leave.Order{Announced: -1}, leave.OrderError{Fault: leave.MoreBoxes, Box: -1}},
		"nobody's":            {change(func(o *leave.Order) { o.Customer = "" }), leave.OrderError{Fault: leave.NoCustomer, Box: -1}},
		"number":              {box(func(b *leave.Box) { b.Number = -1 }), leave.OrderError{Fault: leave.BadNumber, Box: 2}},
		"never scanned":       {box(func(b *leave.Box) { b.Number = 0 }), leave.OrderError{Fault: leave.NeverScanned, Box: 2}},
		"no identity":         {box(func(b *leave.Box) { b.PKID, b.Model = "", "" }), leave.OrderError{Fault: leave.NoIdentity, Box: 2}},
		"lost zeros":          {box(func(b *leave.Box) { b.PKID = "12347" }), leave.OrderError{Fault: leave.BadPKID, Box: 2}},
		"registered, but why": {box(func(b *leave.Box) { b.Why = "Refused." }), leave.OrderError{Fault: leave.WithReason, Box: 2}},
		"one PKID twice": {box(func(b *leave.Box) { b.Device = autopilot.Device{PKID: "0000000012345", Serial: "X"} }), leave.OrderError{
			Fault: leave.Twice, Box: 2,
		}},
		"scanned and announced": {
			change(func(o *leave.Order) {
				o.Boxes[2] = leave.Box{Device: autopilot.Device{Serial: "5CG0000000"}}
			}), leave.OrderError{Fault: leave.Twice, Box: 2},
		},
		"two registered by one serial": {box(func(b *leave.Box) { b.PKID, b.Serial = "", "5CG0000001" }), leave.OrderError{
			Fault: leave.Twice, Box: 2,
		}},
	}
}

// TestBroken: what contradicts itself has neither word nor paper nor list.
func TestBroken(t *testing.T) {
	t.Parallel()
	for name, tt := range broken() {
		var out strings.Builder
		opts := options(t, "en", leave.A4)
		_, judged := leave.Judge(tt.order)
		_, paged := leave.Pages(tt.order, opts)
		_, listPaged := leave.RegisteredPages(tt.order, opts)
		_, listed := leave.WriteRegistered(&out, tt.order, leave.PDF, opts)
		_, contained := leave.Contents(tt.order)
		_, written := leave.WriteContents(&out, tt.order, "xlsx", opts)
		for i, err := range []error{judged, paged, listPaged, listed, contained, written, leave.Write(&out, tt.order, opts)} {
			got, ok := errors.AsType[*leave.OrderError](err)
			if !ok || *got != tt.want || !errors.Is(err, leave.ErrOrder) {
				t.Errorf("%s (%d): %v, want %v", name, i, err, &tt.want)
			}
		}
		if out.Len() > 0 {
			t.Errorf("%s: %d bytes were written", name, out.Len())
		}
	}
}

// TestTwins: devices that only look alike are two.
func TestTwins(t *testing.T) {
	t.Parallel()
	for _, twins := range [][2]autopilot.Device{
		{{PKID: "0000000000017", Serial: "S"}, {PKID: "0000000000024", Serial: "S"}},
		{{Serial: "S", Manufacturer: "HP"}, {Serial: "S", Manufacturer: "Dell"}},
		{{}, {}}, // two labels that nobody could read
	} {
		o := leave.Order{Announced: 2, Boxes: []leave.Box{{Device: twins[0], Number: 1}, {Device: twins[1], Number: 2}}}
		if s, err := leave.Judge(o); err != nil || len(s.Kept) != 2 {
			t.Errorf("%v: %v, %v", twins, s, err)
		}
	}
}

// TestKeptInOrder: by pallet as people count, boxes without one after, then what
// was never scanned.
func TestKeptInOrder(t *testing.T) {
	t.Parallel()
	want := []string{"P2 1", "P2 10", "P3 2", "P03 3", "P10 1", "P10a 1", "Q 1", " 4", " 5", "P1 0", "P2 0", " 0"}
	var o leave.Order
	for _, i := range rand.Perm(len(want)) {
		b := leave.Box{Device: autopilot.Device{Serial: fmt.Sprint("S", i)}}
		pallet, number, _ := strings.Cut(want[i], " ")
		b.Pallet = pallet
		if _, err := fmt.Sscan(number, &b.Number); err != nil {
			t.Fatal(err)
		}
		o.Boxes = append(o.Boxes, b)
	}
	o.Announced = len(o.Boxes)
	s, err := leave.Judge(o)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range s.Kept {
		got = append(got, fmt.Sprint(b.Pallet, " ", b.Number))
	}
	want[2], want[3] = "P03 3", "P3 2" // the same to people: as texts
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestWordFollowsFromNumbers makes orders at random. May leave is said exactly
// where every announced device is registered and there is one, and the paper says
// what Judge says.
func TestWordFollowsFromNumbers(t *testing.T) {
	t.Parallel()
	words := map[bool]string{true: "May leave", false: "Do not ship"}
	seen, printed := map[bool]int{}, map[bool]int{}
	for range 4000 {
		o := random()
		all := o.Announced > 0 && o.Announced == len(o.Boxes)
		for _, b := range o.Boxes {
			all = all && b.Registered
		}
		s, err := leave.Judge(o)
		if seen[all]++; err != nil || s.MayLeave() != all {
			t.Errorf("may leave: %t, want %t (%v): %+v", s.MayLeave(), all, err, o)
		}
		if printed[all] == 12 {
			continue
		}
		if got := word(t, o, printed[all]%2 == 0); got != words[all] {
			t.Errorf("%q, want %q: %+v", got, words[all], o)
		}
		printed[all]++
	}
	if seen[true] < 200 || seen[false] < 200 {
		t.Errorf("too few to tell: %v", seen)
	}
}

// random is an order of a few boxes, of which some keep it or are missing.
func random() leave.Order {
	o := registered(rand.IntN(7))
	for i := range o.Boxes {
		switch rand.IntN(12) {
		case 0:
			keep(o, "Refused.", i)
		case 1:
			miss(o, i)
		}
	}
	if rand.IntN(8) == 0 {
		o.Announced += rand.IntN(3)
	}
	return o
}

// word is the largest text of a paper.
func word(t *testing.T, o leave.Order, label bool) string {
	t.Helper()
	paper := leave.A4
	if label {
		paper = leave.Label
	}
	return strings.Join(largest(pages(t, o, options(t, "en", paper))[0]), " ")
}

func largest(p leave.Page) (texts []string) {
	most := 0.0
	for _, text := range p.Texts {
		most = max(most, text.Size)
	}
	for _, text := range p.Texts {
		if text.Size == most {
			texts = append(texts, text.Text)
		}
	}
	return texts
}
