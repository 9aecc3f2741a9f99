package queue_test

import (
	"errors"
	"testing"

	"pkidstation/queue"
)

// The device must not be taken from whoever registered it since.
func TestADeviceThatIsRegisteredAnewIsNotAskedFor(t *testing.T) {
	t.Parallel()
	for name, second := range map[string]struct {
		capture queue.Part
		refused bool
		order   string
	}{
		"the same serial number":       {capture: queue.Part{Serial: "S1", Maker: "HP", Model: "M"}, refused: true},
		"the same of another maker":    {capture: queue.Part{Serial: "S1", Maker: "Dell", Model: "M"}},
		"another serial number":        {capture: queue.Part{Serial: "S2", Maker: "HP", Model: "M"}},
		"the same, for somebody other": {capture: queue.Part{Serial: "S1", Maker: "HP", Model: "M"}, order: fabrik},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := open(t)
			p := planner{T: t, q: q}
			p.ids = []string{p.tuple(standard(), queue.Part{Serial: "S1", Maker: "HP", Model: "M"})}
			r := p.removing()[0]
			work := queue.Work{Customer: contoso, GroupTag: "STD", Order: "BL-2"}
			if second.order != "" {
				work = queue.Work{Customer: fabrik, GroupTag: "STD"}
			}
			p.ids = []string{p.tuple(work, second.capture)}
			made, err := q.Plan(t.Context(), work.Customer, "STD", p.ids)
			p.must(err)
			_, err = q.Settle(t.Context(), made.ID, []queue.Outcome{{Entry: p.ids[0], Registered: true}})
			p.must(err)
			_, err = q.AttemptRemoval(t.Context(), r.ID, queue.RemovalStep{RequestID: "one"})
			claimed, is := errors.AsType[*queue.ClaimedError](err)
			switch {
			case is != second.refused, !is && err != nil:
				t.Errorf("gave %v", err)
			case is && claimed.By.ID != p.ids[0]:
				t.Errorf("by %+v", claimed.By)
			}
			if open, err := q.OpenRemovals(t.Context()); err != nil || second.refused && open[0].Attempt != 0 {
				t.Errorf("the attempt was written: %+v, %v", open, err)
			}
		})
	}
}

// tuple keeps a box without a PKID that may go out.
func (p planner) tuple(work queue.Work, part queue.Part) string {
	p.Helper()
	r, err := p.q.OpenReception(p.Context(), work, "Ana")
	p.must(err)
	part.Reception, part.By = r.ID, "Ana"
	v, err := p.q.Attach(p.Context(), part)
	p.must(err)
	_, _, err = p.q.CloseBox(p.Context(), v.Entry.ID, "Ana", true)
	p.must(err)
	if e := p.entry(v.Entry.ID); e.State == queue.Held {
		p.must(p.q.Release(p.Context(), []string{e.ID}, queue.Act{By: "Léa"}))
	}
	return v.Entry.ID
}
