package queue_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// settled sends all and gives each the outcome.
func (p planner) settled(o queue.Outcome) {
	p.Helper()
	made := p.plan()
	p.attempt(made.ID)
	var outcomes []queue.Outcome
	for _, id := range made.Entries {
		o.Entry = id
		outcomes = append(outcomes, o)
	}
	_, err := p.q.Settle(p.Context(), made.ID, outcomes)
	p.must(err)
}

func (p planner) entry(id string) queue.Entry {
	p.Helper()
	e, err := p.q.Entry(p.Context(), id)
	p.must(err)
	return e
}

// removing has all registered and begins to take them back.
func (p planner) removing() []queue.Removal {
	p.Helper()
	p.settled(queue.Outcome{Registered: true, DeviceID: "device"})
	removals, err := p.q.Remove(p.Context(), p.ids, false, wrongCustomer())
	p.must(err)
	return removals
}

func wrongCustomer() queue.Act { return queue.Act{By: "Léa", Reason: "wrong customer"} }

func standard() queue.Work { return queue.Work{Customer: contoso, GroupTag: "STD"} }

func TestARemovalIsOnDiskBeforeItIsAskedFor(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 2)
	made := p.removing()
	open, err := p.q.OpenRemovals(t.Context())
	if err != nil || len(open) != 2 || !slices.ContainsFunc(made, func(r queue.Removal) bool { return r.ID == open[0].ID }) {
		t.Fatalf("open: %+v, %v", open, err)
	}
	r := open[0]
	if r.Customer != contoso || r.DeviceID != "device" || r.Batch != "STD" || r.Device != (autopilot.Device{PKID: p.entry(r.Entry).PKID}) ||
		r.State != queue.RemovalPlanned || r.Attempt != 0 || r.By != "Léa" || r.Reason != "wrong customer" || r.PlannedAt.IsZero() || r.Person {
		t.Errorf("planned: %+v", r)
	}
	if e := p.entry(r.Entry); e.State != queue.Removing || e.DeviceID != "device" {
		t.Errorf("entry: %+v", e)
	}
}

func TestWhatCannotBeTakenBack(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 2)
	remove := func(why string, ids ...string) error {
		_, err := p.q.Remove(t.Context(), ids, false, queue.Act{By: "Léa", Reason: why})
		return err
	}
	if err := remove("wrong", p.ids[0]); !isWay(err) {
		t.Errorf("one that is not registered: %v", err)
	}
	made := p.plan()
	_, err := p.q.Settle(t.Context(), made.ID, []queue.Outcome{
		{Entry: made.Entries[0], Registered: true}, {Entry: made.Entries[1], Registered: true, Code: "806", Reason: queue.AlreadyThere},
	})
	p.must(err)
	if err := remove(" ", made.Entries[0]); !errors.Is(err, queue.ErrNoReason) {
		t.Errorf("without a reason: %v", err)
	}
	if err := remove("wrong", made.Entries...); !errors.Is(err, queue.ErrNotOurs) {
		t.Errorf("one that Microsoft had before: %v", err)
	}
	if e := p.entry(made.Entries[0]); e.State != queue.Registered {
		t.Errorf("half of it was done: %s", e.State)
	}
	p.must(remove("wrong", made.Entries[0]))
	if err := remove("wrong", made.Entries[0]); !isWay(err) {
		t.Errorf("taken back twice: %v", err)
	}
	if err := remove("wrong", "nobody"); !errors.Is(err, queue.ErrNoEntry) {
		t.Errorf("nobody's: %v", err)
	}
}

