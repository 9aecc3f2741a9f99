package sheet_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"pkidstation/cmd/internal/sheet"
)

func TestWriteFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "sheet.pdf")
	for _, step := range []struct {
		content string
		replace bool
		err     error
		there   string
	}{
		{"one", false, nil, "one"},
		{"two", false, fs.ErrExist, "one"},
		{"three", true, nil, "three"},
	} {
		if err := sheet.WriteFile(path, []byte(step.content), step.replace); !errors.Is(err, step.err) {
			t.Errorf("%s: %v", step.content, err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != step.there {
			t.Errorf("after %s there is %q (%v)", step.content, got, err)
		}
	}
	alone(t, folder, "sheet.pdf")
}

// TestWriteFileReplacesOnlyFiles: a link to a device under the name of the sheet
// must stay one, whatever was forced.
func TestWriteFileReplacesOnlyFiles(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "sheet.pdf")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, replace := range []bool{false, true} {
		if err := sheet.WriteFile(path, nil, replace); !errors.Is(err, sheet.ErrNotFile) {
			t.Errorf("a folder: %v", err)
		}
	}
	alone(t, folder, "sheet.pdf")
	if runtime.GOOS == "windows" {
		return // links need a right there
	}
	link := filepath.Join(folder, "link.pdf")
	if err := os.Symlink(os.DevNull, link); err != nil {
		t.Fatal(err)
	}
	if err := sheet.WriteFile(link, nil, true); !errors.Is(err, sheet.ErrNotFile) {
		t.Errorf("a link: %v", err)
	}
	if to, err := os.Readlink(link); err != nil || to != os.DevNull {
		t.Errorf("the link leads to %q (%v)", to, err)
	}
	if err := sheet.WriteFile(filepath.Join(folder, "nowhere", "sheet.pdf"), nil, true); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}

func alone(t *testing.T, folder, name string) {
	t.Helper()
	all, err := os.ReadDir(folder)
	if err != nil || len(all) != 1 || all[0].Name() != name {
		t.Errorf("in the folder are %v (%v)", all, err)
	}
}
