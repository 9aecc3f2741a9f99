package upload_test

import (
	"context"
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

// Somebody who registered the device for the same customer since keeps it: an
// entry of ours, or another station.
func TestADeviceThatWasRegisteredAnewIsLeftAlone(t *testing.T) {
	t.Parallel()
	t.Run("here", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newSite(t, partnercentertest.Options{})
			s.registered(1)
			s.opts.Ledger = &claimed{Queue: s.q}
			s.restart()
			s.remove(s.ids...)
			status := s.untilRemoved(time.Minute)
			if w, ok := waitFor(status, queue.Conflict); !ok || !w.Until.IsZero() || len(s.deletes()) != 0 {
				t.Errorf("waits: %+v, %d requests", status.Waits, len(s.deletes()))
			}
			s.want(queue.Counts{Removing: 1})
		})
	})
	t.Run("elsewhere", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newSite(t, partnercentertest.Options{})
			s.registered(1)
			s.remove(s.ids...)
			_, err := s.up.Pass(t.Context())
			s.must(err)
			_, err = s.client.AppendBatch(t.Context(), contoso, "Dock", []autopilot.Device{{PKID: queuetest.PKID(1)}}, "other station")
			s.must(err)
			status := s.untilRemoved(time.Minute)
			if _, ok := waitFor(status, queue.RegisteredAnew); !ok || len(s.deletes()) != 1 || len(s.server.Registered()) != 1 {
				t.Errorf("waits: %+v, %d requests", status.Waits, len(s.deletes()))
			}
			s.must(s.q.TakeBackAnew(t.Context(), s.ids, queue.Act{})) // a person wants that one back too
			s.untilRemoved(time.Minute)
			s.want(queue.Counts{Removed: 1})
			if len(s.server.Registered()) != 0 {
				t.Error("it is registered still")
			}
		})
	})
}

// A claimed ledger has another entry standing for every device.
type claimed struct{ *queue.Queue }

func (*claimed) AttemptRemoval(context.Context, string, queue.RemovalStep) (queue.Removal, error) {
	return queue.Removal{}, fmt.Errorf("asking: %w", &queue.ClaimedError{})
}

// anew has another station register the first entry's device once more.
func (s *site) anew() { s.Helper(); s.anewIn("Dock") }

func (s *site) anewIn(batch string) {
	s.Helper()
	register := s.client.CreateBatch
	if batch == "Dock" {
		register = s.client.AppendBatch
	}
	_, err := register(s.Context(), contoso, batch, []autopilot.Device{{PKID: queuetest.PKID(1)}}, "other station")
	s.must(err)
}

// losingTheFirst has the first yes lost; before that somebody may do something.
func (s *site) losingTheFirst(meanwhile func()) {
	s.Helper()
	lost := false
	s.gated().after = func(string) error {
		if lost {
			return nil
		}
		lost = true
		meanwhile()
		return failure(partnercenter.NoAnswer)
	}
}

// wantLeftAlone fails unless a person must look at the one removal, and nothing
// but the first request was made.
func (s *site) wantLeftAlone(status upload.Status) {
	s.Helper()
	if w, ok := waitFor(status, queue.RegisteredAnew); !ok || !w.Until.IsZero() {
		s.Errorf("waits: %+v", status.Waits)
	}
	if n := len(s.deletes()); n != 1 || len(s.server.Registered()) != 1 {
		s.Errorf("%d requests, registered %+v", n, s.server.Registered())
	}
	s.want(queue.Counts{Removing: 1})
}

// A yes that was lost took the device away; whoever registered it since keeps
// it, until a person who has seen that wants it back too.
func TestWhatCameAfterALostYesIsLeftAlone(t *testing.T) {
	t.Parallel()
	for _, restarted := range []bool{false, true} {
		t.Run(fmt.Sprintf("restarted=%v", restarted), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newSite(t, partnercentertest.Options{})
				s.registered(1)
				s.losingTheFirst(s.anew)
				s.remove(s.ids...)
				_, err := s.up.Pass(t.Context())
				s.must(err)
				if restarted {
					s.restart()
				}
				s.wantLeftAlone(s.untilRemoved(time.Hour))
				s.wantLeftAlone(s.runFor(25 * time.Hour))
				s.must(s.q.RetryRemoval(t.Context(), s.ids, queue.Act{})) // of whom nobody knows what they were shown
				s.wantLeftAlone(s.untilRemoved(time.Hour))
				s.must(s.q.TakeBackAnew(t.Context(), s.ids, queue.Act{}))
				s.untilRemoved(time.Hour)
				s.want(queue.Counts{Removed: 1})
				if len(s.server.Registered()) != 0 {
					t.Error("it is registered still")
				}
			})
		})
	}
}

