package queue_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// A waiter is a planner whose clock is in the test's hand.
type waiter struct {
	planner

	clock *clock
}

func newWaiter(t *testing.T, n int) waiter {
	t.Helper()
	d, c := clocked(t)
	return waiter{planner{t, d.q, queuetest.Fill(t, d.q, standard(), 1, n)}, c}
}

// unheard is a plan that was taken and of which nobody hears.
func (w waiter) unheard() queue.Plan {
	w.Helper()
	made := w.plan()
	w.attempt(made.ID)
	_, err := w.q.Submitted(w.Context(), made.ID, "job")
	w.must(err)
	w.must(w.q.Note(w.Context(), made.ID, queue.NoOutcome))
	return made
}

// inDoubt is a plan of which one attempt got no answer, and that is refused ever
// since.
func (w waiter) inDoubt() queue.Plan {
	w.Helper()
	made := w.plan()
	w.attempt(made.ID)
	w.must(w.q.Note(w.Context(), made.ID, queue.Refused))
	return made
}

func (w waiter) giveUp(ids ...string) error {
	return w.q.GiveUp(w.Context(), ids, queue.Act{By: "Léa", Reason: "looked up on the site"})
}

func (w waiter) states() (all []queue.State) {
	w.Helper()
	for _, id := range w.ids {
		all = append(all, w.entry(id).State)
	}
	return all
}

func (w waiter) planned(id string) queue.Plan {
	w.Helper()
	p, err := w.q.PlanByID(w.Context(), id)
	w.must(err)
	return p
}

func TestGiveUpWhatHasNoOutcome(t *testing.T) {
	t.Parallel()
	w := newWaiter(t, 3)
	made := w.unheard()
	w.must(w.giveUp(w.ids[0], w.ids[1], w.ids[0]))
	if diff := cmp.Diff([]queue.State{queue.Rejected, queue.Rejected, queue.Submitted}, w.states()); diff != "" {
		t.Error(diff)
	}
	e := w.entry(w.ids[0])
	if !e.Sent || e.Reason != queue.NoOutcome || e.TrackingID != "job" || !e.RetryAt.IsZero() || e.Code != "" {
		t.Errorf("given up: %+v", e)
	}
	if p := w.planned(made.ID); p.Open != 1 || p.State != queue.PlanSubmitted || p.Note != queue.NoOutcome {
		t.Errorf("plan: %+v", p)
	}
	lines, err := w.q.History(t.Context(), w.ids[0])
	w.must(err)
	last := lines[len(lines)-1]
	if last.By != "Léa" || last.Action != queue.ActionGiveUp || last.Note != "looked up on the site" || last.Reason != queue.NoOutcome || last.Plan != made.ID {
		t.Errorf("line: %+v", last)
	}
	w.must(w.giveUp(w.ids[2]))
	if p := w.planned(made.ID); p.Open != 0 || p.State != queue.PlanSettled || p.EndedAt.IsZero() {
		t.Errorf("plan after the last: %+v", p)
	}
	// What the uploader hears later changes nothing.
	_, err = w.q.Settle(t.Context(), made.ID, []queue.Outcome{{Entry: w.ids[0], Registered: true}})
	w.must(err)
	if e := w.entry(w.ids[0]); e.State != queue.Rejected {
		t.Errorf("heard too late: %+v", e)
	}
}

func TestGiveUpWhatIsRefusedForADay(t *testing.T) {
	t.Parallel()
	w := newWaiter(t, 2)
	made := w.inDoubt()
	soon, _ := errors.AsType[*queue.TooSoonError](w.giveUp(w.ids...))
	if soon == nil || !soon.Until.Equal(noon().Add(24*time.Hour)) || soon.State != queue.Planned {
		t.Fatalf("too soon: %+v", soon)
	}
	w.clock.set(noon().Add(24 * time.Hour))
	w.attempt(made.ID) // a repetition of now does not make the plan young
	w.must(w.giveUp(w.ids[0]))
	lines, err := w.q.History(t.Context(), w.ids[0])
	w.must(err)
	var ways []string
	for _, l := range lines[len(lines)-2:] {
		ways = append(ways, l.By+" "+string(l.From)+">"+string(l.To))
	}
	if diff := cmp.Diff([]string{"Léa planned>submitted", "Léa submitted>rejected"}, ways); diff != "" {
		t.Error(diff)
	}
	// The uploader lists before it plans what is left: that is its own to do.
	if p := w.planned(made.ID); p.State != queue.PlanPlanned || p.Open != 1 {
		t.Errorf("plan: %+v", p)
	}
	w.must(w.giveUp(w.ids[1]))
	if p := w.planned(made.ID); p.State != queue.PlanSettled || p.Open != 0 {
		t.Errorf("plan after the last: %+v", p)
	}
	w.must(w.q.Retry(t.Context(), w.ids, queue.Act{By: "Léa"}))
	if again := w.plan(); !again.Again || again.Rest {
		t.Errorf("sent again: %+v", again)
	}
}

// What counts is how long it has been refused so, not how old the plan is: one that
// waited for the network for two days can still be found out.
func TestGiveUpCountsFromTheNote(t *testing.T) {
	t.Parallel()
	w := newWaiter(t, 1)
	made := w.inDoubt()
	w.clock.set(noon().Add(48 * time.Hour))
	w.must(w.q.Note(t.Context(), made.ID, queue.SignIn))
	w.clock.set(noon().Add(71 * time.Hour))
	w.must(w.q.Note(t.Context(), made.ID, queue.SignIn)) // the same again begins nothing
	soon, _ := errors.AsType[*queue.TooSoonError](w.giveUp(w.ids...))
	if soon == nil || !soon.Until.Equal(noon().Add(72*time.Hour)) {
		t.Fatalf("too soon: %+v", soon)
	}
	w.clock.set(noon().Add(72 * time.Hour))
	w.must(w.giveUp(w.ids...))
}

