package queue_test

import (
	"errors"
	"testing"

	"pkidstation/queue"
)

// TestReviewPolicies captures the same under each policy.
func TestReviewPolicies(t *testing.T) {
	t.Parallel()
	for policy, want := range map[queue.ReviewPolicy]map[string]string{
		queue.ReviewExceptions: {
			"plain": "accepted", "could-be-gtin": "held could-be-gtin", "typed-by-hand": "held typed-by-hand", "layout-open": "held layout-open",
			"by-person": "held by-person", "no customer": "held no-customer", "another's": "held other-customer", "conflict": "held conflict", "tuple": "ready",
		},
		queue.ReviewAll: {
			"plain": "held review", "could-be-gtin": "held could-be-gtin", "typed-by-hand": "held typed-by-hand", "layout-open": "held layout-open",
			"by-person": "held by-person", "no customer": "held no-customer", "another's": "held other-customer", "conflict": "held conflict", "tuple": "held review",
		},
		queue.ReviewNone: {
			"plain": "accepted", "could-be-gtin": "accepted", "typed-by-hand": "accepted", "layout-open": "accepted",
			"by-person": "held by-person", "no customer": "held no-customer", "another's": "held other-customer", "conflict": "held conflict", "tuple": "ready",
		},
	} {
		t.Run(string(policy), func(t *testing.T) {
			t.Parallel()
			d := newDock(t)
			if err := d.q.SetReview(t.Context(), policy, queue.Act{By: "Léa"}); err != nil {
				t.Fatal(err)
			}
			for name, verdict := range d.underPolicy() {
				if verdict != want[name] {
					t.Errorf("%s: %s, want %s", name, verdict, want[name])
				}
			}
		})
	}
}

// TestReviewHoldsWhatIsTakenIn: the policy of the station that takes in counts, not
// the other's.
func TestReviewHoldsWhatIsTakenIn(t *testing.T) {
	t.Parallel()
	w := twoStations(t)
	must(t, w.there.SetReview(t.Context(), queue.ReviewAll, queue.Act{By: "Zoé"}))
	w.read(w.reception(queue.Work{Customer: contoso, GroupTag: "STD"}), "P1")
	_, file := w.over(queue.Departure{})
	if got, _ := w.taken(file); got.Taken != 1 || got.Held != 1 {
		t.Errorf("%+v", got)
	}
	for _, e := range listed(t, w.there) {
		if e.State != queue.Held || e.Reason != queue.ForReview {
			t.Errorf("%s %s", e.State, e.Reason)
		}
	}
}

// underPolicy captures each kind of box.
func (d *dock) underPolicy() map[string]string {
	d.Helper()
	said := map[string]string{}
	n := 0
	capture := func(name string, work queue.Work, c queue.Capture) queue.Entry {
		d.Helper()
		if n++; c.PKID == "" {
			c.PKID = pkid(n)
		}
		c.Reception, c.By = d.reception(work).ID, "Ana"
		v, err := d.q.Capture(d.Context(), c)
		if err != nil {
			d.Fatal(err)
		}
		if said[name] = string(v.Word); v.Reason != "" {
			said[name] += " " + string(v.Reason)
		}
		return v.Entry
	}
	work := queue.Work{Customer: contoso}
	first := capture("plain", work, queue.Capture{})
	for _, hold := range []queue.Reason{queue.CouldBeGTIN, queue.TypedByHand, queue.LayoutOpen, queue.ByPerson} {
		capture(string(hold), work, queue.Capture{Hold: hold})
	}
	capture("no customer", queue.Work{}, queue.Capture{})
	capture("another's", queue.Work{Customer: fabrik}, queue.Capture{PKID: first.PKID})
	capture("conflict", work, queue.Capture{Doubt: true})
	if e, err := d.q.Entry(d.Context(), first.ID); err != nil || e.State != queue.Held || e.Reason != queue.OtherCustomer {
		d.Errorf("what collides with another's is %s %s, %v", e.State, e.Reason, err)
	}
	box, err := d.q.Attach(d.Context(), queue.Part{Reception: d.reception(work).ID, Serial: "S1", Maker: "HP", Model: "M", By: "Ana"})
	if err != nil {
		d.Fatal(err)
	}
	e, _, err := d.q.CloseBox(d.Context(), box.Entry.ID, "Ana", true)
	if err != nil {
		d.Fatal(err)
	}
	if said["tuple"] = string(e.State); e.Reason != "" {
		said["tuple"] += " " + string(e.Reason)
	}
	return said
}

// Under all, what waits is let go by a release, and a serial that joins the box
// afterwards changes nothing.
func TestReviewedBoxesAreReleased(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	if err := d.q.SetReview(t.Context(), queue.ReviewAll, queue.Act{By: "Léa"}); err != nil {
		t.Fatal(err)
	}
	r := d.reception(queue.Work{Customer: contoso})
	e := d.read(r, "P1").Entry
	if v := d.read(r, "+S1"); v.Word != queue.Attached || v.Entry.Reason != queue.ForReview {
		t.Errorf("a serial: %s", said(v))
	}
	if v := d.read(r, "P1"); v.Word != queue.Seen {
		t.Errorf("again: %s", said(v))
	}
	if err := d.q.Release(t.Context(), []string{e.ID}, queue.Act{By: "Léa"}); err != nil {
		t.Fatal(err)
	}
	if e, err := d.q.Entry(t.Context(), e.ID); err != nil || e.State != queue.Ready || e.Reason != "" {
		t.Errorf("released: %s %s, %v", e.State, e.Reason, err)
	}
	if err := d.q.SetReview(t.Context(), "sometimes", queue.Act{}); !errors.Is(err, queue.ErrNoPolicy) {
		t.Errorf("no policy: %v", err)
	}
	lines := auditOf(t, d.q)
	if lines[0].Action != queue.ActionReview || lines[0].Note != "all" || lines[0].By != "Léa" {
		t.Errorf("audit: %+v", lines[0])
	}
}
