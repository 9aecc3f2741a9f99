package upload_test

import (
	"context"
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
