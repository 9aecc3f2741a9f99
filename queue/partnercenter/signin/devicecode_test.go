package signin_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/partnercenter/signin"
)

// waiting is a station and Microsoft without sockets, so that minutes pass at
// once; nobody approves by itself.
func waiting(t *testing.T, opts partnercentertest.SignInOptions) (*partnercentertest.Server, *signin.Source, *shelf) {
	t.Helper()
	opts.Enabled = true
	server := partnercentertest.NewServer(partnercentertest.Options{SignIn: opts})
	kept := &shelf{}
	s, err := signin.New(signin.Options{
		Authority: "https://login.example", Tenant: tenant, ClientID: station, Store: kept,
		HTTPClient: &http.Client{Transport: server.RoundTripper()},
	})
	if err != nil {
		t.Fatal(err)
	}
	return server, s, kept
}

// after does something later.
func after(t *testing.T, d time.Duration, do func()) {
	t.Helper()
	time.AfterFunc(d, do)
}

// pace is the time between the polls, in seconds.
func pace(server *partnercentertest.Server) []int {
	var seconds []int
	var last time.Time
	for _, r := range server.SignInRequests() {
		if !last.IsZero() {
			seconds = append(seconds, int(r.At.Sub(last).Round(time.Second).Seconds()))
		}
		last = r.At
	}
	return seconds
}

func equal(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestDeviceCode(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server, s, kept := waiting(t, partnercentertest.SignInOptions{})
		var shown signin.Prompt
		after(t, 12*time.Second, func() { server.ApproveDevice(shown.Code) })
		account, err := s.DeviceCode(t.Context(), func(p signin.Prompt) { shown = p })
		if err != nil || account.Name != "sales@partner.example" || kept.kept().Refresh == "" {
			t.Fatalf("%+v, %v", account, err)
		}
		if shown.URL != "https://login.example/devicelogin" || len(shown.Code) != 9 || time.Until(shown.Expires) < 14*time.Minute {
			t.Errorf("%+v", shown)
		}
		if got := pace(server); !equal(got, []int{5, 5, 5}) {
			t.Errorf("it asked after %v s", got)
		}
		standing(t, s, signin.SignedIn)
	})
}

// TestDeviceCodeSlowDown: each slow_down makes all waits longer by 5 s.
func TestDeviceCodeSlowDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server, s, _ := waiting(t, partnercentertest.SignInOptions{})
		slow := partnercentertest.TokenRefusal{Error: "slow_down", Code: "70016"}
		server.RefuseTokens(slow, slow)
		after(t, 40*time.Second, func() { server.ApproveDevice("") })
		if _, err := s.DeviceCode(t.Context(), func(signin.Prompt) {}); err != nil {
			t.Fatal(err)
		}
		if got := pace(server); !equal(got, []int{5, 10, 15, 15}) {
			t.Errorf("it asked after %v s", got)
		}
	})
}

func TestDeviceCodeFails(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		opts partnercentertest.SignInOptions
		do   func(*partnercentertest.Server)
		want error
	}{
		"declined":    {do: func(s *partnercentertest.Server) { s.DeclineDevice("") }, want: signin.ErrDeclined},
		"expired":     {do: func(s *partnercentertest.Server) { s.ExpireDevice("") }, want: signin.ErrCodeExpired},
		"nobody came": {opts: partnercentertest.SignInOptions{CodeLifetime: time.Minute}, do: func(*partnercentertest.Server) {}, want: signin.ErrCodeExpired},
		"forgotten": {do: func(s *partnercentertest.Server) {
			s.RefuseTokens(partnercentertest.TokenRefusal{Error: "invalid_grant", Code: "70000"})
		}, want: signin.ErrCodeExpired},
		"policy": {do: func(s *partnercentertest.Server) {
			s.RefuseTokens(partnercentertest.TokenRefusal{Error: "invalid_grant", Code: "53003"})
		}, want: signin.ErrBlockedByPolicy},
		"another tenant": {opts: partnercentertest.SignInOptions{TokenTenant: "other"}, do: func(s *partnercentertest.Server) { s.ApproveDevice("") }, want: signin.ErrWrongTenant},
		"no such app":    {opts: partnercentertest.SignInOptions{ClientID: "other"}, do: func(*partnercentertest.Server) {}, want: signin.ErrClientUnknown},
		"no such tenant": {opts: partnercentertest.SignInOptions{Tenant: "other"}, do: func(*partnercentertest.Server) {}, want: signin.ErrWrongTenant},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server, s, kept := waiting(t, tt.opts)
				after(t, 12*time.Second, func() { tt.do(server) })
				if _, err := s.DeviceCode(t.Context(), func(signin.Prompt) {}); !errors.Is(err, tt.want) {
					t.Errorf("%v", err)
				}
				if kept.saved != 0 {
					t.Error("something was kept")
				}
				standing(t, s, signin.Never)
				wait(t, time.Minute) // for what was to come later
			})
		})
	}
}

