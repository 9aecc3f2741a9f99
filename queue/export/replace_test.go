package export_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/export"
)

// TestReplace: the new file takes the place of the old one, whole; where writing fails
// the old one stays, and nothing lies beside it.
func TestReplace(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "matin.html")
	write := func(text string, fails error) func(io.Writer) error {
		return func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return errors.Join(err, fails)
		}
	}
	broken := errors.New("broken")
	for _, tt := range []struct {
		text  string
		fails error
		want  string
	}{{"first", nil, "first"}, {"half", broken, "first"}, {"second", nil, "second"}} {
		if err := export.Replace(path, write(tt.text, tt.fails)); !errors.Is(err, tt.fails) {
			t.Errorf("%s: %v", tt.text, err)
		}
		if text, err := os.ReadFile(path); err != nil || string(text) != tt.want {
			t.Errorf("after %s it has %q, %v", tt.text, text, err)
		}
		if diff := cmp.Diff([]string{"matin.html"}, names(t, folder)); diff != "" {
			t.Error(diff)
		}
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm()&0o400 == 0 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := export.Replace(folder+string(filepath.Separator), write("x", nil)); !errors.Is(err, export.ErrFileName) {
		t.Errorf("without a name: %v", err)
	}
	if err := export.Replace(filepath.Join(folder, "none", "x"), write("x", nil)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without a folder: %v", err)
	}
}
