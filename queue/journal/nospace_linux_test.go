package journal_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"pkidstation/queue/journal"
)

// TestDiskFull: on a real disk that is full no line is told that is not there,
// what was told stays, and with room again the journal goes on.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=128k"); err != nil {
		t.Skipf("only root may mount a disk that is soon full: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	ballast := filepath.Join(disk, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 64<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(disk, journal.FolderName)
	told := 0
	for range 3 { // opened again while it is still full
		j, _ := mustOpen(t, folder, journal.Options{SegmentSize: small})
		wantEvents(t, j, 0, told)
		var err error
		for err == nil {
			if _, err = j.Append("event", event(told)); err == nil {
				err = j.Sync()
			}
			if err == nil {
				told++
			}
		}
		if !errors.Is(err, journal.ErrBroken) || !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("a full disk gave %v", err)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	j, _ := mustOpen(t, folder, journal.Options{SegmentSize: small})
	put(t, j, string(event(told)))
	wantEvents(t, j, 0, told+1)
	t.Logf("%d lines were told", told)
}
