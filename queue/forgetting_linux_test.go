package queue_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// withPages is a queue with entries enough to see its file in memory, and that file.
func withPages(t *testing.T) (q *queue.Queue, file string) {
	t.Helper()
	folder := t.TempDir()
	q, err := queue.Open(folder, queue.Options{Station: "dock"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = q.Close() })
	fillTogether(t, q, 600)
	return q, filepath.Join(folder, queue.FileName)
}

// TestPagesOfTheFileAreGivenBack: what was read of queue.db is no memory of the
// station's once somebody counted, which the dock does after each scan.
func TestPagesOfTheFileAreGivenBack(t *testing.T) { //nolint:paralleltest // a file's place in memory is looked for
	q, file := withPages(t)
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		if err != nil || e.Seq == 0 {
			t.Fatal(e.Seq, err)
		}
	}
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	all := residentOf(t, file)
	if _, err := q.Counts(t.Context()); err != nil {
		t.Fatal(err)
	}
	left := residentOf(t, file)
	if all == 0 || left > all/2 {
		t.Errorf("of %d bytes %d were held, and %d are", info.Size(), all, left)
	}
	if wrong, err := q.Check(t.Context()); err != nil || len(wrong) > 0 {
		t.Error(wrong, err)
	}
}

// TestPagesAreGivenBackOnTheWay: who counts 100,000 entries does not hold them all.
func TestPagesAreGivenBackOnTheWay(t *testing.T) { //nolint:paralleltest // a file's place in memory is looked for
	q, file := withPages(t)
	err := queue.Sweep(t.Context(), q, func(next func()) {
		for _, err := range q.List(t.Context(), queue.Filter{}) {
			if err != nil {
				t.Error(err)
			}
		}
		all := residentOf(t, file)
		for range queue.SweepPart {
			next()
		}
		if left := residentOf(t, file); all == 0 || left > all/2 {
			t.Errorf("%d bytes were held on the way, and %d are", all, left)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

// fillTogether captures so many boxes, by hands that share what a change costs.
func fillTogether(t *testing.T, q *queue.Queue, many int) {
	t.Helper()
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso, GroupTag: "Dock"}, "test")
	if err != nil {
		t.Fatal(err)
	}
	var filling sync.WaitGroup
	const hands = 32
	for hand := range hands {
		filling.Go(func() {
			for n := hand; n < many; n += hands {
				if _, err := q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: queuetest.PKID(1000 + n), By: "test"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	filling.Wait()
}

// residentOf is how many bytes of a file this process holds mapped and in memory.
func residentOf(t *testing.T, file string) (bytesHeld int64) {
	t.Helper()
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Skip("this system does not tell: ", err)
	}
	within := false
	for line := range bytes.Lines(maps) {
		fields := bytes.Fields(line)
		switch {
		case len(fields) >= 5 && bytes.Contains(fields[0], []byte("-")):
			within = bytes.HasSuffix(bytes.TrimSpace(line), []byte(file))
		case within && len(fields) == 3 && string(fields[0]) == "Rss:":
			kilobytes, err := strconv.ParseInt(string(fields[1]), 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			bytesHeld += kilobytes << 10
		}
	}
	return bytesHeld
}
