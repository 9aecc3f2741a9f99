package upload_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/upload"
)

// jobLife is how long each job takes in these tests, one device a job.
const jobLife = 3 * time.Hour

// profileJobs has n jobs of profiles under way, all taken at once.
func profileJobs(t *testing.T, n int) *site {
	t.Helper()
	s := profiled(t, partnercentertest.Options{JobTime: jobLife, JobStutter: -1}, n, func(o *upload.Options) { o.BatchSize = 1 })
	s.untilSettled()
	s.wantProfiles(queue.ProfileSent, n)
	return s
}

// uploadJobs adds n jobs of uploads, whose devices get no profile.
func (s *site) uploadJobs(n int) {
	s.Helper()
	s.must(s.q.SetCustomer(s.Context(), queue.CustomerSetting{ID: contoso, GroupTag: "Dock"}, queue.Act{}))
	fillDock(s.T, s.q, 100, n)
	s.runFor(20 * time.Minute)
	s.want(queue.Counts{Registered: len(s.ids), Submitted: n})
}

// questions are the requests from the first-th on, and of them how often each
// job was asked about.
func (s *site) questions(first int) (requests int, jobs map[string]int) {
	jobs = map[string]int{}
	for _, r := range s.server.Requests()[first:] {
		requests++
		if r.Method == http.MethodGet && strings.Contains(strings.ToLower(r.Path), "batchjobstatus") {
			jobs[r.Path]++
		}
	}
	return requests, jobs
}

// A station that waits for profiles and uploads of one customer asks once a
// minute, about each in turn; those that end together are known in one turn.
func TestProfilesAreAskedAboutInTheirCustomersLane(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := profileJobs(t, 50)
		taken := time.Now()
		s.uploadJobs(5)
		before := len(s.server.Requests())
		s.runFor(time.Hour)
		requests, jobs := s.questions(before)
		if requests < 57 || requests > 63 || len(jobs) != 55 {
			t.Errorf("%d requests in an hour, about %d of 55 jobs", requests, len(jobs))
		}
		for job, n := range jobs {
			if n > 2 {
				t.Errorf("%s was asked about %d times", job, n)
			}
		}
		s.runFor(time.Until(taken.Add(jobLife)))
		before = len(s.server.Requests())
		s.runFor(3 * time.Minute)
		s.wantProfiles(queue.ProfileApplied, 50)
		for i := range s.ids {
			if at := s.profile(i).At; !at.Equal(s.profile(0).At) {
				t.Errorf("the %d. was known %v after the first", i+1, at.Sub(s.profile(0).At))
			}
		}
		if requests, _ := s.questions(before); requests > 50+8 {
			t.Errorf("%d requests for what ended", requests)
		}
	})
}

// Where every job is gone and the lists do not show the profiles yet, a question
// of several requests pays for each of them.
func TestVanishedProfileJobsPayForTheirLists(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		model := partnercentertest.Options{JobTime: jobLife, JobVanish: 1, CommitLate: true}
		s := profiled(t, model, 250, func(o *upload.Options) { o.BatchSize = 50 })
		s.untilSettled()
		s.wantProfiles(queue.ProfileSent, 250)
		s.runFor(20 * time.Minute)
		before := len(s.server.Requests())
		s.runFor(2 * time.Hour)
		requests, jobs := s.questions(before)
		lists := requests
		for _, n := range jobs {
			lists -= n
		}
		if requests > 125 || lists == 0 {
			t.Errorf("%d requests in two hours, %d of them lists", requests, lists)
		}
		s.runFor(time.Hour)
		s.wantProfiles(queue.ProfileApplied, 250)
	})
}

// A new job of a profile is asked about soon, whatever old jobs of uploads do.
func TestANewProfileIsAskedAboutSoon(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := profileJobs(t, 1)
		s.runFor(jobLife + time.Hour)
		s.wantProfiles(queue.ProfileApplied, 1)
		s.uploadJobs(3)
		s.give(s.ids, kioskProfile, "Kiosk")
		before := len(s.server.Requests())
		start := time.Now()
		s.runFor(30 * time.Second)
		location := ""
		for _, r := range s.server.Requests()[before:] {
			if r.Method == http.MethodPatch {
				location = r.Location
			}
			if r.Method == http.MethodGet && location != "" && strings.HasSuffix(r.Path, location) {
				if d := r.At.Sub(start); d > 7*time.Second {
					t.Errorf("asked about after %v", d)
				}
				return
			}
		}
		t.Errorf("%q was not asked about in half a minute", location)
	})
}

// A process that does everything once asks about a profile too, however long an
// upload's job takes.
func TestOnePassAsksAboutAProfile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := profileJobs(t, 1)
		taken := time.Now()
		s.uploadJobs(1)
		time.Sleep(time.Until(taken.Add(jobLife)))
		s.restart()
		_, err := s.up.Pass(t.Context())
		s.must(err)
		s.wantProfiles(queue.ProfileApplied, 1)
	})
}
