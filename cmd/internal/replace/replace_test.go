package replace_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"pkidstation/cmd/internal/replace"
)

func TestFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "a.toml")
	for _, content := range []string{"one", "two"} {
		if err := replace.File(file, []byte(content)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != content {
			t.Errorf("%q, %v", got, err)
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("beside it: %v, %v", left, err)
	}
}

// TestWhoMayReadStays, and so does a link that leads to the file.
func TestWhoMayReadStays(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has other rights")
	}
	folder := t.TempDir()
	file, link := filepath.Join(folder, "a.toml"), filepath.Join(folder, "link")
	if err := os.WriteFile(file, []byte("one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	if err := replace.File(link, []byte("two")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if is, err := os.Lstat(link); err != nil || is.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is %v, %v", is.Mode(), err)
	}
	if got, _ := os.ReadFile(file); string(got) != "two" {
		t.Errorf("%q", got)
	}
}

// TestWithoutAFolderNothingIsLeft: it fails, and says so.
func TestWithoutAFolderNothingIsLeft(t *testing.T) {
	t.Parallel()
	if err := replace.File(filepath.Join(t.TempDir(), "none", "a"), nil); err == nil {
		t.Error("it was written into no folder")
	}
}
