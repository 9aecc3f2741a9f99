package queue_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/queuetest"
)

// ReadyWork says the same as DueAndLater, in numbers.
func TestReadyWorkSaysWhatDueAndLaterSay(t *testing.T) {
	t.Parallel()
	d, c := clocked(t)
	a := d.open(queue.Work{Customer: "a", GroupTag: "X"})
	b := d.open(queue.Work{Customer: "b"})
	for i := range 6 {
		c.set(noon().Add(time.Duration(i) * 10 * time.Minute))
		in := []queue.Reception{a, b}[i%2]
		if v, err := d.q.Capture(d.Context(), queue.Capture{Reception: in.ID, PKID: queuetest.PKID(i + 1)}); err != nil || v.Word != queue.Accepted {
			t.Fatal(v, err)
		}
	}
	if _, err := d.q.CloseReception(d.Context(), b.ID, ""); err != nil {
		t.Fatal(err)
	}
	for minute := range 130 {
		now := noon().Add(time.Duration(minute) * time.Minute)
		due, later, err := d.q.DueAndLater(d.Context(), now, time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		work, err := d.q.ReadyWork(d.Context(), now, time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := d.saidWork(work), d.saidDue(due, later); got != want {
			t.Fatalf("after %d minutes: %s, want %s", minute, got, want)
		}
	}
}

func (d *dock) open(w queue.Work) queue.Reception {
	d.Helper()
	r, err := d.q.OpenReception(d.Context(), w, "")
	if err != nil {
		d.Fatal(err)
	}
	return r
}

func (d *dock) saidWork(work []queue.ReadyWork) string {
	d.Helper()
	var due []queue.Group
	said := ""
	for _, w := range work {
		entries, err := d.q.EntriesAt(d.Context(), append(w.Due, 1<<40))
		if err != nil {
			d.Fatal(err)
		}
		if len(entries) > 0 {
			due = append(due, queue.Group{Customer: w.Customer, Tag: w.Tag, Entries: entries})
		}
		if w.Later > 0 {
			said += fmt.Sprintf(" %s later %d at %v", w.Customer, w.Later, w.NextDue.Sub(noon()))
		}
	}
	return saidGroups(due) + said
}

func (d *dock) saidDue(due, later []queue.Group) string {
	d.Helper()
	said := ""
	for _, g := range later {
		said += fmt.Sprintf(" %s later %d at %v", g.Customer, len(g.Entries), g.Entries[0].CapturedAt.Add(time.Hour).Sub(noon()))
	}
	return saidGroups(due) + said
}

// The heads of open plans have everything but the devices, of which they keep
// those that only a tuple names.
func TestOpenPlanHeads(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	ids := queuetest.Fill(t, q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, 3)
	p, err := q.Plan(t.Context(), contoso, "Dock", ids)
	if err != nil {
		t.Fatal(err)
	}
	if heads, err := q.OpenPlanHeads(t.Context()); err != nil || len(heads) != 1 || heads[0].ID != p.ID || heads[0].Open != 3 ||
		heads[0].Batch != p.Batch || len(heads[0].Entries)+len(heads[0].Devices)+len(heads[0].Tuples) != 0 {
		t.Errorf("heads: %+v, %v", heads, err)
	}
	if whole, err := q.PlanByID(t.Context(), p.ID); err != nil || len(whole.Entries) != 3 || len(whole.Devices) != 3 {
		t.Errorf("plan: %+v, %v", whole, err)
	}
	if _, err := q.PlanByID(t.Context(), "plan-99"); !errors.Is(err, queue.ErrNoPlan) {
		t.Errorf("a plan that is not there: %v", err)
	}
}

// A rejected entry goes again by its tuple, and the head of its plan says so.
func TestPlanHeadKeepsTuples(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	ids := queuetest.Fill(t, q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, 1)
	r, err := q.OpenReceptions(t.Context())
	if err != nil || len(r) != 0 {
		t.Fatal(r, err)
	}
	in, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso, GroupTag: "Dock"}, "")
	if err != nil {
		t.Fatal(err)
	}
	part := queue.Part{Reception: in.ID, Into: ids[0], Serial: "5CG4071QZ8", Model: "EliteBook", Maker: "HP"}
	if v, err := q.Attach(t.Context(), part); err != nil || v.Word != queue.Attached {
		t.Fatal(v, err)
	}
	p, err := q.Plan(t.Context(), contoso, "Dock", ids)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.Settle(t.Context(), p.ID, []queue.Outcome{{Entry: ids[0], Code: autopilot.CodeUnknownDevice}}); err != nil {
		t.Fatal(err)
	}
	if err := q.RetryByTuple(t.Context(), ids, queue.Act{By: "Ana"}); err != nil {
		t.Fatal(err)
	}
	work, err := q.ReadyWork(t.Context(), time.Now(), time.Hour)
	if err != nil || len(work) != 1 || len(work[0].Due) != 1 || work[0].Unfit != 0 {
		t.Fatalf("ready: %+v, %v", work, err)
	}
	if _, err := q.Plan(t.Context(), contoso, "Dock", ids); err != nil {
		t.Fatal(err)
	}
	heads, err := q.OpenPlanHeads(t.Context())
	want := autopilot.Device{Serial: "5CG4071QZ8", Manufacturer: "HP", Model: "EliteBook"}
	if err != nil || len(heads) != 1 || len(heads[0].Tuples) != 1 || heads[0].Tuples[0] != want {
		t.Errorf("heads: %+v, %v", heads, err)
	}
	if strings.Contains(fmt.Sprint(heads), string(queuetest.PKID(1))) {
		t.Error("the PKID went along")
	}
}
