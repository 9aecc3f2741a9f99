package queue

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
)

// errTree: the pages are no tree; whoever follows them may never come back.
var errTree = errors.New("the pages do not hang together")

// pages reads the tree of pages as bytes before bbolt's own check follows it
// in a goroutine of its own, where a pointer out of the file would end the
// process. No page that the transaction sees is written while it is open.
func (c *checker) pages() error {
	p, err := walk(c.tx)
	for _, id := range p.torn {
		c.add("structure: page %d is damaged", id)
	}
	for _, id := range p.unordered {
		c.add("structure: the keys of page %d are not in order", id)
	}
	if p.unlisted != nil {
		c.add("structure: %v", p.unlisted)
	}
	c.lost = errors.Is(err, errTree)
	c.flawed = len(p.torn)+len(p.unordered) > 0 || p.unlisted != nil
	return err
}

// walk reads every page of a file that is in use. What is wrong with one page is in
// the pages; the error is that they cannot be followed.
func walk(tx *transaction) (pages, error) {
	f, err := os.Open(tx.DB().Path())
	if err != nil {
		return pages{}, fmt.Errorf("checking the pages: %w", err)
	}
	defer f.Close() //nolint:errcheck // nothing was written
	p := pagesOf(tx, f)
	if _, err = p.follow(uint64(tx.Cursor().Bucket().Root()), span{}); err != nil {
		return p, err
	}
	list, err := listed(tx)
	if err == nil {
		p.unlisted = p.list(list)
	}
	return p, err
}

// hangTogether says whether the pages of a file are a tree.
func hangTogether(tx *transaction) error {
	_, err := walk(tx)
	return err
}

// flawless says whether every page of a file is as bbolt wants it. Where the file
// has no list of its free pages, bbolt looks for them as it opens, by reading all
// the others in a goroutine that nothing guards, and that goes on where it finds a
// fault: into what is closed by then.
func flawless(tx *transaction) error {
	switch p, err := walk(tx); {
	case err != nil:
		return err
	case len(p.torn) > 0:
		return fmt.Errorf("%w: page %d", ErrDamaged, p.torn[0])
	case len(p.unordered) > 0:
		return fmt.Errorf("%w: the keys of page %d are not in order", ErrDamaged, p.unordered[0])
	default:
		return nil
	}
}

// listed gives the page with the list of free pages in this state; noList where
// there is none.
func listed(tx *transaction) (page uint64, err error) {
	heads, err := headsOf(tx.Tx)
	if err != nil {
		return 0, err
	}
	const listAt = pageHead + 32
	head := make([]byte, listAt+8)
	copy(head, heads[0]) // its zeros are cut off
	return binary.NativeEndian.Uint64(head[listAt:]), nil
}

const noList = math.MaxUint64

// list holds the list of free pages against its page's end.
func (p *pages) list(id uint64) error {
	if id == noList {
		return nil
	}
	if id < 2 || id >= p.high {
		return fmt.Errorf("%w: there is no page %d with the free pages", ErrDamaged, id)
	}
	data, err := p.read(id)
	if err != nil {
		return fmt.Errorf("reading the free pages in page %d: %w", id, err)
	}
	const many, number = math.MaxUint16, 8
	count := uint64(binary.NativeEndian.Uint16(data[10:]))
	if count == many { // it is the first of the numbers
		count = 1 + min(binary.NativeEndian.Uint64(data[pageHead:]), uint64(len(data)))
	}
	if pageHead+number*count > uint64(len(data)) {
		return fmt.Errorf("%w: the free pages are more than page %d has", ErrDamaged, id)
	}
	return nil
}

// pages is bbolt's file as numbered pages.
type pages struct {
	file io.ReaderAt
	size int64  // of a page
	high uint64 // the number of pages in use
	seen set
	// torn are leaves with keys or values that are not in them, unordered pages
	// with keys that a look-up would pass by.
	torn, unordered []uint64
	unlisted        error // what is wrong with the list of free pages
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
	bit := uint64(1) << (page % 64)
	there := s[page/64]&bit != 0
	s[page/64] |= bit
	return !there
}

// A page and its elements begin with 16 bytes each.
const (
	pageHead   = 16
	pageBranch = 1
	pageLeaf   = 2
	leafBucket = 1
)

// A span is where keys lie: from is in it, to is not; nil is no border.
type span struct{ from, to []byte }

// follow reads page id and all that it leads to, and gives the last key there.
func (p *pages) follow(id uint64, within span) (last []byte, err error) {
	if id < 2 || id >= p.high {
		return nil, fmt.Errorf("%w: %w: there is no page %d", ErrDamaged, errTree, id)
	}
	data, err := p.read(id)
	if err != nil {
		return nil, fmt.Errorf("reading page %d: %w", id, err)
	}
	return p.elements(id, data, within)
}

