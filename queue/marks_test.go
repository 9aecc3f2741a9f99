package queue_test

import (
	"testing"
	"time"

	"pkidstation/queue"
)

func TestMarks(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 5)
	p.must(p.q.SetCustomer(t.Context(), queue.CustomerSetting{ID: contoso, Profile: "p1"}, queue.Act{}))
	marks := func(want queue.Marks) {
		t.Helper()
		if got, err := p.q.Marks(t.Context()); err != nil || got != want {
			t.Errorf("marks: %+v, %v, want %+v", got, err, want)
		}
	}
	marks(queue.Marks{})
	made := p.plan()
	_, err := p.q.Settle(t.Context(), made.ID, []queue.Outcome{
		{Entry: made.Entries[0], Registered: true, Reason: queue.AlreadyThere},
		{Entry: made.Entries[1], Registered: true},
		{Entry: made.Entries[2], Registered: true},
		{Entry: made.Entries[3], Code: "812", RetryAt: time.Now().Add(time.Hour)},
		{Entry: made.Entries[4], Code: "808"},
	})
	p.must(err)
	marks(queue.Marks{AlreadyThere: 1, Retrying: 1, ProfileWanted: 2})
	p.must(p.q.ProfilesAnswered(t.Context(), "p1", []queue.ProfileOutcome{{Entry: made.Entries[1], State: queue.ProfileSent}}))
	marks(queue.Marks{AlreadyThere: 1, Retrying: 1, ProfileWanted: 1, ProfileSent: 1})
	_, err = p.q.Remove(t.Context(), made.Entries[2:3], false, wrongCustomer())
	p.must(err)
	p.must(p.q.Retry(t.Context(), made.Entries[3:4], queue.Act{By: "Ana"}))
	p.must(p.q.ProfilesAnswered(t.Context(), "p1", []queue.ProfileOutcome{{Entry: made.Entries[1], State: queue.ProfileApplied}}))
	marks(queue.Marks{AlreadyThere: 1})
}
