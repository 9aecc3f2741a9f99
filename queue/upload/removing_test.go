package upload_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
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

// A site is an uploader on a real queue, with the real client, before the model
// of Partner Center. It runs in a bubble.
type site struct {
	*testing.T

	q      *queue.Queue
	server *partnercentertest.Server
	client *partnercenter.Client
	opts   upload.Options
	up     *upload.Uploader
	ids    []string
}

func newSite(t *testing.T, model partnercentertest.Options, change ...func(*upload.Options)) *site {
	t.Helper()
	s := &site{T: t, q: queuetest.Open(t), server: partnercentertest.NewServer(model)}
	client, err := partnercenter.New(partnercenter.Options{
		BaseURL: "http://127.0.0.1:1", HTTPClient: &http.Client{Transport: s.server.RoundTripper()},
		Token: func(context.Context) (string, error) { return "token", nil },
	})
	s.must(err)
	s.client = client
	s.opts = upload.Options{Ledger: s.q, Registrar: client, Remover: client, Profiler: client, Relations: client}
	for _, c := range change {
		c(&s.opts)
	}
	s.up = upload.New(s.opts)
	return s
}

func (s *site) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// restart is a new process on the same queue.
func (s *site) restart() { s.up = upload.New(s.opts) }

// registered has n devices registered for contoso.
func (s *site) registered(n int) {
	s.Helper()
	s.ids = queuetest.Fill(s.T, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, n)
	_, err := s.up.UntilSettled(s.Context())
	s.must(err)
	s.want(queue.Counts{Registered: n})
}

func (s *site) want(counts queue.Counts) {
	s.Helper()
	if got, err := s.q.Counts(s.Context()); err != nil || got != counts {
		s.Errorf("entries: %+v, %v, want %+v", got, err, counts)
	}
}

func (s *site) remove(ids ...string) {
	s.Helper()
	_, err := s.q.Remove(s.Context(), ids, false, queue.Act{By: "Léa", Reason: "wrong customer"})
	s.must(err)
}

// removal is the one that is open.
func (s *site) removal() queue.Removal {
	s.Helper()
	open, err := s.q.OpenRemovals(s.Context())
	s.must(err)
	if len(open) != 1 {
		s.Fatalf("open: %+v", open)
	}
	return open[0]
}

// untilRemoved works for at most so long.
func (s *site) untilRemoved(most time.Duration) upload.Status {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), most)
	defer cancel()
	status, err := s.up.UntilRemoved(ctx)
	if err != nil {
		s.Fatalf("%v: %+v", err, status)
	}
	return status
}

// runFor has the uploader work for as long as that.
func (s *site) runFor(d time.Duration) upload.Status {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), d)
	defer cancel()
	if err := s.up.Run(ctx); !errors.Is(err, context.DeadlineExceeded) {
		s.Fatal(err)
	}
	return s.up.Status()
}

func (s *site) deletes() (made []partnercentertest.Request) {
	for _, r := range s.server.Requests() {
		if r.Method == http.MethodDelete {
			made = append(made, r)
		}
	}
	return made
}

func waitFor(status upload.Status, why queue.Reason) (upload.Wait, bool) {
	i := slices.IndexFunc(status.Waits, func(w upload.Wait) bool { return w.Reason == why })
	if i < 0 {
		return upload.Wait{}, false
	}
	return status.Waits[i], true
}

// A gate stands before the remover: it says what is answered in its place.
type gate struct {
	upload.Remover

	mu     sync.Mutex
	before func(device string) error
	after  func(device string) error
}

func (g *gate) DeleteDevice(ctx context.Context, customer autopilot.TenantID, batch, device, requestID string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.before != nil {
		if err := g.before(device); err != nil {
			return err
		}
	}
	if err := g.Remover.DeleteDevice(ctx, customer, batch, device, requestID); err != nil || g.after == nil {
		return err
	}
	return g.after(device)
}

// gated puts a gate before the site's remover.
func (s *site) gated() *gate {
	g := &gate{Remover: s.opts.Remover}
	s.opts.Remover = g
	s.restart()
	return g
}

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
				if gone == partnercentertest.DeleteGone807 && len(made) != 2 {
					t.Errorf("807 is the end, and yet there were %d requests", len(made))
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

// asks are the request ids that the first entry was asked for under.
func (s *site) asks() (ids []string) {
	s.Helper()
	lines, err := s.q.History(s.Context(), s.ids[0])
	s.must(err)
	for _, l := range lines {
		if _, id, ok := strings.Cut(l.Note, ", request "); ok && l.Action == queue.ActionAsk {
			ids = append(ids, id)
		}
	}
	return ids
}

// 811: whoever registered it must act. It is tried once a day.
func TestAnotherPartysDeviceWaitsForAPerson(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusBadRequest, http.StatusForbidden} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newSite(t, partnercentertest.Options{OtherPartyStatus: status})
				s.registered(2)
				s.server.SetOtherParty(queuetest.PKID(1))
				s.remove(s.ids...)
				got := s.untilRemoved(time.Hour)
				s.want(queue.Counts{Removing: 1, Removed: 1})
				if w, ok := waitFor(got, queue.OtherParty); !ok || !w.Until.IsZero() || w.Entries != 1 {
					t.Errorf("waits: %+v", got.Waits)
				}
				if r := s.removal(); r.Code != autopilot.CodeOtherParty || r.Answer == "" || !r.Person {
					t.Errorf("removal: %+v", r)
				}
				s.runFor(71 * time.Hour)
				if n := len(s.deletes()); n != 2+2 {
					t.Errorf("%d requests in 3 days, want 2 and one each day after", n)
				}
				s.must(s.q.RetryRemoval(t.Context(), s.ids))
				s.runFor(time.Minute)
				if n := len(s.deletes()); n != 2+2+1 {
					t.Errorf("%d requests, want one more when a person asks", n)
				}
			})
		})
	}
}

