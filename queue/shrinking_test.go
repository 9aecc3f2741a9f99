package queue_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"pkidstation/queue"
)

// TestShrink makes queue.db small beside captures: nothing is lost, nothing is
// made anew, and it is what its journal makes.
func TestShrink(t *testing.T) {
	t.Parallel()
	c := filled300(t)
	before, err := everything(c.folder)
	must(t, err)
	size := fileSize(t, c.folder)
	q, err := queue.Open(c.folder, queue.Options{Station: "dock 1"})
	must(t, err)
	open, err := q.OpenReceptions(t.Context())
	must(t, err)
	must(t, q.Shrink(t.Context()))
	must(t, q.Close())
	after, err := everything(c.folder)
	must(t, err)
	if len(before) != len(after) {
		t.Errorf("%d keys were there, %d are", len(before), len(after))
	}
	if now := fileSize(t, c.folder); now > size {
		t.Errorf("it grew from %d to %d", size, now)
	}

	q, err = queue.Open(c.folder, queue.Options{Station: "dock 1"})
	must(t, err)
	done := make(chan error)
	go func() { done <- q.Shrink(t.Context()) }()
	for shrunk := false; !shrunk; {
		id := fmt.Sprintf("event-%06d", c.n)
		if v, err := q.Capture(t.Context(), queue.Capture{ID: id, Reception: open[0].ID, PKID: pkid(c.n), By: "Ana"}); err != nil || v.Word != queue.Accepted {
			t.Fatal(v, err)
		}
		c.told[id], c.n = true, c.n+1
		select {
		case err := <-done:
			must(t, err)
			shrunk = true
		default:
		}
	}
	if !q.Recovery().Nothing() {
		t.Errorf("something had to be put right: %+v", q.Recovery())
	}
	c.holds(t, q)
	must(t, q.Close())
	must(t, rebuiltAlike(c.folder))
}

// TestCrashWhileShrinking is what a crash leaves on either side of the rename:
// the old file and the new one are both right for the journal that says closed.
func TestCrashWhileShrinking(t *testing.T) {
	t.Parallel()
	c := filled300(t)
	q, err := queue.Open(c.folder, queue.Options{Station: "dock 1"})
	must(t, err)
	must(t, q.Close())
	old := copied(t, c.folder)
	q, err = queue.Open(c.folder, queue.Options{Station: "dock 1"})
	must(t, err)
	must(t, q.Shrink(t.Context()))
	must(t, q.Close())
	for _, file := range []string{old, c.folder} {
		crashed := copied(t, c.folder)
		data, err := os.ReadFile(filepath.Join(file, queue.FileName))
		must(t, err)
		must(t, os.WriteFile(filepath.Join(crashed, queue.FileName), data, 0o600))
		must(t, os.WriteFile(filepath.Join(crashed, queue.FileName+".1.new"), data[:4096], 0o600))
		q, err := queue.Open(crashed, queue.Options{Station: "dock 1"})
		must(t, err)
		if !q.Recovery().Nothing() {
			t.Errorf("something had to be put right: %+v", q.Recovery())
		}
		c.holds(t, q)
		must(t, q.Close())
	}
}

func fileSize(t *testing.T, folder string) int64 {
	t.Helper()
	info, err := os.Stat(filepath.Join(folder, queue.FileName))
	must(t, err)
	return info.Size()
}
