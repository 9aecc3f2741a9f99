package queue_test

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"pkidstation/queue"
)

// ringed has the first branch page of a queue's file lead to itself: whoever
// follows its pages never comes back.
func ringed(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	const page, branch = 4096, 1
	for at := 2 * page; at+page <= len(data); at += page {
		id := binary.NativeEndian.Uint64(data[at:])
		kind, count := binary.NativeEndian.Uint16(data[at+8:]), int(binary.NativeEndian.Uint16(data[at+10:]))
		if id != uint64(at/page) || kind != branch || count < 2 || 16*(count+1) > page {
			continue
		}
		last := data[at+16*count:] // not the first: a walk begins there, and a look-up goes on
		binary.NativeEndian.PutUint64(last[8:], id)
	}
	must(t, os.WriteFile(path, data, 0o600))
}

// TestPagesInARing: a file whose pages lead back to themselves is refused where
// there is no journal, and put aside where there is one, also where that lacks
// lines: nobody follows them for ever.
func TestPagesInARing(t *testing.T) {
	t.Parallel()
	for name, alone := range map[string]bool{"alone": true, "beside a damaged journal": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &cut{folder: t.TempDir(), told: map[string]bool{}}
			c.capturing(t, 400)
			ringed(t, filepath.Join(c.folder, queue.FileName))
			if alone {
				must(t, os.RemoveAll(filepath.Join(c.folder, "journal")))
			} else {
				spoil(t, c.folder, "change")
			}
			q, err := queue.Open(c.folder, queue.Options{})
			if alone {
				if !errors.Is(err, queue.ErrNotQueue) {
					t.Errorf("gave %v", err)
				}
				return
			}
			must(t, err)
			if r := q.Recovery(); !r.Rebuilt || r.Missing != 1 {
				t.Errorf("put right: %+v", r)
			}
			must(t, q.Close())
		})
	}
}

// stale puts an earlier branch in the place of a leaf that is not the first under its
// branch, as a disk does that lost a write: it leads back to what it stands under.
func stale(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	f := forging(t, data)
	root := f.root("audit")
	page := f.page(root)
	count := int(binary.NativeEndian.Uint16(page[10:]))
	if kind := binary.NativeEndian.Uint16(page[8:]); kind != forgedBranch || count < 4 {
		t.Fatalf("the audit begins with a page of kind %d with %d elements", kind, count)
	}
	for i := 2; i < count; i++ {
		at := page[16*(i+1):]
		key := at[binary.NativeEndian.Uint32(at):][:binary.NativeEndian.Uint32(at[4:])]
		leaf := binary.NativeEndian.Uint64(at[8:])
		copy(f.page(leaf), f.branchOf(leaf, key, root))
	}
	must(t, os.WriteFile(path, f.data, 0o600))
}

// TestBranchesInTheirLeavesPlace: whoever looks does not follow them, and the station
// makes the index anew, whether it was closed or not.
func TestBranchesInTheirLeavesPlace(t *testing.T) {
	t.Parallel()
	for name, closed := range map[string]bool{"killed": false, "closed": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			branchesInTheirLeavesPlace(t, closed)
		})
	}
}

func branchesInTheirLeavesPlace(t *testing.T, closed bool) {
	t.Helper()
	c := &cut{folder: t.TempDir(), told: map[string]bool{}}
	c.capturing(t, 400)
	if closed {
		q, err := queue.Open(c.folder, queue.Options{})
		must(t, err)
		must(t, q.Close())
	}
	stale(t, filepath.Join(c.folder, queue.FileName))
	if q, err := queue.Open(c.folder, queue.Options{ReadOnly: true}); !errors.Is(err, queue.ErrDamaged) {
		t.Errorf("for looking: gave %v", err)
		if err == nil {
			must(t, q.Close())
		}
	}
	q, err := queue.Open(c.folder, queue.Options{})
	must(t, err)
	if r := q.Recovery(); !r.Rebuilt || !errors.Is(r.Why, queue.ErrDamaged) {
		t.Errorf("put right: %+v", r)
	}
	c.holds(t, q)
	must(t, q.Close())
}
