package directory_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"testing"
	"time"

	"pkidstation/cmd/internal/directory"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
)

// client asks a simulated Partner Center.
func client(t *testing.T, opts partnercentertest.Options) (*partnercenter.Client, *partnercentertest.Server) {
	t.Helper()
	server := partnercentertest.NewServer(opts)
	c, err := partnercenter.New(partnercenter.Options{
		BaseURL: "http://127.0.0.1", HTTPClient: &http.Client{Transport: server.RoundTripper()},
		Token: func(context.Context) (string, error) { return "x", nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return c, server
}

func kept(t *testing.T, q *queue.Queue, id autopilot.TenantID) queue.CustomerSetting {
	t.Helper()
	c, err := q.Customer(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestRefreshTakesThePages: everybody is in the book, and what a person said
// stays.
func TestRefreshTakesThePages(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	if err := q.SetCustomer(t.Context(), queue.CustomerSetting{ID: contoso, Name: "Chez Contoso", GroupTag: "STD", Profile: "p1", Source: queue.FromPerson}, queue.Act{}); err != nil {
		t.Fatal(err)
	}
	all := []autopilot.Customer{{ID: contoso, Name: "CONTOSO LTD", Domain: "contoso.example"}}
	for i := range 450 {
		all = append(all, autopilot.Customer{ID: autopilot.TenantID(fmt.Sprintf("c%d.example", i)), Name: fmt.Sprint("Customer ", i)})
	}
	c, _ := client(t, partnercentertest.Options{Customers: all})
	asked := time.Now()
	fresh, err := directory.Refresh(t.Context(), q, c.Customers(t.Context()), asked)
	if err != nil || fresh != 450 {
		t.Fatalf("%d new, %v", fresh, err)
	}
	got := kept(t, q, contoso)
	if got.Name != "Chez Contoso" || got.Domain != "contoso.example" || got.GroupTag != "STD" || got.Profile != "p1" ||
		got.Relationship != autopilot.RelationshipReseller || !got.CheckedAt.Equal(asked) {
		t.Errorf("kept: %+v", got)
	}
	if again, err := directory.Refresh(t.Context(), q, c.Customers(t.Context()), asked); err != nil || again != 0 {
		t.Errorf("the second time %d are new (%v)", again, err)
	}
}

// TestRefreshKeepsWhatCameBeforeTheError of the list.
func TestRefreshKeepsWhatCameBeforeTheError(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	down := partnercenter.NewError("list customers", partnercenter.NoAnswer, nil)
	broken := func(yield func(autopilot.Customer, error) bool) {
		for i := range 250 {
			if !yield(autopilot.Customer{ID: autopilot.TenantID(fmt.Sprintf("c%d.example", i)), Relationship: autopilot.RelationshipUnknown}, nil) {
				return
			}
		}
		yield(autopilot.Customer{}, down)
	}
	if _, err := directory.Refresh(t.Context(), q, broken, time.Now()); !errors.Is(err, down) {
		t.Errorf("got %v", err)
	}
	// A relationship that nobody understands is no answer.
	if c := kept(t, q, "c249.example"); c.Relationship != "" || !c.CheckedAt.IsZero() {
		t.Errorf("kept: %+v", c)
	}
	endless := iter.Seq2[autopilot.Customer, error](func(yield func(autopilot.Customer, error) bool) {
		for yield(autopilot.Customer{ID: "one.example"}, nil) {
		}
	})
	if _, err := directory.Refresh(t.Context(), discarding{}, endless, time.Now()); !errors.Is(err, directory.ErrTooMany) {
		t.Errorf("an endless list: %v", err)
	}
}

// discarding is a book that keeps nothing.
type discarding struct{}

func (discarding) Customer(context.Context, autopilot.TenantID) (queue.CustomerSetting, error) {
	return queue.CustomerSetting{}, queue.ErrUnknownCustomer
}

func (discarding) MergeCustomers(context.Context, []queue.CustomerSetting) (int, error) {
	return 0, nil
}

// TestCheck: only an answer that counts changes what is known.
func TestCheck(t *testing.T) {
	t.Parallel()
	const reseller autopilot.TenantID = "reseller.example"
	with := func(r autopilot.Relationship) []autopilot.Customer {
		return []autopilot.Customer{{ID: contoso, Relationship: r}}
	}
	behind := map[autopilot.TenantID][]partnercentertest.Reseller{contoso: {{ID: reseller, Name: "Resale"}}}
	for name, tt := range map[string]struct {
		opts     partnercentertest.Options
		provider bool
		kept     queue.CustomerSetting
		fault    partnercentertest.Fault
		want     autopilot.Relationship
		fails    bool
	}{
		"reseller":         {opts: partnercentertest.Options{Customers: with("reseller")}, want: "reseller"},
		"withdrawn, 403":   {opts: partnercentertest.Options{Customers: with("none")}, kept: queue.CustomerSetting{Relationship: "reseller"}, want: "none"},
		"withdrawn, 200":   {opts: partnercentertest.Options{Customers: with("advisor"), RelationshipAnswer: partnercentertest.Relationship200}, kept: queue.CustomerSetting{Relationship: "reseller"}, want: "advisor"},
		"404 says nothing": {opts: partnercentertest.Options{Customers: with("none"), RelationshipAnswer: partnercentertest.Relationship404}, kept: queue.CustomerSetting{Relationship: "reseller"}, want: "reseller", fails: true},
		"offline":          {opts: partnercentertest.Options{Customers: with("none")}, kept: queue.CustomerSetting{Relationship: "reseller"}, fault: partnercentertest.FaultReset, want: "reseller", fails: true},
		"throttled":        {opts: partnercentertest.Options{Customers: with("none")}, kept: queue.CustomerSetting{Relationship: "reseller"}, fault: partnercentertest.FaultThrottle, want: "reseller", fails: true},
		"sign-in":          {opts: partnercentertest.Options{Customers: with("none")}, kept: queue.CustomerSetting{Relationship: "reseller"}, fault: partnercentertest.FaultSignIn, want: "reseller", fails: true},
		"provider, any":    {opts: partnercentertest.Options{Customers: with("none"), RelationshipAnswer: partnercentertest.Relationship200, Account: partnercentertest.AccountProvider, Resellers: behind}, provider: true, want: "reseller"},
		"provider, set":    {opts: partnercentertest.Options{Customers: with("none"), RelationshipAnswer: partnercentertest.Relationship200, Account: partnercentertest.AccountProvider, Resellers: behind}, provider: true, kept: queue.CustomerSetting{Reseller: reseller}, want: "reseller"},
		"provider, other":  {opts: partnercentertest.Options{Customers: with("none"), RelationshipAnswer: partnercentertest.Relationship200, Account: partnercentertest.AccountProvider, Resellers: behind}, provider: true, kept: queue.CustomerSetting{Reseller: "other.example"}, want: "none"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := queuetest.Open(t)
			tt.kept.ID, tt.kept.Name = contoso, "Contoso"
			if err := q.SetCustomer(t.Context(), tt.kept, queue.Act{}); err != nil {
				t.Fatal(err)
			}
			c, server := client(t, tt.opts)
			server.Strike(tt.fault)
			_, err := directory.Check(t.Context(), q, c, tt.provider, contoso, time.Now())
			if (err != nil) != tt.fails {
				t.Errorf("failed with %v", err)
			}
			got := kept(t, q, contoso)
			if got.Relationship != tt.want || got.CheckedAt.IsZero() != tt.fails || got.Name != "Contoso" {
				t.Errorf("kept: %+v, want %s", got, tt.want)
			}
		})
	}
}

// TestCheckOfAStranger: whoever is not in the book is taken in only with a
// relationship.
func TestCheckOfAStranger(t *testing.T) {
	t.Parallel()
	for relationship, want := range map[autopilot.Relationship]error{
		autopilot.RelationshipReseller: nil, autopilot.RelationshipNone: queue.ErrUnknownCustomer,
	} {
		q := queuetest.Open(t)
		c, _ := client(t, partnercentertest.Options{Customers: []autopilot.Customer{{ID: contoso, Name: "Contoso", Relationship: relationship}}})
		got, err := directory.Check(t.Context(), q, c, false, contoso, time.Now())
		if err != nil || got.ID != contoso || got.Relationship != relationship {
			t.Errorf("%s: said %+v, %v", relationship, got, err)
		}
		if _, err := q.Customer(t.Context(), contoso); !errors.Is(err, want) {
			t.Errorf("%s: in the book: %v", relationship, err)
		}
	}
}

// TestCheckOfAWordNobodyKnows changes nothing, and says so.
func TestCheckOfAWordNobodyKnows(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	before := queue.CustomerSetting{ID: contoso, Relationship: autopilot.RelationshipReseller}
	if err := q.SetCustomer(t.Context(), before, queue.Act{}); err != nil {
		t.Fatal(err)
	}
	c, _ := client(t, partnercentertest.Options{
		Customers: []autopilot.Customer{{ID: contoso, Relationship: "friend"}}, RelationshipAnswer: partnercentertest.Relationship200,
	})
	if _, err := directory.Check(t.Context(), q, c, false, contoso, time.Now()); !errors.Is(err, directory.ErrUnclear) {
		t.Errorf("got %v", err)
	}
	if got := kept(t, q, contoso); got.Relationship != before.Relationship || !got.CheckedAt.IsZero() {
		t.Errorf("kept %+v", got)
	}
}
