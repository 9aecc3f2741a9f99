package signin_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/signin"
)

// overdue is a kept token whose access token is over.
func overdue() *shelf {
	ago := time.Now().Add(-time.Hour)
	return &shelf{token: signin.Token{
		Access: "old", Refresh: "the-refresh", Obtained: ago.Add(-time.Hour), Expires: ago, Authority: "https://login.example", Tenant: tenant, ClientID: station,
		Account: signin.Account{Name: "ana"},
	}}
}

// TestAnswers: what a renewal makes of answers that are not the usual ones.
func TestAnswers(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status int
		body   string
		kind   partnercenter.Kind // 0 for a token
		keeps  string             // the refresh token afterwards
	}{
		"turned":                    {200, `{"access_token":"new","refresh_token":"next","expires_in":3600}`, 0, "next"},
		"not turned":                {200, `{"access_token":"new","expires_in":"3600"}`, 0, "the-refresh"},
		"without an end":            {200, `{"access_token":"new"}`, 0, "the-refresh"},
		"with an absurd end":        {200, `{"access_token":"new","expires_in":1e300}`, partnercenter.NoAnswer, "the-refresh"},
		"a no of a gateway":         {503, `{"error":"invalid_grant"}`, partnercenter.NoAnswer, "the-refresh"},
		"not now":                   {400, `{"error":"temporarily_unavailable"}`, partnercenter.NoAnswer, "the-refresh"},
		"a no without a word":       {400, `{}`, partnercenter.NoAnswer, "the-refresh"},
		"a no of a proxy":           {403, `<html>`, partnercenter.NoAnswer, "the-refresh"},
		"a throttling no":           {429, `{"error":"invalid_grant"}`, partnercenter.Throttled, "the-refresh"},
		"an answer that is no JSON": {200, `{"access_token":`, partnercenter.NoAnswer, "the-refresh"},
		"a no":                      {400, `{"error":"invalid_grant"}`, partnercenter.SignIn, ""},
		"a no for later":            {401, `{"error":"interaction_required","error_description":"AADSTS50076: x"}`, partnercenter.SignIn, "the-refresh"},
	} {
		kept := overdue()
		s := sourceOver(t, saying(tt.status, tt.body), kept)
		access, err := s.Token(t.Context())
		e, _ := errors.AsType[*partnercenter.Error](err)
		switch {
		case tt.kind == 0 && (err != nil || access != "new" || s.State().Account.Name != "ana"):
			t.Errorf("%s: %v, %+v", name, err, s.State())
		case tt.kind != 0 && (e == nil || e.Kind() != tt.kind):
			t.Errorf("%s: %v", name, err)
		}
		if got := kept.kept().Refresh; got != tt.keeps {
			t.Errorf("%s: it keeps %q", name, got)
		}
	}
}

// forever is a body without end.
type forever struct{ read int }

func (f *forever) Read(p []byte) (int, error) {
	f.read += len(p)
	return len(p), nil
}

// TestAnEndlessAnswer is read up to a bound.
func TestAnEndlessAnswer(t *testing.T) {
	t.Parallel()
	body := &forever{}
	s := sourceOver(t, transport(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(body), Request: r}, nil
	}), overdue())
	refused(t, s, partnercenter.NoAnswer, nil)
	if body.read > 2<<20 {
		t.Errorf("%d bytes were read", body.read)
	}
}

// TestMicrosoftsWordsAreBounded: an answer's text is cut, made plain, and of a
// token in it nothing is left.
func TestMicrosoftsWordsAreBounded(t *testing.T) {
	t.Parallel()
	s := sourceOver(t, saying(400, `{"error":"odd\u001b[2J","error_description":"AADSTS99999: eyJhbGci.eyJ0aWQi.sig `+strings.Repeat("x", 1<<15)+`"}`), overdue())
	_, err := s.Token(t.Context())
	refusal, ok := errors.AsType[*signin.Refusal](err)
	if !ok || !errors.Is(err, signin.ErrRefused) || refusal.Code != "AADSTS99999" || strings.Contains(err.Error(), "eyJ") || strings.Contains(err.Error(), "\x1b") || len(err.Error()) > 600 {
		t.Errorf("%+v", err)
	}
}
