package upload_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
)

func TestRegistrationsAreTakenBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{PageSize: 2})
		s.registered(5)
		g := s.gated()
		g.before = func(device string) error { // on disk before it is asked for
			open, err := s.q.OpenRemovals(t.Context())
			s.must(err)
			if !slices.ContainsFunc(open, func(r queue.Removal) bool {
				return r.DeviceID == device && r.Attempt == 1 && r.RequestID != "" && r.Batch == "Dock" && r.State == queue.RemovalPlanned
			}) {
				t.Errorf("asked for %s without its plan on disk: %+v", device, open)
			}
			return nil
		}
		s.remove(s.ids[:3]...)
		status := s.untilRemoved(time.Minute)
		s.want(queue.Counts{Registered: 2, Removed: 3})
		if len(s.server.Registered()) != 2 || len(s.deletes()) != 3 || len(status.Waits) != 0 || !status.Next.IsZero() {
			t.Errorf("registered %d, asked %d, %+v", len(s.server.Registered()), len(s.deletes()), status)
		}
	})
}

func TestADeviceIsRemovedWhenItIsGone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{RemovalLag: 10 * time.Minute})
		s.registered(2)
		s.remove(s.ids...)
		start := time.Now()
		status := s.runFor(9 * time.Minute)
		s.want(queue.Counts{Removing: 2})
		if w, ok := waitFor(status, queue.StillThere); !ok || w.Entries != 2 || w.Customer != contoso || !w.Until.After(time.Now()) {
			t.Errorf("waits: %+v", status.Waits)
		}
		s.untilRemoved(time.Hour)
		s.want(queue.Counts{Removed: 2})
		if took := time.Since(start); took < 10*time.Minute || took > 25*time.Minute {
			t.Errorf("removed after %v", took)
		}
		if len(s.deletes()) != 2 {
			t.Errorf("%d requests", len(s.deletes()))
		}
	})
}

// A yes without effect is asked for once more after an hour, and no sooner.
func TestWhatStaysThereIsAskedForOnceMore(t *testing.T) {
	t.Parallel()
	for _, gone := range []partnercentertest.Mode{partnercentertest.DeleteGone404, partnercentertest.DeleteGone807} {
		t.Run(string(gone), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newSite(t, partnercentertest.Options{RemovalLag: 150 * time.Minute, DeleteGone: gone})
				s.registered(1)
				start := time.Now()
				s.remove(s.ids...)
				s.untilRemoved(12 * time.Hour)
				s.want(queue.Counts{Removed: 1})
				made := s.deletes()
				if len(made) < 2 || made[1].At.Sub(made[0].At) < time.Hour {
					t.Errorf("asked: %+v", made)
				}
				for i, r := range made[1:] {
					if r.Header.Get("MS-RequestId") == made[i].Header.Get("MS-RequestId") {
						t.Error("asked again under the id of what was answered")
					}
				}
				if took := time.Since(start); took < 150*time.Minute {
					t.Errorf("called removed after %v, and listed still", took)
				}
			})
		})
	}
}

func TestForeverThereNeedsAPerson(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{RemovalLag: 24 * 365 * time.Hour})
		s.registered(1)
		s.remove(s.ids...)
		status := s.untilRemoved(48 * time.Hour)
		if w, ok := waitFor(status, queue.StillThere); !ok || !w.Until.IsZero() || !s.removal().Person {
			t.Errorf("waits: %+v", status.Waits)
		}
		if n := len(s.deletes()); n < 4 || n > 40 {
			t.Errorf("%d requests in a day", n)
		}
		status = s.runFor(time.Hour)
		if status.Next.IsZero() {
			t.Error("nobody looks any more")
		}
	})
}

// Without an answer the lists tell first; if the device is there still, the
// request goes out again under its id.
func TestALostAnswerIsLookedUp(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		done    bool
		restart bool
	}{{"done", true, false}, {"not done", false, false}, {"done, restarted", true, true}, {"not done, restarted", false, true}} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newSite(t, partnercentertest.Options{})
				s.registered(1)
				g, struck := s.gated(), false
				strike := func(string) error {
					if struck {
						return nil
					}
					struck = true
					return failure(partnercenter.NoAnswer)
				}
				if tt.done {
					g.after = strike
				} else {
					g.before = strike
				}
				s.remove(s.ids...)
				if _, err := s.up.Pass(t.Context()); err != nil {
					t.Fatal(err)
				}
				first := s.removal()
				if first.Attempt != 1 || first.Note != "" || first.State != queue.RemovalPlanned {
					t.Errorf("in doubt: %+v", first)
				}
				if tt.restart {
					s.restart()
				}
				s.untilRemoved(time.Hour)
				s.want(queue.Counts{Removed: 1})
				if len(s.deletes()) != 1 {
					t.Errorf("%d requests arrived", len(s.deletes()))
				}
				want := []string{first.RequestID}
				if !tt.done {
					want = append(want, first.RequestID)
				}
				if got := s.asks(); !slices.Equal(got, want) {
					t.Errorf("asked under %q, want %q", got, want)
				}
			})
		})
	}
}

func TestWhatAPersonRemovesOnTheSiteIsLeftAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(1)
		_, err := s.q.Remove(t.Context(), s.ids, true, queue.Act{By: "Léa", Reason: "no API"})
		s.must(err)
		before := len(s.server.Requests())
		status := s.untilRemoved(time.Minute)
		s.runFor(24 * time.Hour)
		if w, ok := waitFor(status, queue.OnTheSite); !ok || w.Entries != 1 || !w.Until.IsZero() || len(s.server.Requests()) != before {
			t.Errorf("waits: %+v, %d requests", status.Waits, len(s.server.Requests())-before)
		}
	})
}

func TestUntilSettledDoesNotWaitForRemovals(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{RemovalLag: time.Hour})
		s.registered(1)
		s.remove(s.ids...)
		start := time.Now()
		if _, err := s.up.UntilSettled(t.Context()); err != nil || time.Since(start) > time.Minute {
			t.Errorf("%v, after %v", err, time.Since(start))
		}
		s.want(queue.Counts{Removing: 1})
	})
}

// Without the means nothing is asked, and nobody waits for it.
func TestWithoutARemoverRemovalsStay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(1)
		s.opts.Remover = nil
		s.restart()
		s.remove(s.ids...)
		s.untilRemoved(time.Minute)
		s.want(queue.Counts{Removing: 1})
	})
}
