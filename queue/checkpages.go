package queue

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"go.etcd.io/bbolt"
)

// pages reads the tree of pages as bytes before bbolt's own check follows it
// in a goroutine of its own, where a pointer out of the file would end the
// process. No page that the transaction sees is written while it is open.
func (c *checker) pages() error {
	w, err := walk(c.tx)
	for _, id := range w.torn {
		c.add("structure: page %d is damaged", id)
	}
	for _, id := range w.keyless {
		c.add("structure: the keys of page %d are not in it", id)
	}
	for _, id := range w.unordered {
		c.add("structure: the keys of page %d are not in order", id)
	}
	if w.unlisted != nil {
		c.add("structure: %v", w.unlisted)
	}
	c.lost = errors.Is(err, errTree)
	c.flawed = len(w.torn)+len(w.keyless)+len(w.unordered) > 0 || w.unlisted != nil
	return err
}

// walk reads every page of a file that is in use. What is wrong with one page is in
// the walker; the error is that they cannot be followed.
func walk(tx *transaction) (walker, error) {
	f, err := os.Open(tx.DB().Path())
	if err != nil {
		return walker{}, fmt.Errorf("checking the pages: %w", err)
	}
	defer f.Close() //nolint:errcheck // nothing was written
	w := walker{pages: pagesOf(tx, f)}
	if _, err = w.follow(uint64(tx.Cursor().Bucket().Root()), spot{top: true}); err != nil {
		return w, err
	}
	list, err := listed(tx)
	if err == nil && list != noList {
		w.unlisted = w.list(list)
	}
	return w, err
}

// hangTogether says whether the pages of a file are a tree.
func hangTogether(tx *transaction) error {
	_, err := walk(tx)
	return err
}

// flawless says whether every page of a file is as bbolt wants it, but for what is
// in them. Where the file has no list of its free pages, bbolt looks for them as it
// opens, by reading all the others in a goroutine that nothing guards, and that goes
// on where it finds a fault: into what is closed by then. It reads keys, and no
// values.
func flawless(tx *transaction) error {
	switch w, err := walk(tx); {
	case err != nil:
		return err
	case len(w.keyless) > 0:
		return fmt.Errorf("%w: the keys of page %d are not in it", ErrDamaged, w.keyless[0])
	case len(w.unordered) > 0:
		return fmt.Errorf("%w: the keys of page %d are not in order", ErrDamaged, w.unordered[0])
	default:
		return nil
	}
}

// A walker goes along all pages of a file.
type walker struct {
	pages

	// torn are leaves with values that are not in them, keyless those with such
	// keys, unordered pages with keys that a look-up would pass by: the first of
	// each.
	torn, keyless, unordered []uint64
	unlisted                 error // what is wrong with the list of free pages
}

// A span is where keys lie: from is in it, to is not; nil is no border.
type span struct{ from, to []byte }

// A spot is where in the tree a page is: top says that its leaves are those with the
// buckets. A queue has no buckets within buckets.
type spot struct {
	within span
	depth  int
	top    bool
}

// under is a spot one deeper.
func (s spot) under(within span) spot { return spot{within, s.depth + 1, s.top} }

// follow reads page id and all that it leads to, and gives the last key there.
func (w *walker) follow(id uint64, s spot) (last []byte, err error) {
	if s.depth > deepest {
		return nil, noTree(id)
	}
	data, err := w.read(id)
	if err != nil {
		return nil, err
	}
	kind, count := kindOf(data), countOf(data)
	switch {
	case pageHead*(count+1) > len(data):
		return nil, noTree(id)
	case kind == pageLeaf:
		return w.leaf(id, data, s)
	case kind == pageBranch && count > 0:
		return w.branch(id, data, s)
	default:
		return nil, noTree(id)
	}
}

func (w *walker) branch(id uint64, data []byte, s spot) (last []byte, err error) {
	keys, room := make([][]byte, countOf(data)), len(data)
	for i := range keys {
		at := data[pageHead*(i+1):]
		from, end := word(at, 0), word(at, 0)+word(at, 1)
		if end > uint64(len(at)) {
			return nil, noTree(id)
		}
		if keys[i] = at[from:end]; len(keys[i]) > room {
			return nil, noTree(id)
		}
		room -= len(keys[i])
	}
	last = s.within.from
	for i, key := range keys {
		w.order(id, i, key, span{last, s.within.to})
		below := span{key, s.within.to}
		if i+1 < len(keys) {
			below.to = keys[i+1]
		}
		if last, err = w.follow(binary.NativeEndian.Uint64(data[pageHead*(i+1)+8:]), s.under(below)); err != nil {
			return nil, err
		}
	}
	return last, nil
}

