package upload_test

import (
	"context"
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

// listedLate has another station of ours register the first n-1 of n devices,
// in a list that shows none of them until long after our upload.
func listedLate(t *testing.T, n int) *site {
	t.Helper()
	known := func(d autopilot.Device) autopilot.Code {
		if d.PKID == queuetest.PKID(n) {
			return autopilot.CodeAlreadyHere // somebody else's
		}
		return ""
	}
	s := newSite(t, partnercentertest.Options{ListLag: time.Hour, Directory: known})
	var theirs []autopilot.Device
	for i := 1; i < n; i++ {
		theirs = append(theirs, autopilot.Device{PKID: queuetest.PKID(i)})
	}
	_, err := s.client.CreateBatch(t.Context(), contoso, "Berlin", theirs, "other station")
	s.must(err)
	<-time.After(time.Minute) // the bubble's: their job is over
	s.registered(n)
	s.wantMarked(n)
	return s
}

func (s *site) wantMarked(n int) {
	s.Helper()
	if m, err := s.q.Marks(s.Context()); err != nil || m.AlreadyThere != n {
		s.Errorf("marks: %+v, %v, want %d", m, err, n)
	}
}

func (s *site) entries() (all []queue.Entry) {
	s.Helper()
	for e, err := range s.q.List(s.Context(), queue.Filter{}) {
		s.must(err)
		all = append(all, e)
	}
	return all
}

// What a batch of ours lists by now was registered by us, and can be taken back;
// what is in none stays somebody else's.
func TestAMarkIsHeldAgainstTheLists(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := listedLate(t, 3)
		if found, err := upload.Relist(t.Context(), s.client, s.q, s.entries()); err != nil || len(found) != 0 {
			t.Errorf("before they are listed: %v, %v", found, err)
		}
		s.wantMarked(3)
		<-time.After(2 * time.Hour)
		before := len(s.server.Requests())
		found, err := upload.Relist(t.Context(), s.client, s.q, s.entries())
		if err != nil || len(found) != 2 {
			t.Fatalf("found %v, %v", found, err)
		}
		if n := len(s.server.Requests()) - before; n != 3 {
			t.Errorf("%d requests for two batches", n)
		}
		s.wantMarked(1)
		for _, id := range found {
			e, err := s.q.Entry(t.Context(), id)
			s.must(err)
			if e.Reason != "" || e.DeviceID == "" || e.Batch != "Berlin" {
				t.Errorf("listed: %+v", e)
			}
		}
		s.remove(found...)
		s.untilRemoved(time.Minute)
		s.want(queue.Counts{Registered: 1, Removed: 2})
		before = len(s.server.Requests())
		if found, err = upload.Relist(t.Context(), s.client, s.q, s.entries()[:2]); err != nil || len(found) != 0 || len(s.server.Requests()) != before {
			t.Errorf("without a mark: %v, %v", found, err)
		}
	})
}

// While Partner Center cannot be asked, or not all of it, nothing is changed.
func TestNoMarkIsTakenOffOffline(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := listedLate(t, 2)
		<-time.After(2 * time.Hour)
		all := s.entries()
		other := all[0]
		other.ID, other.Customer = "nobody's", fabrikam // a customer who comes after
		for _, l := range []upload.Lister{
			&failing{s.client, contoso, partnercenter.Unreachable}, &failing{s.client, fabrikam, partnercenter.Forbidden},
		} {
			if _, err := upload.Relist(t.Context(), l, s.q, append(all, other)); err == nil {
				t.Error("no error")
			}
			s.wantMarked(2)
		}
		if found, err := upload.Relist(t.Context(), s.client, s.q, all); err != nil || len(found) != 1 {
			t.Errorf("found %v, %v", found, err)
		}
	})
}

// A failing lister cannot list the batches of one customer.
type failing struct {
	upload.Lister

	customer autopilot.TenantID
	kind     partnercenter.Kind
}

func (f *failing) Batches(ctx context.Context, customer autopilot.TenantID) ([]partnercenter.Batch, error) {
	if customer == f.customer {
		return nil, failure(f.kind)
	}
	return f.Lister.Batches(ctx, customer)
}

// What Partner Center asked for holds back this question too; what it did not
// ask for does not.
func TestAQuestionWaitsAsItWasAskedTo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := listedLate(t, 2)
		<-time.After(2 * time.Hour)
		all, before := s.entries(), len(s.server.Requests())
		s.must(s.q.SetPause(t.Context(), queue.Pause{Reason: queue.Throttled, Asked: true, Until: time.Now().Add(time.Minute)}))
		_, err := upload.Relist(t.Context(), s.client, s.q, all)
		if e, ok := err.(*partnercenter.Error); !ok || e.Kind() != partnercenter.Throttled || len(s.server.Requests()) != before { //nolint:errorlint // it is given as it is
			t.Errorf("while asked to wait: %v", err)
		}
		s.must(s.q.SetPause(t.Context(), queue.Pause{Reason: queue.Offline, Until: time.Now().Add(time.Minute)}))
		if found, err := upload.Relist(t.Context(), s.client, s.q, all); err != nil || len(found) != 1 {
			t.Errorf("found %v, %v", found, err)
		}
	})
}

// A list that is not found tells nothing of what is in the others.
func TestALostListLeavesTheMark(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := listedLate(t, 2)
		<-time.After(2 * time.Hour)
		all := s.entries()
		lists := &losing{Registrar: s.opts.Registrar, lists: 1}
		if found, err := upload.Relist(t.Context(), lists, s.q, all); err != nil || len(found) != 0 {
			t.Errorf("found %v, %v", found, err)
		}
		if found, err := upload.Relist(t.Context(), lists, s.q, all); err != nil || len(found) != 1 {
			t.Errorf("found %v, %v", found, err)
		}
	})
}
