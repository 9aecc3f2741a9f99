package queue_test

import (
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// hasFreeList says whether the present state of queue.db has its list of free pages.
func hasFreeList(t *testing.T, folder string) bool {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, queue.FileName))
	must(t, err)
	freelist, newest := uint64(0), uint64(0)
	for meta := range 2 {
		at := data[meta*os.Getpagesize()+16:] // behind the page's own head
		if txid := binary.NativeEndian.Uint64(at[48:]); txid >= newest {
			newest, freelist = txid, binary.NativeEndian.Uint64(at[32:])
		}
	}
	return freelist != math.MaxUint64
}

// TestFreePagesAreListedWhereAStartBegins and nowhere else: the list is as long as
// the file, and no capture waits for it.
func TestFreePagesAreListedWhereAStartBegins(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	q := queuetest.OpenIn(t, folder)
	queuetest.Fill(t, q, queue.Work{Customer: contoso, GroupTag: "TAG"}, 1, 20)
	if hasFreeList(t, folder) {
		t.Error("a capture wrote it")
	}
	must(t, q.Close())
	if !hasFreeList(t, folder) {
		t.Error("the next start has to look for free pages in all of the file")
	}
	q = queuetest.OpenIn(t, folder)
	sound(t, q)
	must(t, q.Close())
}
