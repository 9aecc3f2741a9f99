package queue_test

import (
	"errors"
	"strings"
	"testing"

	"pkidstation/queue"
)

// TestTakeOnSite: what Microsoft refused becomes a person's; what has no answer
// yet does not, nor anything with it.
func TestTakeOnSite(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 2)
	p.settled(queue.Outcome{Registered: true})
	made, err := p.q.Remove(t.Context(), p.ids, false, wrongCustomer())
	p.must(err)
	for _, r := range made {
		_, err = p.q.AttemptRemoval(t.Context(), r.ID, queue.RemovalStep{RequestID: "one"})
		p.must(err)
	}
	refused := queue.RemovalStep{Note: queue.OtherParty, Code: "811", Answer: "no", Person: true}
	_, err = p.q.WaitRemoval(t.Context(), made[0].ID, refused)
	p.must(err)
	act := queue.Act{By: "Ana", Reason: "by hand"}
	if err := p.q.TakeOnSite(t.Context(), p.ids, act); !errors.Is(err, queue.ErrInDoubt) {
		t.Fatalf("in doubt: %v", err)
	}
	p.must(p.q.TakeOnSite(t.Context(), []string{made[0].Entry}, act))
	open, err := p.q.OpenRemovals(t.Context())
	p.must(err)
	if r := open[0]; !r.OnSite || r.Note != queue.OnTheSite || !r.Person || r.Code != "811" || r.Answer != "no" || open[1].OnSite {
		t.Errorf("%+v", open)
	}
	lines, err := p.q.History(t.Context(), made[0].Entry)
	if last := lines[len(lines)-1]; err != nil || last.By != "Ana" || last.Note != "by hand" || last.Reason != queue.OnTheSite {
		t.Errorf("%+v, %v", last, err)
	}
	if _, err := p.q.AttemptRemoval(t.Context(), made[0].ID, queue.RemovalStep{RequestID: "two"}); !errors.Is(err, queue.ErrPlanMoved) {
		t.Errorf("the uploader: %v", err)
	}
	if _, err := p.q.WaitRemoval(t.Context(), made[0].ID, refused); !errors.Is(err, queue.ErrPlanMoved) {
		t.Errorf("the uploader: %v", err)
	}
	p.must(p.q.RemovedOnSite(t.Context(), []string{made[0].Entry}, act))
	p.must(p.q.Assign(t.Context(), []string{made[0].Entry}, "fabrikam.example", "", queue.Act{By: "Ana", Reason: "theirs"}))
	for e, err := range p.q.List(t.Context(), queue.Filter{States: []queue.State{queue.Held}}) {
		p.must(err)
		lines, err := p.q.History(t.Context(), e.ID)
		if err != nil || len(lines) != 2 || !strings.HasPrefix(lines[1].Note, "from box ") || !strings.HasSuffix(lines[1].Note, ": theirs") {
			t.Errorf("the new entry: %+v, %v", lines, err)
		}
		old, err := p.q.History(t.Context(), made[0].Entry)
		if note := old[len(old)-1].Note; err != nil || note != "to entry "+e.ID+" of fabrikam.example: theirs" {
			t.Errorf("the old entry: %q, %v", note, err)
		}
	}
}

func TestDoneOnTheSite(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 4)
	p.settled(queue.Outcome{Registered: true})
	made, err := p.q.Remove(t.Context(), p.ids[:2], true, wrongCustomer())
	p.must(err)
	if r := made[0]; !r.OnSite || r.Note != queue.OnTheSite || !r.Person {
		t.Errorf("on the site: %+v", r)
	}
	ours, err := p.q.Remove(t.Context(), p.ids[2:], false, wrongCustomer())
	p.must(err)
	p.must(p.q.RetryRemoval(t.Context(), p.ids, queue.Act{}))
	if open, err := p.q.OpenRemovals(t.Context()); err != nil || open[0].Note != queue.OnTheSite {
		t.Errorf("a retry of what a person does: %+v, %v", open, err)
	}
	act := queue.Act{By: "Léa", Reason: "seen to be gone"}
	if err := p.q.RemovedOnSite(t.Context(), p.ids[:3], act); !isWay(err) {
		t.Errorf("what the uploader does: %v", err)
	}
	if e := p.entry(p.ids[0]); e.State != queue.Removing {
		t.Errorf("half of it was done: %s", e.State)
	}
	_, err = p.q.WaitRemoval(t.Context(), ours[0].ID, queue.RemovalStep{Note: queue.NotListed, Person: true})
	p.must(err)
	p.must(p.q.RemovedOnSite(t.Context(), []string{p.ids[0], p.ids[0], p.ids[1], ours[0].Entry}, act))
	lines, err := p.q.History(t.Context(), ours[0].Entry)
	if last := lines[len(lines)-1]; err != nil || last.By != "Léa" || last.Note != "seen to be gone" || last.To != queue.Removed {
		t.Errorf("the word of a person: %+v, %v", last, err)
	}
	if err := p.q.RemovedOnSite(t.Context(), p.ids[:1], act); !isWay(err) {
		t.Errorf("twice: %v", err)
	}
	if open, err := p.q.OpenRemovals(t.Context()); err != nil || len(open) != 1 || open[0].Entry != ours[1].Entry {
		t.Errorf("open: %+v, %v", open, err)
	}
}
