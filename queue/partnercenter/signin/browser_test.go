package signin_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/partnercenter/signin"
)

// TestBrowser is the whole way: browser, PKCE, loopback, store, device API.
func TestBrowser(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{ClientID: station})
	s := l.processWith(t, signin.Options{LoginHint: "ana", Page: func(err error) signin.Page {
		if err != nil {
			t.Error(err)
		}
		return signin.Page{Language: "fr", Title: "Connecté", Text: "Fermez <cette> fenêtre."}
	}})
	standing(t, s, signin.Never)
	open, pages := watched(t, nil)
	account, err := s.Browser(t.Context(), open)
	want := signin.Account{Name: "sales@partner.example", Tenant: tenant, Factors: signin.MultiFactor}
	if diff := cmp.Diff(want, account); err != nil || diff != "" {
		t.Fatalf("%v (-want +got):\n%s", err, diff)
	}
	shown := <-pages
	if shown.err != nil || shown.status != http.StatusOK || !strings.Contains(shown.text, "Fermez &lt;cette&gt; fenêtre.") || !strings.Contains(shown.text, `lang="fr"`) || shown.header.Get("Cache-Control") != "no-store" {
		t.Errorf("the browser shows %+v", shown)
	}
	if err := call(t, l.client(t, s)); err != nil {
		t.Errorf("the device API: %v", err)
	}
	standing(t, s, signin.SignedIn)
	if state := s.State(); state.MemoryOnly || state.Err != nil || state.Account != want || state.Expires.IsZero() || l.shelf.kept().Account != want {
		t.Errorf("%+v", state)
	}
	asked := l.SignInRequests()
	if len(asked) != 2 || asked[0].Prompt != "select_account" || asked[0].Hint != "ana" || asked[1].Grant != "authorization_code" {
		t.Errorf("%+v", asked)
	}
}

func TestBrowserFails(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		opts    partnercentertest.SignInOptions
		refusal partnercentertest.TokenRefusal
		fault   partnercentertest.Fault
		change  func(*url.URL)
		want    error
	}{
		"declined":          {change: answers("answer", "no"), want: signin.ErrDeclined},
		"another tenant":    {opts: partnercentertest.SignInOptions{TokenTenant: "66666666-6666-4666-8666-666666666666"}, want: signin.ErrWrongTenant},
		"another verifier":  {change: answers("code_challenge", "x"), want: signin.ErrSignInAgain},
		"policy":            {refusal: partnercentertest.TokenRefusal{Error: "invalid_grant", Code: "53003"}, want: signin.ErrBlockedByPolicy},
		"no public client":  {refusal: partnercentertest.TokenRefusal{Error: "invalid_client", Code: "7000218"}, want: signin.ErrNotPublicClient},
		"no refresh token":  {change: answers("scope", "openid"), want: signin.ErrRefused},
		"the line is lost":  {fault: partnercentertest.FaultReset},
		"the service fails": {fault: partnercentertest.FaultUnavailable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, tt.opts)
			if tt.refusal.Error != "" {
				l.RefuseTokens(tt.refusal)
			}
			l.StrikeToken(tt.fault)
			s := l.process(t)
			open, pages := watched(t, tt.change)
			_, err := s.Browser(t.Context(), open)
			e, ok := errors.AsType[*partnercenter.Error](err)
			if !ok || (e.Kind() == partnercenter.SignIn) != (tt.want != nil) || tt.want != nil && !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
			if shown := <-pages; shown.status != http.StatusOK || !strings.Contains(shown.text, "Not signed in") {
				t.Errorf("the browser shows %+v", shown)
			}
			standing(t, s, signin.Never)
			if l.shelf.saved != 0 {
				t.Error("something was kept")
			}
		})
	}
}

