package queue_test

import (
	"errors"
	"testing"

	"pkidstation/queue"
)

func (p planner) exported() {
	p.Helper()
	p.must(p.q.Exported(p.Context(), p.ids, "STD", queue.Act{By: "Ana"}))
}

func TestConfirmExport(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 2)
	p.must(p.q.SetCustomer(t.Context(), queue.CustomerSetting{ID: contoso, Profile: "p1"}, queue.Act{}))
	p.exported()
	act := queue.Act{By: "Léa", Reason: "file of 10:00"}
	settled, err := p.q.ConfirmExport(t.Context(), []queue.Outcome{
		{Entry: p.ids[0], Registered: true, Reason: queue.AlreadyThere}, {Entry: p.ids[1], Code: "808", Answer: "ZtdDeviceAssignedToOtherTenant"},
	}, act)
	if err != nil || len(settled) != 2 {
		t.Fatalf("settled: %+v, %v", settled, err)
	}
	if e := p.entry(p.ids[0]); e.State != queue.Registered || e.Reason != queue.ConfirmedByHand || e.Batch != "STD" || e.Profile.State != "" {
		t.Errorf("taken: %+v", e)
	}
	if e := p.entry(p.ids[1]); e.State != queue.Rejected || e.Reason != "" || e.Code != "808" {
		t.Errorf("refused: %+v", e)
	}
	lines, err := p.q.History(t.Context(), p.ids[1])
	if last := lines[len(lines)-1]; err != nil || last.By != "Léa" || last.Action != queue.ActionSettle || last.Note != "808 ZtdDeviceAssignedToOtherTenant file of 10:00" {
		t.Errorf("whose word it is: %+v, %v", last, err)
	}
	if m, err := p.q.Marks(t.Context()); err != nil || m != (queue.Marks{ByHand: 1}) {
		t.Errorf("marks: %+v, %v", m, err)
	}
	p.must(p.q.Retry(t.Context(), p.ids[1:], act))
	made, err := p.q.Remove(t.Context(), p.ids[:1], true, wrongCustomer())
	if err != nil || made[0].DeviceID != "" {
		t.Errorf("what a person confirmed can be taken back: %+v, %v", made, err)
	}
}

func TestConfirmExportIsAllOrNone(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 2)
	p.must(p.q.Exported(t.Context(), p.ids[:1], "STD", queue.Act{By: "Ana"}))
	act := queue.Act{By: "Léa"}
	both := []queue.Outcome{{Entry: p.ids[0], Registered: true}, {Entry: p.ids[1], Registered: true}}
	if _, err := p.q.ConfirmExport(t.Context(), both, act); !isWay(err) {
		t.Errorf("of one that is in no file: %v", err)
	}
	if e := p.entry(p.ids[0]); e.State != queue.Exported {
		t.Errorf("half of it was done: %s", e.State)
	}
	if _, err := p.q.ConfirmExport(t.Context(), []queue.Outcome{{Entry: "nobody"}}, act); !errors.Is(err, queue.ErrNoEntry) {
		t.Errorf("nobody's: %v", err)
	}
	if _, err := p.q.ConfirmExport(t.Context(), both[:1], act); err != nil {
		t.Error(err)
	}
	if _, err := p.q.ConfirmExport(t.Context(), both[:1], act); !isWay(err) {
		t.Errorf("twice: %v", err)
	}
}
