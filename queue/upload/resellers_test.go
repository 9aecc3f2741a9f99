package upload_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
	"pkidstation/queue/upload"
)

// An instead answers requests for one path in Partner Center's place, and keeps
// when they came, and when others did.
type instead struct {
	http.RoundTripper

	path   string
	status int // 0 lets them through
	header http.Header
	body   string

	asked, passed []time.Time
}

func (i *instead) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.HasSuffix(strings.ToLower(r.URL.Path), i.path) {
		i.passed = append(i.passed, time.Now())
		return i.RoundTripper.RoundTrip(r)
	}
	i.asked = append(i.asked, time.Now())
	if i.status == 0 {
		return i.RoundTripper.RoundTrip(r)
	}
	return &http.Response{StatusCode: i.status, Header: i.header, Body: io.NopCloser(strings.NewReader(i.body))}, nil
}

// provided is a provider's site whose customer waits and has a reseller by now.
// What is asked about the resellers goes through the line.
func provided(t *testing.T, status int, wait string) (*site, *instead) {
	t.Helper()
	s := waiting(t, partnercentertest.Options{
		Account:   partnercentertest.AccountProvider,
		Troubles:  []partnercentertest.Trouble{{Path: "deviceBatches", Fault: partnercentertest.FaultNoRelationship}},
		Customers: []autopilot.Customer{{ID: northwind, Relationship: autopilot.RelationshipNone}},
		Resellers: map[autopilot.TenantID][]partnercentertest.Reseller{northwind: {{ID: seller, Name: "Reseller"}}},
	}, func(o *upload.Options) { o.Account = upload.AccountProvider })
	line := &instead{RoundTripper: s.server.RoundTripper(), path: "/relationships", status: status, header: http.Header{}}
	if wait != "" {
		line.header.Set("Retry-After", wait)
	}
	s.onLine(line)
	return s, line
}

// Where nobody answers about the resellers, or refuses the token, or asks to
// wait, that holds back as after any other call, and none follows before.
func TestTheResellersAnswerHoldsBack(t *testing.T) {
	t.Parallel()
	const soon = 300 * time.Millisecond // less than the shortest pause
	for name, tt := range map[string]struct {
		status int
		wait   string
		least  time.Duration
		reason queue.Reason
	}{
		"throttled":   {http.StatusTooManyRequests, "3600", time.Hour, queue.Throttled},
		"unavailable": {http.StatusServiceUnavailable, "1800", 30 * time.Minute, queue.Offline},
		"no answer":   {http.StatusBadGateway, "", soon, queue.Offline},
		"the token":   {http.StatusUnauthorized, "", soon, queue.SignIn},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, line := provided(t, tt.status, tt.wait)
				gets := s.gets()
				if status := s.runFor(soon); len(line.asked) != 1 || len(line.passed) != 0 {
					t.Errorf("%d questions, and %d calls followed", len(line.asked), len(line.passed))
				} else if w, ok := waitFor(status, tt.reason); !ok || w.Customer != "" {
					t.Errorf("it waits for %+v", status.Waits)
				}
				s.runFor(3 * time.Hour)
				for _, asked := range line.asked {
					for _, passed := range line.passed {
						if after := passed.Sub(asked); after >= 0 && after < tt.least {
							t.Errorf("a call followed after %v", after)
						}
					}
				}
				if n := len(line.asked); n < 3 || s.gets() != gets || len(line.passed) == 0 {
					t.Errorf("%d questions, %d about the customer, %d other calls", n, s.gets()-gets, len(line.passed))
				}
				line.status = 0
				s.server.SetTroubles()
				s.runFor(2 * time.Hour)
				s.want(queue.Counts{Registered: 3})
			})
		})
	}
}

// One customer's question that nobody answers does not keep the others waiting.
func TestAQuestionWithoutAnAnswerKeepsNobodyElseWaiting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, line := provided(t, http.StatusBadGateway, "")
		s.server.SetTroubles(partnercentertest.Trouble{Path: string(northwind) + "/deviceBatches", Fault: partnercentertest.FaultNoRelationship})
		s.server.SetCustomer(autopilot.Customer{ID: stranger, Relationship: autopilot.RelationshipReseller})
		queuetest.Fill(t, s.q, queue.Work{Customer: stranger, GroupTag: "Dock"}, 100, 3)
		s.runFor(10 * time.Minute)
		s.want(queue.Counts{Ready: 3, Registered: 3})
		asked := len(line.asked)
		s.runFor(3 * time.Hour)
		if n := len(line.asked) - asked; n < 18 || n > 72 {
			t.Errorf("%d questions in 3 hours, want one in five minutes or so", n)
		}
	})
}

// What is refused about the resellers alone says nothing of the customer, who
// may have accepted the provider itself.
func TestWithoutTheResellersTheCustomerIsAskedAbout(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusForbidden, http.StatusNotFound, http.StatusBadRequest} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, line := provided(t, status, "")
				line.body = `{"code":"900150","description":"The role has no right to do this."}`
				gets := s.gets()
				s.server.SetRelationship(northwind, true)
				s.server.SetTroubles()
				s.runFor(10 * time.Minute)
				if len(line.asked) == 0 || s.gets() == gets {
					t.Errorf("%d questions about the resellers, %d about the customer", len(line.asked), s.gets()-gets)
				}
				s.want(queue.Counts{Registered: 3})
			})
		})
	}
}

// An answer that says nothing of the relationship does not have it asked about
// more often than one that says no, though an upload is tried in between.
func TestAnAnswerThatSaysNothingIsNotAskedForAgainAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := waiting(t, partnercentertest.Options{})
		line := &instead{RoundTripper: s.server.RoundTripper(), path: "/customers/" + string(northwind)}
		s.onLine(line)
		s.runFor(5 * time.Hour) // long enough to be asked about every 30 minutes
		before := len(line.asked)
		line.status = http.StatusNotFound
		s.runFor(3 * time.Hour)
		if n := len(line.asked) - before; n < 4 || n > 8 {
			t.Errorf("%d questions in 3 hours", n)
		}
		asked := len(line.asked)
		s.up.Retry() // somebody wants to know
		s.runFor(time.Minute)
		if len(line.asked) == asked {
			t.Error("not asked about at once")
		}
		s.server.SetRelationship(northwind, true)
		line.status = 0
		s.runFor(10 * time.Minute)
		s.want(queue.Counts{Registered: 3})
	})
}
