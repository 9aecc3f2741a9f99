package queue_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pkidstation/queue"
)

// TestAFullDiskAndADamagedPage: a change that cannot be written to queue.db, which has
// a page that cannot be read. bbolt would look for the free pages by reading that
// page too, in a goroutine of its own, and the process would end.
func TestAFullDiskAndADamagedPage(t *testing.T) {
	t.Parallel()
	c := &cut{folder: t.TempDir(), told: map[string]bool{}}
	q, err := queue.Open(c.folder, queue.Options{Station: "dock 1"})
	must(t, err)
	c.fill(t, q, 100)
	noPage(t, filepath.Join(c.folder, queue.FileName), "audit")
	stillThose := queue.FailNextCommit(q)
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso, GroupTag: "Dock"}, "Ana")
	must(t, err)
	for n := 0; stillThose() && n < 100; n++ { // until no room is free any more
		long := queue.Read{Text: strings.Repeat("a long label ", 1000)}
		v, err := q.Capture(t.Context(), queue.Capture{ID: steadyID(c.n), Reception: r.ID, PKID: pkid(c.n), By: "Ana", Read: long})
		if err != nil || v.Word != queue.Accepted {
			t.Fatalf("%v, %v", v.Word, err)
		}
		c.told[steadyID(c.n)], c.n = true, c.n+1
	}
	if stillThose() {
		t.Error("no commit failed")
	}
	must(t, q.Scrub(t.Context()))
	c.holds(t, q)
	must(t, q.Close())
}

// noPage makes the first leaf of a bucket, in the present state, a page of no kind.
func noPage(t *testing.T, path, bucket string) {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	f := forging(t, data)
	id := f.root(bucket)
	for binary.NativeEndian.Uint16(f.page(id)[8:]) == forgedBranch {
		id = binary.NativeEndian.Uint64(f.page(id)[24:])
	}
	w, err := os.OpenFile(path, os.O_WRONLY, 0)
	must(t, err)
	_, err = w.WriteAt([]byte{0xA5, 0xA5}, int64(id)*int64(f.size)+8)
	must(t, err)
	must(t, w.Close())
}
