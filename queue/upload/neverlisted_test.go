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

// A listless registrar never lists one batch.
type listless struct {
	upload.Registrar

	batch string
	err   error
}

func (l listless) BatchDevices(ctx context.Context, customer autopilot.TenantID, batch string) ([]partnercenter.Device, error) {
	if batch == l.batch {
		return nil, l.err
	}
	return l.Registrar.BatchDevices(ctx, customer, batch)
}

// withAnUnlisted gives the site's customer a batch that is there and is never listed.
func (s *site) withAnUnlisted(err error) {
	s.Helper()
	_, made := s.client.CreateBatch(s.Context(), contoso, "Other", []autopilot.Device{{PKID: queuetest.PKID(100)}}, "r")
	s.must(made)
	s.opts.Registrar = listless{Registrar: s.opts.Registrar, batch: "Other", err: err}
	s.restart()
}

// 807, and one batch of the customer cannot be listed: after a day Microsoft's word is
// enough, and a person can have it asked for again.
func TestNobodysWhereABatchIsNeverListed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{DeleteGone: partnercentertest.DeleteGone807, RemovalLag: 10 * time.Minute})
		s.registered(2)
		s.withAnUnlisted(failure(partnercenter.NotFound))
		g, struck := s.gated(), false
		g.after = func(string) error {
			if struck {
				return nil
			}
			struck = true
			return failure(partnercenter.NoAnswer)
		}
		s.remove(s.ids...)
		s.runFor(2 * 24 * time.Hour)
		s.must(s.q.RetryRemoval(t.Context(), s.ids, queue.Act{By: "Ana"}))
		s.runFor(2 * 24 * time.Hour)
		s.want(queue.Counts{Removed: 2})
		if n := len(s.deletes()); n > 8 {
			t.Errorf("%d requests in four days", n)
		}
	})
}

// 806, and one batch of the customer is never listed: it is decided without it, in a
// day, or by a person.
func TestAlreadyThereWhereABatchIsNeverListed(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusForbidden, http.StatusGone, http.StatusInternalServerError} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newSite(t, partnercentertest.Options{})
				s.server.SetForeign(queuetest.PKID(1), contoso)
				s.withAnUnlisted(&partnercenter.Error{Op: "list devices", Status: status, Code: "2000", Description: "no"})
				s.ids = queuetest.Fill(t, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, 2)
				s.runFor(2 * 24 * time.Hour)
				s.want(queue.Counts{Registered: 2})
				if e, err := s.q.Entry(t.Context(), s.ids[0]); err != nil || e.Reason != queue.AlreadyThere {
					t.Errorf("entry: %+v, %v", e, err)
				}
			})
		})
	}
}

// Neither the job nor its list can ever be asked: after a day it is a person's.
func TestNeitherJobNorList(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusBadRequest, http.StatusForbidden, http.StatusGone, http.StatusInternalServerError} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, c := atCenter(t, 1)
				c.at = func(made call, after bool) error {
					if !after && len(c.jobs) > 0 && (made.op == "status" || made.op == "devices") {
						return answered(status)
					}
					return nil
				}
				s.runFor(2 * 24 * time.Hour)
				s.must(s.giveUp(s.ids[0]))
			})
		})
	}
}

// A removal that is said yes to, and a batch that is never listed: a person's after a
// day, and no request comes of their wish but one.
func TestTakenBackWhereABatchIsNeverListed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(1)
		s.withAnUnlisted(failure(partnercenter.NotFound))
		asked := 0
		s.opts.Remover = agreeing{s.opts.Remover, &asked}
		s.restart()
		s.remove(s.ids...)
		s.runFor(2 * 24 * time.Hour)
		before := asked
		for range 3 {
			s.must(s.q.RetryRemoval(t.Context(), s.ids, queue.Act{By: "Ana"}))
			s.runFor(6 * time.Hour)
		}
		if n := asked - before; n != 3 {
			t.Errorf("%d requests for three wishes", n)
		}
		if r := s.removal(); !r.Person || r.Note != queue.NotListed {
			t.Errorf("removal: %+v", r)
		}
	})
}

// An agreeing remover says yes to everything.
type agreeing struct {
	upload.Remover

	asked *int
}

func (a agreeing) DeleteDevice(ctx context.Context, customer autopilot.TenantID, batch, device, requestID string) error {
	*a.asked++
	_ = a.Remover.DeleteDevice(ctx, customer, batch, device, requestID)
	return nil
}

// A batch that is refused to be listed for some minutes, long after the job was taken,
// is no batch that cannot be listed: what is in it is ours.
func TestAListThatHiccups(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 2)
		b.center.there(contoso, "Berlin", b.entries[0].Device)
		start, refused := time.Now(), 0
		b.center.at = func(c call, after bool) error {
			switch {
			case after:
			case c.op == "status" && time.Since(start) < 25*time.Hour:
				return failure(partnercenter.Unreachable)
			case c.op == "devices" && c.batch == "Berlin" && refused < 4:
				refused++
				return answered(http.StatusGatewayTimeout)
			}
			return nil
		}
		b.run(t, 30*time.Hour)
		if e := b.entry(1); e.State != queue.Registered || e.Reason != "" || e.Batch != "Berlin" {
			t.Errorf("entry: %s %q in %q", e.State, e.Reason, e.Batch)
		}
	})
}

// What everything is answered with is not one job's own: a person is told, and nobody
// may give up what can still be asked about.
func TestARefusalOfEverythingIsNoJobsOwn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := atCenter(t, 1)
		c.at = func(_ call, after bool) error {
			if !after && len(c.jobs) > 0 {
				return answered(http.StatusForbidden)
			}
			return nil
		}
		status := s.runFor(30 * time.Hour)
		if w, ok := waitFor(status, queue.Refused); !ok || !w.Until.IsZero() {
			t.Errorf("waits: %+v", status.Waits)
		}
		if err := s.giveUp(s.ids[0]); err == nil {
			t.Error("given up while nobody was asked")
		}
	})
}
