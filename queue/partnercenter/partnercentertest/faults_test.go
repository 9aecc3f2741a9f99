package partnercentertest_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// A meeting is what the client makes of a fault on a POST, and whether the
// devices were committed all the same.
type meeting struct {
	kind      partnercenter.Kind // 0: it went well
	committed bool
	// get is the kind on a GET, where it is another.
	get  partnercenter.Kind
	wait bool
}

func meetings() map[partnercentertest.Fault]meeting {
	const ok = partnercenter.Kind(-1) // on a GET
	return map[partnercentertest.Fault]meeting{
		partnercentertest.FaultReset:         {kind: partnercenter.NoAnswer},
		partnercentertest.FaultResetAfter:    {kind: partnercenter.NoAnswer, committed: true},
		partnercentertest.FaultHangAfter:     {kind: partnercenter.NoAnswer, committed: true},
		partnercentertest.FaultCut:           {kind: partnercenter.NoAnswer, committed: true},
		partnercentertest.FaultSlow:          {committed: true},
		partnercentertest.FaultThrottle:      {kind: partnercenter.Throttled, wait: true},
		partnercentertest.FaultThrottleDate:  {kind: partnercenter.Throttled, wait: true},
		partnercentertest.FaultThrottleWords: {kind: partnercenter.Throttled, wait: true},
		partnercentertest.FaultThrottleBare:  {kind: partnercenter.Throttled},
		partnercentertest.FaultTimeout:       {kind: partnercenter.NoAnswer},
		partnercentertest.FaultJSON:          {kind: partnercenter.NoAnswer},
		partnercentertest.FaultHTML:          {kind: partnercenter.NoAnswer},
		partnercentertest.FaultEmpty:         {kind: partnercenter.NoAnswer},
		partnercentertest.FaultBadGateway:    {kind: partnercenter.NoAnswer},
		partnercentertest.FaultUnavailable:   {kind: partnercenter.NoAnswer, wait: true},
		partnercentertest.FaultGateway:       {kind: partnercenter.NoAnswer},
		partnercentertest.FaultGatewayAfter:  {kind: partnercenter.NoAnswer, committed: true},
		partnercentertest.FaultPortal:        {kind: partnercenter.NoAnswer},
		partnercentertest.FaultPortalMove:    {kind: partnercenter.NoAnswer},
		partnercentertest.FaultSignIn:        {kind: partnercenter.SignIn},
		partnercentertest.FaultMFA:           {kind: partnercenter.SignIn},
		partnercentertest.FaultRole:          {kind: partnercenter.Forbidden},
		partnercentertest.FaultTooLarge:      {kind: partnercenter.TooLarge},
		partnercentertest.FaultNoLocation:    {kind: partnercenter.Untracked, committed: true, get: ok},
		partnercentertest.FaultLink:          {committed: true},

		partnercentertest.FaultForbidden:      {kind: partnercenter.Forbidden},
		partnercentertest.FaultNoRelationship: {kind: partnercenter.Forbidden},
		partnercentertest.FaultNumber:         {kind: partnercenter.Invalid},
		partnercentertest.FaultSkew:           {committed: true},
	}
}

// meet sends a POST and a GET into the fault, then asks after what is left.
func meet(t *testing.T, server *partnercentertest.Server, c *partnercenter.Client, fault partnercentertest.Fault, want meeting) {
	t.Helper()
	server.Strike(fault, fault)
	_, err := c.CreateBatch(t.Context(), contoso, "DOCK-7", boxes(0, 2), "r")
	if got := kindOf(t, err); got != want.kind {
		t.Errorf("POST: got %v (%v), want %v", err, got, want.kind)
	}
	if failed, ok := errors.AsType[*partnercenter.Error](err); ok && (failed.RetryAfter > 0) != want.wait {
		t.Errorf("asked to wait %v, want any: %v", failed.RetryAfter, want.wait)
	}
	if got := len(server.Ledger()) == 2; got != want.committed || len(server.Rows()) != len(server.Ledger()) {
		t.Errorf("committed %v, want %v", server.Ledger(), want.committed)
	}
	get := want.get
	if get == 0 {
		get = want.kind
	}
	if _, err := c.Batches(t.Context(), contoso); kindOf(t, err) != max(get, 0) {
		t.Errorf("GET: got %v, want %v", err, get)
	}
	batches, err := c.Batches(t.Context(), contoso)
	if err != nil || (len(batches) == 1) != want.committed {
		t.Errorf("afterwards: %v, %v", batches, err)
	}
	if requests := server.Requests(); len(requests) != 3 || requests[0].Fault != fault || requests[2].Fault != "" {
		t.Errorf("the requests are %+v", requests)
	}
}

