package queue_test

import (
	"errors"
	"testing"
	"time"

	"pkidstation/queue"
)

func TestRelease(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	none := d.read(d.reception(queue.Work{}), "P1").Entry
	act := queue.Act{By: "Léa", Reason: "checked"}
	if err := d.q.Release(t.Context(), []string{none.ID}, act); !errors.Is(err, queue.ErrNoCustomer) {
		t.Errorf("without a customer: %v", err)
	}
	if err := d.q.Assign(t.Context(), []string{none.ID}, contoso, "STD", act); err != nil {
		t.Fatal(err)
	}
	if e, err := d.q.Entry(t.Context(), none.ID); err != nil || e.State != queue.Held || e.Reason != queue.Assigned {
		t.Errorf("assigned: %s %s %v", e.State, e.Reason, err)
	}
	if err := d.q.Release(t.Context(), []string{none.ID}, act); err != nil {
		t.Fatal(err)
	}
	if err := d.q.Release(t.Context(), []string{none.ID}, act); !isWay(err) {
		t.Errorf("released twice: %v", err)
	}
	box := d.read(d.reception(queue.Work{Customer: contoso}), "S1").Entry
	if err := d.q.Release(t.Context(), []string{box.ID}, act); !errors.Is(err, queue.ErrNoIdentity) {
		t.Errorf("without a PKID: %v", err)
	}
	lines, err := d.q.History(t.Context(), none.ID)
	if err != nil || len(lines) != 3 || lines[2].By != "Léa" || lines[2].Note != "checked" || lines[2].From != queue.Held || lines[2].To != queue.Ready {
		t.Errorf("history: %+v, %v", lines, err)
	}
}

func isWay(err error) bool {
	_, ok := errors.AsType[*queue.WayError](err)
	return ok
}

func TestOnlyOneOfAPKIDGoesOn(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	first := d.read(d.reception(queue.Work{Customer: contoso}), "P1").Entry
	second := d.read(d.reception(queue.Work{Customer: fabrik}), "P1").Entry
	act := queue.Act{By: "Léa"}
	if err := d.q.Release(t.Context(), []string{second.ID}, act); err != nil {
		t.Fatalf("the first is held, the second may go: %v", err)
	}
	err := d.q.Release(t.Context(), []string{first.ID}, act)
	if claimed, ok := errors.AsType[*queue.ClaimedError](err); !ok || claimed.By.ID != second.ID {
		t.Errorf("both went on: %v", err)
	}
	if err := d.q.Discard(t.Context(), []string{second.ID}, act); err != nil {
		t.Fatal(err)
	}
	if err := d.q.Release(t.Context(), []string{first.ID}, act); err != nil {
		t.Errorf("after the discard: %v", err)
	}
}

func TestAllOrNone(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	r := d.reception(queue.Work{Customer: contoso})
	ready, held := d.read(r, "P1").Entry, d.read(r, "P2?").Entry
	if err := d.q.Hold(t.Context(), []string{ready.ID, held.ID}, queue.Act{}); !isWay(err) {
		t.Fatalf("holding what is held: %v", err)
	}
	if e, err := d.q.Entry(t.Context(), ready.ID); err != nil || e.State != queue.Ready {
		t.Errorf("half of it was done: %s %v", e.State, err)
	}
}

func TestPrinciple9Undo(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	if _, err := d.q.Undo(t.Context(), "", queue.Act{By: "Ana"}); !errors.Is(err, queue.ErrNothingToUndo) {
		t.Errorf("an empty queue: %v", err)
	}
	r := d.reception(queue.Work{Customer: contoso, GroupTag: "STD"})
	d.read(r, "P1")
	d.read(r, "P2")
	for want := 2; want > 0; want-- {
		e, err := d.q.Undo(t.Context(), r.ID, queue.Act{By: "Ana"})
		if err != nil || e.Number != want || e.State != queue.Discarded {
			t.Errorf("undo gave #%d %s, %v", e.Number, e.State, err)
		}
	}
	sent := d.read(r, "P3").Entry
	if _, err := d.q.Plan(t.Context(), contoso, "STD", []string{sent.ID}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.q.Undo(t.Context(), r.ID, queue.Act{By: "Ana"}); !isWay(err) {
		t.Errorf("undo of what may be sent: %v", err)
	}
}

func TestDue(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	r := d.reception(queue.Work{Customer: contoso})
	d.read(r, "P1")
	d.read(r, "P2?")
	now := time.Now()
	groups, err := d.q.Due(t.Context(), now, time.Hour)
	if err != nil || len(groups) != 0 {
		t.Errorf("an open reception is due: %+v %v", groups, err)
	}
	if groups, err = d.q.Due(t.Context(), now.Add(2*time.Hour), time.Hour); err != nil || len(groups) != 1 || len(groups[0].Entries) != 1 {
		t.Errorf("after the time: %+v %v", groups, err)
	}
	if next, err := d.q.NextDue(t.Context(), now, time.Hour); err != nil || next.Before(now) {
		t.Errorf("next due %v %v", next, err)
	}
	if _, err := d.q.CloseReception(t.Context(), r.ID, "Ana"); err != nil {
		t.Fatal(err)
	}
	if err := d.q.SetCustomer(t.Context(), queue.CustomerSetting{ID: contoso, Name: "Contoso", GroupTag: "STD"}, queue.Act{}); err != nil {
		t.Fatal(err)
	}
	groups, err = d.q.Due(t.Context(), now, time.Hour)
	if err != nil || len(groups) != 1 || groups[0].Tag != "STD" || groups[0].Customer != contoso {
		t.Errorf("closed: %+v %v", groups, err)
	}
}
