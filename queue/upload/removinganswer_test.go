package upload_test

import (
	"fmt"
	"net/http"
	"slices"
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

// 811: whoever registered it must act. It is tried once a day.
func TestAnotherPartysDeviceWaitsForAPerson(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusBadRequest, http.StatusForbidden} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newSite(t, partnercentertest.Options{OtherPartyStatus: status})
				s.registered(2)
				s.server.SetOtherParty(queuetest.PKID(1))
				s.remove(s.ids...)
				got := s.untilRemoved(time.Hour)
				s.want(queue.Counts{Removing: 1, Removed: 1})
				if w, ok := waitFor(got, queue.OtherParty); !ok || !w.Until.IsZero() || w.Entries != 1 {
					t.Errorf("waits: %+v", got.Waits)
				}
				if r := s.removal(); r.Code != autopilot.CodeOtherParty || r.Answer == "" || !r.Person {
					t.Errorf("removal: %+v", r)
				}
				s.runFor(71 * time.Hour)
				if n := len(s.deletes()); n != 2+2 {
					t.Errorf("%d requests in 3 days, want 2 and one each day after", n)
				}
				s.must(s.q.RetryRemoval(t.Context(), s.ids, queue.Act{}))
				s.runFor(time.Minute)
				if n := len(s.deletes()); n != 2+2+1 {
					t.Errorf("%d requests, want one more when a person asks", n)
				}
			})
		})
	}
}

// What is about one device alone holds nobody else up.
func TestARefusedRemovalIsItsOwn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(1)
		g, answers := s.gated(), []error{
			&partnercenter.Error{Status: 500, Code: "640", Description: "StorageError"},
			&partnercenter.Error{Status: 400, Code: "801", Description: "InvalidZtdRequestBody"},
		}
		g.before = func(string) error {
			if len(answers) == 0 {
				return nil
			}
			answer := answers[0]
			answers = answers[1:]
			return answer
		}
		s.remove(s.ids...)
		status := s.untilRemoved(time.Hour)
		if w, ok := waitFor(status, queue.Refused); !ok || !w.Until.IsZero() {
			t.Errorf("waits: %+v", status.Waits)
		}
		if r := s.removal(); r.Attempt != 2 || r.Code != autopilot.CodeInvalidBody || r.Answer != "InvalidZtdRequestBody" {
			t.Errorf("removal: %+v", r)
		}
		if ids := s.asks(); len(ids) != 2 || ids[0] == ids[1] {
			t.Errorf("asked under %q", ids)
		}
		queuetest.Fill(t, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 20, 1)
		_, err := s.up.UntilSettled(t.Context())
		s.must(err)
		s.want(queue.Counts{Registered: 1, Removing: 1})
		s.must(s.q.RetryRemoval(t.Context(), s.ids, queue.Act{}))
		s.untilRemoved(time.Hour)
		s.want(queue.Counts{Registered: 1, Removed: 1})
	})
}

// Throttled, signed out, without relationship or a role: as for uploads, the
// station or the customer waits, and the removal stays.
func TestARemovalWaitsWithItsCustomer(t *testing.T) {
	t.Parallel()
	for fault, tt := range map[partnercentertest.Fault]struct {
		customer autopilot.TenantID
		reason   queue.Reason
	}{
		partnercentertest.FaultThrottle:       {"", queue.Throttled},
		partnercentertest.FaultMFA:            {"", ""},
		partnercentertest.FaultNoRelationship: {contoso, queue.NoRelationship},
		partnercentertest.FaultHTML:           {"", queue.Offline},
	} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newSite(t, partnercentertest.Options{RetryAfter: time.Minute}, func(o *upload.Options) { o.Relations = nil })
				s.registered(1)
				s.server.SetTroubles(partnercentertest.Trouble{Method: http.MethodDelete, To: 1, Fault: fault})
				s.remove(s.ids...)
				status, err := s.up.Pass(t.Context())
				s.must(err)
				if !slices.ContainsFunc(status.Waits, func(w upload.Wait) bool {
					return w.Customer == tt.customer && (tt.reason == "" || w.Reason == tt.reason)
				}) {
					t.Errorf("waits: %+v", status.Waits)
				}
				s.want(queue.Counts{Removing: 1})
				s.up.Retry()
				s.runFor(10 * time.Minute)
				s.want(queue.Counts{Removed: 1})
			})
		})
	}
}

// NotFound alone says nothing: the device is listed still.
func TestNotFoundAloneIsNotGone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(1)
		g := s.gated()
		g.before = func(string) error { return failure(partnercenter.NotFound) }
		s.remove(s.ids...)
		s.runFor(6 * time.Hour)
		s.want(queue.Counts{Removing: 1})
		if r := s.removal(); r.Attempt < 5 || r.Attempt > 30 {
			t.Errorf("%d attempts in 6 hours", r.Attempt)
		}
		g.mu.Lock()
		g.before = nil
		g.mu.Unlock()
		s.untilRemoved(2 * time.Hour)
		s.want(queue.Counts{Removed: 1})
	})
}

// What waits for a person waits for one on a bad day too.
func TestNoOutageHidesThatAPersonIsNeeded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(1)
		s.server.SetOtherParty(queuetest.PKID(1))
		s.remove(s.ids...)
		s.untilRemoved(time.Hour)
		queuetest.Fill(t, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 20, 1)
		s.server.SetOutage(true)
		start := time.Now()
		s.untilRemoved(time.Hour)
		if time.Since(start) > time.Minute {
			t.Errorf("waited %v for an outage to end", time.Since(start))
		}
	})
}

// A refusal whose words were cut off may mean anything: it is tried again.
func TestARefusalWithoutAWordIsTriedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(1)
		g, left := s.gated(), 3
		g.before = func(string) error {
			if left--; left >= 0 {
				return &partnercenter.Error{Status: http.StatusBadRequest}
			}
			return nil
		}
		s.remove(s.ids...)
		s.untilRemoved(time.Hour)
		s.want(queue.Counts{Removed: 1})
	})
}
