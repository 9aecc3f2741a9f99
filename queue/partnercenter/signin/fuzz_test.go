package signin_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/signin"
)

// FuzzAnswers gives any status, headers and body to a renewal. Whatever they are,
// it ends with a token or a typed error without a token in it, and the sign-in is
// lost only by what says so.
func FuzzAnswers(f *testing.F) {
	f.Add(200, "application/json", "", []byte(`{"access_token":"a","refresh_token":"r","expires_in":3600,"token_type":"Bearer"}`))
	f.Add(400, "application/json", "", []byte(`{"error":"invalid_grant","error_description":"AADSTS70000: x","error_codes":[70000]}`))
	f.Add(400, "application/json", "", []byte(`{"error":"interaction_required","error_codes":["50076"],"suberror":7}`))
	f.Add(429, "", "57", []byte(nil))
	f.Add(503, "text/html", "Tue, 15 Nov 1994 08:13:01 GMT", []byte("<html>"))
	f.Add(200, "text/plain", "", []byte("access_token=a&expires_in=99999999999999999999"))
	f.Add(302, "", "", []byte(nil))
	f.Fuzz(func(t *testing.T, status int, kind, wait string, body []byte) {
		if status < 100 || status > 999 {
			return
		}
		now := time.Now()
		kept := &shelf{token: signin.Token{Refresh: "the-old-one", Obtained: now, Expires: now, Authority: "https://login.example", Tenant: tenant, ClientID: station}}
		s := sourceOver(t, transport(func(r *http.Request) (*http.Response, error) {
			return &http.Response{
				StatusCode: status, Header: http.Header{"Content-Type": {kind}, "Retry-After": {wait}}, Body: io.NopCloser(strings.NewReader(string(body))), Request: r,
			}, nil
		}), kept)
		access, err := s.Token(t.Context())
		if err == nil {
			if access == "" || kept.kept().Refresh == "" {
				t.Errorf("a token of %q", body)
			}
			return
		}
		e, ok := errors.AsType[*partnercenter.Error](err)
		if !ok || e.RetryAfter < 0 || e.RetryAfter > time.Hour {
			t.Fatalf("%v", err)
		}
		if strings.Contains(err.Error(), "the-old-one") || strings.Contains(err.Error(), "eyJ") || len(err.Error()) > 2000 {
			t.Errorf("it says %.300q", err)
		}
		if kept.kept().Refresh == "" && !errors.Is(err, signin.ErrSignInAgain) {
			t.Errorf("lost by %v", err)
		}
	})
}

// FuzzTheDoor gives any query to the port: without the state nothing ends.
func FuzzTheDoor(f *testing.F) {
	f.Add("state=x&code=y")
	f.Add("state=&error=access_denied&error_description=%3Cscript%3E")
	f.Add("%zz&;=;")
	f.Fuzz(func(t *testing.T, query string) {
		s := sourceOver(t, saying(http.StatusInternalServerError, ""), &shelf{})
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		_, err := s.Browser(ctx, func(address string) error {
			_, after, _ := strings.Cut(address, "redirect_uri=http%3A%2F%2Flocalhost%3A")
			port, _, _ := strings.Cut(after, "&")
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://localhost:"+port+"/", http.NoBody)
			if err != nil {
				return err
			}
			req.URL.RawQuery = query
			resp, err := http.DefaultTransport.RoundTrip(req)
			if err != nil {
				cancel()
				return nil //nolint:nilerr // the query cannot be sent
			}
			text, _ := io.ReadAll(resp.Body) // a line of many thousand letters is refused unread, and the answer cut off
			_ = resp.Body.Close()
			cancel()
			if resp.StatusCode < 400 || strings.Contains(string(text), "<script") {
				t.Errorf("%q gives %d %q", query, resp.StatusCode, text)
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%q ends it with %v", query, err)
		}
	})
}
