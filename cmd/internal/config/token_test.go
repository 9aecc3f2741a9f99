package config_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"pkidstation/cmd/internal/config"
)

const secret = "eyJ0eXAiOiJKV1Qi.c2VjcmV0.c2ln"

func TestTheTokenIsNeverPrinted(t *testing.T) {
	t.Parallel()
	c := load(t, "", "PKIDSTATION_ACCESS_TOKEN= "+secret+"\n")
	if string(c.AccessToken) != secret {
		t.Fatalf("the token was not taken")
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "%v %+v %#v %s %q %x %v\n", c, c, c, c.AccessToken, c.AccessToken, c.AccessToken, &c)
	for _, logger := range []*slog.Logger{slog.New(slog.NewTextHandler(&out, nil)), slog.New(slog.NewJSONHandler(&out, nil))} {
		logger.InfoContext(t.Context(), "settings", "config", c, "token", c.AccessToken)
	}
	encoded, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	out.Write(encoded)
	for _, part := range []string{secret, "c2VjcmV0", fmt.Sprintf("%x", secret)} {
		if strings.Contains(out.String(), part) {
			t.Errorf("%s got out:\n%s", part, out.String())
		}
	}
	if !strings.Contains(out.String(), "[redacted]") {
		t.Error("it does not show that there is a token")
	}
}

func TestABadTokenIsNotInTheError(t *testing.T) {
	t.Parallel()
	for _, token := range []string{"Bearer " + secret, secret + "\r\nX: 1", secret + "é", strings.Repeat(secret, 1000)} {
		c, err := config.Load(t.TempDir(), []string{"PKIDSTATION_ACCESS_TOKEN=" + token})
		if err == nil || strings.Contains(err.Error(), "c2VjcmV0") || c.AccessToken != "" {
			t.Errorf("%.20s…: %v", token, err)
		}
	}
}

func TestNoSecretOfTheFileIsInTheError(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"access_token = \"" + secret + "\"",
		"[partner_center]\ntoken = \"" + secret + "\"",
		"[partner_center]\nurl = \"https://user:" + secret + "@pc.example\"",
		"access_token = " + secret,
		"access_token = \"" + secret,
	} {
		_, err := config.Load(write(t, text), nil)
		if err == nil || strings.Contains(err.Error(), "c2VjcmV0") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
