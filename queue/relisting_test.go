package queue_test

import (
	"errors"
	"testing"

	"pkidstation/queue"
)

// What a batch of ours lists was registered by us after all: the mark goes, and
// the registration can be taken back. Everything else stays as it is.
func TestListedAfterAll(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 4)
	made := p.plan()
	_, err := p.q.Settle(t.Context(), made.ID, []queue.Outcome{
		{Entry: made.Entries[0], Registered: true, Code: "806", Reason: queue.AlreadyThere},
		{Entry: made.Entries[1], Registered: true, Code: "806", Reason: queue.AlreadyThere},
		{Entry: made.Entries[2], Registered: true, DeviceID: "own"},
		{Entry: made.Entries[3], Code: "808"},
	})
	p.must(err)
	found := []queue.Outcome{
		{Entry: made.Entries[0], Registered: true, DeviceID: "listed", Batch: "Berlin"},
		{Entry: made.Entries[2], Registered: true, DeviceID: "other", Batch: "Berlin"},
		{Entry: made.Entries[3], Registered: true, DeviceID: "other", Batch: "Berlin"},
	}
	p.must(p.q.ListedAfterAll(t.Context(), found))
	e := p.entry(made.Entries[0])
	if e.State != queue.Registered || e.Reason != "" || e.DeviceID != "listed" || e.Batch != "Berlin" || e.Code != "806" {
		t.Errorf("listed: %+v", e)
	}
	lines, err := p.q.History(t.Context(), e.ID)
	p.must(err)
	last := lines[len(lines)-1]
	if last.By != "uploader" || last.Action != queue.ActionOutcome || last.From != queue.Registered || last.To != queue.Registered || last.Note == "" {
		t.Errorf("the story: %+v", last)
	}
	before := len(lines)
	p.must(p.q.ListedAfterAll(t.Context(), found)) // again: there is no mark any more
	if lines, err = p.q.History(t.Context(), e.ID); err != nil || len(lines) != before {
		t.Errorf("%d lines after the second time, %v", len(lines), err)
	}
	if e := p.entry(made.Entries[1]); e.Reason != queue.AlreadyThere {
		t.Errorf("not listed: %+v", e)
	}
	if e := p.entry(made.Entries[2]); e.DeviceID != "own" || e.Batch != "STD" {
		t.Errorf("never marked: %+v", e)
	}
	if e := p.entry(made.Entries[3]); e.State != queue.Rejected || e.DeviceID != "" {
		t.Errorf("refused: %+v", e)
	}
	if m, err := p.q.Marks(t.Context()); err != nil || m.AlreadyThere != 1 {
		t.Errorf("marks: %+v, %v", m, err)
	}
	removals, err := p.q.Remove(t.Context(), made.Entries[:1], false, wrongCustomer())
	if err != nil || removals[0].DeviceID != "listed" || removals[0].Batch != "Berlin" {
		t.Errorf("taken back: %+v, %v", removals, err)
	}
	if err := p.q.ListedAfterAll(t.Context(), []queue.Outcome{{Entry: "nobody"}}); !errors.Is(err, queue.ErrNoEntry) {
		t.Errorf("nobody's: %v", err)
	}
	sound(t, p.q)
}
