package main

import (
	"bytes"
	"crypto/sha256"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// draw draws into a folder of the test's and gives the sum of each picture.
func draw(t *testing.T, args ...string) map[string][sha256.Size]byte {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "pictures")
	var said bytes.Buffer
	if code := run(t.Context(), append([]string{"--out", folder}, args...), &said); code != 0 {
		t.Fatalf("exit code %d: %s", code, &said)
	}
	sums := map[string][sha256.Size]byte{}
	err := fs.WalkDir(os.DirFS(folder), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(folder, path))
		sums[path] = sha256.Sum256(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sums
}

// TestTheSameIsDrawnAlways: two runs draw the same bytes, whatever else they draw; each
// size but the first has a folder.
func TestTheSameIsDrawnAlways(t *testing.T) {
	const first, inFrench = "dock-locked-en.png", "dock-locked-fr.png"
	args := []string{"--only", "dock-loc*", "--lang", "fr"}
	once := draw(t, append(args, "--size", "640x640@0.5")...)
	again := draw(t, append(args, "--lang", "en", "--size", "640x640@0.5", "--size", "800x640@0.6")...)
	want := []string{first, inFrench, "scale-0.6/" + first, "scale-0.6/" + inFrench}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(again))); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	if once[inFrench] != again[inFrench] {
		t.Error("the same state was drawn in two ways")
	}
	if again[first] == again[inFrench] {
		t.Error("both languages look alike")
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	var all sizes
	if err := all.Set(standardSizes); err != nil {
		t.Fatal(err)
	}
	want := []string{"1280x720", "1920x1080", "scale-1.5"}
	for n, s := range all {
		if s.folder() != want[n] {
			t.Errorf("the folder is %q, want %q", s.folder(), want[n])
		}
	}
	if view := all[2].view("fr"); view.Width != 1920 || view.Scale != 1.5 || view.Language != "fr" {
		t.Errorf("the view is %+v", view)
	}
}

// TestWhatIsCutIsTold: on a screen that is too small for it.
func TestWhatIsCutIsTold(t *testing.T) {
	var said bytes.Buffer
	args := []string{"--out", t.TempDir(), "--lang", "fr", "--only", "dock-offline", "--size", "800x640@1.5"}
	if code := run(t.Context(), args, &said); code != 1 || !strings.Contains(said.String(), "dock-offline-fr.png: ") {
		t.Errorf("exit code %d: %s", code, &said)
	}
}

func TestMisuse(t *testing.T) {
	t.Parallel()
	out := []string{"--out", t.TempDir()}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{nil, 2, "--out is missing"},
		{append(out, "more"), 2, "no arguments"},
		{append(out, "--lang", "de"), 2, "want one of en, fr, qps"},
		{append(out, "--size", "big"), 2, "want WIDTHxHEIGHT"},
		{append(out, "--size", "99999x720"), 2, "want 640 to 8192 pixels"},
		{append(out, "--size", "1280x720@9"), 2, "scale of 0.5 to 4"},
		{append(out, "--size", "1280x720,1280x720"), 2, "already"},
		{append(out, "--only", "["), 2, "-only"},
		{append(out, "--theme", "pink"), 2, "want light or dark"},
		{append(out, "--only", "cellar-*"), 1, "no state is called"},
		{[]string{"--help"}, 0, "folder"},
	} {
		var said bytes.Buffer
		if code := run(t.Context(), c.args, &said); code != c.code || !strings.Contains(said.String(), c.says) {
			t.Errorf("%q: exit code %d, %q", c.args, code, &said)
		}
	}
}
