package diagnostics_test

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/diagnostics"
	"pkidstation/queue"
	"pkidstation/queue/export"
)

// stationAt is a station with a box, a customer, and logs that say too much.
func stationAt(t *testing.T) diagnostics.Station {
	t.Helper()
	folder := t.TempDir()
	q, err := queue.Open(folder, queue.Options{Station: "Quai 3", Program: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := q.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := q.SetCustomer(t.Context(), queue.CustomerSetting{ID: tenant, Name: "Dupont & Fils"}, queue.Act{By: "Josiane"}); err != nil {
		t.Fatal(err)
	}
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: tenant, Order: "BL-4711"}, "Josiane")
	if err != nil {
		t.Fatal(err)
	}
	v, err := q.Attach(t.Context(), queue.Part{Reception: r.ID, Serial: "5CG4071QZ8", By: "Josiane"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.Capture(t.Context(), queue.Capture{Reception: r.ID, Into: v.Entry.ID, PKID: pkid, By: "Josiane", Hold: queue.ForReview}); err != nil {
		t.Fatal(err)
	}
	writeLog(t, folder, "pkidstation.log", `{"msg":"sent","body":"`+pkid+` 5CG4071QZ8 BL-4711 Dupont \u0026 Fils","by":"Josiane"}`+"\n")
	writeLog(t, folder, "pkidstation.crash", "panic: \x1b[31m"+pkid+"\r\n")
	writeLog(t, folder, "secret.key", "hunter2")
	return diagnostics.Station{
		Folder: folder, Environ: []string{"PKIDSTATION_ACCESS_TOKEN=hunter3"}, Config: config.Default(), Program: "test", Queue: q,
		Say: func(err error) string { return "said: " + err.Error() }, Working: true,
	}
}

func writeLog(t *testing.T, folder, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(folder, "logs"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "logs", name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func gather(t *testing.T, s diagnostics.Station) (b diagnostics.Bundle, files map[string]string) {
	t.Helper()
	b, err := diagnostics.Gather(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	files = map[string]string{}
	for _, f := range b.Files {
		files[f.Name] = f.Text
		for _, never := range []string{pkid, "5CG4071QZ8", "BL-4711", "Dupont", "Josiane", "hunter", tenant, "\x1b", "\r"} {
			if strings.Contains(f.Text, never) {
				t.Errorf("%s has %q:\n%s", f.Name, never, f.Text)
			}
		}
	}
	return b, files
}

func wants(t *testing.T, name, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s has no %q:\n%s", name, part, text)
		}
	}
}

func TestGather(t *testing.T) {
	t.Parallel()
	b, files := gather(t, stationAt(t))
	if len(files) != 7 {
		t.Errorf("%d files: %v", len(files), b.Files)
	}
	wants(t, "about", files[diagnostics.About], "program", "test", "go1.")
	wants(t, "settings", files[diagnostics.Settings], "upload.batch_size", "500", "default", "[redacted]")
	wants(t, "findings", files[diagnostics.Findings], "said: ", "serial ports:")
	wants(t, "queue", files[diagnostics.Queue], `"held":1`, "sound", "queue.db", "logs/pkidstation.log")
	wants(t, "goroutines", files[diagnostics.Goroutines], "goroutine ", "TestGather")
	wants(t, "log", files["logs/pkidstation.log"], `"body":"‹…6781› ‹…› ‹…› ‹…›","by":"‹…›"`)
	wants(t, "crash", files["logs/pkidstation.crash"], "panic: ·[31m‹…6781›\n")
}

// TestGatherFromWhatIsBroken: a queue that somebody else has, no logs, no settings.
func TestGatherFromWhatIsBroken(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "none")
	_, files := gather(t, diagnostics.Station{
		Folder: folder, Config: config.Default(), Unopened: queue.ErrDamaged, Say: func(error) string { return "said" },
	})
	wants(t, "about", files[diagnostics.About], "could not be read")
	wants(t, "queue", files[diagnostics.Queue], "it is not open here")
	wants(t, "logs", files["logs/unread.txt"], "cannot be listed")
	if _, has := files[diagnostics.Goroutines]; has {
		t.Error("a program that is not at work told its goroutines")
	}
}

// TestGatherEndsWithItsContext: the files are there, and say what was cut short.
func TestGatherEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b, err := diagnostics.Gather(ctx, stationAt(t))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	wants(t, "all", b.Text(), "was not checked to the end", "could not be read")
}

// TestLogsAreBounded: of a long log the end, from the beginning of a line; of one long
// line nothing.
func TestLogsAreBounded(t *testing.T) {
	t.Parallel()
	s := stationAt(t)
	line := strings.Repeat("x", 99) + "\n"
	writeLog(t, s.Folder, "long.log", "first\n"+strings.Repeat(line, diagnostics.LogBytes/len(line)+5)+"last\n")
	writeLog(t, s.Folder, "line.log", strings.Repeat("1", 2*diagnostics.LogBytes))
	_, files := gather(t, s)
	long := files["logs/long.log"]
	if len(long) > diagnostics.LogBytes+100 || strings.Contains(long, "first") || !strings.HasSuffix(long, "xxx\nlast\n") {
		t.Errorf("%d bytes of a long log: %.80q", len(long), long)
	}
	if got := files["logs/line.log"]; got != "[what is older was left out]\n" {
		t.Errorf("of one long line: %.80q", got)
	}
}

// TestSave saves the very texts that are shown, once.
func TestSave(t *testing.T) {
	t.Parallel()
	b, files := gather(t, stationAt(t))
	path := filepath.Join(t.TempDir(), "d.zip")
	if err := b.Save(path); err != nil {
		t.Fatal(err)
	}
	packed, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close() //nolint:errcheck // it was only read
	for _, f := range packed.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil || string(text) != files[f.Name] {
			t.Errorf("%s is saved otherwise than shown (%v)", f.Name, err)
		}
		wants(t, "Text", b.Text(), strings.TrimRight(string(text), "\n"))
	}
	if len(packed.File) != len(files) {
		t.Errorf("%d files of %d are saved", len(packed.File), len(files))
	}
	if _, exists := errors.AsType[*export.ExistsError](b.Save(path)); !exists {
		t.Error("what is there was written over")
	}
	if err := b.Save(filepath.Join(t.TempDir(), "none", "d.zip")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("into no folder: %v", err)
	}
}

func TestPathOf(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 29, 8, 5, 9, 0, time.UTC)
	for station, want := range map[string]string{
		"Quai 3":      "diagnostics-Quai-3-20261129-080509.zip",
		"../../etc/é": "diagnostics-etc-20261129-080509.zip",
		"":            "diagnostics-station-20261129-080509.zip",
	} {
		if got := diagnostics.PathOf("folder", station, at); got != filepath.Join("folder", want) {
			t.Errorf("PathOf(%q) = %q, want %q", station, got, want)
		}
	}
}