// leaf holds every element of page id against the page's end, and its key against
// those before and the span. What the elements have must be in the page side by
// side: of one place that many name, the work would be a multiple.
func (w *walker) leaf(id uint64, data []byte, s spot) (last []byte, err error) {
	before := s.within.from
	keys, all := len(data), len(data)-pageHead*(countOf(data)+1)
	for i := range countOf(data) {
		e := elementOf(data[pageHead*(i+1):])
		if keys, all = keys-len(e.key), all-len(e.key)-len(e.value); e.keyless || keys < 0 {
			if s.top {
				return nil, noTree(id) // it may be a bucket's
			}
			note(&w.keyless, id)
			return nil, nil
		}
		switch {
		case e.isBucket && (!s.top || e.torn || all < 0):
			return nil, noTree(id)
		case e.isBucket:
			if err := w.bucket(id, e.value, s); err != nil {
				return nil, err
			}
		case e.torn || all < 0:
			note(&w.torn, id)
		}
		w.order(id, i, e.key, span{before, s.within.to})
		before, last = e.key, e.key
	}
	return last, nil
}

// An element is one of a leaf: keyless and torn where its key and its value are not
// in the page. A value that is said to be longer than a page can be bbolt cannot
// even pass by.
type element struct {
	key, value              []byte
	isBucket, keyless, torn bool
}

func elementOf(at []byte) element {
	key, value := word(at, 1), word(at, 1)+word(at, 2)
	end := value + word(at, 3)
	e := element{isBucket: word(at, 0)&leafBucket != 0, torn: end > uint64(len(at))}
	if e.keyless = value > uint64(len(at)) || value-key > bbolt.MaxKeySize || end > longestPage; e.keyless {
		return e
	}
	if e.key = at[key:value]; !e.torn {
		e.value = at[value:end]
	}
	return e
}

// note keeps that something is wrong with a page, once, and of many pages the first.
func note(pages *[]uint64, id uint64) {
	if n := len(*pages); n < mostWrong && (n == 0 || (*pages)[n-1] != id) {
		*pages = append(*pages, id)
	}
}

// order holds key number i of page id against the one before it, or, for the first,
// the border that it may be, and against what comes after.
func (w *walker) order(id uint64, i int, key []byte, within span) {
	least := 1
	if i == 0 {
		least = 0
	}
	if bytes.Compare(key, within.from) < least || within.to != nil && bytes.Compare(key, within.to) >= 0 {
		note(&w.unordered, id)
	}
}

// bucket is a bucket's root: a page, or, for a small one, a leaf in the bytes
// themselves.
func (w *walker) bucket(id uint64, data []byte, s spot) (err error) {
	if len(data) < pageHead {
		return noTree(id)
	}
	if root := binary.NativeEndian.Uint64(data); root != 0 {
		_, err = w.follow(root, spot{depth: s.depth + 1})
		return err
	}
	data = data[pageHead:]
	if len(data) < pageHead || kindOf(data) != pageLeaf || pageHead*(countOf(data)+1) > len(data) {
		return noTree(id)
	}
	// bbolt copies what is not aligned: what is torn there leads into other memory, and
	// not to the file's end, where looking is guarded.
	var inside walker
	if _, err = inside.leaf(id, data, spot{}); err != nil {
		return err
	}
	if len(inside.torn)+len(inside.keyless) > 0 {
		return noTree(id)
	}
	for _, id := range inside.unordered {
		note(&w.unordered, id)
	}
	return nil
}

// structure is bbolt's own check, once it is known that it can be run. It reads the
// list of free pages into the file's handle; on one that is open for looking nobody
// else expects that, so it gets a handle of its own.
func (c *checker) structure() error {
	if err := c.pages(); err != nil || c.flawed {
		return err
	}
	db := c.tx.DB()
	if !db.IsReadOnly() {
		c.addAll(c.tx.Check())
		return nil
	}
	db, file, err := openFile(db.Path(), bbolt.Options{ReadOnly: true, PreLoadFreelist: true})
	if err != nil {
		return err
	}
	err = guarded(func() error {
		return lookAt(db, func(tx *transaction) error {
			c.addAll(tx.Check())
			return nil
		})
	})
	return errors.Join(err, looking{db: db, file: file}.close())
}

// addAll takes all that bbolt finds: it waits for whoever does not.
func (c *checker) addAll(found <-chan error) {
	for err := range found {
		c.add("structure: %v", err)
	}
}
