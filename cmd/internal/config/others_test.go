package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"pkidstation/cmd/internal/config"
)

// TestOthers: the user's folder is another one where the station is elsewhere, and
// none where it is the same, whatever link leads there, or is not there.
func TestOthers(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("the folders of other systems are tested with their names")
	}
	home := t.TempDir()
	environ := []string{"XDG_DATA_HOME=" + home}
	here := t.TempDir()
	users := filepath.Join(home, "pkidstation")
	machines := config.Others(here, []string{"HOME="}) // where this machine has one
	if got := config.Others(here, environ); len(got) != len(machines) {
		t.Errorf("without a folder: %v", got)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := errors.Join(os.Mkdir(users, 0o700), os.Symlink(users, link)); err != nil {
		t.Fatal(err)
	}
	if got := config.Others(here, environ); len(got) != len(machines)+1 || got[len(got)-1] != users {
		t.Errorf("from elsewhere: %v", got)
	}
	for _, same := range []string{users, link} {
		if got := config.Others(same, environ); len(got) != len(machines) {
			t.Errorf("from %s: %v", same, got)
		}
	}
}

// TestASecondPlaceIsAWholePath: what depends on where the program was started is
// refused.
func TestASecondPlaceIsAWholePath(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"[backup]\nsecond = 'backups'", "[backup]\nsecond = '../x'", "[backup]\nkeep = 0", "[disk]\nstop = -1", "[report]\nfolder = 'rapports'", "[report]\nat = '7:00'", "[report]\nat = '24:00'", "[report]\nat = ''"} {
		if _, err := config.Load(write(t, text), nil); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}
