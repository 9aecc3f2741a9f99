package upload_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
	"pkidstation/queue/upload"
)

const (
	standardProfile = "aaaaaaaa-0000-4000-8000-000000000001"
	kioskProfile    = "aaaaaaaa-0000-4000-8000-000000000002"
)

// profiled is a site whose customer has profiles, one of which new devices get,
// with n devices to be registered.
func profiled(t *testing.T, model partnercentertest.Options, n int, change ...func(*upload.Options)) *site {
	t.Helper()
	model.Policies = map[autopilot.TenantID][]partnercentertest.Policy{
		contoso: {{ID: standardProfile, Name: "Standard"}, {ID: kioskProfile, Name: "Kiosk"}},
	}
	s := newSite(t, model, change...)
	s.must(s.q.SetCustomer(t.Context(), queue.CustomerSetting{ID: contoso, GroupTag: "Dock", Profile: standardProfile, ProfileName: "Standard"}, queue.Act{}))
	s.ids = fillDock(t, s.q, 1, n)
	return s
}

func (s *site) untilSettled() upload.Status {
	s.Helper()
	status, err := s.up.UntilSettled(s.Context())
	s.must(err)
	return status
}

// give has entries get a profile, by a person's word.
func (s *site) give(entries []string, profile, name string) {
	s.Helper()
	s.must(s.q.WantProfile(s.Context(), entries, profile, name, queue.Act{By: "Léa"}))
}

// confirmed says that the web site took entries: they have no id of Microsoft's.
func (s *site) confirmed(entries ...string) {
	s.Helper()
	ana := queue.Act{By: "Ana"}
	s.must(s.q.Exported(s.Context(), entries, "Dock", ana))
	for _, id := range entries {
		_, err := s.q.ConfirmExport(s.Context(), []queue.Outcome{{Entry: id, Registered: true}}, ana)
		s.must(err)
	}
}

func (s *site) untilProfiled(most time.Duration) upload.Status {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), most)
	defer cancel()
	status, err := s.up.UntilProfiled(ctx)
	if err != nil {
		s.Fatalf("%v: %+v", err, status)
	}
	return status
}

// wantProfiles fails unless all entries are registered and have so many profiles
// in that state.
func (s *site) wantProfiles(state queue.ProfileState, n int) {
	s.Helper()
	for _, id := range s.ids {
		e, err := s.q.Entry(s.Context(), id)
		s.must(err)
		if e.State != queue.Registered {
			s.Errorf("%s is %s", id, e.State)
		}
		if e.Profile.State == state {
			n--
		}
	}
	if n != 0 {
		s.Errorf("%d are missing that are %s", n, state)
	}
}

func (s *site) patches() (made []partnercentertest.Request) {
	for _, r := range s.server.Requests() {
		if r.Method == http.MethodPatch {
			made = append(made, r)
		}
	}
	return made
}

func (s *site) profile(i int) queue.Profile {
	s.Helper()
	e, err := s.q.Entry(s.Context(), s.ids[i])
	s.must(err)
	return e.Profile
}

func TestNewDevicesGetTheirProfile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := profiled(t, partnercentertest.Options{JobTime: time.Minute}, 5, func(o *upload.Options) { o.BatchSize = 2 })
		s.server.SetForeign(queuetest.PKID(5), contoso)
		status := s.untilProfiled(time.Hour)
		s.wantProfiles(queue.ProfileApplied, 4)
		if p := s.profile(4); p.State != "" {
			t.Errorf("one that somebody else registered has %+v", p)
		}
		applied := map[autopilot.PKID]int{}
		for _, a := range s.server.Applied() {
			if a.Policy != standardProfile {
				t.Errorf("applied: %+v", a)
			}
			applied[a.PKID]++
		}
		made := s.patches()
		if len(applied) != 4 || len(made) == 0 || len(status.Waits) != 0 {
			t.Errorf("applied %v, %d requests, %+v", applied, len(made), status.Waits)
		}
		for _, r := range made {
			if r.Devices > 2 {
				t.Errorf("%d devices in one request", r.Devices)
			}
		}
	})
}

