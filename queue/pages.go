package queue

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// errTree: the pages are no tree; whoever follows them may never come back.
var errTree = errors.New("the pages do not hang together")

// No file of a queue has more than this, and whoever forges one gets no more memory
// and no more time out of us.
const (
	mostPages     = 1 << 24  // 64 GiB of the usual 4 KiB
	longestPage   = 64 << 20 // with those that it flows over into
	longestBranch = 1 << 20  // two keys of the longest are in one
	deepest       = 100      // branches one under the other
)

// A page and its elements begin with 16 bytes each.
const (
	pageHead   = 16
	pageBranch = 1
	pageLeaf   = 2
	pageFree   = 16 // the list of free pages
	leafBucket = 1
)

// pages is bbolt's file as numbered pages.
type pages struct {
	file io.ReaderAt
	size int64  // of a page
	high uint64 // the number of pages in use
	seen set
}

func pagesOf(tx *transaction, file io.ReaderAt) pages {
	size := int64(tx.DB().Info().PageSize)
	high := uint64(tx.Size() / size) //nolint:gosec // sizes are positive
	return pages{file: file, size: size, high: high, seen: make(set, high/64+1)}
}

// A set is of pages, a bit each: of a million entries there are a quarter of a
// million.
type set []uint64

// add says whether the page was not in it.
func (s set) add(page uint64) bool {
	there := s.has(page)
	s[page/64] |= 1 << (page % 64)
	return !there
}

func (s set) has(page uint64) bool { return s[page/64]&(1<<(page%64)) != 0 }

// read reads a page with those that it flows over into, each of which may be reached
// once.
func (p *pages) read(id uint64) ([]byte, error) {
	if err := p.reach(id); err != nil {
		return nil, err
	}
	data, err := p.bytes(id, p.size)
	if err != nil {
		return nil, err
	}
	return p.whole(id, data)
}

// reach notes that something leads to a page.
func (p *pages) reach(id uint64) error {
	if id < headPages || id >= p.high {
		return fmt.Errorf("%w: %w: there is no page %d", ErrDamaged, errTree, id)
	}
	if !p.seen.add(id) {
		return fmt.Errorf("%w: %w: page %d is reached twice", ErrDamaged, errTree, id)
	}
	return nil
}

// whole is a page that was reached, of which data is the first, with those that it
// flows over into.
func (p *pages) whole(id uint64, data []byte) ([]byte, error) {
	most, over := int64(longestPage), uint64(binary.NativeEndian.Uint32(data[12:]))
	if kindOf(data) == pageBranch {
		most = longestBranch
	}
	length := int64(over+1) * p.size //nolint:gosec // 32 bits and 16
	if binary.NativeEndian.Uint64(data) != id || id+over >= p.high || length > most {
		return nil, noTree(id)
	}
	for n := id + 1; n <= id+over; n++ {
		if err := p.reach(n); err != nil {
			return nil, err
		}
	}
	if over == 0 {
		return data, nil
	}
	return p.bytes(id, length)
}

// bytes reads so many bytes from a page's beginning on.
func (p *pages) bytes(id uint64, length int64) ([]byte, error) {
	data := make([]byte, length)
	return data, p.bytesTo(data, id)
}

func (p *pages) bytesTo(data []byte, id uint64) error {
	_, err := p.file.ReadAt(data, int64(id)*p.size) //nolint:gosec // below high
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: page %d is behind the file's end", ErrDamaged, id)
	}
	if err != nil {
		return fmt.Errorf("reading page %d: %w", id, err)
	}
	return nil
}

func noTree(id uint64) error { return fmt.Errorf("%w: %w: page %d", ErrDamaged, errTree, id) }

// kindOf and countOf are what a page is, and how many elements it has.
func kindOf(page []byte) int  { return int(binary.NativeEndian.Uint16(page[8:])) }
func countOf(page []byte) int { return int(binary.NativeEndian.Uint16(page[10:])) }

// word is number n of an element's 4-byte words.
func word(element []byte, n int) uint64 { return uint64(binary.NativeEndian.Uint32(element[4*n:])) }
