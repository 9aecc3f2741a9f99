//go:build unix

package config_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"pkidstation/cmd/internal/config"
)

// A pipe or a device would make a plain open or read wait for ever.
func TestLoadWaitsForNoPipe(t *testing.T) {
	t.Parallel()
	pipe, device := t.TempDir(), t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(pipe, config.FileName), 0o600); err != nil {
		t.Skipf("no pipes here: %v", err)
	}
	if err := os.Symlink("/dev/zero", filepath.Join(device, config.FileName)); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{pipe, device} {
		_, err := config.Load(folder, nil)
		if got := problems(t, err); len(got) != 1 || got[0].Problem != config.Unreadable {
			t.Errorf("%v", err)
		}
	}
}
