package queue_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// TestAFileWithoutAJournal: a file of the station's third layout, made by its
// code, gets a journal that can make it anew, and a copy of it as it was is kept.
func TestAFileWithoutAJournal(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, queue.FileName)
	unzip(t, filepath.Join("testdata", "schema3.db.gz"), path)
	before, err := everything(folder)
	if err != nil {
		t.Fatal(err)
	}
	q := queuetest.OpenIn(t, folder)
	want := queue.Counts{Held: 2, Ready: 8, Submitted: 2, Registered: 5, Rejected: 2, Removing: 1}
	if counts, err := q.Counts(t.Context()); err != nil || counts != want {
		t.Errorf("%+v, %v", counts, err)
	}
	if r := q.Recovery(); !r.Nothing() {
		t.Errorf("something had to be put right: %+v", r)
	}
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	if err := rebuiltAlike(folder); err != nil {
		t.Error(err)
	}
	kept := t.TempDir()
	if err := os.Rename(path+".schema-3", filepath.Join(kept, queue.FileName)); err != nil {
		t.Fatal(err)
	}
	after, err := everything(kept)
	if diff := cmp.Diff(before, after); diff != "" || err != nil {
		t.Errorf("the copy is another, %v:\n%s", err, diff)
	}
}
