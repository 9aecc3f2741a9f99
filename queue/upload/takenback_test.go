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
	"pkidstation/queue/upload"
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

// A person took back on the site what another station had registered anew: its id is
// nobody's, and no list is believed.
func TestRemovedOnTheSiteSaysNotWhich(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{RemovalLag: 40 * time.Minute})
		s.registered(1)
		s.remove(s.ids...)
		s.runFor(41 * time.Minute)
		_, err := s.client.AppendBatch(t.Context(), contoso, "Dock", []autopilot.Device{{PKID: queuetest.PKID(1)}}, "another-station")
		s.must(err)
		s.runFor(time.Hour)
		if r := s.removal(); r.Note != queue.RegisteredAnew {
			t.Fatalf("removal: %+v", r)
		}
		listed, err := s.client.BatchDevices(t.Context(), contoso, "Dock")
		s.must(err)
		s.must(s.client.DeleteDevice(t.Context(), contoso, "Dock", listed[0].ID, "on-the-site"))
		s.must(s.q.RemovedOnSite(t.Context(), s.ids, queue.Act{By: "Ana", Reason: "done on the site"}))
		again := s.scannedAgain()
		s.runFor(3 * 24 * time.Hour)
		s.wantAtMicrosoft(again)
	})
}

// Who wants nothing tried again after a removal gets no false green for it.
func TestWithoutRetriesAfterARemoval(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{OwnerLag: 5 * time.Hour}, func(o *upload.Options) { o.AfterRemoval = -1 })
		s.registered(1)
		s.remove(s.ids...)
		s.untilRemoved(time.Hour)
		again := s.scannedAgain()
		s.runFor(2 * 24 * time.Hour)
		s.wantAtMicrosoft(again)
	})
}

// The time is over while the lists are read, or a clock was a year ahead: what is
// refused with 806 is sent again all the same, and believed in a day or two.
func TestAlreadyThereIsNotRefusedForEver(t *testing.T) {
	t.Parallel()
	for name, at := range map[string]time.Duration{"over meanwhile": 17*time.Minute - 24*time.Hour, "a clock ahead": 365 * 24 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.add(contoso, "Dock", "r1", 1)
				b.center.there(contoso, "Dock", b.entries[0].Device)
				start := time.Now()
				b.removed = map[autopilot.PKID]takenFrom{pkid(1): {
					TakenBack: queue.TakenBack{At: start.Add(at), DeviceID: "OTHER-" + string(pkid(1))}, customer: contoso,
				}}
				b.center.at = func(c call, after bool) error {
					if since := time.Since(start); c.op == "devices" && !after && since > 15*time.Minute && since < 17*time.Minute {
						<-time.After(3 * time.Minute) // many pages, in the bubble's time
					}
					return nil
				}
				b.run(t, 3*24*time.Hour)
				b.want(t, map[queue.State]int{queue.Registered: 1})
			})
		})
	}
}
