package queue

import (
	"encoding/binary"
	"fmt"
	"io"
	"math/bits"
	"sync"
)

// rings is a walk over the branch pages of a file. bbolt follows them by recursion,
// and where one leads back to itself the stack grows until the process dies, which
// nothing can catch. Only the branches are read, a hundredth of the file, and of what
// is under the lowest ones the heads, to see that no branch of an earlier time stands
// in the place of a leaf.
type rings struct {
	pages

	leaves set      // those whose heads are to be looked at
	level  []uint64 // the branches, or roots, that come next: those of the buckets first
	room   []ahead  // for those that are read at once
}

// fewPages are looked at in two milliseconds: those of some ten thousand entries.
const fewPages = 1 << 12

// noRings makes sure that no look-up goes round in a ring, and gives the pages that
// it saw in use. everyLeaf says that all heads of leaves are looked at, and not one
// of each branch: that takes a look at each page of the file, which is for one of
// which nobody knows how it was left, and for one that has not many.
func noRings(tx *transaction, file io.ReaderAt, everyLeaf bool) (pages, error) {
	r := rings{pages: pagesOf(tx, file)}
	if everyLeaf || r.high <= fewPages {
		r.leaves = make(set, len(r.seen))
	}
	err := r.top(uint64(tx.Cursor().Bucket().Root()), 0)
	if err == nil {
		err = r.branches()
	}
	if err == nil {
		err = r.noBranches()
	}
	return r.pages, err
}

// top reads page id of those that have the buckets, and what is under it.
func (r *rings) top(id uint64, depth int) error {
	if depth > deepest {
		return noTree(id)
	}
	data, err := r.read(id)
	if err != nil {
		return err
	}
	kind, count := kindOf(data), countOf(data)
	switch {
	case pageHead*(count+1) > len(data):
		return noTree(id)
	case kind == pageLeaf:
		return r.buckets(id, data)
	case kind != pageBranch || count == 0:
		return noTree(id)
	}
	for i := range count {
		if err := r.top(under(data, i), depth+1); err != nil {
			return err
		}
	}
	return nil
}

// under is where element number i of a branch leads to.
func under(branch []byte, i int) uint64 {
	return binary.NativeEndian.Uint64(branch[pageHead*(i+1)+8:])
}

// branches reads the branches of all buckets, level by level. A level is known
// before it is read: so many of its pages are read at once, each anywhere in the
// file, which a disk and a processor do faster than one after the other.
func (r *rings) branches() error {
	for depth := 1; len(r.level) > 0; depth++ {
		level := r.level
		if r.level = nil; depth > deepest {
			return noTree(level[0])
		}
		for len(level) > 0 {
			some := level[:min(atOnce, len(level))]
			r.readAhead(some)
			for i, id := range some {
				if err := r.branch(id, &r.room[i]); err != nil {
					return err
				}
			}
			level = level[len(some):]
		}
	}
	return nil
}

// branch looks at a page of a level, and notes what is under it.
func (r *rings) branch(id uint64, page *ahead) error {
	if page.err != nil {
		return page.err
	}
	data, err := r.whole(id, page.data)
	if err != nil {
		return err
	}
	kind, count := kindOf(data), countOf(data)
	switch {
	case pageHead*(count+1) > len(data):
		return noTree(id)
	case kind == pageLeaf:
		return nil
	case kind != pageBranch || count == 0:
		return noTree(id)
	}
	for i := range count {
		if page.under == pageLeaf {
			err = r.leaf(under(data, i))
		} else if err = r.reach(under(data, i)); err == nil {
			r.level = append(r.level, under(data, i))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// An ahead is a page that was read before its turn, and what is under the first
// element of it, where it is a branch.
type ahead struct {
	data  []byte
	head  []byte
	under int
	err   error
}

const (
	atOnce  = 64 // pages, and bits of a word
	readers = 8
)

// readAhead reads pages. Nothing of what they say is followed but to the head of one
// page that is in the file.
func (r *rings) readAhead(ids []uint64) {
	for len(r.room) < len(ids) {
		r.room = append(r.room, ahead{data: make([]byte, r.size), head: make([]byte, pageHead)})
	}
	var all sync.WaitGroup
	for first := range min(readers, len(ids)) {
		all.Go(func() {
			for i := first; i < len(ids); i += readers {
				page := &r.room[i]
				if page.under, page.err = 0, r.bytesTo(page.data, ids[i]); page.err == nil && kindOf(page.data) == pageBranch {
					page.under = r.kind(under(page.data, 0), page.head)
				}
			}
		})
	}
	all.Wait()
}

// leaf notes a page that must be a leaf.
func (r *rings) leaf(id uint64) error {
	if id < headPages || id >= r.high || !r.seen.add(id) {
		return noTree(id)
	}
	if r.leaves != nil {
		r.leaves.add(id)
	}
	return nil
}

// noBranches looks at the heads of leaves, in the file's order and many pages at a
// time: that is how a disk reads fastest, and a quarter of a million readings of a
// few bytes take more than all of the pages. What is neither branch nor leaf bbolt
// itself refuses where it comes upon it.
func (r *rings) noBranches() error {
	some := make([]byte, atOnce*r.size)
	for i, word := range r.leaves {
		if word == 0 {
			continue
		}
		first := uint64(i) * atOnce
		from, to := bits.TrailingZeros64(word), bits.Len64(word)
		heads := some[:int64(to-from-1)*r.size+pageHead]
		if _, err := r.file.ReadAt(heads, (int64(first)+int64(from))*r.size); err != nil {
			return fmt.Errorf("reading the heads of leaves: %w", err)
		}
		for ; word != 0; word &= word - 1 {
			n := bits.TrailingZeros64(word)
			if kindOf(heads[int64(n-from)*r.size:]) == pageBranch {
				return noTree(first + uint64(n)) //nolint:gosec // of 64
			}
		}
	}
	return nil
}

// buckets notes the roots of the buckets that a leaf has. A small bucket is nothing
// but a leaf within it.
func (r *rings) buckets(id uint64, data []byte) error {
	for i := range countOf(data) {
		e := elementOf(data[pageHead*(i+1):])
		if !e.isBucket {
			continue
		}
		if e.keyless || e.torn || len(e.value) < pageHead {
			return noTree(id)
		}
		if root := binary.NativeEndian.Uint64(e.value); root != 0 {
			if err := r.reach(root); err != nil {
				return err
			}
			r.level = append(r.level, root)
		} else if len(e.value) < 2*pageHead || kindOf(e.value[pageHead:]) != pageLeaf {
			return noTree(id)
		}
	}
	return nil
}

// kind says what a page is, by its head; one that cannot be read is nothing.
func (r *rings) kind(id uint64, head []byte) int {
	if id >= r.high {
		return 0
	}
	if _, err := r.file.ReadAt(head, int64(id)*r.size); err != nil { //nolint:gosec // below high
		return 0
	}
	return kindOf(head)
}
