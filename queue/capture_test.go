package queue_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

const (
	contoso = "11111111-aaaa-4aaa-8aaa-111111111111"
	fabrik  = "22222222-bbbb-4bbb-8bbb-222222222222"
)

func contextOfCleanup() context.Context { return context.Background() }

// dock reads codes into receptions and writes verdicts down as words.
type dock struct {
	*testing.T
	q    *queue.Queue
	work map[string]queue.Reception
	// last is the entry of the box at hand.
	last string
}

func newDock(t *testing.T) *dock {
	t.Helper()
	return &dock{T: t, q: open(t), work: map[string]queue.Reception{}}
}

func (d *dock) reception(work queue.Work) queue.Reception {
	d.Helper()
	r, err := d.q.OpenReception(d.Context(), work, "Ana")
	if err != nil {
		d.Fatal(err)
	}
	return r
}

func pkid(n int) autopilot.PKID { return autopilot.PKID(fmt.Sprintf("33051234%05d", n)) }

// read takes one step of a script: "P1" is PKID 1, "S7" serial 7, "M2" model
// 2; "+" before it puts it into the box at hand; "?" behind a PKID is doubt.
func (d *dock) read(r queue.Reception, step string) queue.Verdict {
	d.Helper()
	into := ""
	code, joins := strings.CutPrefix(step, "+")
	if joins {
		into = d.last
	}
	code, doubt := strings.CutSuffix(code, "?")
	read := queue.Read{Text: code, Source: "script"}
	var v queue.Verdict
	var err error
	if n, ok := strings.CutPrefix(code, "P"); ok {
		c := queue.Capture{Reception: r.ID, Into: into, PKID: "330512340000" + autopilot.PKID(n), Read: read, By: "Ana"}
		if doubt {
			c.Hold = queue.CouldBeGTIN
		}
		v, err = d.q.Capture(d.Context(), c)
	} else {
		p := queue.Part{Reception: r.ID, Into: into, Read: read, By: "Ana"}
		if strings.HasPrefix(code, "S") {
			p.Serial = code
		} else {
			p.Model = code
		}
		v, err = d.q.Attach(d.Context(), p)
	}
	if err != nil {
		d.Fatalf("reading %s: %v", step, err)
	}
	if v.Entry.ID != "" {
		d.last = v.Entry.ID
	}
	return v
}

func said(v queue.Verdict) string {
	s := string(v.Word)
	if v.Reason != "" {
		s += " " + string(v.Reason)
	}
	return fmt.Sprintf("%s #%d", s, v.Entry.Number)
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	a := queue.Work{Customer: contoso, GroupTag: "STD", Order: "BL-1"}
	otherOrder, otherTag := a, a
	otherOrder.Order, otherTag.GroupTag = "BL-2", "KIOSK"
	type step struct {
		work queue.Work
		code string
		want string
	}
	for _, tt := range []struct {
		name  string
		steps []step
	}{
		{"a new box is accepted, a second read is seen", []step{{a, "P1", "accepted #1"}, {a, "P2", "accepted #2"}, {a, "P1", "seen ready #1"}}},
		{"without a customer it is held", []step{{queue.Work{}, "P1", "held no-customer #1"}, {queue.Work{}, "P1", "seen held #1"}}},
		{"known for another customer", []step{{a, "P1", "accepted #1"}, {queue.Work{Customer: fabrik}, "P1", "held other-customer #1"}}},
		{"known for another order", []step{{a, "P1", "accepted #1"}, {otherOrder, "P1", "held other-customer #1"}}},
		{"known for another tag", []step{{a, "P1", "accepted #1"}, {otherTag, "P1", "held other-customer #1"}}},
		{"in doubt it is held", []step{{a, "P1?", "held could-be-gtin #1"}, {a, "P1?", "seen held #1"}}},
		{"serial after PKID", []step{{a, "P1", "accepted #1"}, {a, "+S1", "attached #1"}, {a, "+S1", "seen ready #1"}}},
		{"serial before PKID", []step{{a, "S1", "attached #1"}, {a, "+P1", "accepted #1"}, {a, "+M1", "attached #1"}}},
		{"serial read again alone", []step{{a, "S1", "attached #1"}, {a, "+P1", "accepted #1"}, {a, "S1", "seen ready #1"}}},
		{"two serials for one PKID", []step{{a, "P1", "accepted #1"}, {a, "+S1", "attached #1"}, {a, "P1", "seen ready #1"}, {a, "+S2", "held conflict #1"}}},
		{"two PKIDs for one serial", []step{{a, "P1", "accepted #1"}, {a, "+S1", "attached #1"}, {a, "P2", "accepted #2"}, {a, "+S1", "held conflict #2"}}},
		{"a box opened by its serial was here already", []step{{a, "P1", "accepted #1"}, {a, "S1", "attached #2"}, {a, "+P1", "seen ready #1"}}},
		{"a box opened by another serial was here already", []step{{a, "P1", "accepted #1"}, {a, "+S1", "attached #1"}, {a, "S2", "attached #2"}, {a, "+P1", "held conflict #2"}}},
		{"a box opened by the serial of another PKID was here already", []step{
			{otherOrder, "P2", "accepted #1"}, {otherOrder, "+S1", "attached #1"}, {a, "P1", "accepted #1"}, {a, "S1", "attached #2"}, {a, "+P1", "held conflict #1"},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := newDock(t)
			for i, s := range tt.steps {
				if got := said(d.read(d.reception(s.work), s.code)); got != s.want {
					t.Errorf("step %d, %s: got %q, want %q", i+1, s.code, got, s.want)
				}
			}
		})
	}
}

