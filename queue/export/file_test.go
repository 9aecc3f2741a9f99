package export_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
)

func names(t *testing.T, folder string) []string {
	t.Helper()
	found, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	all := []string{}
	for _, one := range found {
		all = append(all, one.Name())
	}
	return all
}

func TestWriteFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "dock à quai.csv")
	taken, _, rest, err := export.WriteFile(path, pkids(1200), export.Options{})
	if err != nil || len(taken) != 1000 || len(rest) != 200 {
		t.Fatalf("%d taken, %d left, %v", len(taken), len(rest), err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(text), header+",3300000000000,,,\r\n") || !strings.HasSuffix(string(text), ",3300000000999,,,\r\n") {
		t.Errorf("%.200q", text)
	}
	if diff := cmp.Diff([]string{"dock à quai.csv"}, names(t, folder)); diff != "" {
		t.Errorf("beside it (-want +got):\n%s", diff)
	}
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestWriteFileMakesNoFileOfNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	_, refused, _, err := export.WriteFile(filepath.Join(folder, "a.csv"), []queue.Entry{entry("bad", autopilot.Device{})}, export.Options{})
	if err != nil || len(refused) != 1 || len(names(t, folder)) > 0 {
		t.Errorf("%v, %v, %v", refused, err, names(t, folder))
	}
}

func TestWriteFileWritesOverNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, put := range map[string]func(path string) error{
		"file":   func(path string) error { return os.WriteFile(path, []byte("kept"), 0o600) },
		"folder": func(path string) error { return os.Mkdir(path, 0o700) },
		"link":   func(path string) error { return os.Symlink(filepath.Join(folder, "elsewhere"), path) },
	} {
		path := filepath.Join(folder, name)
		if err := put(path); err != nil {
			t.Logf("%s: %v", name, err)
			continue
		}
		taken, _, _, err := export.WriteFile(path, pkids(1), export.Options{})
		exists, ok := errors.AsType[*export.ExistsError](err)
		if !ok || exists.Path != path || !errors.Is(err, fs.ErrExist) || taken != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if text, err := os.ReadFile(filepath.Join(folder, "file")); err != nil || string(text) != "kept" {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := os.Lstat(filepath.Join(folder, "elsewhere")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it was written through the link: %v", err)
	}
}

// Two at once for one name: one gets it.
func TestWriteFileGivesANameOnce(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	var made atomic.Int32
	var together sync.WaitGroup
	for range 8 {
		together.Go(func() {
			_, _, _, err := export.WriteFile(filepath.Join(folder, "a.csv"), pkids(50), export.Options{})
			if err == nil {
				made.Add(1)
			} else if !errors.Is(err, fs.ErrExist) {
				t.Error(err)
			}
		})
	}
	together.Wait()
	if made.Load() != 1 || len(names(t, folder)) != 1 {
		t.Errorf("%d made it, %v", made.Load(), names(t, folder))
	}
}

func TestWriteFileRefusesPaths(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, test := range []struct {
		path string
		want error
	}{
		{"", export.ErrFileName},
		{folder + string(filepath.Separator), export.ErrFileName},
		{folder + string(filepath.Separator) + "..", export.ErrFileName},
		{folder + string(filepath.Separator) + ".", export.ErrFileName},
		{filepath.Join(folder, "missing", "a.csv"), fs.ErrNotExist},
		{filepath.Join(folder, "nul\x00.csv"), nil},
		{filepath.Join(folder, strings.Repeat("x", 300)), nil},
	} {
		taken, _, _, err := export.WriteFile(test.path, pkids(1), export.Options{})
		if err == nil || taken != nil || test.want != nil && !errors.Is(err, test.want) {
			t.Errorf("%.60q: %v", test.path, err)
		}
	}
	if got := names(t, folder); len(got) > 0 {
		t.Errorf("left behind: %v", got)
	}
}

// A name that has room for the file but not for the one beside it leaves
// nothing behind.
func TestWriteFileCleansUp(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	taken, _, _, err := export.WriteFile(filepath.Join(folder, strings.Repeat("x", 250)), pkids(1), export.Options{})
	if err == nil || taken != nil || len(names(t, folder)) > 0 {
		t.Errorf("%d taken, %v, left behind: %d", len(taken), err, len(names(t, folder)))
	}
}

func ExampleWriteFile() {
	folder, err := os.MkdirTemp("", "export")
	if err != nil {
		return
	}
	defer os.RemoveAll(folder) //nolint:errcheck // an example
	boxes := []queue.Entry{
		{ID: "1", Customer: "fabrikam.example", State: queue.Ready, Device: autopilot.Device{PKID: "3300000000001"}},
		{ID: "2", Customer: "fabrikam.example", State: queue.Ready, Device: autopilot.Device{Serial: "=1", Manufacturer: "Contoso", Model: "Book"}},
	}
	taken, refused, _, err := export.WriteFile(filepath.Join(folder, "dock.csv"), boxes, export.Options{})
	fmt.Println(len(taken), refused[0], err)
	// Output: 1 entry 2: Device Serial Number: formula <nil>
}
