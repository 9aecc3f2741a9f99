package queue_test

import (
	"errors"
	"strings"
	"testing"

	"pkidstation/queue"
)

// step goes one step further than read: "!yes" and "!no" answer the question
// about the box at hand, "!close" closes it, "!unread" says that it cannot be
// read (in place of the box at hand with "+" before), "!doubt" doubts all.
func (d *dock) step(r queue.Reception, step string) string {
	d.Helper()
	var v queue.Verdict
	var err error
	switch step {
	case "!yes":
		v, err = d.q.Confirm(d.Context(), d.last, queue.Act{By: "Ana"})
	case "!no":
		v, err = d.q.Strike(d.Context(), d.last, queue.Act{By: "Ana"})
	case "!close":
		var completed bool
		if v.Entry, completed, err = d.q.CloseBox(d.Context(), d.last, "Ana", true); err == nil && !completed {
			return "open"
		}
		v.Word = "complete"
	case "!unread", "+!unread":
		b := queue.Illegible{Reception: r.ID, By: "Ana"}
		if step[0] == '+' {
			b.Into = d.last
		}
		v, err = d.q.KeepUnreadable(d.Context(), b)
		d.last = v.Entry.ID
	case "!doubt":
		var held []queue.Entry
		held, err = d.q.Doubt(d.Context(), []string{d.last}, "Ana")
		v.Word = queue.Word(strings.Repeat("held", len(held)))
	case "L1": // a serial that proves its maker, with the model
		v, err = d.q.Attach(d.Context(), queue.Part{Reception: r.ID, Serial: "L1", Model: "20XW", Maker: "LENOVO", By: "Ana"})
		d.last = v.Entry.ID
	case "U1": // the same, by a keyboard that nobody has set
		read := queue.Read{Text: "U1", Unsure: true}
		v, err = d.q.Attach(d.Context(), queue.Part{Reception: r.ID, Serial: "L1", Model: "20XW", Maker: "LENOVO", Read: read, By: "Ana"})
		d.last = v.Entry.ID
	default:
		v = d.read(r, step)
	}
	if errors.Is(err, queue.ErrNoQuestion) {
		return "no question"
	}
	if err != nil {
		d.Fatalf("%s: %v", step, err)
	}
	return strings.TrimSuffix(said(v), " #0")
}

func TestBoxes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, steps, want string }{
		{"13 digits are the PKID", "P1? !yes", "held could-be-gtin #1, accepted #1"},
		{"and known by another serial", "P2 +S1 P1? +S1 !yes", "accepted #1, attached #1, held could-be-gtin #2, held conflict #2, no question"},
		{"they are not", "P1? !no P1?", "held could-be-gtin #1, ignored not-the-pkid #1, held could-be-gtin #2"},
		{"they are not, the serial waits", "S1 +P1? !no +P2", "attached #1, held could-be-gtin #1, ignored not-the-pkid #1, accepted #1"},
		{"nothing is asked", "P1 !yes !no", "accepted #1, no question, no question"},
		{"complete without PKID", "L1 !close !close", "attached #1, complete #1, open"},
		{"a serial alone", "S1 !close", "attached #1, open"},
		{"letters unsure", "U1 !close +P1", "attached #1, open, held layout-open #1"},
		{"with its PKID", "P1 !close", "accepted #1, open"},
		{"unreadable", "!unread +S1 +P1", "held unreadable #1, attached #1, accepted #1"},
		{"unreadable, the serial was read", "S1 +!unread +P1", "attached #1, held unreadable #1, accepted #1"},
		{"another box is unreadable", "P1 +!unread", "accepted #1, held unreadable #2"},
		{"in doubt", "P1 !doubt +S1 !doubt !doubt", "accepted #1, , attached #1, held, "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := newDock(t)
			r := d.reception(queue.Work{Customer: contoso, GroupTag: "STD"})
			var got []string
			for step := range strings.FieldsSeq(tt.steps) {
				got = append(got, d.step(r, step))
			}
			if all := strings.Join(got, ", "); all != tt.want {
				t.Errorf("%s\ngot  %s\nwant %s", tt.steps, all, tt.want)
			}
		})
	}
}

// TestWithoutCustomerNothingIsComplete and neither is what another box has too.
func TestWhatDoesNotComplete(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	none := d.reception(queue.Work{})
	d.step(none, "L1")
	if got := d.step(none, "!close"); got != "open" {
		t.Errorf("without customer: %s", got)
	}
	r := d.reception(queue.Work{Customer: contoso})
	d.step(r, "L1")
	if got := d.step(r, "!close"); got != "open" {
		t.Errorf("with a serial that another box has: %s", got)
	}
}

// TestCompleteIsSent: what stands for the PKID is what goes out.
func TestCompleteIsSent(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	r := d.reception(queue.Work{Customer: contoso, GroupTag: "STD"})
	d.step(r, "L1")
	d.step(r, "!close")
	p, err := d.q.Plan(t.Context(), contoso, "STD", []string{d.last})
	if err != nil || len(p.Devices) != 1 || p.Devices[0].Manufacturer != "LENOVO" || p.Devices[0].Model != "20XW" || p.Devices[0].Serial != "L1" {
		t.Errorf("planned %+v, %v", p, err)
	}
}

func TestPartNumber(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	r := d.reception(queue.Work{Customer: contoso})
	d.read(r, "P1")
	for _, number := range []string{"1AB23EA#ABF", "another"} {
		if err := d.q.AddPart(t.Context(), d.last, number, queue.Read{Text: number}, "Ana"); err != nil {
			t.Fatal(err)
		}
	}
	if e, err := d.q.Entry(t.Context(), d.last); err != nil || e.Part != "1AB23EA#ABF" || len(e.Reads) != 2 {
		t.Errorf("kept %+v, %v", e, err)
	}
}

func TestPallet(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	r := d.reception(queue.Work{Customer: contoso})
	d.read(r, "P1")
	if _, err := d.q.SetPallet(t.Context(), r.ID, "340123450000000000", "Ana"); err != nil {
		t.Fatal(err)
	}
	d.read(r, "P2")
	if _, err := d.q.SetPallet(t.Context(), r.ID, "", "Ana"); err != nil {
		t.Fatal(err)
	}
	d.read(r, "P3")
	var pallets []string
	for _, e := range list(d, queue.Filter{}) {
		pallets = append(pallets, e.Pallet)
	}
	if got := strings.Join(pallets, ","); got != ",340123450000000000," {
		t.Errorf("on pallets %q", got)
	}
}

func TestWorksOf(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	for _, work := range []queue.Work{
		{Customer: contoso, Order: "BL-1"}, {Customer: fabrik, Order: "BL-2"}, {Customer: contoso, GroupTag: "A", Order: "BL-2"}, {Order: "BL-3"}, {Customer: contoso},
	} {
		d.reception(work)
	}
	for order, n := range map[string]int{"BL-1": 1, "BL-2": 2, "BL-3": 0, "": 0, "BL-4": 0} {
		if works, err := d.q.WorksOf(t.Context(), order); err != nil || len(works) != n {
			t.Errorf("%q: %v, %v", order, works, err)
		}
	}
}
