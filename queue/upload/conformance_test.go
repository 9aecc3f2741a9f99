package upload_test

import (
	"errors"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
	"pkidstation/queue/upload"
)

var _ upload.Ledger = (*queue.Queue)(nil)

// TestLedger holds the fake and the real queue to the same contract.
func TestLedger(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(t *testing.T) (ledger upload.Ledger, ids []string){
		"fake": func(*testing.T) (upload.Ledger, []string) {
			s := newStore()
			s.add(contoso, "Dock", "r1", 4)
			return &fakeLedger{store: s}, []string{"e1", "e2", "e3", "e4"}
		},
		"queue": func(t *testing.T) (upload.Ledger, []string) {
			t.Helper()
			q := queuetest.Open(t)
			return q, queuetest.Fill(t, q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, 4)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ledger, ids := open(t)
			l := ledgerTest{t, ledger, ids}
			l.planning()
			l.sending()
			l.replanning()
			l.pausing()
			l.retrying()
		})
	}
}

type ledgerTest struct {
	*testing.T

	upload.Ledger
	ids []string
}

func (l ledgerTest) must(p queue.Plan, err error) queue.Plan {
	l.Helper()
	if err != nil {
		l.Fatal(err)
	}
	return p
}

func (l ledgerTest) wantCounts(ready, planned, submitted, registered int) {
	l.Helper()
	c, err := l.Counts(l.Context())
	if got := [4]int{c.Ready, c.Planned, c.Submitted, c.Registered}; err != nil || got != [4]int{ready, planned, submitted, registered} {
		l.Errorf("ready, planned, submitted, registered: %v, %v", got, err)
	}
}

func (l ledgerTest) planning() {
	l.Helper()
	changed, stop := l.Watch()
	defer stop()
	work, err := l.ReadyWork(l.Context(), time.Now(), time.Hour)
	if err != nil || len(work) != 1 || len(work[0].Due) != 4 || work[0].Later != 0 {
		l.Fatalf("ready %+v, %v", work, err)
	}
	if entries, err := l.EntriesAt(l.Context(), work[0].Due); err != nil || len(entries) != 4 || entries[0].ID != l.ids[0] {
		l.Errorf("entries %+v, %v", entries, err)
	}
	if _, err := l.Plan(l.Context(), fabrikam, "Dock", l.ids); !errors.Is(err, queue.ErrNothingReady) {
		l.Errorf("planned another customer's: %v", err)
	}
	if _, err := l.Plan(l.Context(), contoso, "Berlin", l.ids); !errors.Is(err, queue.ErrNothingReady) {
		l.Errorf("planned for a batch that is not the entries': %v", err)
	}
	p := l.must(l.Plan(l.Context(), contoso, "Dock", l.ids[:3]))
	if p.State != queue.PlanPlanned || p.Open != 3 || len(p.Devices) != 3 || p.Attempt != 0 || p.Again {
		l.Errorf("plan: %+v", p)
	}
	l.wantCounts(1, 3, 0, 0)
	if _, err := l.Plan(l.Context(), contoso, "Dock", l.ids[:3]); !errors.Is(err, queue.ErrNothingReady) {
		l.Errorf("planned twice: %v", err)
	}
	select {
	case <-changed:
	default:
		l.Error("nobody was told")
	}
	if err := l.Withdraw(l.Context(), p.ID, queue.Refused); err != nil {
		l.Error(err)
	}
	l.wantCounts(4, 0, 0, 0)
	if _, err := l.Attempt(l.Context(), p.ID, queue.Attempt{RequestID: "late"}); !errors.Is(err, queue.ErrPlanMoved) {
		l.Errorf("an attempt of a withdrawn plan: %v", err)
	}
}

func (l ledgerTest) sending() {
	l.Helper()
	p := l.must(l.Plan(l.Context(), contoso, "Dock", l.ids[:2]))
	p = l.must(l.Attempt(l.Context(), p.ID, queue.Attempt{RequestID: "one", Append: true}))
	if p.Attempt != 1 || p.RequestID != "one" || !p.Append || p.Again {
		l.Errorf("plan: %+v", p)
	}
	p = l.must(l.Attempt(l.Context(), p.ID, queue.Attempt{RequestID: "one", Append: true, Again: true}))
	p = l.must(l.Attempt(l.Context(), p.ID, queue.Attempt{RequestID: "two"}))
	if p.Attempt != 3 || !p.Again || p.Append {
		l.Errorf("plan: %+v", p)
	}
	p = l.must(l.Submitted(l.Context(), p.ID, ""))
	if p.State != queue.PlanSubmitted || p.SubmittedAt.IsZero() {
		l.Errorf("plan: %+v", p)
	}
	if err := l.Withdraw(l.Context(), p.ID, queue.Refused); !errors.Is(err, queue.ErrPlanMoved) {
		l.Errorf("took back what was taken: %v", err)
	}
	if err := l.Note(l.Context(), p.ID, queue.NoOutcome); err != nil {
		l.Error(err)
	}
	open, err := l.OpenPlanHeads(l.Context())
	if err != nil || len(open) != 1 || open[0].Note != queue.NoOutcome || len(open[0].Devices) != 0 {
		l.Errorf("open plans: %+v, %v", open, err)
	}
	whole := l.must(l.PlanByID(l.Context(), p.ID))
	if len(whole.Devices) != 2 || whole.Note != queue.NoOutcome || whole.NotedAt.IsZero() || !whole.NotedLast.Equal(whole.NotedAt) {
		l.Errorf("plan: %+v", whole)
	}
	if err := l.Note(l.Context(), p.ID, queue.NoOutcome); err != nil {
		l.Error(err)
	}
	if again := l.must(l.PlanByID(l.Context(), p.ID)); !again.NotedAt.Equal(whole.NotedAt) || again.NotedLast.Before(whole.NotedLast) {
		l.Errorf("noted again: %+v", again)
	}
	first := queue.Outcome{Entry: p.Entries[0], Registered: true}
	p = l.must(l.Settle(l.Context(), p.ID, []queue.Outcome{first}))
	if p.Open != 1 || p.State != queue.PlanSubmitted {
		l.Errorf("plan: %+v", p)
	}
	p = l.must(l.Settle(l.Context(), p.ID, []queue.Outcome{{Entry: p.Entries[0], Code: "808"}, {Entry: p.Entries[1], Registered: true}}))
	if p.Open != 0 || p.State != queue.PlanSettled {
		l.Errorf("plan: %+v", p)
	}
	l.wantCounts(2, 0, 0, 2)
}

