package upload_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
	"pkidstation/queue/upload"
)

// answered is a refusal with that status.
func answered(status int) error {
	return &partnercenter.Error{Op: "job status", Status: status, Code: "2000", Description: "no"}
}

// A job that is answered for ever with something that is none of its outcomes: the
// list tells of those that it has, the others are a person's after a day, and
// nobody else is kept waiting.
func TestAJobThatIsOnlyEverRefused(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusBadRequest, http.StatusForbidden, http.StatusGone, http.StatusInternalServerError} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, c := atCenter(t, 2)
				c.at = func(made call, after bool) error {
					switch {
					case made.op == "append" && after: // one of the two is in no list
						c.batches[key(contoso, "Dock")] = c.batches[key(contoso, "Dock")][:1]
					case made.op == "status" && !after && made.requestID == "job-1":
						return answered(status)
					}
					return nil
				}
				s.runFor(30 * time.Minute)
				s.want(queue.Counts{Registered: 1, Submitted: 1})
				other := queuetest.Fill(t, s.q, queue.Work{Customer: fabrikam, GroupTag: "Berlin"}, 10, 1)
				status := s.runFor(time.Hour)
				s.want(queue.Counts{Registered: 2, Submitted: 1})
				if status.Online != upload.OnlineYes || s.pausedStation() {
					t.Errorf("one job's answers are taken for an outage: %+v", status)
				}
				if e, err := s.q.Entry(t.Context(), other[0]); err != nil || e.State != queue.Registered {
					t.Errorf("another customer's: %+v, %v", e, err)
				}
				s.runFor(24 * time.Hour)
				if p, err := s.q.OpenPlans(t.Context()); err != nil || len(p) != 1 || p[0].Note != queue.NoOutcome {
					t.Errorf("after a day: %+v, %v", p, err)
				}
				s.must(s.giveUp(s.ids[1]))
				if n := c.count("status"); n > 25*60/5+100 {
					t.Errorf("%d questions about it in 25 hours", n)
				}
			})
		})
	}
}

// pausedStation says whether the whole station is held back, on disk.
func (s *site) pausedStation() bool {
	s.Helper()
	kept, err := s.q.Pauses(s.Context())
	s.must(err)
	for _, p := range kept {
		if p.Customer == "" {
			return true
		}
	}
	return false
}

// An outage is no refusal of one job: nothing is concluded from it, however long.
func TestAnOutageIsNoRefusalOfAJob(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := atCenter(t, 1)
		c.at = func(_ call, after bool) error {
			if len(c.jobs) > 0 && !after {
				return answered(http.StatusServiceUnavailable)
			}
			return nil
		}
		status := s.runFor(30 * time.Hour)
		s.want(queue.Counts{Submitted: 1})
		if status.Online == upload.OnlineYes {
			t.Errorf("online: %+v", status)
		}
		if p, err := s.q.OpenPlans(t.Context()); err != nil || len(p) != 1 || p[0].Note == queue.NoOutcome {
			t.Errorf("an outage counts as the job's silence: %+v, %v", p, err)
		}
	})
}

// The same for the job that gives profiles: the lists tell who has theirs.
func TestAProfileJobThatIsOnlyEverRefused(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := profiled(t, partnercentertest.Options{}, 2)
		s.untilSettled()
		s.give(s.ids, kioskProfile, "Kiosk")
		s.server.SetTroubles(partnercentertest.Trouble{Path: "batchjobstatus", Fault: partnercentertest.FaultForbidden})
		s.untilProfiled(2 * time.Hour)
		if p := s.profile(0); p.State != queue.ProfileApplied {
			t.Errorf("profile: %+v", p)
		}
	})
}
