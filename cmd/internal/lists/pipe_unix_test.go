//go:build unix

package lists_test

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"pkidstation/cmd/internal/lists"
	"pkidstation/queue/manifest/table"
	"pkidstation/queue/queuetest"
)

// TestAPipe is no list, and nobody waits for what never comes.
func TestAPipe(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "list.csv")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	if _, err := lists.Read(t.Context(), queuetest.Open(t), pipe, lists.Options{}); !errors.Is(err, table.ErrBroken) {
		t.Errorf("%v", err)
	}
	if _, err := lists.Glance(t.Context(), pipe, ""); !errors.Is(err, table.ErrBroken) {
		t.Errorf("%v", err)
	}
}
