package queue

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// errTree: the pages are no tree; whoever follows them may never come back.
var errTree = errors.New("the pages do not hang together")

// pages reads the tree of pages as bytes before bbolt's own check follows it
// in a goroutine of its own, where a pointer out of the file would end the
// process. No page that the transaction sees is written while it is open.
func (c *checker) pages() error {
	f, err := os.Open(c.tx.DB().Path())
	if err != nil {
		return fmt.Errorf("checking the pages: %w", err)
	}
	defer f.Close() //nolint:errcheck // nothing was written
	size := int64(c.tx.DB().Info().PageSize)
	p := pages{file: f, size: size, high: uint64(c.tx.Size() / size), seen: map[uint64]bool{}} //nolint:gosec // sizes are positive
	err = p.follow(uint64(c.tx.Cursor().Bucket().Root()))
	for _, id := range p.torn {
		c.add("structure: page %d is damaged", id)
	}
	c.lost = errors.Is(err, errTree)
	c.torn = len(p.torn) > 0
	return err
}

// hangTogether says whether the pages of a file are a tree.
func hangTogether(tx *transaction) error {
	c := checker{tx: tx}
	return c.pages()
}

// pages is bbolt's file as numbered pages.
type pages struct {
	file io.ReaderAt
	size int64  // of a page
	high uint64 // the number of pages in use
	seen map[uint64]bool
	torn []uint64 // leaves with keys or values that are not in them
}

// A page and its elements begin with 16 bytes each.
const (
	pageHead   = 16
	pageBranch = 1
	pageLeaf   = 2
	leafBucket = 1
)

// follow reads page id and all that it leads to.
func (p *pages) follow(id uint64) error {
	if id < 2 || id >= p.high {
		return fmt.Errorf("%w: %w: there is no page %d", ErrDamaged, errTree, id)
	}
	data, err := p.read(id)
	if err != nil {
		return fmt.Errorf("reading page %d: %w", id, err)
	}
	return p.elements(id, data)
}

// read gives a page with those that it flows over into.
func (p *pages) read(id uint64) ([]byte, error) {
	head := make([]byte, pageHead)
	if _, err := p.file.ReadAt(head, int64(id)*p.size); err != nil { //nolint:gosec // below high
		return nil, err
	}
	over := uint64(binary.NativeEndian.Uint32(head[12:]))
	if binary.NativeEndian.Uint64(head) != id || id+over >= p.high {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, errTree)
	}
	for n := id; n <= id+over; n++ {
		if p.seen[n] {
			return nil, fmt.Errorf("%w: %w: it is reached twice", ErrDamaged, errTree)
		}
		p.seen[n] = true
	}
	data := make([]byte, (int64(over)+1)*p.size)    //nolint:gosec // below high
	_, err := p.file.ReadAt(data, int64(id)*p.size) //nolint:gosec // below high
	return data, err
}

// elements holds every element of page id against the page's end.
func (p *pages) elements(id uint64, data []byte) error {
	if len(data) < pageHead {
		return noTree(id)
	}
	kind, count := binary.NativeEndian.Uint16(data[8:]), int(binary.NativeEndian.Uint16(data[10:]))
	if kind != pageBranch && kind != pageLeaf || pageHead*(count+1) > len(data) {
		return noTree(id)
	}
	for i := range count {
		element := p.leaf
		if kind == pageBranch {
			element = p.branch
		}
		if err := element(id, data[pageHead*(i+1):]); err != nil {
			return err
		}
	}
	return nil
}

func noTree(id uint64) error { return fmt.Errorf("%w: %w: page %d", ErrDamaged, errTree, id) }

// word is number n of an element's 4-byte words.
func word(element []byte, n int) uint64 { return uint64(binary.NativeEndian.Uint32(element[4*n:])) }

func (p *pages) branch(id uint64, at []byte) error {
	if word(at, 0)+word(at, 1) > uint64(len(at)) {
		return noTree(id)
	}
	return p.follow(binary.NativeEndian.Uint64(at[8:]))
}

func (p *pages) leaf(id uint64, at []byte) error {
	key := word(at, 1) + word(at, 2)
	end, isBucket := key+word(at, 3), word(at, 0)&leafBucket != 0
	switch {
	case end > uint64(len(at)) && isBucket:
		return noTree(id)
	case end > uint64(len(at)):
		p.torn = append(p.torn, id)
		return nil
	case isBucket:
		return p.bucket(id, at[key:end])
	default:
		return nil
	}
}

// bucket is a bucket's root: a page, or, for a small one, the bytes themselves.
func (p *pages) bucket(id uint64, data []byte) error {
	if len(data) < pageHead {
		return noTree(id)
	}
	if root := binary.NativeEndian.Uint64(data); root != 0 {
		return p.follow(root)
	}
	return p.elements(id, data[pageHead:])
}

// structure is bbolt's own check, once it is known that it can be run.
func (c *checker) structure() error {
	if err := c.pages(); err != nil || c.torn {
		return err
	}
	for err := range c.tx.Check() {
		c.add("structure: %v", err)
	}
	return nil
}
