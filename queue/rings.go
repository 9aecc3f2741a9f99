package queue

import (
	"encoding/binary"
	"fmt"
	"io"
	"math/bits"
)

// rings is a walk over the branch pages of a file. bbolt follows them by recursion,
// and where one leads back to itself the stack grows until the process dies, which
// nothing can catch. Only the branches are read, a hundredth of the file, and of what
// is under the lowest ones the heads, to see that no branch of an earlier time stands
// in the place of a leaf.
type rings struct {
	pages

	leaves set // those whose heads are to be looked at
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
	err := r.branches(uint64(tx.Cursor().Bucket().Root()), spot{top: true})
	if err == nil {
		err = r.noBranches()
	}
	return r.pages, err
}

// branches reads page id and the branches under it.
func (r *rings) branches(id uint64, s spot) error {
	if s.depth > deepest {
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
	case kind == pageLeaf && s.top:
		return r.buckets(id, data, s)
	case kind == pageLeaf:
		return nil
	case kind != pageBranch || count == 0:
		return noTree(id)
	}
	under := func(i int) uint64 { return binary.NativeEndian.Uint64(data[pageHead*(i+1)+8:]) }
	lowest := !s.top && r.kind(under(0)) == pageLeaf
	for i := range count {
		if lowest {
			err = r.leaf(under(i))
		} else {
			err = r.branches(under(i), s.under(span{}))
		}
		if err != nil {
			return err
		}
	}
	return nil
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
	const atOnce = 64 // pages, and bits of a word
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

// buckets reads the branches of the buckets that a leaf has. A small bucket is
// nothing but a leaf within it.
func (r *rings) buckets(id uint64, data []byte, s spot) error {
	for i := range countOf(data) {
		e := elementOf(data[pageHead*(i+1):])
		if !e.isBucket {
			continue
		}
		if e.keyless || e.torn || len(e.value) < pageHead {
			return noTree(id)
		}
		if root := binary.NativeEndian.Uint64(e.value); root != 0 {
			if err := r.branches(root, spot{depth: s.depth + 1}); err != nil {
				return err
			}
		} else if len(e.value) < 2*pageHead || kindOf(e.value[pageHead:]) != pageLeaf {
			return noTree(id)
		}
	}
	return nil
}

// kind says what a page is, by its head; one that cannot be read is nothing.
func (r *rings) kind(id uint64) int {
	head := make([]byte, pageHead)
	if id >= r.high {
		return 0
	}
	if _, err := r.file.ReadAt(head, int64(id)*r.size); err != nil { //nolint:gosec // below high
		return 0
	}
	return kindOf(head)
}
