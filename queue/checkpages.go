package queue

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// errTwice: two pages lead to one, which bbolt would follow for ever.
var errTwice = errors.New("it is reached twice")

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
	p := pages{file: f, size: size, high: uint64(c.tx.Size() / size), seen: map[uint64]bool{}}
	return p.follow(uint64(c.tx.Cursor().Bucket().Root()))
}

// pages is bbolt's file as numbered pages.
type pages struct {
	file io.ReaderAt
	size int64  // of a page
	high uint64 // the number of pages in use
	seen map[uint64]bool
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
		return fmt.Errorf("%w: page %d is none", ErrDamaged, id)
	}
	data, err := p.read(id)
	if err == nil {
		err = p.elements(data)
	}
	if err != nil {
		return fmt.Errorf("page %d: %w", id, err)
	}
	return nil
}

// read gives a page with those that it flows over into.
func (p *pages) read(id uint64) ([]byte, error) {
	head := make([]byte, pageHead)
	if _, err := p.file.ReadAt(head, int64(id)*p.size); err != nil { //nolint:gosec // below high
		return nil, err
	}
	over := uint64(binary.NativeEndian.Uint32(head[12:]))
	if binary.NativeEndian.Uint64(head) != id || id+over >= p.high {
		return nil, ErrDamaged
	}
	for n := id; n <= id+over; n++ {
		if p.seen[n] {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, errTwice)
		}
		p.seen[n] = true
	}
	data := make([]byte, (int64(over)+1)*p.size)    //nolint:gosec // below high
	_, err := p.file.ReadAt(data, int64(id)*p.size) //nolint:gosec // below high
	return data, err
}

// elements holds every element of a page against the page's end.
func (p *pages) elements(data []byte) error {
	if len(data) < pageHead {
		return ErrDamaged
	}
	kind, count := binary.NativeEndian.Uint16(data[8:]), int(binary.NativeEndian.Uint16(data[10:]))
	if kind != pageBranch && kind != pageLeaf || pageHead*(count+1) > len(data) {
		return ErrDamaged
	}
	for i := range count {
		if err := p.element(kind, data[pageHead*(i+1):]); err != nil {
			return err
		}
	}
	return nil
}

func (p *pages) element(kind uint16, at []byte) error {
	word := func(n int) uint64 { return uint64(binary.NativeEndian.Uint32(at[4*n:])) }
	if kind == pageBranch {
		if word(0)+word(1) > uint64(len(at)) {
			return ErrDamaged
		}
		return p.follow(binary.NativeEndian.Uint64(at[8:]))
	}
	key, end := word(1)+word(2), word(1)+word(2)+word(3)
	if end > uint64(len(at)) {
		return ErrDamaged
	}
	if word(0)&leafBucket == 0 {
		return nil
	}
	return p.bucket(at[key:end])
}

// bucket is a bucket's root: a page, or, for a small one, the bytes themselves.
func (p *pages) bucket(data []byte) error {
	if len(data) < pageHead {
		return ErrDamaged
	}
	if root := binary.NativeEndian.Uint64(data); root != 0 {
		return p.follow(root)
	}
	return p.elements(data[pageHead:])
}

// structure is bbolt's own check, once it is known that it can be run.
func (c *checker) structure() error {
	if err := c.pages(); err != nil {
		c.endless = errors.Is(err, errTwice)
		return err
	}
	for err := range c.tx.Check() {
		c.add("structure: %v", err)
	}
	return nil
}
