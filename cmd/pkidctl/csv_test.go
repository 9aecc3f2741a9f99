package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// filled makes a data folder with n ready entries of one customer and tag.
func filled(t *testing.T, n int) string {
	t.Helper()
	data := t.TempDir()
	q := queuetest.OpenIn(t, data)
	queuetest.Fill(t, q, queue.Work{Customer: oneCustomer, GroupTag: "STD"}, 0, n)
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	return data
}

// TestExportBeyondAFile: a file takes 1000 rows; the rest stays, is said, and
// goes into the next file. No device is in both.
func TestExportBeyondAFile(t *testing.T) {
	t.Parallel()
	data, out := filled(t, 1002), t.TempDir()
	files := []string{filepath.Join(out, "1.csv"), filepath.Join(out, "2.csv"), filepath.Join(out, "3.csv")}
	export := []string{"export", "partner-center", "--customer", oneCustomer, "--by", "Ana", "--out"}
	runIt(t, data, "", nil, append(export, files[0])...).want(t, 3, "1,000 devices", "2 more devices stay ready")
	runIt(t, data, "", []string{"LANG=fr_FR.UTF-8"}, append(export, files[1])...).want(t, 0, "2 appareils")
	runIt(t, data, "", nil, append(export, files[2])...).want(t, 0, "Nothing is ready")
	seen := map[string]int{}
	for i, rows := range []int{1001, 3} {
		text, err := os.ReadFile(files[i])
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(string(text), "\r\n"), "\r\n")
		if len(lines) != rows || !strings.HasPrefix(lines[0], "Device Serial Number,Windows Product ID,") {
			t.Errorf("file %d has %d lines, the first %s", i+1, len(lines), lines[0])
		}
		for _, line := range lines[1:] {
			seen[line]++
		}
	}
	if len(seen) != 1002 || seen[","+string(queuetest.PKID(1001))+",,,"] != 1 {
		t.Errorf("%d devices in the files, want 1002, each once", len(seen))
	}
	if _, err := os.Stat(files[2]); !os.IsNotExist(err) {
		t.Errorf("a file without devices: %v", err)
	}
	runIt(t, data, "", nil, "upload").want(t, 3, `"ready":0`, `"exported":1002`)
}

// TestExportTakesNobodyElses: another customer's, another tag's and what is
// held or closed otherwise stay where they are.
func TestExportTakesNobodyElses(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	scanned(t, data, "]C03305123456781", "5901234123457")
	runIt(t, data, "]C03305123456798\n", nil, "scan", "--stdin", "--customer", "contoso.example", "--group-tag", "STD").want(t, 0)
	runIt(t, data, "]C03305123456804\n", nil, "scan", "--stdin", "--customer", oneCustomer, "--group-tag", "KIOSK").want(t, 0)
	out := t.TempDir()
	args := []string{"export", "partner-center", "--customer", oneCustomer, "--out"}
	runIt(t, data, "", nil, append(args, filepath.Join(out, "a.csv"))...).want(t, 2, "KIOSK", "STD", "--group-tag")
	runIt(t, data, "", nil, append(args, filepath.Join(out, "a.csv"), "--group-tag", "NONE")...).want(t, 0, "Nothing is ready")
	if made, err := os.ReadDir(out); err != nil || len(made) > 0 {
		t.Errorf("files without devices: %v (%v)", made, err)
	}
	runIt(t, data, "", nil, append(args, filepath.Join(out, "a.csv"), "--group-tag", "STD")...).want(t, 0, "1 device")
	if got := states(t, data); got != "exported held ready ready" {
		t.Errorf("now %s", got)
	}
}

// TestExportWhereItCannot: a file that is there, a folder that is not, and a
// folder in the file's place leave entries and files alone.
func TestExportWhereItCannot(t *testing.T) {
	t.Parallel()
	data, out := filled(t, 2), t.TempDir()
	mine := filepath.Join(out, "mine.csv")
	if err := os.WriteFile(mine, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{mine, out, filepath.Join(out, "no", "a.csv"), filepath.Join(mine, "a.csv")} {
		runIt(t, data, "", nil, "export", "partner-center", "--customer", oneCustomer, "--out", file).want(t, 1)
	}
	wantFile(t, mine, "mine")
	if got := states(t, data); got != "ready ready" {
		t.Errorf("now %s", got)
	}
}
