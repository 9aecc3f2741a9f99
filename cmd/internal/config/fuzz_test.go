package config_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"pkidstation/cmd/internal/config"
)

// FuzzLoad: whatever the file and a variable hold, Load ends, and what it gives
// is within the rules.
func FuzzLoad(f *testing.F) {
	for _, text := range []string{"", full, config.Example(), "a.b.c=1", "[[upload]]", "upload={after=\"5m\"}", "[a]\nb=[{c=1},{d=[1,2.0,inf]}]", "\"\"=1", "x=1\n\n\n[upload]\n\n''=''"} {
		f.Add([]byte(text), "5m")
	}
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte, value string) {
		if err := os.WriteFile(filepath.Join(folder, config.FileName), text, 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := config.Load(folder, []string{
			"PKIDSTATION_UPLOAD_AFTER=" + value, "PKIDSTATION_SCANNER_SERIAL=" + value, "PKIDSTATION_LABEL_RULES=" + value, "PKIDSTATION_PARTNER_CENTER_URL=" + value, "PKIDSTATION_" + value + "=1",
		})
		for _, problem := range problems(t, err) {
			if problem.Problem == "" || problem.Problem != config.BadSyntax && problem.Variable == "" && problem.Line < 1 {
				t.Errorf("nobody can find this: %+v", problem)
			}
		}
		for _, wait := range []time.Duration{c.Upload.After, c.Upload.PollFirst, c.Upload.PollMax, c.Upload.RetryFirst, c.Upload.RetryMax, c.Upload.AfterRemoval} {
			if wait < 10*time.Millisecond || wait > 24*time.Hour {
				t.Errorf("a wait of %s", wait)
			}
		}
		if c.Upload.BatchSize < 1 || c.Upload.BatchSize > 1000 || c.Station.Name == "" || len(c.Scanner.Serial) > 16 || len(c.Label.Rules) > 64 {
			t.Errorf("outside the rules: %+v", c)
		}
	})
}
