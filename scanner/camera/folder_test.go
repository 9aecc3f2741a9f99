package camera_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner/camera"
)

// TestFolderOrder is by name as bytes, whatever the kind and the order in
// which the files came.
func TestFolderOrder(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, name := range []string{"b.pgm", "10.PNG", "2.Jpg", "a.jpeg", "B.png", "é.pgm"} {
		img := label(t, strings.ToUpper(strings.NewReplacer(".", "-", "é", "E").Replace(name)))
		content := asPGM(img, "P5", 255)
		switch strings.ToLower(filepath.Ext(name)) {
		case ".png":
			content = asPNG(t, img)
		case ".jpg", ".jpeg":
			content = asJPEG(t, img)
		}
		write(t, folder, name, content)
	}
	if err := os.Mkdir(filepath.Join(folder, "z.png"), 0o700); err != nil { // a folder that is called so
		t.Fatal(err)
	}
	write(t, folder, "c.gif", []byte("GIF89a"))
	write(t, folder, "thumbs.db", []byte("x"))
	got, err := play(t.Context(), open(t, folder, camera.Options{}))
	want := []string{"1/1 10-PNG", "2/1 2-JPG", "3/1 B-PNG", "4/1 A-JPEG", "5/1 B-PGM", "6/1 E-PGM"}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("error %v, scans (-want +got):\n%s", err, diff)
	}
}

// TestFolderFaults come last, joined, with their number and at most twenty
// names, and each is found by its kind.
func TestFolderFaults(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for i := range 25 {
		write(t, folder, fmt.Sprintf("bad-%02d.png", i), []byte("no picture"))
	}
	write(t, folder, "huge.png", header(60000, 60000))
	write(t, folder, "good.pgm", asPGM(label(t, "GOOD-1"), "P5", 255))
	got, err := play(t.Context(), open(t, folder, camera.Options{}))
	if diff := cmp.Diff([]string{"1/1 GOOD-1"}, got); diff != "" {
		t.Errorf("scans (-want +got):\n%s", diff)
	}
	if err == nil || !strings.HasPrefix(err.Error(), "26 of 27 pictures") || strings.Count(err.Error(), "bad-") != 20 || !errors.Is(err, camera.ErrUnreadable) {
		t.Errorf("error %v", err)
	}
}

// TestFolderWithoutPictures is a fault, for somebody took the wrong folder.
func TestFolderWithoutPictures(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write(t, folder, "readme.txt", []byte("x"))
	got, err := play(t.Context(), open(t, folder, camera.Options{}))
	if bad, ok := errors.AsType[*camera.FileError](err); len(got) > 0 || !ok || bad.File != folder || !errors.Is(err, camera.ErrUnreadable) {
		t.Errorf("%q, error %v", got, err)
	}
}

// TestFolderVanishes between Open and Scans: a word, no crash.
func TestFolderVanishes(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "gone")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, folder, "1.pgm", asPGM(label(t, "A-1"), "P5", 255))
	source := open(t, folder, camera.Options{})
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if got, err := play(t.Context(), source); !errors.Is(err, os.ErrNotExist) || len(got) > 0 {
		t.Errorf("%q, error %v", got, err)
	}
}