func TestEveryFaultOverSockets(t *testing.T) {
	t.Parallel()
	if got, want := len(partnercentertest.AllFaults()), len(meetings()); got != want {
		t.Errorf("there are %d faults, and %d are known here", got, want)
	}
	for _, fault := range partnercentertest.AllFaults() {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			want, known := meetings()[fault]
			if !known {
				t.Fatal("nobody said what the client makes of it")
			}
			server, c := started(t, partnercentertest.Options{Trickle: 10 * time.Millisecond})
			meet(t, server, c, fault, want)
		})
	}
}

func TestEveryFaultWithoutSockets(t *testing.T) {
	t.Parallel()
	for _, fault := range partnercentertest.AllFaults() {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server, c := socketless(t, partnercentertest.Options{Trickle: time.Hour})
				meet(t, server, c, fault, meetings()[fault])
			})
		})
	}
}

func TestSlowBeyondTheClient(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := partnercentertest.NewServer(partnercentertest.Options{Trickle: time.Hour})
		c := client(t, "https://partner.center.test", &http.Client{Transport: server.RoundTripper(), Timeout: time.Minute})
		server.Strike(partnercentertest.FaultSlow)
		_, err := c.CreateBatch(t.Context(), contoso, "DOCK-7", boxes(0, 1), "r")
		if kindOf(t, err) != partnercenter.NoAnswer || len(server.Ledger()) != 1 {
			t.Errorf("got %v with %v committed, want no answer and one", err, server.Ledger())
		}
	})
}

func TestShareOfFaults(t *testing.T) {
	t.Parallel()
	count := func(seed uint64) (struck string) {
		synctest.Test(t, func(t *testing.T) {
			server, c := socketless(t, partnercentertest.Options{Seed: seed, Faults: 0.2, JobTime: time.Minute})
			for range 500 {
				_, _ = c.Batches(t.Context(), contoso)
			}
			var log strings.Builder
			hits := 0
			for _, request := range server.Requests() {
				log.WriteString(string(request.Fault) + ",")
				if request.Fault != "" {
					hits++
				}
			}
			if hits < 60 || hits > 140 {
				t.Errorf("%d of 500 were struck, want about 100", hits)
			}
			server.SetFaults(0)
			if _, err := c.Batches(t.Context(), contoso); err != nil {
				t.Errorf("without faults: %v", err)
			}
			struck = log.String()
		})
		return struck
	}
	if first := count(7); first != count(7) || first == count(8) {
		t.Error("the seed does not decide the faults")
	}
}

func TestOutageHeals(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{})
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	c := client(t, server.URL(), nil) // with a connection that is kept
	create(t, c, contoso, "DOCK-7", boxes(0, 1))
	server.SetOutage(true)
	for range 3 {
		_, err := c.CreateBatch(t.Context(), contoso, "DOCK-7", boxes(1, 1), "r")
		if kind := kindOf(t, err); kind != partnercenter.NoAnswer && kind != partnercenter.Unreachable {
			t.Errorf("in the outage: %v", err)
		}
	}
	if len(server.Ledger()) != 1 || len(server.Requests()) != 1 {
		t.Errorf("in the outage %v was committed by %v", server.Ledger(), server.Requests())
	}
	server.SetOutage(false)
	if got := codes(t, c, contoso, create(t, c, contoso, "DOCK-7", boxes(1, 1))); got[boxes(1, 1)[0].PKID] != "" || len(got) != 1 {
		t.Errorf("after the outage: %v", got)
	}
	if err := server.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Batches(t.Context(), contoso); kindOf(t, err) == 0 {
		t.Error("it answers after Close")
	}
}

func TestNothingTwiceWhateverHappens(t *testing.T) {
	t.Parallel()
	for _, mode := range []partnercentertest.Mode{partnercentertest.IdempotencyReplay, partnercentertest.IdempotencyIgnore, partnercentertest.IdempotencyRefuse} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server, c := socketless(t, partnercentertest.Options{Seed: 3, Faults: 0.5, Idempotency: mode})
				for i := range 200 {
					for range 20 { // a crude client: again and again
						_, err := c.CreateBatch(t.Context(), []autopilot.TenantID{contoso, fabrikam}[i%2], "DOCK-7", boxes(i/4*3, 3), fmt.Sprint("request ", i))
						if err == nil {
							break
						}
					}
				}
				seen := map[autopilot.PKID]bool{}
				for _, commit := range server.Ledger() {
					if seen[commit.PKID] {
						t.Errorf("%s is committed twice", commit.PKID.Masked())
					}
					seen[commit.PKID] = true
				}
				if len(seen) != 150 {
					t.Errorf("%d devices are committed, want 150", len(seen))
				}
			})
		})
	}
}
