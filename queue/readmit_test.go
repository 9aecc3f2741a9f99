package queue_test

import (
	"errors"
	"testing"

	"pkidstation/queue"
)

func TestARemovedBoxGoesToTheRightCustomer(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 2)
	for _, r := range p.removing() {
		if r.Entry == p.ids[0] {
			_, err := p.q.Removed(t.Context(), r.ID, "gone")
			p.must(err)
		}
	}
	act := queue.Act{By: "Léa", Reason: "it is Fabrik's"}
	if err := p.q.Assign(t.Context(), p.ids, fabrik, "FAB", act); !errors.Is(err, queue.ErrSent) {
		t.Errorf("while it is being removed: %v", err)
	}
	p.must(p.q.Assign(t.Context(), p.ids[:1], fabrik, "FAB", act))
	fresh := p.from(p.ids[0])
	if fresh.State != queue.Held || fresh.Reason != queue.Assigned || fresh.Customer != fabrik || fresh.GroupTag != "FAB" || fresh.Sent ||
		fresh.PKID != p.entry(p.ids[0]).PKID || fresh.DeviceID != "" || fresh.Plan != "" || !fresh.Done {
		t.Errorf("the new one: %+v", fresh)
	}
	if claimed, is := errors.AsType[*queue.ClaimedError](p.q.Assign(t.Context(), p.ids[:1], contoso, "STD", act)); !is || claimed.By.ID != fresh.ID {
		t.Errorf("assigned twice: %v", claimed)
	}
	p.must(p.q.Release(t.Context(), []string{fresh.ID}, act))
	if _, err := p.q.Plan(t.Context(), fabrik, "FAB", []string{fresh.ID}); err != nil {
		t.Errorf("it cannot go out: %v", err)
	}
	if e := p.entry(p.ids[0]); e.State != queue.Removed || e.Customer != contoso {
		t.Errorf("the old one: %+v", e)
	}
}

// from is the entry that was made of a removed one.
func (p planner) from(id string) (found queue.Entry) {
	p.Helper()
	for e, err := range p.q.List(p.Context(), queue.Filter{}) {
		p.must(err)
		if e.From == id {
			found = e
		}
	}
	return found
}