// read gives a page with those that it flows over into.
func (p *pages) read(id uint64) ([]byte, error) {
	data := make([]byte, p.size)
	if _, err := p.file.ReadAt(data, int64(id)*p.size); err != nil { //nolint:gosec // below high
		return nil, err
	}
	over := uint64(binary.NativeEndian.Uint32(data[12:]))
	if binary.NativeEndian.Uint64(data) != id || id+over >= p.high {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, errTree)
	}
	for n := id; n <= id+over; n++ {
		if !p.seen.add(n) {
			return nil, fmt.Errorf("%w: %w: it is reached twice", ErrDamaged, errTree)
		}
	}
	if over == 0 {
		return data, nil
	}
	data = make([]byte, (int64(over)+1)*p.size)     //nolint:gosec // below high
	_, err := p.file.ReadAt(data, int64(id)*p.size) //nolint:gosec // below high
	return data, err
}

// elements holds every element of page id against the page's end, and its key
// against those before and the span.
func (p *pages) elements(id uint64, data []byte, within span) (last []byte, err error) {
	if len(data) < pageHead {
		return nil, noTree(id)
	}
	kind, count := binary.NativeEndian.Uint16(data[8:]), int(binary.NativeEndian.Uint16(data[10:]))
	if pageHead*(count+1) > len(data) {
		return nil, noTree(id)
	}
	switch {
	case kind == pageLeaf:
		return p.leaf(id, data, count, within)
	case kind == pageBranch && count > 0:
		return p.branch(id, data, count, within)
	default:
		return nil, noTree(id)
	}
}

func noTree(id uint64) error { return fmt.Errorf("%w: %w: page %d", ErrDamaged, errTree, id) }

// word is number n of an element's 4-byte words.
func word(element []byte, n int) uint64 { return uint64(binary.NativeEndian.Uint32(element[4*n:])) }

func (p *pages) branch(id uint64, data []byte, count int, within span) (last []byte, err error) {
	keys := make([][]byte, count)
	for i := range count {
		at := data[pageHead*(i+1):]
		from, end := word(at, 0), word(at, 0)+word(at, 1)
		if end > uint64(len(at)) {
			return nil, noTree(id)
		}
		keys[i] = at[from:end]
	}
	last = within.from
	for i, key := range keys {
		p.order(id, i, key, span{last, within.to})
		under := span{key, within.to}
		if i+1 < count {
			under.to = keys[i+1]
		}
		if last, err = p.follow(binary.NativeEndian.Uint64(data[pageHead*(i+1)+8:]), under); err != nil {
			return nil, err
		}
	}
	return last, nil
}

func (p *pages) leaf(id uint64, data []byte, count int, within span) (last []byte, err error) {
	before := within.from
	for i := range count {
		at := data[pageHead*(i+1):]
		from, to := word(at, 1), word(at, 1)+word(at, 2)
		end, isBucket := to+word(at, 3), word(at, 0)&leafBucket != 0
		switch {
		case end > uint64(len(at)) && isBucket:
			return nil, noTree(id)
		case end > uint64(len(at)):
			p.torn = append(p.torn, id)
			return nil, nil // the order of what cannot be read is not the worst of it
		case isBucket:
			if err := p.bucket(id, at[to:end]); err != nil {
				return nil, err
			}
		}
		last = at[from:to]
		p.order(id, i, last, span{before, within.to})
		before = last
	}
	return last, nil
}

// order holds key number i of page id against the one before it, or, for the first,
// the border that it may be, and against what comes after.
func (p *pages) order(id uint64, i int, key []byte, within span) {
	least := 1
	if i == 0 {
		least = 0
	}
	inOrder := bytes.Compare(key, within.from) >= least && (within.to == nil || bytes.Compare(key, within.to) < 0)
	if n := len(p.unordered); !inOrder && (n == 0 || p.unordered[n-1] != id) {
		p.unordered = append(p.unordered, id)
	}
}

// bucket is a bucket's root: a page, or, for a small one, the bytes themselves.
func (p *pages) bucket(id uint64, data []byte) (err error) {
	if len(data) < pageHead {
		return noTree(id)
	}
	if root := binary.NativeEndian.Uint64(data); root != 0 {
		_, err = p.follow(root, span{})
	} else {
		_, err = p.elements(id, data[pageHead:], span{})
	}
	return err
}

// structure is bbolt's own check, once it is known that it can be run.
func (c *checker) structure() error {
	if err := c.pages(); err != nil || c.flawed {
		return err
	}
	for err := range c.tx.Check() {
		c.add("structure: %v", err)
	}
	return nil
}