// A person who has something else tried again has not seen the new
// registration: it is shown to them first.
func TestARetryIsOfWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(1)
		g := s.gated()
		g.after = func(string) error { // done, and Microsoft says something else
			s.anew()
			return &partnercenter.Error{Status: http.StatusBadRequest, Code: "801", Description: "InvalidZtdRequestBody"}
		}
		s.remove(s.ids...)
		if status := s.untilRemoved(time.Minute); len(status.Waits) != 1 || status.Waits[0].Reason != queue.Refused {
			t.Fatalf("waits: %+v", status.Waits)
		}
		g.after = nil
		s.must(s.q.RetryRemoval(t.Context(), s.ids, queue.Act{}))
		s.wantLeftAlone(s.untilRemoved(time.Minute))
		s.must(s.q.TakeBackAnew(t.Context(), s.ids, queue.Act{}))
		s.untilRemoved(time.Minute)
		s.want(queue.Counts{Removed: 1})
	})
}

// Missing once, and then there under another name, is not missing twice.
func TestANewRegistrationEndsTheAbsence(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(2)
		g := s.gated()
		g.after = func(string) error { return failure(partnercenter.NoAnswer) }
		s.remove(s.ids[0])
		_, err := s.up.Pass(t.Context())
		s.must(err)
		s.opts.Registrar = &skipping{Registrar: s.opts.Registrar, at: 3} // there anew, but for one look
		s.restart()
		_, err = s.up.Pass(t.Context()) // missing once
		s.must(err)
		s.anew()
		s.runFor(90 * time.Minute)
		if r := s.removal(); r.Note != queue.RegisteredAnew || r.State == queue.RemovalDone {
			t.Errorf("removal: %+v", r)
		}
	})
}

// Whoever registered it anew may have done so in another batch: before it is
// called gone, all of them are looked at, with a yes and without.
func TestWhatCameAnewInAnotherBatchIsLeftAlone(t *testing.T) {
	t.Parallel()
	for _, lost := range []bool{false, true} {
		t.Run(fmt.Sprintf("lost=%v", lost), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newSite(t, partnercentertest.Options{})
				s.registered(1)
				if lost {
					s.losingTheFirst(func() { s.anewIn("Berlin") })
				}
				s.remove(s.ids...)
				_, err := s.up.Pass(t.Context())
				s.must(err)
				if !lost {
					s.anewIn("Berlin")
				}
				s.wantLeftAlone(s.untilRemoved(time.Hour))
				s.must(s.q.TakeBackAnew(t.Context(), s.ids, queue.Act{}))
				s.untilRemoved(time.Hour)
				s.want(queue.Counts{Removed: 1})
				if made := s.deletes(); len(made) != 2 || !strings.Contains(made[1].Path, "/Berlin/") {
					t.Errorf("asked: %+v", made)
				}
			})
		})
	}
}

// The same registration in another batch is the one to be taken back.
func TestARegistrationIsFollowedToItsBatch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(1)
		g := s.gated()
		g.before = func(string) error { return failure(partnercenter.NotFound) }
		s.remove(s.ids...)
		_, err := s.up.Pass(t.Context())
		s.must(err)
		s.opts.Registrar = &moved{Registrar: s.opts.Registrar}
		s.restart()
		s.runFor(time.Minute)
		if r := s.removal(); r.Batch != "Berlin" || r.Attempt < 2 || r.Note != queue.StillThere {
			t.Errorf("removal: %+v", r)
		}
	})
}

// A moved registrar lists what is in Dock as in Berlin.
type moved struct{ upload.Registrar }

func (*moved) Batches(context.Context, autopilot.TenantID) ([]partnercenter.Batch, error) {
	return []partnercenter.Batch{{ID: "Dock"}, {ID: "Berlin"}}, nil
}

func (m *moved) BatchDevices(ctx context.Context, customer autopilot.TenantID, batch string) ([]partnercenter.Device, error) {
	if batch != "Berlin" {
		return nil, nil
	}
	return m.Registrar.BatchDevices(ctx, customer, "Dock")
}

// However many removals end in a turn, each list is read once in it.
func TestAllBatchesAreReadOnceATurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(40)
		for _, batch := range []string{"Alpha", "Beta", "Gamma"} {
			_, err := s.client.CreateBatch(t.Context(), contoso, batch, []autopilot.Device{{PKID: queuetest.PKID(100 + int(batch[0]))}}, batch)
			s.must(err)
		}
		s.remove(s.ids...)
		_, err := s.up.Pass(t.Context())
		s.must(err)
		before := len(s.server.Requests())
		s.untilRemoved(time.Hour)
		s.want(queue.Counts{Removed: 40})
		if n := len(s.server.Requests()) - before; n != 1+4 {
			t.Errorf("%d requests to see that 40 are gone from four batches", n)
		}
	})
}
