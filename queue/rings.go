package queue

import (
	"encoding/binary"
	"fmt"
	"os"
)

// noRings makes sure that no look-up goes round in a ring: bbolt follows branch
// pages by recursion, and where one leads back to itself the stack grows until the
// process dies, which nothing can catch. Only the branches are read, a hundredth of
// the file, and of what is under them the first page, to see that those are leaves.
func noRings(tx *transaction) error {
	f, err := os.Open(tx.DB().Path())
	if err != nil {
		return fmt.Errorf("looking for rings: %w", err)
	}
	defer f.Close() //nolint:errcheck // nothing was written
	r := rings{pagesOf(tx, f)}
	return r.branches(uint64(tx.Cursor().Bucket().Root()), true)
}

// rings is a walk over the branch pages of a file.
type rings struct{ pages }

// branches reads page id and the branches under it; top says that the leaves there
// are those with the buckets.
func (r *rings) branches(id uint64, top bool) error {
	if id < 2 || id >= r.high {
		return noTree(id)
	}
	data, err := r.read(id)
	if err != nil {
		return fmt.Errorf("reading page %d: %w", id, err)
	}
	kind, count := binary.NativeEndian.Uint16(data[8:]), int(binary.NativeEndian.Uint16(data[10:]))
	switch {
	case pageHead*(count+1) > len(data):
		return noTree(id)
	case kind == pageLeaf && top:
		return r.buckets(id, data, count)
	case kind == pageLeaf:
		return nil
	case kind != pageBranch || count == 0:
		return noTree(id)
	}
	under := func(i int) uint64 { return binary.NativeEndian.Uint64(data[pageHead*(i+1)+8:]) }
	lowest := !top && r.isLeaf(under(0))
	for i := range count {
		switch id := under(i); {
		case !lowest:
			err = r.branches(id, top)
		case id >= r.high || !r.seen.add(id):
			err = noTree(id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// buckets reads the branches of the buckets that a leaf has. A small bucket is
// nothing but a leaf within it.
func (r *rings) buckets(id uint64, data []byte, count int) error {
	for i := range count {
		at := data[pageHead*(i+1):]
		key := word(at, 1) + word(at, 2)
		end := key + word(at, 3)
		if word(at, 0)&leafBucket == 0 {
			continue
		}
		if end > uint64(len(at)) || end-key < pageHead {
			return noTree(id)
		}
		bucket := at[key:end]
		if root := binary.NativeEndian.Uint64(bucket); root != 0 {
			if err := r.branches(root, false); err != nil {
				return err
			}
		} else if len(bucket) < 2*pageHead || binary.NativeEndian.Uint16(bucket[pageHead+8:]) != pageLeaf {
			return noTree(id)
		}
	}
	return nil
}

// isLeaf says whether a page is a leaf; one that cannot be read is none.
func (r *rings) isLeaf(id uint64) bool {
	head := make([]byte, pageHead)
	if id >= r.high {
		return false
	}
	_, err := r.file.ReadAt(head, int64(id)*r.size) //nolint:gosec // below high
	return err == nil && binary.NativeEndian.Uint16(head[8:]) == pageLeaf
}
