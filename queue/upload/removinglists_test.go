package upload_test

import (
	"context"
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

// What was registered by hand has no id yet: it is found in any batch.
func TestADeviceWithoutAnIDIsFoundInTheLists(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.byHand("..", 1)
		for i, batch := range []string{"Alpha", "Beta", "Gamma"} {
			_, err := s.client.CreateBatch(t.Context(), contoso, batch, []autopilot.Device{{PKID: queuetest.PKID(100 + i)}}, batch)
			s.must(err)
		}
		_, err := s.client.AppendBatch(t.Context(), contoso, "Beta", []autopilot.Device{{PKID: queuetest.PKID(1)}}, "r")
		s.must(err)
		s.remove(s.ids...)
		s.untilRemoved(time.Minute)
		s.want(queue.Counts{Removed: 1})
		if made := s.deletes(); len(made) != 1 || !strings.Contains(made[0].Path, "/Beta/") {
			t.Errorf("asked: %+v", made)
		}
		if len(s.server.Registered()) != 3 {
			t.Errorf("registered: %+v", s.server.Registered())
		}
	})
}

// What is in no list may be there tomorrow: it is neither gone nor given up.
func TestWhatIsNotListedYetIsWaitedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.byHand("Dock", 1)
		s.remove(s.ids...)
		status := s.runFor(time.Hour)
		if w, ok := waitFor(status, queue.NotListed); !ok || w.Until.IsZero() || len(s.deletes()) != 0 {
			t.Errorf("waits: %+v", status.Waits)
		}
		s.want(queue.Counts{Removing: 1})
		_, err := s.client.CreateBatch(t.Context(), contoso, "Dock", []autopilot.Device{{PKID: queuetest.PKID(1)}}, "r")
		s.must(err)
		s.untilRemoved(3 * time.Hour)
		s.want(queue.Counts{Removed: 1})
		if len(s.server.Registered()) != 0 {
			t.Errorf("registered: %+v", s.server.Registered())
		}
	})
}

func TestWhatIsNeverListedNeedsAPerson(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.byHand("Dock", 1)
		s.remove(s.ids...)
		start := time.Now()
		status := s.untilRemoved(48 * time.Hour)
		if w, ok := waitFor(status, queue.NotListed); !ok || !w.Until.IsZero() || time.Since(start) < 24*time.Hour {
			t.Errorf("after %v: %+v", time.Since(start), status.Waits)
		}
		if n := len(s.server.Requests()); n > 100 {
			t.Errorf("%d requests in a day", n)
		}
		s.must(s.q.RemovedOnSite(t.Context(), s.ids, queue.Act{By: "Léa", Reason: "their IT says so"}))
		s.want(queue.Counts{Removed: 1})
	})
}

// A device that Microsoft named is asked for by its name where no list ever
// shows it: the answer tells.
func TestANamedDeviceInNoListIsAskedForInTheEnd(t *testing.T) {
	t.Parallel()
	for _, gone := range []partnercentertest.Mode{partnercentertest.DeleteGone404, partnercentertest.DeleteGone807} {
		t.Run(string(gone), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newSite(t, partnercentertest.Options{DeleteGone: gone})
				s.registered(1)
				e, err := s.q.Entry(t.Context(), s.ids[0])
				s.must(err)
				s.must(s.client.DeleteDevice(t.Context(), contoso, "Dock", e.DeviceID, "by-somebody-else")) // by somebody else
				s.remove(s.ids...)
				s.runFor(23 * time.Hour)
				s.want(queue.Counts{Removing: 1})
				s.untilRemoved(4 * time.Hour)
				if gone == partnercentertest.DeleteGone807 {
					s.want(queue.Counts{Removed: 1})
					return
				}
				// A 404 of what was never seen says nothing: a person looks.
				s.want(queue.Counts{Removing: 1})
				s.must(s.q.RemovedOnSite(t.Context(), s.ids, queue.Act{By: "Léa", Reason: "their IT says so"}))
				s.want(queue.Counts{Removed: 1})
			})
		})
	}
}