// A missing role holds back the profiles, and nothing else; it is tried every
// half hour.
func TestProfilesNeedAnAdminAgent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := profiled(t, partnercentertest.Options{Troubles: []partnercentertest.Trouble{
			{Method: http.MethodPatch, Fault: partnercentertest.FaultRole},
		}}, 2)
		status := s.runFor(10 * time.Minute)
		w, ok := waitFor(status, queue.WrongRole)
		if !ok || w.Customer != contoso || w.Entries != 2 || !w.Until.IsZero() || w.Err == nil {
			t.Errorf("waits: %+v", status.Waits)
		}
		s.wantProfiles(queue.ProfileWanted, 2)
		more := fillDock(t, s.q, 20, 3)
		status = s.untilSettled()
		s.want(queue.Counts{Registered: 5})
		s.ids = append(s.ids, more...)
		before := len(s.patches())
		s.runFor(4 * time.Hour)
		if n := len(s.patches()) - before; n < 7 || n > 9 {
			t.Errorf("%d requests in 4 hours: %+v", n, status)
		}
		if status = s.untilProfiled(time.Minute); len(status.Waits) != 1 {
			t.Errorf("waits: %+v", status.Waits)
		}
		s.server.SetTroubles()
		s.up.Retry()
		s.runFor(time.Minute)
		s.wantProfiles(queue.ProfileApplied, 5)
	})
}

func TestARefusedProfileIsFailedAndSaysWhy(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := profiled(t, partnercentertest.Options{}, 3)
		s.untilSettled()
		s.untilProfiled(time.Hour)
		s.give(s.ids[:1], "aaaaaaaa-0000-4000-8000-00000000000f", "gone")
		s.give(s.ids[1:2], "..", "no profile's name")
		s.give(s.ids[2:], kioskProfile, "Kiosk")
		s.untilProfiled(time.Hour)
		s.wantProfiles(queue.ProfileFailed, 2)
		if p := s.profile(0); p.State != queue.ProfileFailed || p.Code == "" || p.Answer == "" {
			t.Errorf("one that is not there: %+v", p)
		}
		if p := s.profile(2); p.State != queue.ProfileApplied || p.ID != kioskProfile {
			t.Errorf("another one by a person: %+v", p)
		}
	})
}

// Devices that a person confirmed have no id of Microsoft's: it is looked up,
// and waited for.
func TestADevicesIDIsLookedUpForItsProfile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := profiled(t, partnercentertest.Options{}, 2)
		s.confirmed(s.ids...)
		s.give(s.ids, standardProfile, "Standard")
		_, err := s.client.CreateBatch(t.Context(), contoso, "Dock", []autopilot.Device{{PKID: queuetest.PKID(1)}}, "r")
		s.must(err)
		s.runFor(10 * time.Minute)
		s.wantProfiles(queue.ProfileApplied, 1)
		s.wantProfiles(queue.ProfileWanted, 1)
		if n := len(s.server.Requests()); n > 60 {
			t.Errorf("%d requests in 10 minutes", n)
		}
		_, err = s.client.AppendBatch(t.Context(), contoso, "Dock", []autopilot.Device{{PKID: queuetest.PKID(2)}}, "s")
		s.must(err)
		s.untilProfiled(time.Hour)
		s.wantProfiles(queue.ProfileApplied, 2)
	})
}

// Devices that are in no list are looked for together, however they came, and
// many lists make the next look wait.
func TestUnlistedDevicesAreLookedForTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := profiled(t, partnercentertest.Options{}, 40)
		for i := range 20 {
			_, err := s.client.CreateBatch(t.Context(), contoso, fmt.Sprint("B", i), []autopilot.Device{{PKID: queuetest.PKID(500 + i)}}, fmt.Sprint(i))
			s.must(err)
		}
		for _, id := range s.ids {
			s.confirmed(id)
			s.give([]string{id}, standardProfile, "Standard")
			time.Sleep(90 * time.Second)
		}
		for range 3 {
			before := len(s.server.Requests())
			s.runFor(2 * time.Hour)
			if n := len(s.server.Requests()) - before; n < 22 || n > 150 {
				t.Errorf("%d requests in two hours", n)
			}
		}
		s.wantProfiles(queue.ProfileWanted, 40)
	})
}

