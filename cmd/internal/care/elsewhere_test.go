package care_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"pkidstation/cmd/internal/care"
	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// TestElsewhere: a folder with unsent entries is told of with their number, one in
// use or that is no queue without, one that is empty or settled not at all; and
// nothing in them changes.
func TestElsewhere(t *testing.T) {
	t.Parallel()
	filled := func(n int) (string, *queue.Queue) {
		folder := t.TempDir()
		q := queuetest.OpenIn(t, folder)
		queuetest.Fill(t, q, queue.Work{Customer: "c3b0a1f2-5d4e-4c6b-8a79-0f1e2d3c4b5a", GroupTag: "TAG"}, 1, n)
		return folder, q
	}
	unsent, q := filled(3)
	done, d := filled(0)
	used, _ := filled(2)
	odd := t.TempDir()
	if err := os.WriteFile(filepath.Join(odd, queue.FileName), []byte("not ours"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, q := range []*queue.Queue{q, d} {
		if err := q.Close(); err != nil {
			t.Fatal(err)
		}
	}
	before, err := os.ReadFile(filepath.Join(unsent, queue.FileName))
	if err != nil {
		t.Fatal(err)
	}
	found := care.Elsewhere(t.Context(), []string{unsent, done, used, odd, t.TempDir(), filepath.Join(odd, "none")})
	if len(found) != 3 || found[0].Folder != unsent || found[0].Unsent() != 3 || found[1].Folder != used || found[1].Err == nil || found[2].Folder != odd || found[2].Err == nil {
		t.Errorf("%+v", found)
	}
	after, err := os.ReadFile(filepath.Join(unsent, queue.FileName))
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("it was written: %v", err)
	}
}
