//go:build !windows

package replace_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"pkidstation/cmd/internal/replace"
)

// TestWhoOwnsItStays: written by an administrator, it is the station's still.
func TestWhoOwnsItStays(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "a.toml")
	if err := os.WriteFile(file, []byte("one"), 0o600); err != nil {
		t.Fatal(err)
	}
	_ = os.Chown(file, 1234, 1235) // only an administrator may; else it is our own
	before := ownerOf(t, file)
	if err := replace.File(file, []byte("two")); err != nil {
		t.Fatal(err)
	}
	if after := ownerOf(t, file); after != before {
		t.Errorf("%v, it was %v", after, before)
	}
}

func ownerOf(t *testing.T, file string) [2]uint32 {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	is := info.Sys().(*syscall.Stat_t)
	return [2]uint32{is.Uid, is.Gid}
}
