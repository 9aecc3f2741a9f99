package upload_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sony/gobreaker/v2"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
	"pkidstation/queue/upload"
)

// everyWay makes each call that an uploader may make, on its line, and gives
// what became of it.
func (s *site) everyWay(ctx context.Context) map[string]error {
	on, devices := upload.Guarded(s.up), []autopilot.Device{{PKID: queuetest.PKID(1)}}
	_, list := on.Registrar.Batches(ctx, contoso)
	_, members := on.Registrar.BatchDevices(ctx, contoso, "Dock")
	_, create := on.Registrar.CreateBatch(ctx, contoso, "Dock", devices, "r-1")
	_, add := on.Registrar.AppendBatch(ctx, contoso, "Dock", devices, "r-2")
	_, job := on.Registrar.JobStatus(ctx, contoso, "job")
	remove := on.Remover.DeleteDevice(ctx, contoso, "Dock", "device", "r-3")
	_, apply := on.Profiler.ApplyPolicy(ctx, contoso, []string{"device"}, "policy", "r-4")
	_, customer := on.Relations.Customer(ctx, contoso)
	_, sellers := on.Relations.Resellers(ctx, contoso)
	return map[string]error{
		"list batches": list, "list devices": members, "create batch": create, "append to batch": add, "job status": job,
		"delete device": remove, "apply policy": apply, "get customer": customer, "list resellers": sellers,
	}
}

// watched is a site with entries to send, and the line that its calls go over.
func watched(t *testing.T, change ...func(*upload.Options)) (*site, *instead) {
	t.Helper()
	s := newSite(t, partnercentertest.Options{}, change...)
	line := &instead{RoundTripper: s.server.RoundTripper(), path: "nowhere"}
	s.onLine(line)
	queuetest.Fill(t, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, 3)
	return s, line
}

// While the line is dead and the station waits, nothing leaves, whichever call
// it is; when the wait is over one call does, and if it is answered, all do.
func TestADeadLineHoldsEveryCallBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, line := watched(t)
		s.server.SetOutage(true)
		for range 5 { // as many as it takes
			<-time.After(time.Second)
			if _, err := s.up.Pass(t.Context()); !errors.Is(err, upload.ErrNoContact) {
				t.Fatal(err)
			}
		}
		<-time.After(time.Millisecond) // the pause is half a second or more
		s.server.SetOutage(false)
		sent := len(line.passed)
		for op, err := range s.everyWay(t.Context()) {
			failed, ok := errors.AsType[*partnercenter.Error](err)
			if !ok || failed.Kind() != partnercenter.Unreachable || failed.Op != op || !errors.Is(err, gobreaker.ErrOpenState) {
				t.Errorf("%s: %v", op, err)
			}
		}
		if n := len(line.passed) - sent; n != 0 {
			t.Errorf("%d requests left", n)
		}
		<-time.After(time.Minute)
		s.everyWay(t.Context())
		if n := len(line.passed) - sent; n != 9 {
			t.Errorf("%d requests left when the wait was over, want all 9", n)
		}
	})
}

// A pause of the station alone stops no call on the line: whether the uploader
// works meanwhile is the uploader's to say, and a throttled line is not dead.
func TestALineThatAnswersLetsEveryCallOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, line := watched(t)
		s.server.Strike(partnercentertest.FaultThrottle)
		status, err := s.up.Pass(t.Context())
		if _, ok := waitFor(status, queue.Throttled); !ok {
			t.Fatalf("%+v, %v", status.Waits, err)
		}
		sent := len(line.passed)
		for op, err := range s.everyWay(t.Context()) {
			if errors.Is(err, gobreaker.ErrOpenState) {
				t.Errorf("%s: %v", op, err)
			}
		}
		if n := len(line.passed) - sent; n != 9 {
			t.Errorf("%d requests left, want all 9", n)
		}
	})
}

// A call that we ended ourselves says nothing about the line: it does not kill
// one that lives, however many there are, does not revive one that dies, and is not the one try of a
// dead one.
func TestACallThatWeCutShortDoesNotCount(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, line := watched(t, func(o *upload.Options) { o.RetryFirst, o.RetryMax = 24*time.Hour, 24*time.Hour })
		s.server.SetOutage(true)
		if _, err := s.up.Pass(t.Context()); !errors.Is(err, upload.ErrNoContact) { // one without an answer, and a long wait
			t.Fatal(err)
		}
		on := upload.Guarded(s.up).Registrar
		cutShort := func() {
			line.RoundTripper = silence{}
			for range 6 {
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				if _, err := on.Batches(ctx, contoso); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("to be cut short: %v", err)
				}
				cancel()
			}
		}
		for failures := 2; failures <= 5; failures++ {
			cutShort()
			line.RoundTripper = s.server.RoundTripper()
			if _, err := on.Batches(t.Context(), contoso); err == nil || errors.Is(err, gobreaker.ErrOpenState) {
				t.Fatalf("failure %d was not to be: %v", failures, err)
			}
		}
		sent := len(line.passed)
		if _, err := on.Batches(t.Context(), contoso); !errors.Is(err, gobreaker.ErrOpenState) || len(line.passed) != sent {
			t.Errorf("after 5 failures: %v", err)
		}
		<-time.After(48 * time.Hour) // the wait is over
		cutShort()
		line.RoundTripper = s.server.RoundTripper()
		s.server.SetOutage(false)
		if _, err := on.Batches(t.Context(), contoso); err != nil {
			t.Errorf("after tries that were cut short: %v", err)
		}
	})
}

// A silence is a line on which a request stays until its caller leaves.
type silence struct{}

func (silence) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}
