package upload_test

import (
	"context"
	"net/http"
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

// One request that never gets its answer, or is always forbidden, keeps the
// customer's other removals from nothing, whether one process works or passes.
func TestOneRemovalThatNeverEndsKeepsNobodyElse(t *testing.T) {
	t.Parallel()
	for _, kind := range []partnercenter.Kind{partnercenter.NoAnswer, partnercenter.Forbidden} {
		for way, work := range map[string]func(*site){
			"one process": func(s *site) { s.runFor(time.Hour) },
			"passes":      func(s *site) { s.passes(8, 15*time.Minute) },
		} {
			t.Run(kind.String()+" "+way, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					s := newSite(t, partnercentertest.Options{})
					s.registered(3)
					bad, tries := "", 0
					s.gated().before = func(device string) error {
						if bad == "" || bad == device {
							bad, tries = device, tries+1
							return worded(kind)
						}
						return nil
					}
					s.remove(s.ids...)
					work(s)
					s.want(queue.Counts{Removing: 1, Removed: 2})
					if s.removal().Person {
						t.Errorf("too soon: %+v", s.removal())
					}
					s.runFor(48 * time.Hour)
					if r := s.removal(); tries > 70 || r.DeviceID != bad || !r.Person || r.Note == "" {
						t.Errorf("%d requests in two days, %+v", tries, r)
					}
				})
			})
		}
	}
}

// So it is with lists: a batch of the customer that cannot be listed keeps what
// may be in it from being gone, and nobody from being asked for.
func TestABatchThatCannotBeListedKeepsNobodyElse(t *testing.T) {
	t.Parallel()
	for _, kind := range []partnercenter.Kind{partnercenter.NotFound, partnercenter.NoAnswer} {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newSite(t, partnercentertest.Options{})
				s.registered(3)
				_, err := s.client.CreateBatch(t.Context(), contoso, "Berlin", []autopilot.Device{{PKID: queuetest.PKID(100)}}, "other station")
				s.must(err)
				line := &withoutList{Registrar: s.opts.Registrar, batch: "Berlin", kind: kind}
				s.opts.Registrar = line
				asked := map[string]bool{}
				s.gated().before = func(device string) error { // each has to be asked for twice
					if asked[device] {
						return nil
					}
					asked[device] = true
					return &partnercenter.Error{Status: http.StatusInternalServerError, Code: "640", Description: "StorageError"}
				}
				s.remove(s.ids[0])
				s.runFor(10 * time.Minute)
				s.remove(s.ids[1:]...)
				s.runFor(2 * time.Hour)
				s.want(queue.Counts{Removing: 3})
				if n := len(s.deletes()); n != 3 {
					t.Errorf("%d are asked for", n)
				}
				line.batch = ""
				s.untilRemoved(2 * time.Hour)
				s.want(queue.Counts{Removed: 3})
			})
		})
	}
}

// Nobody can say that a device is gone that may be in such a batch: after a day
// a person looks. The station is not taken to be offline for it.
func TestWhatMayBeWhereNobodyCanLookNeedsAPerson(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(2)
		s.remove(s.ids...)
		_, err := s.up.Pass(t.Context())
		s.must(err)
		s.opts.Registrar = &withoutList{Registrar: s.opts.Registrar, batch: "Dock", kind: partnercenter.NotFound}
		s.restart()
		before := len(s.server.Requests())
		status := s.runFor(23 * time.Hour)
		if w, ok := waitFor(status, queue.NotListed); !ok || w.Entries != 2 || w.Until.IsZero() || len(status.Waits) != 1 || status.Online != upload.OnlineYes {
			t.Errorf("%s: %+v", status.Online, status.Waits)
		}
		if n := len(s.server.Requests()) - before; n > 50 { // each look has the customer's batches and asks for one
			t.Errorf("%d requests in a day", n)
		}
		if w, ok := waitFor(s.untilRemoved(3*time.Hour), queue.NotListed); !ok || !w.Until.IsZero() {
			t.Errorf("after a day: %+v", w)
		}
		s.want(queue.Counts{Removing: 2})
	})
}

// A withoutList registrar cannot list one batch.
type withoutList struct {
	upload.Registrar

	batch string
	kind  partnercenter.Kind
}

func (u *withoutList) BatchDevices(ctx context.Context, customer autopilot.TenantID, batch string) ([]partnercenter.Device, error) {
	if batch == u.batch {
		return nil, failure(u.kind)
	}
	return u.Registrar.BatchDevices(ctx, customer, batch)
}
