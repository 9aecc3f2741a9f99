package upload_test

import (
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

// Tenant ids as the client gives them back.
const (
	northwind = autopilot.TenantID("33333333-cccc-4ccc-8ccc-333333333333")
	seller    = autopilot.TenantID("44444444-dddd-4ddd-8ddd-444444444444")
	stranger  = autopilot.TenantID("55555555-eeee-4eee-8eee-555555555555")
)

// waiting is a site whose customer has no relationship, with n entries ready and
// refused once.
func waiting(t *testing.T, model partnercentertest.Options, change ...func(*upload.Options)) *site {
	t.Helper()
	if model.Customers == nil {
		model.Customers = []autopilot.Customer{{ID: northwind, Name: "Northwind", Relationship: autopilot.RelationshipNone}}
	}
	s := newSite(t, model, change...)
	s.must(s.q.SetCustomer(t.Context(), queue.CustomerSetting{ID: northwind, Name: "Northwind", GroupTag: "Dock"}, queue.Act{}))
	queuetest.Fill(t, s.q, queue.Work{Customer: northwind}, 1, 3)
	status, err := s.up.UntilSettled(t.Context())
	s.must(err)
	if _, ok := waitFor(status, queue.NoRelationship); !ok {
		t.Fatalf("nobody waits: %+v", status.Waits)
	}
	s.want(queue.Counts{Ready: 3})
	return s
}

func (s *site) relationship() (autopilot.Relationship, time.Time) {
	s.Helper()
	c, err := s.q.Customer(s.Context(), northwind)
	s.must(err)
	return c.Relationship, c.CheckedAt
}

// gets are the requests about the customer itself.
func (s *site) gets() (n int) {
	for _, r := range s.server.Requests() {
		if strings.HasSuffix(strings.ToLower(r.Path), "/customers/"+string(northwind)) {
			n++
		}
	}
	return n
}

// A customer without a relationship is asked about after 5 minutes, and more and
// more rarely up to every 30; nothing else is asked meanwhile.
func TestAMissingRelationshipIsAskedAboutUntilItIsThere(t *testing.T) {
	t.Parallel()
	for _, answer := range []partnercentertest.Mode{partnercentertest.Relationship403, partnercentertest.Relationship200} {
		t.Run(string(answer), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := waiting(t, partnercentertest.Options{RelationshipAnswer: answer})
				before := len(s.server.Requests())
				start := time.Now()
				s.runFor(5 * time.Hour)
				if n, all := s.gets(), len(s.server.Requests())-before; n < 9 || n > 13 || all > n+2 {
					t.Errorf("%d questions, %d requests in 5 hours", n, all)
				}
				if r, at := s.relationship(); r != autopilot.RelationshipNone || at.Before(start) {
					t.Errorf("the directory says %q at %v", r, at)
				}
				s.want(queue.Counts{Ready: 3})
				s.server.SetRelationship(northwind, true)
				s.runFor(35 * time.Minute)
				s.want(queue.Counts{Registered: 3})
				if r, _ := s.relationship(); r != autopilot.RelationshipReseller {
					t.Errorf("the directory says %q", r)
				}
			})
		})
	}
}

func TestRetryAsksAboutTheRelationshipAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := waiting(t, partnercentertest.Options{})
		s.runFor(2 * time.Hour)
		s.server.SetRelationship(northwind, true)
		s.up.Retry()
		s.runFor(time.Minute)
		s.want(queue.Counts{Registered: 3})
	})
}

// What is not about the relationship changes nothing: neither the directory nor
// that an upload tells in the end.
func TestOnlyAnAnswerCountsForARelationship(t *testing.T) {
	t.Parallel()
	for _, fault := range []partnercentertest.Fault{
		partnercentertest.FaultHTML, partnercentertest.FaultSignIn, partnercentertest.FaultReset, partnercentertest.FaultRole,
		partnercentertest.FaultPortal, partnercentertest.FaultForbidden,
	} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := waiting(t, partnercentertest.Options{})
				_, checked := s.relationship()
				s.server.SetRelationship(northwind, true)
				s.server.SetTroubles(
					partnercentertest.Trouble{Method: http.MethodGet, Path: "/customers/" + string(northwind), Fault: fault},
				)
				s.runFor(20 * time.Minute)
				if r, at := s.relationship(); r != autopilot.RelationshipNone || !at.Equal(checked) {
					t.Errorf("the directory says %q at %v", r, at)
				}
				s.server.SetTroubles()
				s.runFor(40 * time.Minute)
				s.want(queue.Counts{Registered: 3})
			})
		})
	}
}

// 404 says nothing of the relationship: the next upload does.
func TestAnUnknownCustomerIsNoAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := waiting(t, partnercentertest.Options{RelationshipAnswer: partnercentertest.Relationship404})
		_, checked := s.relationship()
		s.runFor(time.Hour)
		if r, at := s.relationship(); r != autopilot.RelationshipNone || !at.Equal(checked) {
			t.Errorf("the directory says %q at %v", r, at)
		}
		s.want(queue.Counts{Ready: 3})
		s.server.SetRelationship(northwind, true)
		s.runFor(35 * time.Minute)
		s.want(queue.Counts{Registered: 3})
	})
}