func wait(t *testing.T, d time.Duration) {
	t.Helper()
	<-time.After(d)
}

// TestDeviceCodeOverABadLine: the person has the code in hand; a line that fails
// meanwhile does not take it away.
func TestDeviceCodeOverABadLine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server, s, _ := waiting(t, partnercentertest.SignInOptions{})
		server.StrikeToken(partnercentertest.FaultReset, "", partnercentertest.FaultPortal, partnercentertest.FaultThrottle, partnercentertest.FaultEmpty)
		after(t, 30*time.Second, func() { server.ApproveDevice("") })
		if _, err := s.DeviceCode(t.Context(), func(signin.Prompt) {}); err != nil {
			t.Fatal(err)
		}
		// After each failure it asks 5 s later than before.
		if got := pace(server); !equal(got, []int{5, 10, 10, 15, 20, 25}) {
			t.Errorf("it asked after %v s", got)
		}
	})
}

func TestDeviceCodeStopped(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, s, _ := waiting(t, partnercentertest.SignInOptions{})
		ctx, cancel := context.WithCancel(t.Context())
		after(t, 7*time.Second, cancel)
		if _, err := s.DeviceCode(ctx, func(signin.Prompt) {}); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	})
}

// transport answers as it likes.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func saying(status int, body string) transport {
	return func(r *http.Request) (*http.Response, error) {
		return &http.Response{
			StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)), Request: r,
		}, nil
	}
}

func sourceOver(t *testing.T, over http.RoundTripper, kept signin.Store) *signin.Source {
	t.Helper()
	s, err := signin.New(signin.Options{
		Authority: "https://login.example", Tenant: tenant, ClientID: station, HTTPClient: &http.Client{Transport: over}, Store: kept,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestNoPersonIsSentThere: an answer that would show a person something that is
// no address of a sign-in is not shown.
func TestNoPersonIsSentThere(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"a script":        `{"device_code":"d","user_code":"U","verification_uri":"javascript:alert(1)","expires_in":900}`,
		"in plain sight":  `{"device_code":"d","user_code":"U","verification_uri":"http://evil.example/","expires_in":900}`,
		"as someone":      `{"device_code":"d","user_code":"U","verification_uri":"https://microsoft.com@evil.example/","expires_in":900}`,
		"no address":      `{"device_code":"d","user_code":"U","expires_in":900}`,
		"no code":         `{"device_code":"d","verification_uri":"https://microsoft.com/devicelogin","expires_in":900}`,
		"no device code":  `{"user_code":"U","verification_uri":"https://microsoft.com/devicelogin","expires_in":900}`,
		"a novel":         `{"device_code":"d","user_code":"` + strings.Repeat("U", 1000) + `","verification_uri":"https://microsoft.com/devicelogin"}`,
		"a page":          `<html>Welcome to the guest network</html>`,
		"endless":         `{"device_code":"` + strings.Repeat("d", 1<<20) + `"}`,
		"nothing at all":  ``,
		"another's error": `{"error":7}`,
	} {
		_, err := sourceOver(t, saying(http.StatusOK, body), &shelf{}).DeviceCode(t.Context(), func(p signin.Prompt) { t.Errorf("%s: shown %+v", name, p) })
		if e, ok := errors.AsType[*partnercenter.Error](err); !ok || e.Kind() != partnercenter.NoAnswer {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestCodesAreShownPlain: what a terminal would obey is not in the code, and no
// code is good for ever.
func TestCodesAreShownPlain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := sourceOver(t, saying(http.StatusOK, `{"device_code":"d","user_code":"U\u001b[2J\u202eX","verification_uri":"https://microsoft.com/devicelogin","interval":99999,"expires_in":999999999}`), &shelf{})
		ctx, cancel := context.WithCancel(t.Context())
		_, err := s.DeviceCode(ctx, func(p signin.Prompt) {
			if p.Code != "U[2JX" || time.Until(p.Expires) > 30*time.Minute {
				t.Errorf("%+v", p)
			}
			cancel()
		})
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}