// Only the very tuple is the device.
func TestATupleIsTakenBackByAllThree(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		mine := autopilot.Device{Serial: "S1", Manufacturer: "HP", Model: "EliteBook"}
		others := []autopilot.Device{
			{Serial: "S1", Manufacturer: "Dell", Model: "EliteBook"}, {Serial: "S1", Manufacturer: "HP", Model: "elitebook"},
		}
		_, err := s.client.CreateBatch(t.Context(), contoso, "Dock", append(others, mine), "r")
		s.must(err)
		r, err := s.q.OpenReception(t.Context(), queue.Work{Customer: contoso, GroupTag: "Dock"}, "Ana")
		s.must(err)
		v, err := s.q.Attach(t.Context(), queue.Part{Reception: r.ID, Serial: mine.Serial, Maker: mine.Manufacturer, Model: mine.Model, By: "Ana"})
		s.must(err)
		_, completed, err := s.q.CloseBox(t.Context(), v.Entry.ID, "Ana", true)
		if err != nil || !completed {
			t.Fatalf("completed %v, %v", completed, err)
		}
		s.ids = []string{v.Entry.ID}
		s.must(s.q.Exported(t.Context(), s.ids, "Dock", queue.Act{By: "Ana"}))
		_, err = s.q.ConfirmExport(t.Context(), []queue.Outcome{{Entry: s.ids[0], Registered: true}}, queue.Act{By: "Ana"})
		s.must(err)
		s.remove(s.ids...)
		s.untilRemoved(time.Minute)
		s.want(queue.Counts{Removed: 1})
		left := s.server.Registered()
		if len(left) != 2 || len(s.server.Removals()) != 1 || len(s.deletes()) != 1 {
			t.Errorf("left: %+v", left)
		}
	})
}

// A list may miss a device while others change it: without a yes it must be
// missing twice.
func TestMissingOnceIsNotGone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(2)
		g, once := s.gated(), true
		g.before = func(string) error {
			if once {
				once = false
				return failure(partnercenter.NoAnswer)
			}
			return nil
		}
		s.opts.Registrar = &skipping{Registrar: s.opts.Registrar, at: 2}
		s.restart()
		s.remove(s.ids[0])
		s.untilRemoved(time.Hour)
		s.want(queue.Counts{Registered: 1, Removed: 1})
		if len(s.server.Removals()) != 1 {
			t.Error("called removed what is registered")
		}
	})
}

// A skipping registrar leaves all devices out of its at-th list.
type skipping struct {
	upload.Registrar

	at, lists int
}

func (s *skipping) BatchDevices(ctx context.Context, customer autopilot.TenantID, batch string) ([]partnercenter.Device, error) {
	devices, err := s.Registrar.BatchDevices(ctx, customer, batch)
	if s.lists++; s.lists == s.at {
		return nil, err
	}
	return devices, err
}

// A list that is not found while its batch is there says nothing.
func TestAListThatIsNotFoundIsNoProof(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{RemovalLag: 10 * time.Minute})
		s.registered(1)
		s.remove(s.ids...)
		_, err := s.up.Pass(t.Context())
		s.must(err)
		s.opts.Registrar = &losing{Registrar: s.opts.Registrar, lists: 3}
		s.restart()
		s.runFor(5 * time.Minute)
		s.want(queue.Counts{Removing: 1})
		s.untilRemoved(time.Hour)
		s.want(queue.Counts{Removed: 1})
	})
}

// A losing registrar does not find its first lists.
type losing struct {
	upload.Registrar

	lists int
}

func (l *losing) BatchDevices(ctx context.Context, customer autopilot.TenantID, batch string) ([]partnercenter.Device, error) {
	if l.lists--; l.lists >= 0 {
		return nil, failure(partnercenter.NotFound)
	}
	return l.Registrar.BatchDevices(ctx, customer, batch)
}