// For an indirect provider the reseller's relationship is enough: any, or the
// one that the directory names.
func TestAResellersRelationshipIsEnoughForAProvider(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		account upload.Account
		kept    autopilot.TenantID
		sells   autopilot.TenantID
		related bool
	}{
		"any reseller":                        {upload.AccountProvider, "", seller, true},
		"the one that is named":               {upload.AccountProvider, seller, seller, true},
		"another than the one that is named":  {upload.AccountProvider, stranger, seller, false},
		"none":                                {upload.AccountProvider, seller, "", false},
		"a reseller is not enough for direct": {upload.AccountDirect, "", seller, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				model := partnercentertest.Options{
					Account:   partnercentertest.AccountProvider,
					Troubles:  []partnercentertest.Trouble{{Path: "deviceBatches", Fault: partnercentertest.FaultNoRelationship}},
					Customers: []autopilot.Customer{{ID: northwind, Relationship: autopilot.RelationshipNone}},
				}
				if tt.sells != "" {
					model.Resellers = map[autopilot.TenantID][]partnercentertest.Reseller{northwind: {{ID: tt.sells, Name: "Reseller"}}}
				}
				s := waiting(t, model, func(o *upload.Options) { o.Account = tt.account })
				s.must(s.q.SetCustomer(t.Context(), queue.CustomerSetting{ID: northwind, GroupTag: "Dock", Reseller: tt.kept}, queue.Act{}))
				s.server.SetTroubles()
				s.runFor(time.Hour)
				r, _ := s.relationship()
				if got := r == autopilot.RelationshipReseller; got != tt.related {
					t.Errorf("the directory says %q", r)
				}
				s.want(map[bool]queue.Counts{true: {Registered: 3}, false: {Ready: 3}}[tt.related])
			})
		})
	}
}

func TestAResellersAccountAsksNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := waiting(t, partnercentertest.Options{}, func(o *upload.Options) { o.Account = upload.AccountReseller })
		s.runFor(time.Hour)
		if n := s.gets(); n != 0 {
			t.Errorf("%d questions", n)
		}
	})
}

// Whoever is not in the directory does not come into it by being refused.
func TestARefusalTakesNobodyIntoTheDirectory(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{Customers: []autopilot.Customer{{ID: northwind, Relationship: autopilot.RelationshipNone}}})
		queuetest.Fill(t, s.q, queue.Work{Customer: northwind, GroupTag: "Dock"}, 1, 1)
		s.runFor(time.Hour)
		if all, err := s.q.Customers(t.Context()); err != nil || len(all) != 0 {
			t.Errorf("in it are %+v, %v", all, err)
		}
		if s.gets() == 0 {
			t.Error("nobody asked")
		}
	})
}

// Withdrawn in the middle of the work and accepted later: everything is
// registered, once, and nothing is rejected.
func TestARelationshipWithdrawnInMidQueue(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newSite(t, partnercentertest.Options{
					Seed: seed, Faults: 0.2, Trickle: 10 * time.Millisecond, JobTime: 2 * time.Minute,
					Customers: []autopilot.Customer{{ID: northwind}, {ID: stranger}},
				}, func(o *upload.Options) { o.BatchSize = 5 })
				s.must(s.q.SetCustomer(t.Context(), queue.CustomerSetting{ID: northwind, GroupTag: "Dock"}, queue.Act{}))
				queuetest.Fill(t, s.q, queue.Work{Customer: northwind}, 1, 20)
				queuetest.Fill(t, s.q, queue.Work{Customer: stranger, GroupTag: "Dock"}, 100, 5)
				s.onLine(&after{RoundTripper: s.server.RoundTripper(), posts: 2, do: func() { s.server.SetRelationship(northwind, false) }})
				s.runFor(4 * time.Hour)
				counts, err := s.q.Counts(t.Context())
				if err != nil || counts.Ready+counts.Planned+counts.Submitted == 0 || counts.Rejected != 0 || counts.Registered < 5 {
					t.Errorf("while it is withdrawn: %+v, %v", counts, err)
				}
				if r, _ := s.relationship(); r != autopilot.RelationshipNone {
					t.Errorf("the directory says %q", r)
				}
				s.restart()
				s.runFor(time.Hour)
				s.server.SetRelationship(northwind, true)
				s.runFor(3 * time.Hour)
				s.want(queue.Counts{Registered: 25})
				if n := len(s.server.Ledger()); n != 25 {
					t.Errorf("%d were committed", n)
				}
				if r, _ := s.relationship(); r != autopilot.RelationshipReseller {
					t.Errorf("the directory says %q", r)
				}
			})
		})
	}
}

// An after does something once so many posts got through.
type after struct {
	http.RoundTripper

	posts int
	do    func()
}

func (a *after) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := a.RoundTripper.RoundTrip(r)
	if r.Method == http.MethodPost && err == nil && answer.StatusCode == http.StatusAccepted {
		if a.posts--; a.posts == 0 {
			a.do()
		}
	}
	return answer, err
}