// What is about one device alone holds nobody else up.
func TestARefusedRemovalIsItsOwn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(1)
		g, answers := s.gated(), []error{
			&partnercenter.Error{Status: 500, Code: "640", Description: "StorageError"},
			&partnercenter.Error{Status: 400, Code: "801", Description: "InvalidZtdRequestBody"},
		}
		g.before = func(string) error {
			if len(answers) == 0 {
				return nil
			}
			answer := answers[0]
			answers = answers[1:]
			return answer
		}
		s.remove(s.ids...)
		status := s.untilRemoved(time.Hour)
		if w, ok := waitFor(status, queue.Refused); !ok || !w.Until.IsZero() {
			t.Errorf("waits: %+v", status.Waits)
		}
		if r := s.removal(); r.Attempt != 2 || r.Code != autopilot.CodeInvalidBody || r.Answer != "InvalidZtdRequestBody" {
			t.Errorf("removal: %+v", r)
		}
		if ids := s.asks(); len(ids) != 2 || ids[0] == ids[1] {
			t.Errorf("asked under %q", ids)
		}
		queuetest.Fill(t, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 20, 1)
		_, err := s.up.UntilSettled(t.Context())
		s.must(err)
		s.want(queue.Counts{Registered: 1, Removing: 1})
		s.must(s.q.RetryRemoval(t.Context(), s.ids))
		s.untilRemoved(time.Hour)
		s.want(queue.Counts{Registered: 1, Removed: 1})
	})
}

// Throttled, signed out, without relationship or a role: as for uploads, the
// station or the customer waits, and the removal stays.
func TestARemovalWaitsWithItsCustomer(t *testing.T) {
	t.Parallel()
	for fault, tt := range map[partnercentertest.Fault]struct {
		customer autopilot.TenantID
		reason   queue.Reason
	}{
		partnercentertest.FaultThrottle:       {"", queue.Throttled},
		partnercentertest.FaultMFA:            {"", ""},
		partnercentertest.FaultNoRelationship: {contoso, queue.NoRelationship},
		partnercentertest.FaultHTML:           {"", queue.Offline},
	} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newSite(t, partnercentertest.Options{RetryAfter: time.Minute}, func(o *upload.Options) { o.Relations = nil })
				s.registered(1)
				s.server.SetTroubles(partnercentertest.Trouble{Method: http.MethodDelete, To: 1, Fault: fault})
				s.remove(s.ids...)
				status, err := s.up.Pass(t.Context())
				s.must(err)
				if !slices.ContainsFunc(status.Waits, func(w upload.Wait) bool {
					return w.Customer == tt.customer && (tt.reason == "" || w.Reason == tt.reason)
				}) {
					t.Errorf("waits: %+v", status.Waits)
				}
				s.want(queue.Counts{Removing: 1})
				s.up.Retry()
				s.runFor(10 * time.Minute)
				s.want(queue.Counts{Removed: 1})
			})
		})
	}
}

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

// byHand has devices exported in a file of that name and confirmed by a person.
func (s *site) byHand(batch string, n int) {
	s.Helper()
	s.ids = queuetest.Fill(s.T, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, n)
	s.must(s.q.Exported(s.Context(), s.ids, batch, queue.Act{By: "Ana"}))
	for _, id := range s.ids {
		_, err := s.q.ConfirmExport(s.Context(), []queue.Outcome{{Entry: id, Registered: true}}, queue.Act{By: "Ana"})
		s.must(err)
	}
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

// NotFound alone says nothing: the device is listed still.
func TestNotFoundAloneIsNotGone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(1)
		g := s.gated()
		g.before = func(string) error { return failure(partnercenter.NotFound) }
		s.remove(s.ids...)
		s.runFor(6 * time.Hour)
		s.want(queue.Counts{Removing: 1})
		if r := s.removal(); r.Attempt < 5 || r.Attempt > 30 {
			t.Errorf("%d attempts in 6 hours", r.Attempt)
		}
		g.mu.Lock()
		g.before = nil
		g.mu.Unlock()
		s.untilRemoved(2 * time.Hour)
		s.want(queue.Counts{Removed: 1})
	})
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
			if _, ok := waitFor(status, queue.Conflict); !ok || len(s.deletes()) != 1 || len(s.server.Registered()) != 1 {
				t.Errorf("waits: %+v, %d requests", status.Waits, len(s.deletes()))
			}
			s.must(s.q.RetryRemoval(t.Context(), s.ids)) // a person wants that one back too
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

// What waits for a person waits for one on a bad day too.
func TestNoOutageHidesThatAPersonIsNeeded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(1)
		s.server.SetOtherParty(queuetest.PKID(1))
		s.remove(s.ids...)
		s.untilRemoved(time.Hour)
		queuetest.Fill(t, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 20, 1)
		s.server.SetOutage(true)
		start := time.Now()
		s.untilRemoved(time.Hour)
		if time.Since(start) > time.Minute {
			t.Errorf("waited %v for an outage to end", time.Since(start))
		}
	})
}

// A refusal whose words were cut off may mean anything: it is tried again.
func TestARefusalWithoutAWordIsTriedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{})
		s.registered(1)
		g, left := s.gated(), 3
		g.before = func(string) error {
			if left--; left >= 0 {
				return &partnercenter.Error{Status: http.StatusBadRequest}
			}
			return nil
		}
		s.remove(s.ids...)
		s.untilRemoved(time.Hour)
		s.want(queue.Counts{Removed: 1})
	})
}