// A request that never gets an answer, while others do, is noted again and again.
// After a day of that it can be given up; noted once it says nothing, for the line
// may have been down since.
func TestGiveUpWhatNeverGetsAnAnswer(t *testing.T) {
	t.Parallel()
	for _, why := range []queue.Reason{queue.Offline, queue.Throttled} {
		w := newWaiter(t, 1)
		made := w.inDoubt()
		for _, hours := range []int{0, 23, 24} {
			w.clock.set(noon().Add(time.Duration(hours) * time.Hour))
			w.must(w.q.Note(t.Context(), made.ID, why))
			if p := w.planned(made.ID); !p.NotedAt.Equal(noon()) {
				t.Errorf("noted: %+v", p)
			}
		}
	}
}

// The rest of a plan in doubt may be sent as it is: what was given up must not
// be in it any more, and the others wait no longer than before.
func TestGiveUpOfARest(t *testing.T) {
	t.Parallel()
	w := newWaiter(t, 3)
	made := w.inDoubt()
	rest, err := w.q.Replan(t.Context(), made.ID)
	w.must(err)
	w.must(w.q.Note(t.Context(), rest.ID, queue.Refused))
	w.clock.set(noon().Add(25 * time.Hour))
	w.must(w.giveUp(w.ids[1]))
	open, err := w.q.OpenPlans(t.Context())
	w.must(err)
	if len(open) != 1 || !open[0].Rest || !open[0].Again || open[0].Note != queue.Refused {
		t.Fatalf("open: %+v", open)
	}
	if diff := cmp.Diff([]string{w.ids[0], w.ids[2]}, open[0].Entries); diff != "" {
		t.Error(diff)
	}
	w.must(w.giveUp(w.ids[0], w.ids[2]))
}

func TestGiveUpIsRefused(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		do   func(w waiter)
		days int
	}{
		"not sent":                      {do: func(w waiter) { w.must(w.q.Note(w.Context(), w.plan().ID, queue.Refused)) }, days: 2},
		"planned, nothing noted":        {do: func(w waiter) { w.attempt(w.plan().ID) }, days: 2},
		"offline":                       {do: func(w waiter) { w.must(w.q.Note(w.Context(), w.inDoubt().ID, queue.Offline)) }, days: 2},
		"throttled":                     {do: func(w waiter) { w.must(w.q.Note(w.Context(), w.inDoubt().ID, queue.Throttled)) }, days: 2},
		"young":                         {do: func(w waiter) { w.inDoubt() }},
		"submitted, still asked about":  {do: func(w waiter) { w.must(w.q.Note(w.Context(), w.unheard().ID, "")) }, days: 2},
		"submitted, its sign-in waits":  {do: func(w waiter) { w.must(w.q.Note(w.Context(), w.unheard().ID, queue.SignIn)) }, days: 2},
		"one of a plan that is settled": {do: func(w waiter) { w.must(w.giveUp(w.unheard().Entries...)) }, days: 2},
		"ready":                         {do: func(waiter) {}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWaiter(t, 2)
			tt.do(w)
			w.clock.set(noon().Add(time.Duration(tt.days) * 24 * time.Hour))
			before := w.states()
			err := w.giveUp(w.ids...)
			soon, early := errors.AsType[*queue.TooSoonError](err)
			if waits := before[0] == queue.Planned || before[0] == queue.Submitted; waits != early || waits == isWay(err) {
				t.Errorf("%s: %v", before[0], err)
			}
			if early && (soon.Number == 0 || soon.State != before[0] || soon.Until.IsZero() != (name != "young")) {
				t.Errorf("it says %+v", soon)
			}
			if diff := cmp.Diff(before, w.states()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestGiveUpAllOrNoneAndWithAReason(t *testing.T) {
	t.Parallel()
	w := newWaiter(t, 2)
	w.unheard()
	if err := w.q.GiveUp(t.Context(), w.ids, queue.Act{By: "Léa", Reason: " \t"}); !errors.Is(err, queue.ErrNoReason) {
		t.Errorf("without a reason: %v", err)
	}
	if err := w.giveUp(w.ids[0], "nobody"); !errors.Is(err, queue.ErrNoEntry) {
		t.Errorf("of nobody: %v", err)
	}
	if diff := cmp.Diff([]queue.State{queue.Submitted, queue.Submitted}, w.states()); diff != "" {
		t.Error(diff)
	}
	w.must(w.giveUp(w.ids[0]))
	w.must(w.q.Discard(t.Context(), w.ids[:1], queue.Act{By: "Léa"}))
}

// A script that random ones seldom write: of a rest that is old and refused, one
// is given up, and then another.
func TestGiveUpOfARestAgainstTheContract(t *testing.T) {
	t.Parallel()
	script := []op{
		{"open", 0, 0, 0},
		{"capture", 1, 0, 0},
		{"capture", 2, 0, 0},
		{"capture", 3, 0, 0},
		{"plan3", 0, 0, 1},
		{"attempt", 0, 0, 0},
		{"replan", 0, 0, 0},
		{"give-up", 0, 0, 1},
		{"note", 0, 1, 0},
		{"give-up", 0, 0, 1},
		{"day", 0, 0, 0},
		{"give-up", 0, 0, 1},
		{"give-up", 0, 0, 1},
		{"give-up", 0, 0, 1},
	}
	if err := play(t.Context(), t.TempDir(), script, nil); err != nil {
		t.Error(err)
	}
}
