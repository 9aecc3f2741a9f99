package queue_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"pkidstation/queue"
)

// tinyDisk mounts a tmpfs of so many bytes, or skips.
func tinyDisk(t *testing.T, size int) string {
	t.Helper()
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, fmt.Sprintf("size=%d", size)); err != nil {
		t.Skipf("only root may mount a disk that is soon full: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	return folder
}

// TestDiskFull: when the disk is full the caller hears so, what was told
// before stays, and with room again the same event is kept once.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	folder := tinyDisk(t, 512<<10)
	q := openWith(t, folder, queue.Options{Segment: 16 << 10})
	ballast := filepath.Join(folder, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 128<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso}, "Ana")
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	var refused queue.Capture
	for n := 0; refused.ID == ""; n++ {
		c := queue.Capture{ID: fmt.Sprintf("event-%d", n), Reception: r.ID, PKID: pkid(n), By: "Ana"}
		v, err := q.Capture(t.Context(), c)
		if err == nil {
			told = append(told, v.Entry.ID)
			continue
		}
		refused = c
		if _, unknown := errors.AsType[*queue.CommitError](err); !unknown || !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("a full disk gave %v", err)
		}
	}
	for range 3 { // again while it is still full
		if _, err := q.Capture(t.Context(), refused); err == nil {
			t.Fatal("the full disk took one more")
		}
	}
	wantIDs(t, q, told)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if v, err := q.Capture(t.Context(), refused); err != nil || v.Word != queue.Accepted || v.Entry.Number != len(told)+1 {
			t.Fatalf("with room again: %+v, %v", v, err)
		}
	}
	wantIDs(t, q, append(told, refused.ID))
}

func wantIDs(t *testing.T, q *queue.Queue, want []string) {
	t.Helper()
	var got []string
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, e.ID)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("told %v, kept %v", want, got)
	}
	sound(t, q)
}

// TestNoRoomForANewQueue: a full disk at the first start is an error, and
// leaves nothing that is taken for a queue.
func TestNoRoomForANewQueue(t *testing.T) {
	t.Parallel()
	folder := tinyDisk(t, 32<<10)
	ballast := filepath.Join(folder, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 24<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := queue.Open(folder, queue.Options{}); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("gave %v", err)
	}
	if _, err := os.Stat(filepath.Join(folder, queue.FileName)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it left a queue: %v", err)
	}
}
