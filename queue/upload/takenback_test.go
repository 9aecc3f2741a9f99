package upload_test

import (
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
)

// scannedAgain captures the site's first box once more, for the same customer.
func (s *site) scannedAgain() (id string) {
	s.Helper()
	return queuetest.Fill(s.T, s.q, queue.Work{Customer: contoso, GroupTag: "Berlin"}, 1, 1)[0]
}

// wantAtMicrosoft fails unless what the queue calls registered is what Microsoft
// has when everything has had its time.
func (s *site) wantAtMicrosoft(id string) {
	s.Helper()
	e, err := s.q.Entry(s.Context(), id)
	s.must(err)
	if e.State != queue.Registered || e.Reason != "" || e.Batch != "" && e.Batch != "Berlin" {
		s.Errorf("entry: %s %q in %q", e.State, e.Reason, e.Batch)
	}
	if there := s.server.Registered(); len(there) != 1 || there[0].Batch != "Berlin" {
		s.Errorf("Microsoft has %+v", there)
	}
}

// 807 while a list shows the device: Microsoft has not forgotten it, and a box that
// is scanned again would be told that the customer has it.
func TestNobodysAndListedIsNotRemoved(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{RemovalLag: 25 * time.Minute, DeleteGone: partnercentertest.DeleteGone807})
		s.registered(1)
		g, struck := s.gated(), false
		g.after = func(string) error {
			if struck {
				return nil
			}
			struck = true
			return failure(partnercenter.NoAnswer)
		}
		s.remove(s.ids...)
		s.runFor(20 * time.Minute)
		s.want(queue.Counts{Removing: 1})
		if r := s.removal(); r.State != queue.RemovalAsked || r.Note != queue.StillThere || r.Code != autopilot.CodeNotRegistered {
			t.Errorf("removal: %+v", r)
		}
		s.untilRemoved(time.Hour)
		again := s.scannedAgain()
		s.runFor(2 * 24 * time.Hour)
		s.wantAtMicrosoft(again)
	})
}

// What is in no list any longer may be its customer's still: 806 is no green then.
func TestAlreadyThereSoonAfterARemovalIsSentAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{OwnerLag: 5 * time.Hour})
		s.registered(1)
		s.remove(s.ids...)
		s.untilRemoved(time.Hour)
		again := s.scannedAgain()
		s.runFor(4 * time.Hour)
		e, err := s.q.Entry(t.Context(), again)
		s.must(err)
		if e.State != queue.Rejected || e.Code != autopilot.CodeAlreadyHere || e.RetryAt.IsZero() {
			t.Errorf("Microsoft has not forgotten it: %s %s, again %v", e.State, e.Code, e.RetryAt)
		}
		s.runFor(2 * 24 * time.Hour)
		s.wantAtMicrosoft(again)
	})
}

// A list that shows what was taken back, by its id, says nothing of a request in
// doubt or of a job without a word; another id does.
func TestListedSoonAfterARemoval(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		id  string
		now queue.State
		lag time.Duration
	}{
		"under the id that was taken back": {id: "other-" + string(pkid(1)), now: queue.Rejected},
		"under nobody knows which":         {now: queue.Rejected},
		"under another id":                 {id: "first", now: queue.Registered},
		"a day ago":                        {id: "other-" + string(pkid(1)), now: queue.Registered, lag: 25 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.add(contoso, "Dock", "r1", 1)
				b.center.there(contoso, "Dock", b.entries[0].Device)
				b.removed = map[autopilot.PKID]takenFrom{pkid(1): {
					TakenBack: queue.TakenBack{At: time.Now().Add(-tt.lag), DeviceID: tt.id}, customer: contoso,
				}}
				b.center.at = strike("append", false, failure(partnercenter.NoAnswer))
				b.run(t, 75*time.Minute) // the lists have had their time
				if e := b.entry(1); e.State != tt.now || tt.now == queue.Rejected && e.RetryAt.IsZero() {
					t.Errorf("entry: %s %q %s, again %v", e.State, e.Reason, e.Code, e.RetryAt)
				}
			})
		})
	}
}
