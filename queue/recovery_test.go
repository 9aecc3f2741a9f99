package queue_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pkidstation/queue"
)

// capturing adds captures to a queue and ends as a process does that is killed.
func (c *cut) capturing(t *testing.T, n int) {
	t.Helper()
	q, err := queue.Open(c.folder, queue.Options{Station: "dock 1", Segment: c.segment})
	if err != nil {
		t.Fatal(err)
	}
	defer queue.Abandon(q)
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso, GroupTag: "Dock"}, "Ana")
	if err != nil {
		t.Fatal(err)
	}
	for range n {
		id := fmt.Sprintf("event-%06d", c.n)
		if v, err := q.Capture(t.Context(), queue.Capture{ID: id, Reception: r.ID, PKID: pkid(c.n), By: "Ana"}); err != nil || v.Word != queue.Accepted {
			t.Fatalf("%v, %v", v.Word, err)
		}
		c.told[id], c.n = true, c.n+1
	}
}

// spoil flips a byte in the last line of a kind in the journal's newest segment.
func spoil(t *testing.T, folder, kind string) {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(folder, "journal", "*.log"))
	if err != nil || len(all) == 0 {
		t.Fatal(all, err)
	}
	name := slices.Max(all)
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.TrimRight(data, "\n")
	at := bytes.LastIndex(lines[:bytes.LastIndexByte(lines, '\n')], []byte(" "+kind+" ")) // not the last of all: that would be torn
	if at < 0 {
		t.Fatalf("no %s in %s", kind, name)
	}
	data[at+len(kind)+4] ^= 1
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestWhatAStartPutsRight: whatever is missing, older or damaged beside a journal
// or an index that is whole, the station starts and has all that was accepted.
func TestWhatAStartPutsRight(t *testing.T) {
	t.Parallel()
	index := func(folder string) string { return filepath.Join(folder, queue.FileName) }
	for name, tt := range map[string]struct {
		spoil func(t *testing.T, c *cut)
		put   func(queue.Recovery) bool
	}{
		"killed": {func(*testing.T, *cut) {}, queue.Recovery.Nothing},
		"the index is gone": {
			func(t *testing.T, c *cut) { t.Helper(); must(t, os.Remove(index(c.folder))) },
			func(r queue.Recovery) bool { return r.Rebuilt && r.Missing == 0 },
		},
		"the journal is gone": {
			func(t *testing.T, c *cut) { t.Helper(); must(t, os.RemoveAll(filepath.Join(c.folder, "journal"))) }, queue.Recovery.Nothing,
		},
		"an older copy of the index was put back": {func(t *testing.T, c *cut) {
			t.Helper()
			old, err := os.ReadFile(index(c.folder))
			must(t, err)
			c.capturing(t, 700)
			must(t, os.WriteFile(index(c.folder), old, 0o600))
		}, func(r queue.Recovery) bool { return r.Missing == 0 }},
		"a change cannot be read": {func(t *testing.T, c *cut) { t.Helper(); spoil(t, c.folder, "change") }, func(r queue.Recovery) bool { return r.Rebased }},
		"the last checkpoint cannot be read": {
			func(t *testing.T, c *cut) { t.Helper(); spoil(t, c.folder, "checkpoint") }, func(r queue.Recovery) bool { return r.Rebased },
		},
		"killed again after it was made anew": {func(t *testing.T, c *cut) {
			t.Helper()
			must(t, os.Remove(index(c.folder)))
			c.capturing(t, 0)
		}, queue.Recovery.Nothing},
		"another queue's index": {func(t *testing.T, c *cut) {
			t.Helper()
			other := cut{folder: t.TempDir(), told: map[string]bool{}}
			other.capturing(t, 3)
			data, err := os.ReadFile(index(other.folder))
			must(t, err)
			must(t, os.WriteFile(index(c.folder), data, 0o600))
		}, func(r queue.Recovery) bool { return r.Rebuilt && r.Aside != "" }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &cut{folder: t.TempDir(), told: map[string]bool{}}
			c.capturing(t, 400)
			c.capturing(t, 150)
			tt.spoil(t, c)
			for start := range 2 {
				q, err := queue.Open(c.folder, queue.Options{})
				if err != nil {
					t.Fatal(err)
				}
				c.holds(t, q)
				if r := q.Recovery(); start == 0 && !tt.put(r) {
					t.Errorf("put right: %+v", r)
				}
				must(t, q.Close())
			}
			if err := rebuiltAlike(c.folder); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestTheFirstSegmentIsGone: what nothing has any more is told, not passed over.
func TestTheFirstSegmentIsGone(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	q, err := queue.Open(folder, queue.Options{Segment: 16 << 10})
	if err != nil {
		t.Fatal(err)
	}
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso}, "Ana")
	must(t, err)
	for n := range 100 {
		_, err := q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: pkid(n), By: "Ana"})
		must(t, err)
	}
	must(t, q.Close())
	all, err := filepath.Glob(filepath.Join(folder, "journal", "*.log*"))
	must(t, err)
	must(t, os.Remove(slices.Min(all)))
	must(t, os.Remove(filepath.Join(folder, queue.FileName)))
	if q, err = queue.Open(folder, queue.Options{}); err != nil {
		t.Fatal(err)
	}
	if r := q.Recovery(); r.Missing == 0 {
		t.Errorf("nobody is told: %+v", r)
	}
	must(t, q.Close())
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
