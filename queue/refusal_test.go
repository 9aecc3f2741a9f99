package queue_test

import (
	"errors"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// TestBrokenUTF8: names typed on a Latin-1 terminal and codes that are no
// UTF-8 are kept, found again, and leave the audit chain and indexes whole.
func TestBrokenUTF8(t *testing.T) {
	t.Parallel()
	q := open(t)
	const lea = "L\xe9a"
	work := queue.Work{Customer: contoso, GroupTag: "TAG", Order: "commande \xe0 part"}
	r, err := q.OpenReception(t.Context(), work, lea)
	if err != nil {
		t.Fatal(err)
	}
	v, err := q.Attach(t.Context(), queue.Part{Reception: r.ID, Serial: "S\xff1", Read: queue.Read{Text: "S\xff1"}, By: lea})
	if err != nil {
		t.Fatal(err)
	}
	if again, err := q.Attach(t.Context(), queue.Part{Reception: r.ID, Serial: "S\xff1", By: lea}); err != nil || again.Entry.ID != v.Entry.ID {
		t.Errorf("its serial is not found again: %+v, %v", again, err)
	}
	if err := q.Discard(t.Context(), []string{v.Entry.ID}, queue.Act{By: lea, Reason: "abim\xe9"}); err != nil {
		t.Fatal(err)
	}
	if again, err := q.OpenReception(t.Context(), work, lea); err != nil || again.ID != r.ID {
		t.Errorf("the same work opened another reception: %v", err)
	}
	if _, err := q.CloseReception(t.Context(), r.ID, lea); err != nil {
		t.Fatal(err)
	}
	if next, err := q.OpenReception(t.Context(), work, lea); err != nil || next.ID == r.ID || !next.Open() {
		t.Errorf("after closing: %+v, %v", next, err)
	}
	sound(t, q)
}

// TestWhatIsNoPKIDIsNotStored: a green tick for a box without a PKID would
// never arrive.
func TestWhatIsNoPKIDIsNotStored(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	r := d.reception(queue.Work{Customer: contoso})
	for text, want := range map[autopilot.PKID]error{
		"": autopilot.ErrPKIDShape, "330512345678": autopilot.ErrPKIDShape, "ABCDE-FGHIJ-KLMNO": autopilot.ErrPKIDShape, "7777777777777": autopilot.ErrPKIDAllEqual,
	} {
		v, err := d.q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: text, By: "Ana"})
		if !errors.Is(err, want) || v.Word != "" {
			t.Errorf("%q gave %+v, %v", text, v, err)
		}
	}
	if all := list(d, queue.Filter{}); len(all) != 0 {
		t.Errorf("stored %+v", all)
	}
}

// TestAssignNeedsACustomer: what is ready must never lose its customer.
func TestAssignNeedsACustomer(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	e := d.read(d.reception(queue.Work{Customer: contoso}), "P1").Entry
	if err := d.q.Assign(t.Context(), []string{e.ID}, "", "TAG", queue.Act{By: "Léa"}); !errors.Is(err, queue.ErrNoCustomer) {
		t.Errorf("gave %v", err)
	}
	if now, err := d.q.Entry(t.Context(), e.ID); err != nil || now.Customer != contoso {
		t.Errorf("it is %q's now, %v", now.Customer, err)
	}
}