func TestAnAttemptForgetsWhatWasAnsweredBefore(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 1)
	id := p.removing()[0].ID
	due := time.Now().Add(time.Hour).Round(0)
	r, err := p.q.AttemptRemoval(t.Context(), id, queue.RemovalStep{RequestID: "one", DeviceID: "other", Batch: "std"})
	p.must(err)
	if r.Attempt != 1 || r.RequestID != "one" || r.DeviceID != "other" || r.Batch != "std" {
		t.Errorf("attempt: %+v", r)
	}
	step := queue.RemovalStep{Note: queue.OtherParty, Code: "811", Answer: "no\xff", Person: true, Due: due}
	r, err = p.q.WaitRemoval(t.Context(), id, step)
	p.must(err)
	if r.State != queue.RemovalPlanned || r.Note != queue.OtherParty || r.Code != "811" || r.Answer != "no\uFFFD" || !r.Person || !r.Due.Equal(due) || r.DeviceID != "other" {
		t.Errorf("waiting: %+v", r)
	}
	r, err = p.q.AttemptRemoval(t.Context(), id, queue.RemovalStep{RequestID: "two"})
	p.must(err)
	if r.Attempt != 2 || r.DeviceID != "other" || r.Note != "" || r.Code != "" || r.Answer != "" || r.Person || !r.Due.IsZero() {
		t.Errorf("second attempt: %+v", r)
	}
	r, err = p.q.WaitRemoval(t.Context(), id, queue.RemovalStep{Asked: true})
	p.must(err)
	first := r.AskedAt
	if r.State != queue.RemovalAsked || first.IsZero() {
		t.Errorf("asked: %+v", r)
	}
	if r, err = p.q.WaitRemoval(t.Context(), id, queue.RemovalStep{Note: queue.StillThere}); err != nil || r.State != queue.RemovalAsked || !r.AskedAt.Equal(first) {
		t.Errorf("still there: %+v, %v", r, err)
	}
	if r, err = p.q.AttemptRemoval(t.Context(), id, queue.RemovalStep{RequestID: "three"}); err != nil || r.State != queue.RemovalPlanned {
		t.Errorf("asked for once more, and the yes of before counts: %+v, %v", r, err)
	}
	if r, err = p.q.WaitRemoval(t.Context(), id, queue.RemovalStep{Asked: true}); err != nil || !r.AskedAt.After(first) {
		t.Errorf("the second yes: %+v, %v", r, err)
	}
}

func TestARemovalIsInTheHistoryOfItsEntry(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 1)
	id := p.removing()[0].ID
	_, err := p.q.AttemptRemoval(t.Context(), id, queue.RemovalStep{RequestID: "one"})
	p.must(err)
	_, err = p.q.Removed(t.Context(), id, "no longer in its batch")
	p.must(err)
	lines, err := p.q.History(t.Context(), p.ids[0])
	p.must(err)
	last := lines[len(lines)-3:]
	if last[0].Action != queue.ActionRemove || last[0].By != "Léa" || last[0].Note != "wrong customer" || last[0].To != queue.Removing ||
		last[1].Action != queue.ActionAsk || last[1].Note != "attempt 1, request one" || last[1].To != queue.Removing ||
		last[2].Action != queue.ActionRemoved || last[2].By != "uploader" || last[2].To != queue.Removed {
		t.Errorf("the story: %+v", last)
	}
	sound(t, p.q)
}

func TestADoneRemovalIsOver(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 1)
	id := p.removing()[0].ID
	r, err := p.q.Removed(t.Context(), id, "gone")
	p.must(err)
	if r.State != queue.RemovalDone || r.EndedAt.IsZero() {
		t.Errorf("done: %+v", r)
	}
	if open, err := p.q.OpenRemovals(t.Context()); err != nil || len(open) != 0 {
		t.Errorf("open: %+v, %v", open, err)
	}
	if e := p.entry(p.ids[0]); e.State != queue.Removed {
		t.Errorf("entry: %+v", e)
	}
	_, asked := p.q.AttemptRemoval(t.Context(), id, queue.RemovalStep{RequestID: "late"})
	_, waited := p.q.WaitRemoval(t.Context(), id, queue.RemovalStep{})
	_, again := p.q.Removed(t.Context(), id, "gone")
	for _, err := range []error{asked, waited, again} {
		if !errors.Is(err, queue.ErrPlanMoved) {
			t.Errorf("after its end: %v", err)
		}
	}
	if _, err := p.q.Removed(t.Context(), "removal-9", ""); !errors.Is(err, queue.ErrNoRemoval) {
		t.Errorf("one that is not there: %v", err)
	}
	p.must(p.q.RetryRemoval(t.Context(), p.ids, queue.Act{}))
}

func TestAPersonHasItTriedAgain(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 2)
	made := p.removing()
	for _, r := range made {
		_, err := p.q.AttemptRemoval(t.Context(), r.ID, queue.RemovalStep{RequestID: "one"})
		p.must(err)
		_, err = p.q.WaitRemoval(t.Context(), r.ID, queue.RemovalStep{Note: queue.OtherParty, Code: "811", Person: true, Due: time.Now().Add(time.Hour)})
		p.must(err)
	}
	p.must(p.q.RetryRemoval(t.Context(), []string{made[0].Entry, "nobody"}, queue.Act{}))
	open, err := p.q.OpenRemovals(t.Context())
	p.must(err)
	for _, r := range open {
		if retried := r.Note == "" && r.Due.IsZero() && !r.Person && r.RequestID == ""; retried != (r.Entry == made[0].Entry) {
			t.Errorf("after the retry: %+v", r)
		}
	}
}