// TestStrangersAtTheDoor: whatever else comes to the port neither ends the
// sign-in nor gets anything out of it.
func TestStrangersAtTheDoor(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	s := l.process(t)
	_, err := s.Browser(t.Context(), func(address string) error {
		at, err := url.Parse(address)
		if err != nil {
			return err
		}
		back, state := at.Query().Get("redirect_uri"), at.Query().Get("state")
		for what, visitor := range map[string]struct {
			method, path, host string
			status             int
		}{
			"wrong state":     {"GET", "/?state=x&code=evil", "", 400},
			"no state":        {"GET", "/?code=evil", "", 400},
			"wrong error":     {"GET", "/?state=x&error=access_denied&error_description=%3Cscript%3E", "", 400},
			"nothing":         {"GET", "/?state=" + state, "", 400},
			"both":            {"GET", "/?state=" + state + "&code=a&error=b", "", 400},
			"another path":    {"GET", "/favicon.ico?state=" + state + "&code=evil", "", 404},
			"another host":    {"GET", "/?state=" + state + "&code=evil", "evil.example", 404},
			"posted":          {"POST", "/?state=" + state + "&code=evil", "", 405},
			"only the header": {"HEAD", "/?state=" + state + "&code=evil", "", 405},
		} {
			got := visit(t.Context(), visitor.method, back+visitor.path, visitor.host)
			if got.err != nil || got.status != visitor.status || strings.Contains(got.text, "evil") || strings.Contains(got.text, "<script>") {
				t.Errorf("%s: %+v", what, got)
			}
		}
		return scripted(t, nil)(address)
	})
	if err != nil {
		t.Errorf("the right one after them: %v", err)
	}
}

func TestTheDoorIsTakenOnce(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	s := l.process(t)
	var back string
	_, err := s.Browser(t.Context(), func(address string) error {
		at, err := url.Parse(address)
		if err != nil {
			return err
		}
		back = at.Query().Get("redirect_uri") + "/?error=access_denied&state=" + at.Query().Get("state")
		first := make(chan page, 2)
		for range 2 {
			go func() { first <- visit(context.WithoutCancel(t.Context()), http.MethodGet, back, "") }()
		}
		go func() {
			if a, b := <-first, <-first; (a.status == 200) == (b.status == 200) { // the other may find the port closed
				t.Errorf("%+v and %+v", a, b)
			}
		}()
		return nil
	})
	if !errors.Is(err, signin.ErrDeclined) {
		t.Error(err)
	}
	if got := visit(t.Context(), http.MethodGet, back, ""); got.err == nil {
		t.Errorf("the port is still open: %+v", got)
	}
}

func TestNobodyComesBack(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	s := l.process(t)
	s.Hurry(20 * time.Millisecond)
	if _, err := s.Browser(t.Context(), func(string) error { return nil }); !errors.Is(err, signin.ErrTimedOut) {
		t.Errorf("too late: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := s.Browser(ctx, func(string) error { cancel(); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	missing := errors.New("no xdg-open")
	if _, err := s.Browser(t.Context(), func(string) error { return missing }); !errors.Is(err, signin.ErrNoBrowser) || !errors.Is(err, missing) {
		t.Errorf("no browser: %v", err)
	}
}

// TestSignInWithMFA: after a refusal for want of MFA the next sign-in does not
// take the browser's remembered session.
func TestSignInWithMFA(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{SingleFactor: true, MFA: 1})
	s := l.signedIn(t)
	if got := s.State().Account.Factors; got != signin.SingleFactor {
		t.Fatalf("the factors are %q", got)
	}
	client := l.client(t, s)
	for range 2 { // the second time with a renewed token
		err := call(t, client)
		if e, ok := errors.AsType[*partnercenter.Error](err); !ok || e.Kind() != partnercenter.SignIn || !e.MFA() {
			t.Fatalf("%v", err)
		}
		s.Rejected(token(t, s))
	}
	refused(t, s, partnercenter.SignIn, signin.ErrMFA)
	standing(t, s, signin.NeedsMFA)
	if n := l.grants(refreshing); n != 1 || l.shelf.kept().Refresh == "" {
		t.Errorf("%d renewals", n)
	}
	if _, err := s.Browser(t.Context(), scripted(t, nil)); err != nil {
		t.Fatal(err)
	}
	asked := l.SignInRequests()
	if last := asked[len(asked)-2]; last.Prompt != "login" || last.Hint != "sales@partner.example" {
		t.Errorf("it asked for %+v", last)
	}
	if err := call(t, client); err != nil {
		t.Errorf("with MFA: %v", err)
	}
	standing(t, s, signin.SignedIn)
}

// TestMFAInTheMiddleOfARun: where one call in two wants MFA, a call that is
// refused says MFA, whatever the one before it did.
func TestMFAInTheMiddleOfARun(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{SingleFactor: true})
	client := l.client(t, l.signedIn(t))
	l.SetMFA(0.5)
	passed, mfa := 0, 0
	for range 40 {
		err := call(t, client)
		if e, ok := errors.AsType[*partnercenter.Error](err); ok && e.Kind() == partnercenter.SignIn && e.MFA() {
			mfa++
		} else if err == nil {
			passed++
		}
	}
	if passed+mfa != 40 || passed == 0 || mfa == 0 {
		t.Errorf("%d passed, %d wanted MFA", passed, mfa)
	}
}