func (l ledgerTest) replanning() {
	l.Helper()
	p := l.must(l.Plan(l.Context(), contoso, "Dock", l.ids[2:]))
	p = l.must(l.Attempt(l.Context(), p.ID, queue.Attempt{RequestID: "three"}))
	p = l.must(l.Settle(l.Context(), p.ID, []queue.Outcome{{Entry: p.Entries[0], Registered: true}}))
	if p.State != queue.PlanPlanned || p.Open != 1 {
		l.Errorf("plan: %+v", p)
	}
	if _, err := l.Attempt(l.Context(), p.ID, queue.Attempt{RequestID: "four"}); !errors.Is(err, queue.ErrPlanMoved) {
		l.Errorf("an attempt of a plan of which a part is settled: %v", err)
	}
	if p = l.must(l.PlanByID(l.Context(), p.ID)); p.Attempt != 1 || p.RequestID != "three" {
		l.Errorf("the attempt was written: %+v", p)
	}
	next := l.must(l.Replan(l.Context(), p.ID))
	if next.ID == p.ID || next.State != queue.PlanPlanned || !next.Again || !next.Rest || p.Rest || next.Attempt != 0 || len(next.Devices) != 1 ||
		next.Entries[0] != p.Entries[1] || next.Batch != p.Batch {
		l.Errorf("plan: %+v", next)
	}
	l.wantCounts(0, 1, 0, 3)
	if _, err := l.Replan(l.Context(), p.ID); !errors.Is(err, queue.ErrPlanMoved) {
		l.Errorf("planned the rest twice: %v", err)
	}
	if err := l.Withdraw(l.Context(), next.ID, queue.Refused); err != nil {
		l.Error(err)
	}
	if p = l.must(l.Plan(l.Context(), contoso, "Dock", l.ids[2:])); !p.Again || p.Rest {
		l.Errorf("forgot that it was sent before: %+v", p)
	}
}

func (l ledgerTest) pausing() {
	l.Helper()
	at := time.Now().Add(time.Hour).Round(0)
	for _, p := range []queue.Pause{
		{Customer: contoso, Reason: queue.Refused},
		{Reason: queue.Throttled, Until: at, Asked: true, Text: "slowly"},
		{Customer: contoso, Reason: queue.NoRelationship, Person: true},
	} {
		if err := l.SetPause(l.Context(), p); err != nil {
			l.Error(err)
		}
	}
	pauses, err := l.Pauses(l.Context())
	if err != nil || len(pauses) != 2 || pauses[0].Customer != "" || !pauses[0].Until.Equal(at) || !pauses[0].Asked ||
		pauses[1].Reason != queue.NoRelationship || !pauses[1].Person {
		l.Errorf("pauses: %+v, %v", pauses, err)
	}
	if err := errors.Join(l.ClearPause(l.Context(), contoso), l.ClearPause(l.Context(), fabrikam)); err != nil {
		l.Error(err)
	}
	if pauses, err := l.Pauses(l.Context()); err != nil || len(pauses) != 1 {
		l.Errorf("pauses: %+v, %v", pauses, err)
	}
}

func (l ledgerTest) retrying() {
	l.Helper()
	work, err := l.ReadyWork(l.Context(), time.Now(), time.Hour)
	if err != nil || len(work) != 0 {
		l.Fatal(work, err)
	}
	open, err := l.OpenPlanHeads(l.Context())
	if err != nil || len(open) != 1 {
		l.Fatal(open, err)
	}
	p := l.must(l.PlanByID(l.Context(), open[0].ID))
	at := time.Now().Add(time.Hour)
	l.must(l.Settle(l.Context(), p.ID, []queue.Outcome{{Entry: p.Entries[0], Code: "812", RetryAt: at}}))
	if next, err := l.NextRetry(l.Context()); err != nil || !next.Equal(at) {
		l.Errorf("next retry %v, %v", next, err)
	}
	if n, err := l.RetryDue(l.Context(), at.Add(-time.Minute)); err != nil || n != 0 {
		l.Errorf("retried %d too early, %v", n, err)
	}
	if n, err := l.RetryDue(l.Context(), at.Add(time.Minute)); err != nil || n != 1 {
		l.Errorf("retried %d, %v", n, err)
	}
	if e, err := l.Entry(l.Context(), p.Entries[0]); err != nil || e.State != queue.Ready || e.Tries != 1 || !e.RetryAt.IsZero() {
		l.Errorf("entry: %+v, %v", e, err)
	}
	if next, err := l.NextRetry(l.Context()); err != nil || !next.IsZero() {
		l.Errorf("next retry %v, %v", next, err)
	}
}
