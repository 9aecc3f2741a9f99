package queue_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"pkidstation/queue"
)

// TestDiskNearlyFull: on a disk that fills up captures are refused in words before
// the disk fails, and are taken again when there is room.
func TestDiskNearlyFull(t *testing.T) {
	t.Parallel()
	folder := tinyDisk(t, 2<<20)
	q := openWith(t, folder, queue.Options{Segment: 16 << 10, Room: queue.Room{Least: 512 << 10, Low: 1 << 20}})
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso}, "Ana")
	if err != nil {
		t.Fatal(err)
	}
	taken := 0
	for ; taken < 5000; taken++ {
		if _, err = q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: pkid(taken), By: "Ana"}); err != nil {
			break
		}
		if taken == 10 {
			if err := os.WriteFile(filepath.Join(folder, "ballast"), make([]byte, 600<<10), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	wantRoom(t, err, true)
	if taken < 11 {
		t.Errorf("%d were taken", taken)
	}
	if got := len(entriesOf(t, q)); got != taken {
		t.Errorf("%d entries of %d", got, taken)
	}
	if err := os.Remove(filepath.Join(folder, "ballast")); err != nil {
		t.Fatal(err)
	}
	if _, err := q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: pkid(taken), By: "Ana"}); err != nil {
		t.Errorf("with room again: %v", err)
	}
}

// TestBackupOnAFullDisk: a backup for which there is no room, in the data folder or
// where it goes, fails and leaves nothing; a disk of its own is as good as the same.
func TestBackupOnAFullDisk(t *testing.T) {
	t.Parallel()
	folder, stick := t.TempDir(), tinyDisk(t, 64<<10)
	q := openIn(t, folder)
	workedOn(t, q)
	file := filepath.Join(stick, "b.gz")
	if _, err := queue.MakeBackup(t.Context(), folder, file, queue.BackupOptions{}); err != nil {
		t.Errorf("on another disk: %v", err)
	}
	if err := os.WriteFile(filepath.Join(stick, "ballast"), make([]byte, 64<<10), 0o600); err == nil {
		t.Fatal("the disk is not full")
	}
	if _, err := queue.MakeBackup(t.Context(), folder, file+"2", queue.BackupOptions{}); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("on a full disk: %v", err)
	}
	if _, err := os.Stat(file + "2"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it left a file: %v", err)
	}
	nothingLeft(t, folder, stick)

	tiny := tinyDisk(t, 512<<10)
	small := openWith(t, tiny, queue.Options{Segment: 16 << 10})
	if _, err := small.Identify(t.Context()); err != nil {
		t.Fatal(err)
	}
	_ = os.WriteFile(filepath.Join(tiny, "ballast"), make([]byte, 512<<10), 0o600) // as far as it goes
	_, err := queue.MakeBackup(t.Context(), tiny, filepath.Join(t.TempDir(), "b.gz"), queue.BackupOptions{})
	if _, told := errors.AsType[*queue.SpareError](err); !told {
		t.Errorf("without room to work: %v", err)
	}
	much := queue.Room{Free: func(string) (uint64, error) { return 1 << 40, nil }} // it went meanwhile
	if _, err := queue.MakeBackup(t.Context(), tiny, filepath.Join(t.TempDir(), "b.gz"), queue.BackupOptions{Room: much}); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("without room to work: %v", err)
	}
	nothingLeft(t, tiny)
}