// What was asked for stays known, whatever a person has tried again.
func TestARetryKnowsWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		asked bool
		note  queue.Reason
		want  string
	}{
		"refused":                          {true, queue.Refused, "device"},
		"somebody else's":                  {true, queue.OtherParty, "device"},
		"no answer":                        {true, "", "device"},
		"another entry's":                  {true, queue.Conflict, "device"},
		"another entry's, never asked for": {false, queue.Conflict, "device"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlanner(t, standard(), 1)
			id, asked := p.removing()[0].ID, 0
			if tt.asked {
				_, err := p.q.AttemptRemoval(t.Context(), id, queue.RemovalStep{RequestID: "one", Seen: true})
				p.must(err)
				asked = 1
			}
			if tt.note != "" {
				_, err := p.q.WaitRemoval(t.Context(), id, queue.RemovalStep{Note: tt.note, Person: true})
				p.must(err)
			}
			p.must(p.q.RetryRemoval(t.Context(), p.ids, queue.Act{}))
			open, err := p.q.OpenRemovals(t.Context())
			p.must(err)
			if r := open[0]; r.DeviceID != tt.want || r.Attempt != asked || r.Seen != tt.asked || r.Note != "" {
				t.Errorf("after the retry: %+v", r)
			}
		})
	}
}

// What is registered anew is left alone until a person says that they want that
// one back too; it is then taken back under whatever id it is listed.
func TestWhatIsRegisteredAnewNeedsAWordOfItsOwn(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 2)
	made := p.removing()
	for i, note := range []queue.Reason{queue.RegisteredAnew, queue.StillThere} {
		_, err := p.q.AttemptRemoval(t.Context(), made[i].ID, queue.RemovalStep{RequestID: "one", Seen: true})
		p.must(err)
		_, err = p.q.WaitRemoval(t.Context(), made[i].ID, queue.RemovalStep{Note: note, Person: true, Due: time.Now()})
		p.must(err)
	}
	open := func() []queue.Removal {
		all, err := p.q.OpenRemovals(t.Context())
		p.must(err)
		return all
	}
	before := open()
	p.must(p.q.RetryRemoval(t.Context(), []string{made[0].Entry}, queue.Act{}))
	if diff := cmp.Diff(before, open()); diff != "" {
		t.Errorf("nobody was shown it: %s", diff)
	}
	p.must(p.q.TakeBackAnew(t.Context(), []string{made[0].Entry, made[1].Entry, "nobody"}, queue.Act{}))
	after := open()
	if r := after[0]; r.DeviceID != "" || r.Note != "" || r.Person || !r.Due.IsZero() || r.State != queue.RemovalPlanned || r.Attempt != 1 || !r.Seen {
		t.Errorf("it is wanted back: %+v", r)
	}
	if diff := cmp.Diff(before[1], after[1]); diff != "" {
		t.Errorf("that one was not registered anew: %s", diff)
	}
}

// When a device was first missing from the lists is known to the next process,
// and forgotten by whatever says something else.
func TestThatADeviceWasMissingIsKept(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 1)
	id, at := p.removing()[0].ID, time.Now().UTC()
	for name, forget := range map[string]func() error{
		"an attempt": func() error {
			_, err := p.q.AttemptRemoval(t.Context(), id, queue.RemovalStep{RequestID: "one", Seen: true})
			return err
		},
		"a list": func() error {
			_, err := p.q.WaitRemoval(t.Context(), id, queue.RemovalStep{Note: queue.StillThere})
			return err
		},
		"a person": func() error { return p.q.RetryRemoval(t.Context(), p.ids, queue.Act{}) },
	} {
		if r, err := p.q.WaitRemoval(t.Context(), id, queue.RemovalStep{MissingAt: at}); err != nil || !r.MissingAt.Equal(at) {
			t.Errorf("missing: %+v, %v", r, err)
		}
		p.must(forget())
		open, err := p.q.OpenRemovals(t.Context())
		if p.must(err); !open[0].MissingAt.IsZero() {
			t.Errorf("%s: %+v", name, open[0])
		}
	}
}
