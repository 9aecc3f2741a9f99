package config_test

import (
	"strings"
	"testing"

	"pkidstation/cmd/internal/config"
)

// TestOrigins has a key of each origin, one that is refused, and secrets.
func TestOrigins(t *testing.T) {
	t.Parallel()
	const text = "[station]\nname = \"Quai 3\"\n\n[upload]\nbatch_size = 0\nafter = \"20m\"\n\n[scanner]\ncamera = \"http://admin:hunter2@10.0.0.7/v\"\nserial = [\"COM3\", \"COM4@19200\"]\n"
	environ := []string{"PKIDSTATION_UPLOAD_AFTER=30m", "PKIDSTATION_BACKUP_KEEP=many", "PKIDSTATION_ACCESS_TOKEN=hunter3"}
	all, err := config.Origins(write(t, text), environ)
	if err == nil {
		t.Error("a batch of 0 and a variable that is no number were not told")
	}
	got := map[string]config.Said{}
	for _, o := range all {
		got[o.Key] = o
		if strings.Contains(o.Value+o.From, "hunter") {
			t.Errorf("a secret is in %+v", o)
		}
	}
	for _, want := range []config.Said{
		{"station.name", `"Quai 3"`, "station.toml:2"},
		{"upload.after", `"30m0s"`, "PKIDSTATION_UPLOAD_AFTER"},
		{"upload.batch_size", "500", "default"},
		{"backup.keep", "7", "default"},
		{"scanner.camera", "[redacted]", "station.toml:9"},
		{"scanner.serial", `["COM3", "COM4@19200"]`, "station.toml:10"},
		{"access_token", "[redacted]", "PKIDSTATION_ACCESS_TOKEN"},
	} {
		if got[want.Key] != want {
			t.Errorf("%+v, want %+v", got[want.Key], want)
		}
	}
}

// TestOriginsWithoutAFile: all is as it was made.
func TestOriginsWithoutAFile(t *testing.T) {
	t.Parallel()
	all, err := config.Origins(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range all[:len(all)-1] {
		if o.From != "default" {
			t.Errorf("%+v without a file", o)
		}
	}
	if token := all[len(all)-1]; token.Value != "none" {
		t.Errorf("%+v without a token", token)
	}
}
