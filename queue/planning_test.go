package queue_test

import (
	"context"
	"errors"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/queuetest"
)

// A planner is a queue whose plans are followed to their end.
type planner struct {
	*testing.T

	q   *queue.Queue
	ids []string
}

func newPlanner(t *testing.T, work queue.Work, n int) planner {
	t.Helper()
	q := queuetest.Open(t)
	return planner{t, q, queuetest.Fill(t, q, work, 1, n)}
}

func (p planner) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func (p planner) plan() queue.Plan {
	p.Helper()
	made, err := p.q.Plan(p.Context(), contoso, "STD", p.ids)
	p.must(err)
	return made
}

func (p planner) attempt(id string) {
	p.Helper()
	_, err := p.q.Attempt(p.Context(), id, queue.Attempt{RequestID: "request"})
	p.must(err)
}

// rejected sends all and has them refused with the code, and retries them.
func (p planner) rejected(code autopilot.Code) {
	p.Helper()
	made := p.plan()
	p.attempt(made.ID)
	var refused []queue.Outcome
	for _, id := range made.Entries {
		refused = append(refused, queue.Outcome{Entry: id, Code: code})
	}
	_, err := p.q.Settle(p.Context(), made.ID, refused)
	p.must(err)
	p.must(p.q.Retry(p.Context(), p.ids, queue.Act{By: "Ana"}))
}

// TestWhatWasSentOnceStaysSent: whatever became of an attempt, a later plan
// with the same entries knows of it.
func TestWhatWasSentOnceStaysSent(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		again bool
		do    func(p planner)
	}{
		{"nothing", false, func(planner) {}},
		{"planned and given back", false, func(p planner) { p.must(p.q.Withdraw(p.Context(), p.plan().ID, queue.SignIn)) }},
		{"sent and given back", true, func(p planner) {
			made := p.plan()
			p.attempt(made.ID)
			p.must(p.q.Withdraw(p.Context(), made.ID, queue.Refused))
		}},
		{"rejected with a code", true, func(p planner) { p.rejected("808") }},
		{"rejected without a code", true, func(p planner) { p.rejected("") }},
		{"rejected, planned and given back", true, func(p planner) {
			p.rejected("808")
			p.must(p.q.Withdraw(p.Context(), p.plan().ID, queue.SignIn))
		}},
		{"the rest of a plan, given back", true, func(p planner) {
			made := p.plan()
			p.attempt(made.ID)
			rest, err := p.q.Replan(p.Context(), made.ID)
			if err != nil || !rest.Rest || !rest.Again {
				p.Errorf("rest: %+v, %v", rest, err)
			}
			p.must(p.q.Withdraw(p.Context(), rest.ID, queue.SignIn))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := newPlanner(t, queue.Work{Customer: contoso, GroupTag: "STD"}, 2)
			tt.do(p)
			if made := p.plan(); made.Again != tt.again || made.Rest || made.Open != 2 {
				t.Errorf("plan: %+v, want again %v", made, tt.again)
			}
			for _, id := range p.ids {
				e, err := p.q.Entry(t.Context(), id)
				if err != nil || e.Sent != tt.again {
					t.Errorf("entry: sent %v, want %v, %v", e.Sent, tt.again, err)
				}
			}
		})
	}
}

// TestAttemptWritesNothingAboutEntries: the plan's own line says it.
func TestAttemptWritesNothingAboutEntries(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, queue.Work{Customer: contoso, GroupTag: "STD"}, 1)
	made := p.plan()
	before, err := p.q.History(t.Context(), p.ids[0])
	p.must(err)
	p.attempt(made.ID)
	if after, err := p.q.History(t.Context(), p.ids[0]); err != nil || len(after) != len(before) {
		t.Errorf("%d lines, before the attempt %d, %v", len(after), len(before), err)
	}
}

// TestPlanLeavesOutOtherTags: what was due under one tag does not go into its
// batch when a person has changed the tag since.
func TestPlanLeavesOutOtherTags(t *testing.T) {
	t.Parallel()
	t.Run("the entry's", func(t *testing.T) {
		t.Parallel()
		p := newPlanner(t, queue.Work{Customer: contoso, GroupTag: "STD"}, 2)
		p.must(p.q.Assign(t.Context(), p.ids[:1], contoso, "KIOSK", queue.Act{By: "Ana"}))
		if made := p.plan(); len(made.Entries) != 1 || made.Entries[0] != p.ids[1] {
			t.Errorf("plan: %+v", made)
		}
	})
	t.Run("the customer's", func(t *testing.T) {
		t.Parallel()
		p := newPlanner(t, queue.Work{Customer: contoso}, 2)
		setTag(t.Context(), p, "STD")
		made := p.plan()
		p.attempt(made.ID)
		setTag(t.Context(), p, "KIOSK")
		rest, err := p.q.Replan(t.Context(), made.ID) // was sent for STD and stays there
		if err != nil || len(rest.Entries) != 2 || rest.Batch != "STD" {
			t.Errorf("rest: %+v, %v", rest, err)
		}
		p.must(p.q.Withdraw(t.Context(), rest.ID, queue.Refused))
		if _, err := p.q.Plan(t.Context(), contoso, "STD", p.ids); !errors.Is(err, queue.ErrNothingReady) {
			t.Errorf("planned under a tag that is no longer: %v", err)
		}
	})
}

func setTag(ctx context.Context, p planner, tag autopilot.GroupTag) {
	p.Helper()
	p.must(p.q.SetCustomer(ctx, queue.CustomerSetting{ID: contoso, GroupTag: tag}, queue.Act{}))
}
