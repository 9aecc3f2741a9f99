package queue_test

import (
	"errors"
	"testing"
	"time"

	"pkidstation/queue"
)

func TestANewDeviceWantsItsCustomersProfile(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		outcome queue.Outcome
		want    queue.ProfileState
	}{
		"registered":                  {queue.Outcome{Registered: true, DeviceID: "d"}, queue.ProfileWanted},
		"known as ours":               {queue.Outcome{Registered: true, Code: "806"}, queue.ProfileWanted},
		"there before, and not by us": {queue.Outcome{Registered: true, Code: "806", Reason: queue.AlreadyThere}, ""},
		"rejected":                    {queue.Outcome{Code: "808"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlanner(t, standard(), 1)
			p.must(p.q.SetCustomer(t.Context(), queue.CustomerSetting{ID: contoso, Profile: "p1", ProfileName: "Standard"}, queue.Act{}))
			p.settled(tt.outcome)
			open, err := p.q.OpenProfiles(t.Context())
			if err != nil || (len(open) == 1) != (tt.want != "") {
				t.Fatalf("open: %+v, %v", open, err)
			}
			if e := p.entry(p.ids[0]); e.Profile.State != tt.want || tt.want != "" && (e.Profile.ID != "p1" || e.Profile.Name != "Standard") {
				t.Errorf("profile: %+v", e.Profile)
			}
		})
	}
}

func TestTheWayOfAProfile(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 1)
	act := queue.Act{By: "Léa", Reason: "forgotten"}
	if err := p.q.WantProfile(t.Context(), p.ids, "p1", "Standard", act); !isWay(err) {
		t.Errorf("of one that is not registered: %v", err)
	}
	p.settled(queue.Outcome{Registered: true})
	if open, err := p.q.OpenProfiles(t.Context()); err != nil || len(open) != 0 {
		t.Errorf("nobody wants one: %+v, %v", open, err)
	}
	p.must(p.q.WantProfile(t.Context(), p.ids, "p1", "Standard", act))
	answered := func(profile string, o queue.ProfileOutcome) queue.Profile {
		t.Helper()
		o.Entry = p.ids[0]
		p.must(p.q.ProfilesAnswered(t.Context(), profile, []queue.ProfileOutcome{o}))
		return p.entry(p.ids[0]).Profile
	}
	if got := answered("p2", queue.ProfileOutcome{State: queue.ProfileFailed}); got.State != queue.ProfileWanted {
		t.Errorf("an answer about another profile: %+v", got)
	}
	if got := answered("p1", queue.ProfileOutcome{State: queue.ProfileSent, TrackingID: "job-1"}); got.State != queue.ProfileSent || got.TrackingID != "job-1" || got.Tries != 1 || got.At.IsZero() {
		t.Errorf("sent: %+v", got)
	}
	if got := answered("p1", queue.ProfileOutcome{State: queue.ProfileWanted}); got.State != queue.ProfileWanted || got.Tries != 1 {
		t.Errorf("no outcome: %+v", got)
	}
	if got := answered("p1", queue.ProfileOutcome{State: queue.ProfileSent}); got.TrackingID != "" || got.Tries != 2 {
		t.Errorf("sent again, to no job: %+v", got)
	}
	if got := answered("p1", queue.ProfileOutcome{State: queue.ProfileFailed, Code: "807", Answer: "no\xff"}); got.State != queue.ProfileFailed || got.Code != "807" || got.Answer != "no\uFFFD" {
		t.Errorf("failed: %+v", got)
	}
	if got := answered("p1", queue.ProfileOutcome{State: queue.ProfileApplied}); got.State != queue.ProfileFailed {
		t.Errorf("an answer after its end: %+v", got)
	}
	p.must(p.q.WantProfile(t.Context(), p.ids, "p2", "Kiosk", act))
	if got := p.entry(p.ids[0]); got.Profile.ID != "p2" || got.Profile.Tries != 0 || got.Profile.Code != "" || got.State != queue.Registered {
		t.Errorf("wanted by a person: %+v", got.Profile)
	}
	_, err := p.q.Remove(t.Context(), p.ids, false, wrongCustomer())
	p.must(err)
	if open, err := p.q.OpenProfiles(t.Context()); err != nil || len(open) != 0 {
		t.Errorf("of one that is taken back: %+v, %v", open, err)
	}
	if got := answered("p2", queue.ProfileOutcome{State: queue.ProfileApplied}); got.State == queue.ProfileApplied {
		t.Errorf("answered while it is taken back: %+v", got)
	}
}

func TestNoProfileForWhatSomebodyElseRegistered(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 1)
	p.settled(queue.Outcome{Registered: true, Code: "806", Reason: queue.AlreadyThere})
	if err := p.q.WantProfile(t.Context(), p.ids, "p1", "", queue.Act{By: "Léa"}); !errors.Is(err, queue.ErrNotOurs) {
		t.Errorf("gave %v", err)
	}
}

func TestProfileGolden(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 25, 8, 30, 0, 1, time.UTC)
	golden(t, "profile", queue.Profile{
		ID: "p1", Name: "Standard", State: queue.ProfileSent, TrackingID: "job", Tries: 2, Code: "810", Answer: "ZtdProfileAssignedToOtherTenant", At: at,
	})
}