func TestConflictHoldsTheFirstWhileReady(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	first := d.read(d.reception(queue.Work{Customer: contoso}), "P1").Entry
	second := d.read(d.reception(queue.Work{Customer: fabrik}), "P1")
	if second.Other.ID != first.ID || second.Entry.Other != first.ID {
		t.Errorf("the verdict does not name the first: %+v", second)
	}
	now, err := d.q.Entry(t.Context(), first.ID)
	if err != nil || now.State != queue.Held || now.Reason != queue.OtherCustomer || now.Other != second.Entry.ID {
		t.Errorf("the first is %s %s (%v)", now.State, now.Reason, err)
	}
}

func TestATryIsNeverDoubled(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	r := d.reception(queue.Work{Customer: contoso})
	c := queue.Capture{ID: "fixed-before-the-first-try", Reception: r.ID, PKID: pkid(1), By: "Ana"}
	for range 3 {
		v, err := d.q.Capture(t.Context(), c)
		if err != nil || v.Word != queue.Accepted || v.Entry.Number != 1 {
			t.Fatalf("got %+v, %v", v, err)
		}
	}
	if n := len(list(d, queue.Filter{})); n != 1 {
		t.Errorf("%d entries", n)
	}
}

func TestTheGoneDoNotBlock(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	r := d.reception(queue.Work{Customer: contoso})
	d.read(r, "P1")
	if _, err := d.q.Undo(t.Context(), r.ID, queue.Act{By: "Ana"}); err != nil {
		t.Fatal(err)
	}
	if got := said(d.read(r, "P1")); got != "accepted #2" {
		t.Errorf("after the undo: %q", got)
	}
}

func TestAClosedReceptionTakesNothing(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	r := d.reception(queue.Work{Customer: contoso})
	if again := d.reception(queue.Work{Customer: contoso}); again.ID != r.ID {
		t.Errorf("the same work opened a second reception")
	}
	closed, err := d.q.CloseReception(t.Context(), r.ID, "Ana")
	if err != nil || closed.Open() || closed.ClosedBy != "Ana" {
		t.Fatalf("closing gave %+v, %v", closed, err)
	}
	if _, err := d.q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: pkid(1)}); err == nil {
		t.Error("a closed reception took a capture")
	}
	if next := d.reception(queue.Work{Customer: contoso}); next.ID == r.ID {
		t.Error("the closed reception was opened again")
	}
}

func list(d *dock, f queue.Filter) []queue.Entry {
	d.Helper()
	var all []queue.Entry
	for e, err := range d.q.List(d.Context(), f) {
		if err != nil {
			d.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

// TestNewIDsFollow: each ID comes after those before, also within a millisecond.
func TestNewIDsFollow(t *testing.T) {
	t.Parallel()
	before := queue.NewID()
	for range 1000 {
		id := queue.NewID()
		if _, err := uuid.Parse(id); err != nil || id <= before {
			t.Fatalf("%s after %s: %v", id, before, err)
		}
		before = id
	}
}
