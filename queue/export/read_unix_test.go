//go:build unix

package export_test

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"pkidstation/queue/export"
)

// A pipe that nobody writes into makes nobody wait.
func TestReadFileWaitsForNoPipe(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe.csv")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := export.ReadFile(pipe, export.Options{}); !errors.Is(err, export.ErrNotOrdinary) {
		t.Errorf("%v", err)
	}
}
