package config_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/cmd/internal/config"
)

// TestSuggestions: a slip of the finger is put right in words, and nothing is
// guessed that is far off.
func TestSuggestions(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"[upload]\nPOLL_MAX = \"1s\"":                     "upload.poll_max",
		"[upload]\npollmax = \"1s\"":                      "upload.poll_max",
		"[upload]\nretry_frist = \"1s\"":                  "upload.retry_first",
		"[upload]\nbatchsize = 1":                         "upload.batch_size",
		"[upload]\npairing = true":                        "scanner.pairing",
		"[scanner]\nlangage = \"fr\"":                     "station.language",
		"[scaner]\npairing = true":                        "[scanner]",
		"[partnercenter]\nway = \"api\"":                  "[partner_center]",
		"[Station]\nname = \"x\"":                         "[station]",
		"tenant = \"a.example\"":                          "partner_center.tenant",
		"[partner_center]\nbearer_token = \"x\"":          "PKIDSTATION_ACCESS_TOKEN",
		"[tokens]\na = 1":                                 "PKIDSTATION_ACCESS_TOKEN",
		"[upload]\nx = 1":                                 "",
		"[upload]\nsomething_else = 1":                    "",
		"[upload]\n" + strings.Repeat("a", 5000) + " = 1": "",
	} {
		_, err := config.Load(write(t, line), nil)
		got := problems(t, err)
		if len(got) != 1 || got[0].Problem != config.UnknownKey || got[0].Suggest != want {
			t.Errorf("%.40q: %+v, want the suggestion %q", line, got, want)
		}
		if err != nil && len(err.Error()) > 600 {
			t.Errorf("%.40q: a message of %d bytes", line, len(err.Error()))
		}
	}
}

// TestMistypedVariablesAreWarnings: a variable that is nearly one of ours is
// said, with the right one; nobody else's is.
func TestMistypedVariablesAreWarnings(t *testing.T) {
	t.Parallel()
	for variable, want := range map[string]string{
		"PKIDSTATION_UPLOAD_AFTR": "PKIDSTATION_UPLOAD_AFTER", "PKIDSTATION_PARTNERCENTER_URL": "PKIDSTATION_PARTNER_CENTER_URL",
		"PKIDSTATION_ACCES_TOKEN": "PKIDSTATION_ACCESS_TOKEN", "PKIDSTATION_DATAA": "PKIDSTATION_DATA", "PKIDSTATION_QQQQQQQQQQ": "",
	} {
		c := load(t, "", variable+"=secret-value")
		if len(c.Warnings) != 1 || c.Warnings[0].Suggest != want || c.Warnings[0].Variable != variable {
			t.Errorf("%s: %+v, want %q", variable, c.Warnings, want)
			continue
		}
		if strings.Contains(c.Warnings[0].Error(), "secret") {
			t.Error("the warning has the value")
		}
	}
	if c := load(t, "", "PKIDSTATIONX=1", "PATH=/bin", "pkidstation=1", "PKIDSTATION=1"); len(c.Warnings) != 0 {
		t.Errorf("others' variables: %v", c.Warnings)
	}
}

// TestVariablesInEveryWriting: numbers, truths and lists as people write them,
// and what only looks like one.
func TestVariablesInEveryWriting(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"true": true, "1": true, "T": true, "false": false, "0": false} {
		if got := load(t, "", "PKIDSTATION_SCANNER_PAIRING="+text).Scanner.Pairing; got != want {
			t.Errorf("pairing %s is %t", text, got)
		}
	}
	for text, want := range map[string][]string{
		"": {}, ",": {}, "COM3": {"COM3"}, "COM3 , COM4@9600": {"COM3", "COM4@9600"}, "COM3,,COM4": {"COM3", "COM4"},
	} {
		if diff := cmp.Diff(want, load(t, "", "PKIDSTATION_SCANNER_SERIAL="+text).Scanner.Serial); diff != "" {
			t.Errorf("serial %q (-want +got):\n%s", text, diff)
		}
	}
	for _, bad := range []string{
		"SCANNER_PAIRING=yes", "SCANNER_PAIRING=", "UPLOAD_BATCH_SIZE=", "UPLOAD_BATCH_SIZE=1e3", "UPLOAD_BATCH_SIZE=0x10",
		"UPLOAD_BATCH_SIZE=99999999999999999999", "UPLOAD_AFTER=", "UPLOAD_AFTER=15", "UPLOAD_AFTER=9.9ms", "UPLOAD_AFTER=24h0m0.1s",
		"SCANNER_SERIAL=COM3@12", "STATION_LANGUAGE=FR", "STATION_NAME=", "PARTNER_CENTER_URL=ftp://a.example", "PARTNER_CENTER_WAY=CSV",
	} {
		c, err := config.Load(t.TempDir(), []string{"PKIDSTATION_" + bad})
		name, _, _ := strings.Cut(bad, "=")
		got := problems(t, err)
		if len(got) != 1 || got[0].Problem != config.BadValue || got[0].Variable != "PKIDSTATION_"+name || got[0].Allowed == "" {
			t.Errorf("%s: %+v", bad, got)
		}
		if diff := cmp.Diff(config.Default(), c); diff != "" {
			t.Errorf("%s changed something:\n%s", bad, diff)
		}
	}
}

// TestTheFirstOfAVariableCounts, as the system looks them up.
func TestTheFirstOfAVariableCounts(t *testing.T) {
	t.Parallel()
	got := load(t, "", "PKIDSTATION_UPLOAD_BATCH_SIZE=7", "PKIDSTATION_UPLOAD_BATCH_SIZE=8", "=C:=C:\\", "novalue")
	if got.Upload.BatchSize != 7 {
		t.Errorf("batch size %d", got.Upload.BatchSize)
	}
}

// TestABadFileLeavesTheVariables: what is right is taken, whatever else is
// wrong, and a file that cannot be read at all hides no variable's fault.
func TestABadFileLeavesTheVariables(t *testing.T) {
	t.Parallel()
	c, err := config.Load(write(t, "[upload"), []string{"PKIDSTATION_UPLOAD_BATCH_SIZE=7", "PKIDSTATION_UPLOAD_AFTER=soon"})
	got := problems(t, err)
	if len(got) != 2 || c.Upload.BatchSize != 7 || c.Upload.After != config.Default().Upload.After {
		t.Errorf("%+v, %+v", got, c.Upload)
	}
}
