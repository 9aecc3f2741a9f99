package main_test

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDiag saves the bundle once, where it is asked to, and shows the same.
func TestDiag(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	runIt(t, data, "]C03305123456781\n", nil, "scan", "--stdin", "--customer", oneCustomer)
	log := filepath.Join(data, "logs", "pkidctl.log")
	if err := os.MkdirAll(filepath.Dir(log), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(log, []byte("a library said 3305123456781 of "+oneCustomer+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "d.zip")
	got := runIt(t, data, "", nil, "diag", "--out", file, "--show")
	if got.code != 0 {
		t.Fatalf("exit %d: %s", got.code, got.errors)
	}
	for _, want := range []string{"==> about.txt <==", "upload.batch_size", "==> queue.txt <==", `"ready":1`, "sound", "a library said ‹…6781› of ‹"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("nothing of %q is shown in:\n%s", want, got.out)
		}
	}
	if strings.Contains(got.out, "3305123456781") || strings.Contains(got.out, oneCustomer) {
		t.Errorf("what is private is shown:\n%s", got.out)
	}
	packed, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	_ = packed.Close()
	if again := runIt(t, data, "", nil, "diag", "--out", file); again.code != 1 {
		t.Errorf("written over: exit %d", again.code)
	}
}

// TestDiagOfWhatIsBroken: a settings' file that is none, and a queue that is none.
func TestDiagOfWhatIsBroken(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	for name, text := range map[string]string{"station.toml": "[upload", "queue.db": "no queue"} {
		if err := os.WriteFile(filepath.Join(data, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := runIt(t, data, "", nil, "diag")
	saved, err := filepath.Glob(filepath.Join(data, "diagnostics-*.zip"))
	if got.code != 0 || err != nil || len(saved) != 1 || !strings.Contains(got.out, saved[0]) {
		t.Fatalf("exit %d, %q, %v: %s%s", got.code, saved, err, got.out, got.errors)
	}
	shown := runIt(t, data, "", nil, "diag", "--show")
	for _, want := range []string{"wrong in it:", "it is not open here"} {
		if !strings.Contains(shown.out, want) {
			t.Errorf("nothing of %q in:\n%s", want, shown.out)
		}
	}
}