// A request that names no job, or one whose job is silent or gone, is made up
// for by the lists.
func TestProfilesAreSeenInTheLists(t *testing.T) {
	t.Parallel()
	for name, model := range map[string]partnercentertest.Options{
		"no job is named":   {Troubles: []partnercentertest.Trouble{{Method: http.MethodPatch, Fault: partnercentertest.FaultNoLocation}}},
		"the job is gone":   {JobVanish: 1, JobTime: time.Second},
		"the job is silent": {RowsMissing: 1, JobTime: time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := profiled(t, model, 3)
				s.untilProfiled(2 * time.Hour)
				s.wantProfiles(queue.ProfileApplied, 3)
				if n := len(s.patches()); n != 1 {
					t.Errorf("%d requests", n)
				}
			})
		})
	}
}

// A job that never says anything is asked about for a day, then the request is
// made once more, and then it is a person's.
func TestAProfileWithoutOutcome(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := profiled(t, partnercentertest.Options{}, 1)
		s.untilSettled()
		s.opts.Profiler = deaf{}
		s.restart()
		start := time.Now()
		s.give(s.ids, kioskProfile, "Kiosk")
		before := len(s.server.Requests())
		s.untilProfiled(72 * time.Hour)
		if took := time.Since(start); took < 48*time.Hour || took > 50*time.Hour {
			t.Errorf("given up after %v", took)
		}
		if p := s.profile(0); p.State != queue.ProfileFailed || p.Tries != 2 {
			t.Errorf("profile: %+v", p)
		}
		if n := len(s.server.Requests()) - before; n > 48*60*3 {
			t.Errorf("%d requests in two days", n)
		}
	})
}

// A deaf profiler takes everything and does nothing.
type deaf struct{}

func (deaf) ApplyPolicy(context.Context, autopilot.TenantID, []string, string, string) (partnercenter.Accepted, error) {
	return partnercenter.Accepted{}, failure(partnercenter.Untracked)
}

// On a bad line, and with a process that dies at every write.
func TestProfilesOnABadLine(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := profiled(t, partnercentertest.Options{Seed: seed, Faults: 0.3, JobTime: time.Second, Trickle: 10 * time.Millisecond}, 7)
				for at := 1; ; at++ {
					s.opts.Ledger = &frail{Queue: s.q, at: at, after: at%2 == 0}
					s.restart()
					ctx, cancel := context.WithTimeout(t.Context(), 6*time.Hour)
					_, err := s.up.UntilProfiled(ctx)
					cancel()
					if err == nil {
						break
					}
					if !errors.Is(err, errCrash) {
						t.Fatal(err)
					}
				}
				s.wantProfiles(queue.ProfileApplied, 7)
			})
		})
	}
}

func TestProfilesLeaveTheUploadsAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := profiled(t, partnercentertest.Options{JobTime: time.Hour}, 1)
		s.untilSettled()
		start := time.Now()
		status, err := s.up.UntilSettled(t.Context())
		if err != nil || time.Since(start) > time.Minute {
			t.Errorf("waited %v for a profile, %v: %+v", time.Since(start), err, status)
		}
		s.wantProfiles(queue.ProfileSent, 1)
		if strings.Contains(fmt.Sprint(status.Waits), string(queue.WrongRole)) {
			t.Errorf("waits: %+v", status.Waits)
		}
	})
}

// One device that two entries speak of is named once in a request.
func TestADeviceIsNamedOnceInARequest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := profiled(t, partnercentertest.Options{}, 3)
		p, err := s.q.Plan(t.Context(), contoso, "Dock", s.ids)
		s.must(err)
		_, err = s.q.Settle(t.Context(), p.ID, []queue.Outcome{
			{Entry: p.Entries[0], Registered: true, DeviceID: "one"},
			{Entry: p.Entries[1], Registered: true, DeviceID: "two"},
			{Entry: p.Entries[2], Registered: true, DeviceID: "one"},
		})
		s.must(err)
		r := &recorder{}
		s.opts.Profiler = r
		s.restart()
		_, err = s.up.Pass(t.Context())
		s.must(err)
		if fmt.Sprint(r.named) != "[[one two]]" {
			t.Errorf("named: %v", r.named)
		}
	})
}

// A recorder keeps which devices each request named.
type recorder struct{ named [][]string }

func (r *recorder) ApplyPolicy(_ context.Context, _ autopilot.TenantID, devices []string, _, _ string) (partnercenter.Accepted, error) {
	r.named = append(r.named, devices)
	return partnercenter.Accepted{TrackingID: "job"}, nil
}
