package main_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"pkidstation/cmd/internal/config"
	pkidstation "pkidstation/cmd/pkidstation"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/partnercenter/signin"
	"pkidstation/ui"
)

// working is a station at work that nobody signed in at yet.
func working(t *testing.T, opts partnercentertest.SignInOptions) (pkidstation.Desk, *partnercentertest.Server) {
	t.Helper()
	opts.Enabled, opts.Interval = true, time.Second
	server := partnercentertest.NewServer(partnercentertest.Options{
		SignIn:    opts,
		Customers: []autopilot.Customer{{ID: tenant, Name: "Contoso", Relationship: autopilot.RelationshipReseller}},
	})
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	cfg := config.Default()
	cfg.PartnerCenter.URL, cfg.PartnerCenter.Authority = server.URL(), server.URL()
	cfg.PartnerCenter.Tenant, cfg.PartnerCenter.ClientID = partnercentertest.DefaultTenant, "c0ffee00-0000-4000-8000-00000000c0de"
	cfg.Upload.PollFirst, cfg.Upload.PollMax = 10*time.Millisecond, 50*time.Millisecond
	d := desk(t, t.TempDir(), cfg)
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { d.Work(ctx) })
	t.Cleanup(func() {
		stop()
		running.Wait()
	})
	return d, server
}

// settled waits until the sign-in stands as wanted.
func settled(t *testing.T, in ui.SignIn, what string, wanted func(ui.SignInState) bool) ui.SignInState {
	t.Helper()
	changed, stop := in.Watch()
	defer stop()
	late := time.After(patience)
	for {
		if state := in.State(); wanted(state) {
			return state
		}
		select {
		case <-changed:
		case <-late:
			t.Fatalf("%s never came: %+v", what, in.State())
		}
	}
}

func signedIn(s ui.SignInState) bool {
	return s.Who == "sales@partner.example" && s.Way == "" && s.Needs == "" && s.Err == nil
}

// TestAPersonSignsInByCode: what waited for it goes out at once.
func TestAPersonSignsInByCode(t *testing.T) {
	t.Parallel()
	d, server := working(t, partnercentertest.SignInOptions{})
	r := open(t, d.Queue(), "BL-1")
	capture(t, d.Queue(), r, "3305123456781", "")
	if _, err := d.Queue().CloseReception(t.Context(), r.ID, "Ana"); err != nil {
		t.Fatal(err)
	}
	in := d.SignIn(nil)
	settled(t, in, "the need of a sign-in", func(s ui.SignInState) bool { return s.Needs == queue.SignIn && s.Who == "" })
	if err := in.Begin(t.Context(), ui.ByCode); err != nil {
		t.Fatal(err)
	}
	asked := settled(t, in, "a code", func(s ui.SignInState) bool { return s.Code != "" })
	if asked.Way != ui.ByCode || asked.Address == "" || !asked.Until.After(time.Now()) {
		t.Errorf("asked %+v", asked)
	}
	if !server.ApproveDevice(asked.Code) {
		t.Fatalf("code %q is nobody's", asked.Code)
	}
	settled(t, in, "the sign-in", signedIn)
	_, _, entries, _, uploads := d.Ports()
	changed, stop := uploads.Watch()
	defer stop()
	for {
		counts, err := entries.Counts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if counts.Registered == 1 {
			break
		}
		select {
		case <-changed:
		case <-time.After(patience):
			t.Fatalf("it never went out: %+v", counts)
		}
	}
	listed(t, d)
	if err := in.SignOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	settled(t, in, "the need of a sign-in", func(s ui.SignInState) bool { return s.Needs == queue.SignIn })
}

// listed waits until the directory has what Partner Center lists.
func listed(t *testing.T, d pkidstation.Desk) {
	t.Helper()
	changed, stop := d.Queue().Watch()
	defer stop()
	for {
		all, err := d.Queue().Customers(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(all) == 1 && all[0].Name == "Contoso" {
			return
		}
		select {
		case <-changed:
		case <-time.After(patience):
			t.Fatalf("the customers were never listed: %+v", all)
		}
	}
}

func TestAPersonSignsInByTheBrowser(t *testing.T) {
	t.Parallel()
	d, _ := working(t, partnercentertest.SignInOptions{Approve: true})
	in := d.SignIn(func(address string) error {
		go func() {
			req, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodGet, address, http.NoBody)
			if err != nil {
				return
			}
			if answer, err := http.DefaultClient.Do(req); err == nil {
				_ = answer.Body.Close()
			}
		}()
		return nil
	})
	if err := in.Begin(t.Context(), ui.ByBrowser); err != nil {
		t.Fatal(err)
	}
	settled(t, in, "the sign-in", signedIn)
}

func TestASignInThatFailsSaysWhyAndAnotherMayBegin(t *testing.T) {
	t.Parallel()
	d, server := working(t, partnercentertest.SignInOptions{})
	in := d.SignIn(func(string) error { return fmt.Errorf("%w: no display", errors.ErrUnsupported) })
	if err := in.Begin(t.Context(), ui.ByBrowser); err != nil {
		t.Fatal(err)
	}
	settled(t, in, "the failure", func(s ui.SignInState) bool { return s.Way == "" && errors.Is(s.Err, signin.ErrNoBrowser) })
	for range 2 { // the second takes the first one's place
		if err := in.Begin(t.Context(), ui.ByCode); err != nil {
			t.Fatal(err)
		}
	}
	asked := settled(t, in, "a code", func(s ui.SignInState) bool { return s.Code != "" })
	server.DeclineDevice(asked.Code)
	settled(t, in, "the refusal", func(s ui.SignInState) bool { return s.Way == "" && errors.Is(s.Err, signin.ErrDeclined) })
	if err := in.Begin(t.Context(), ui.ByCode); err != nil {
		t.Fatal(err)
	}
	settled(t, in, "a code", func(s ui.SignInState) bool { return s.Code != "" })
	if err := in.SignOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	settled(t, in, "the end", func(s ui.SignInState) bool { return s.Way == "" && s.Code == "" })
}
