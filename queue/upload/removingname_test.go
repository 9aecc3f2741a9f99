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

// A strict Partner Center finds a batch by its name as it is written there, and
// by no other.
type strict struct {
	upload.Registrar
	upload.Remover

	name  string
	lists []string
}

func (s *strict) BatchDevices(ctx context.Context, customer autopilot.TenantID, batch string) ([]partnercenter.Device, error) {
	s.lists = append(s.lists, batch)
	if batch != s.name {
		return nil, failure(partnercenter.NotFound)
	}
	return s.Registrar.BatchDevices(ctx, customer, batch)
}

func (s *strict) DeleteDevice(ctx context.Context, customer autopilot.TenantID, batch, device, requestID string) error {
	if batch != s.name {
		return failure(partnercenter.NotFound)
	}
	return s.Remover.DeleteDevice(ctx, customer, batch, device, requestID)
}

// strictly has the site's Partner Center know the batch by that name alone.
func (s *site) strictly(name string) *strict {
	by := &strict{Registrar: s.opts.Registrar, Remover: s.opts.Remover, name: name}
	s.opts.Registrar, s.opts.Remover = by, by
	s.restart()
	return by
}

// A batch that Partner Center writes otherwise is listed, and taken from, by its
// name there; the station is not taken to be offline.
func TestABatchIsCalledAsPartnerCenterCallsIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{RemovalLag: time.Minute})
		s.byHand("dock", 2)
		_, err := s.client.CreateBatch(t.Context(), contoso, "Dock", []autopilot.Device{{PKID: queuetest.PKID(1)}, {PKID: queuetest.PKID(2)}}, "r")
		s.must(err)
		by := s.strictly("Dock")
		s.remove(s.ids...)
		status, err := s.up.Pass(t.Context())
		s.must(err)
		if w, ok := waitFor(status, queue.Offline); ok || status.Online != upload.OnlineYes {
			t.Errorf("%s: %+v", status.Online, w)
		}
		if lists := strings.Join(by.lists, " "); lists != "dock Dock" {
			t.Errorf("listed %s for two devices of one batch", lists)
		}
		s.untilRemoved(time.Hour)
		s.want(queue.Counts{Removed: 2})
		if made := s.deletes(); len(made) != 2 || !strings.Contains(made[0].Path, "/Dock/") {
			t.Errorf("asked: %+v", made)
		}
	})
}

// So it is with what no list shows, and Microsoft has named.
func TestANamedDeviceIsAskedForInItsBatchsOwnName(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{DeleteGone: partnercentertest.DeleteGone807})
		s.ids = queuetest.Fill(t, s.q, queue.Work{Customer: contoso, GroupTag: "dock"}, 1, 1)
		_, err := s.up.UntilSettled(t.Context())
		s.must(err)
		e, err := s.q.Entry(t.Context(), s.ids[0])
		s.must(err)
		s.must(s.client.DeleteDevice(t.Context(), contoso, "dock", e.DeviceID, "by-somebody-else"))
		s.opts.Registrar = &renamed{Registrar: s.opts.Registrar}
		s.strictly("Dock")
		s.remove(s.ids...)
		s.untilRemoved(26 * time.Hour)
		s.want(queue.Counts{Removed: 1})
	})
}

// A renamed registrar writes all batches with a capital letter.
type renamed struct{ upload.Registrar }

func (r *renamed) Batches(ctx context.Context, customer autopilot.TenantID) ([]partnercenter.Batch, error) {
	batches, err := r.Registrar.Batches(ctx, customer)
	for i, b := range batches {
		batches[i].ID = strings.ToUpper(b.ID[:1]) + b.ID[1:]
	}
	return batches, err
}
