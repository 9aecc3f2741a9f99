package upload_test

import (
	"context"
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

// Looks are answered and requests are throttled without a time: they come ever more
// rarely, what is to be sent is in people's hands, and goes when that is over.
func TestOnlyChangesAreThrottled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.ids = queuetest.Fill(t, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, 2)
		s.server.SetTroubles(partnercentertest.Trouble{Method: "POST", Path: "deviceBatches", Fault: partnercentertest.FaultThrottleBare})
		s.runFor(time.Hour)
		if n := len(s.server.Requests()); n > 60 {
			t.Errorf("%d requests in an hour that nothing is taken", n)
		}
		s.want(queue.Counts{Ready: 2})
		if status := s.up.Status(); status.Progress[0].Attempt < 5 || status.Progress[0].Reason != queue.Throttled {
			t.Errorf("progress: %+v", status.Progress)
		}
		s.server.SetTroubles()
		s.runFor(10 * time.Minute)
		s.want(queue.Counts{Registered: 2})
		if s.pausedStation() {
			t.Error("paused for what is over")
		}
	})
}

// The same with a token that looks take and requests do not: after the second
// refusal it is a person's, whoever gives the tokens.
func TestOnlyChangesRefuseTheToken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.ids = queuetest.Fill(t, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, 1)
		s.server.SetTroubles(partnercentertest.Trouble{Method: "POST", Path: "deviceBatches", Fault: partnercentertest.FaultSignIn})
		start := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		status, err := s.up.UntilSettled(ctx)
		if w, ok := waitFor(status, queue.SignIn); err != nil || !ok || !w.Until.IsZero() {
			t.Errorf("%v: %+v", err, status.Waits)
		}
		if took := time.Since(start); took > time.Minute {
			t.Errorf("a person is told after %v", took)
		}
		s.runFor(time.Hour)
		if n := len(s.server.Requests()); n > 60 {
			t.Errorf("%d requests in an hour", n)
		}
		s.server.SetTroubles()
		s.up.Retry()
		s.runFor(time.Minute)
		s.want(queue.Counts{Registered: 1})
		if s.pausedStation() || s.up.Status().Online != upload.OnlineYes {
			t.Errorf("after the new sign-in: %+v", s.up.Status())
		}
	})
}

// A throttle of looks ends with the next look that is answered.
func TestOnlyLooksAreThrottled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		b.center.at = strike("list", false, failure(partnercenter.Throttled), failure(partnercenter.Throttled))
		b.settle(t)
		if kept := b.kept(); len(kept) != 0 {
			t.Errorf("kept: %+v", kept)
		}
	})
}

// unneeded has a throttled removal become a person's: there is nothing to change left.
func (s *site) unneeded(model partnercentertest.Fault) {
	s.Helper()
	s.server.SetTroubles(partnercentertest.Trouble{Method: "DELETE", Fault: model})
	s.remove(s.ids[0])
	s.runFor(61 * time.Minute)
	s.must(s.q.TakeOnSite(s.Context(), s.ids[:1], queue.Act{By: "Ana", Reason: "by hand"}))
	s.server.SetTroubles()
	other := queuetest.Fill(s.T, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 50, 1)
	s.must(s.q.Exported(s.Context(), other, "Dock", queue.Act{By: "Ana"}))
	_, err := s.q.ConfirmExport(s.Context(), []queue.Outcome{{Entry: other[0], Registered: true}}, queue.Act{By: "Ana"})
	s.must(err)
	s.remove(other...) // looked for, and in no list
}

// A throttle that no request will ever end keeps nobody waiting, here or on disk.
func TestAThrottleOfWhatIsNotNeededAnyMore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{RetryAfter: 24 * time.Hour})
		s.registered(1)
		s.unneeded(partnercentertest.FaultThrottle)
		s.up.Retry()
		s.runFor(3 * time.Hour)
		if err := upload.MayAsk(t.Context(), s.q); err != nil {
			t.Error(err)
		}
		s.server.SetOutage(true)
		s.runFor(2 * time.Hour)
		s.server.SetOutage(false)
		s.runFor(2 * time.Hour)
		if s.pausedStation() || s.up.Status().Online != upload.OnlineYes {
			t.Errorf("after an outage: %+v", s.up.Status())
		}
		s.server.SetTroubles(partnercentertest.Trouble{Method: "GET", From: 1, To: 1, Fault: partnercentertest.FaultReset})
		start := time.Now()
		queuetest.Fill(t, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 60, 1)
		_, err := s.up.UntilSettled(t.Context())
		s.must(err)
		if took := time.Since(start); took > 2*time.Minute {
			t.Errorf("one lost look took %v", took)
		}
	})
}

// A token that is refused once an hour is an hour's trouble, and nobody's to mend.
func TestARefusedTokenNowAndThen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := atCenter(t, 1)
		jobs, throttled, last := 0, false, time.Time{}
		c.jobTime = 240 * time.Hour
		c.at = func(made call, after bool) error {
			switch {
			case after:
			case made.op == "append" && jobs > 0:
				throttled = true
				return failure(partnercenter.Throttled)
			case made.op == "append":
				jobs++
			case made.op == "status" && throttled && time.Since(last) > time.Hour:
				last = time.Now()
				return &partnercenter.Error{Op: "job status", Status: http.StatusUnauthorized}
			}
			return nil
		}
		s.runFor(time.Minute)
		more := queuetest.Fill(t, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 50, 1)
		s.runFor(15 * time.Minute)
		s.must(s.q.Hold(t.Context(), more, queue.Act{By: "Ana"}))
		for range 30 {
			s.runFor(20 * time.Minute)
			kept, err := s.q.Pauses(t.Context())
			s.must(err)
			for _, p := range kept {
				if p.Person {
					t.Fatalf("a person is called for: %+v", p)
				}
			}
		}
	})
}

// An answer about the role ends an outage, though it is a no.
func TestARoleIsNoOutage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := profiled(t, partnercentertest.Options{}, 2)
		s.untilSettled()
		s.server.SetTroubles(partnercentertest.Trouble{Method: "PATCH", Fault: partnercentertest.FaultRole})
		s.give(s.ids, kioskProfile, "Kiosk")
		s.runFor(2 * time.Hour)
		s.server.SetOutage(true)
		s.runFor(time.Hour)
		s.server.SetOutage(false)
		s.runFor(2 * time.Hour)
		if s.pausedStation() {
			t.Error("paused for an outage that is over")
		}
	})
}
