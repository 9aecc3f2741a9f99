package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestControlCharactersInFlags: what a terminal would obey is a usage error,
// printed without effect and kept nowhere.
func TestControlCharactersInFlags(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	id := scanned(t, data, "]C03305123456781")[0]
	for _, bad := range []string{"red \x1b[31m", "two\nlines", "a\tb", "\u202eback", "half \xc3"} {
		for _, args := range [][]string{
			{"scan", "--stdin", "--order", bad},
			{"scan", "--stdin", "--group-tag", bad},
			{"scan", "--stdin", "--customer", bad},
			{"queue", "hold", id, "--by", bad},
			{"queue", "hold", id, "--by", "Ana", "--reason", bad},
			{"queue", "undo", "--by", bad},
			{"queue", "list", "--state", bad},
			{"queue", "list", "--customer", bad},
			{"customers", "set", oneCustomer, "--name", bad},
			{"customers", "set", oneCustomer, "--group-tag", bad},
			{"export", "partner-center", "--customer", oneCustomer, "--out", "never.csv", "--by", bad},
		} {
			got := runIt(t, data, "", nil, args...)
			got.want(t, 2)
			if strings.ContainsAny(got.out+got.errors, "\x1b\u202e") {
				t.Errorf("%q is printed as it is: %q", args, got.errors)
			}
		}
	}
	wantNowhere(t, data, "RED \x1B", "TWO\nLINES")
	if got := states(t, data); got != "ready" {
		t.Errorf("something was done: %s", got)
	}
	runIt(t, data, "", nil, "scan", "--stdin", "--order", strings.Repeat("é", 201)).want(t, 2, "too long")
	runIt(t, data, "]C03305123456798\n", nil, "scan", "--stdin", "--order", strings.Repeat("é", 200)).want(t, 0)
}

// TestControlCharactersInScans: what a code holds is never obeyed by the
// terminal that shows it.
func TestControlCharactersInScans(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	codes := "\x1b[2J\x1b]0;title\x07\n]C03305\x00123456781\n\x1b\n5CG\u202e1234\n\xff\xfe\xfd\n"
	got := runIt(t, data, codes, nil, "scan", "--stdin", "--customer", oneCustomer)
	got.want(t, 0)
	if strings.ContainsAny(got.out, "\x1b\x07\x00\u202e") {
		t.Errorf("printed as it is: %q", got.out)
	}
	if n := strings.Count(got.out, "\n"); n != 5 || strings.Contains(got.out, "Accepted") {
		t.Errorf("%d verdicts:\n%q", n, got.out)
	}
	if got := states(t, data); got != "" {
		t.Errorf("kept: %s", got)
	}
}

// TestLineEnds: however lines end, each that is not empty gives one verdict,
// and the last needs no end.
func TestLineEnds(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"]C03305123456781\n]C03305123456798\n", "]C03305123456781\r\n]C03305123456798\r\n", "\n\n]C03305123456781\n\r\n\n]C03305123456798",
		"3305123456781\n3305123456798",
	} {
		data := t.TempDir()
		got := runIt(t, data, text, nil, "scan", "--json", "--stdin", "--customer", oneCustomer)
		got.want(t, 0)
		all := objects(t, got.out)
		if len(all) != 2 || all[0].word(t, "pkid") != "3305123456781" || all[1].word(t, "pkid") != "3305123456798" {
			t.Errorf("%q gives\n%s", text, got.out)
		}
	}
	got := runIt(t, t.TempDir(), "\n\r\n\n", nil, "scan", "--json", "--stdin")
	got.want(t, 0)
	if got.out != "" {
		t.Errorf("nothing gives %s", got.out)
	}
}

// TestTheDataFolder: --data wins over PKIDSTATION_DATA, is made on first use,
// and a file in its place is said and stays as it is.
func TestTheDataFolder(t *testing.T) {
	t.Parallel()
	data, other := t.TempDir(), filepath.Join(t.TempDir(), "made", "here")
	runIt(t, data, "]C03305123456781\n", nil, "--data", other, "scan", "--stdin").want(t, 0)
	for _, name := range []string{"queue.db", "logs"} {
		if _, err := os.Stat(filepath.Join(other, name)); err != nil {
			t.Error(err)
		}
	}
	if made, err := os.ReadDir(data); err != nil || len(made) > 0 {
		t.Errorf("the other folder has %v (%v)", made, err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{file, filepath.Join(file, "below")} {
		for _, args := range []string{"queue list", "check", "scan --stdin", "upload", "customers"} {
			runIt(t, data, "", nil, append([]string{"--data", folder}, strings.Fields(args)...)...).want(t, 1, "data folder")
		}
		runIt(t, data, "", []string{"LANG=fr_FR.UTF-8", "PKIDSTATION_DATA=" + folder}, "queue", "list").want(t, 1, "dossier")
	}
	wantFile(t, file, "mine")
}

// TestCheckMakesNoQueue: looking changes nothing.
func TestCheckMakesNoQueue(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	runIt(t, data, "", nil, "check").want(t, 1, "no queue in", data)
	runIt(t, data, "", []string{"LANG=fr_FR.UTF-8"}, "check", "--json").want(t, 1, data)
	if _, err := os.Stat(filepath.Join(data, "queue.db")); !os.IsNotExist(err) {
		t.Errorf("check made a queue: %v", err)
	}
}

// TestSettingsInFrench: what is wrong with station.toml is said with its line,
// in the person's language.
func TestSettingsInFrench(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	text := "[station]\nlanguage = \"fr\"\n[upload]\nbatch_size = 5000\nafter = \"soon\"\n"
	if err := os.WriteFile(filepath.Join(data, "station.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	got := runIt(t, data, "", []string{"LANG=fr_FR.UTF-8"}, "queue", "list")
	got.want(t, 1, "station.toml, ligne 4", "5000", "1 à 1000", "station.toml, ligne 5", `"soon"`)
	if n := strings.Count(got.errors, "\n"); n != 2 {
		t.Errorf("%d lines for 2 problems:\n%s", n, got.errors)
	}
	runIt(t, data, "", []string{"PKIDSTATION_UPLOAD_BATCHSIZE=3", "PKIDSTATION_UPLOAD_POLL_FIRST=1ms"}, "queue", "list").
		want(t, 1, "PKIDSTATION_UPLOAD_POLL_FIRST", "10ms")
}
