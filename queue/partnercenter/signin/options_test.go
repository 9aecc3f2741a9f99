package signin_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"pkidstation/queue/partnercenter/signin"
)

func TestCheckAuthority(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]error{
		"": nil, "https://login.microsoftonline.com": nil, "https://login.microsoftonline.com/": nil, "http://127.0.0.1:8080": nil, "http://localhost": nil, "http://[::1]:1": nil,
		"http://login.microsoftonline.com": signin.ErrAuthority, "http://127.0.0.1.evil.example": signin.ErrAuthority, "login.microsoftonline.com": signin.ErrAuthority,
		"https://": signin.ErrAuthority, "https://a@login.example": signin.ErrAuthority, "https://login.example/tenant": signin.ErrAuthority,
		"https://login.example?x": signin.ErrAuthority, "ftp://127.0.0.1": signin.ErrAuthority, "https://a b": signin.ErrAuthority, "\x00": signin.ErrAuthority,
		"https://login.microsoftonline.us": signin.ErrNationalCloud, "https://LOGIN.ChinaCloudAPI.cn/": signin.ErrNationalCloud,
		"https://login.partner.microsoftonline.cn": signin.ErrNationalCloud, "https://login.microsoftonline.de.": signin.ErrNationalCloud,
		"https://xmicrosoftonline.us": nil,
	} {
		if got := signin.CheckAuthority(address); !errors.Is(got, want) {
			t.Errorf("%q: %v, want %v", address, got, want)
		}
		if _, err := signin.New(signin.Options{Authority: address, Tenant: tenant, ClientID: station}); !errors.Is(err, want) {
			t.Errorf("New with %q: %v, want %v", address, err, want)
		}
	}
	for _, opts := range []signin.Options{{}, {Tenant: tenant}, {ClientID: station}} {
		if _, err := signin.New(opts); !errors.Is(err, signin.ErrNotSetUp) {
			t.Errorf("%+v: %v", opts, err)
		}
	}
}

func TestATokenIsNeverPrinted(t *testing.T) {
	t.Parallel()
	secret := signin.Token{Access: "the-access", Refresh: "the-refresh"}
	var text strings.Builder
	fmt.Fprintf(&text, "%v %+v %#v %s %v %+v", secret, secret, secret, secret, &secret, []signin.Token{secret})
	slog.New(slog.NewJSONHandler(&text, nil)).Info("x", "token", secret)
	slog.New(slog.NewTextHandler(&text, nil)).Info("x", "token", secret)
	if strings.Contains(text.String(), "the-") {
		t.Error(text.String())
	}
	kept, err := json.Marshal(secret)
	if err != nil || !strings.Contains(string(kept), "the-refresh") {
		t.Errorf("a store must be able to: %s, %v", kept, err)
	}
}

// jwt is a token with a payload.
func jwt(payload string) string {
	return "eyJhbGciOiJub25lIn0." + base64.RawURLEncoding.EncodeToString([]byte(payload)) + ".sig"
}

func TestAccountOf(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 300)
	for name, tt := range map[string]struct {
		access, identity string
		want             signin.Account
	}{
		"opaque":               {"opaque", "", signin.Account{}},
		"both":                 {jwt(`{"tid":"T1","upn":"ana","amr":["pwd","mfa"]}`), jwt(`{"tid":"t2","preferred_username":"bob","amr":["pwd"]}`), signin.Account{Name: "ana", Tenant: "t1", Factors: signin.MultiFactor}},
		"the identity's":       {"opaque", jwt(`{"tid":"t2","preferred_username":"bob"}`), signin.Account{Name: "bob", Tenant: "t2"}},
		"one factor":           {jwt(`{"amr":["pwd"],"unique_name":"live.com#ana"}`), "", signin.Account{Name: "live.com#ana", Factors: signin.SingleFactor}},
		"no factors":           {jwt(`{"amr":[]}`), "", signin.Account{Factors: signin.SingleFactor}},
		"of another type":      {jwt(`{"tid":7,"upn":["x"]}`), "", signin.Account{}},
		"no JSON":              {jwt(`<html>`), "", signin.Account{}},
		"no base64":            {"a.!!!.c", "", signin.Account{}},
		"too much":             {"a." + strings.Repeat("A", 1<<20) + ".c", "", signin.Account{}},
		"too long":             {jwt(`{"upn":"` + long + `"}`), "", signin.Account{Name: strings.Repeat("é", 101) + "…"}},
		"with padding as well": {"a." + base64.URLEncoding.EncodeToString([]byte(`{"upn":"a"}`)) + ".c", "", signin.Account{Name: "a"}},
	} {
		if got := signin.AccountOf(tt.access, tt.identity); got != tt.want {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
}
