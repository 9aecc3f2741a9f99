package queue

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

// Where a head page has what.
const (
	headMagic   = 16
	headVersion = 20
	headPage    = 24 // how long a page is
	headList    = 48 // the page with the list of free pages
	headHigh    = 56 // the number of pages in use
	headTx      = 64
	headSum     = 72
	headSize    = headSum + 8

	boltMagic   = 0xED0CDAED
	boltVersion = 2
)

// The sizes of a page that there are.
const (
	leastPage = 1 << 10
	mostPage  = 1 << 16
)

// headError is a head page with numbers that no file of a queue has.
func headError(format string, args ...any) error {
	return fmt.Errorf("%w: a head page says %s", ErrDamaged, fmt.Sprintf(format, args...))
}

// plausible refuses a file by its head pages, before anybody reckons with the
// numbers in them: how long a page is, and how many are in use. A file without a
// whole head page is bbolt's to refuse.
func plausible(f *os.File) error {
	first, second, size, err := headsIn(f)
	if err != nil {
		return err
	}
	if err := rightSize(size); err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("measuring the file: %w", err)
	}
	present := first
	if first == nil || second != nil && number(second, headTx) > number(first, headTx) {
		present = second
	}
	if present == nil {
		return nil
	}
	if says := int64(binary.NativeEndian.Uint32(present[headPage:])); says != size {
		return headError("that a page has %d bytes, and is one of %d", says, size)
	}
	high := number(present, headHigh)
	if high > mostPages {
		return headError("that there are %d pages", high)
	}
	if whole := int64(high) * size; info.Size() < whole {
		return fmt.Errorf("%w: %d of its %d bytes are left", ErrDamaged, info.Size(), whole)
	}
	return nil
}

// headsIn looks for the head pages where bbolt does: the second is behind the first,
// and where the first is not whole it is at each of the places where it may be.
func headsIn(f *os.File) (first, second []byte, size int64, err error) {
	if first, err = headAt(f, 0); err != nil {
		return nil, nil, 0, err
	}
	if first != nil {
		size = int64(binary.NativeEndian.Uint32(first[headPage:]))
		second, err = headAt(f, size)
		return first, second, size, err
	}
	for size = leastPage; size <= 16<<20; size *= 2 {
		if second, err = headAt(f, size); second != nil || err != nil {
			return nil, second, size, err
		}
	}
	return nil, nil, leastPage, nil
}

func number(head []byte, at int) uint64 { return binary.NativeEndian.Uint64(head[at:]) }

func rightSize(size int64) error {
	if size < leastPage || size > mostPage || size&(size-1) != 0 {
		return headError("that a page has %d bytes", size)
	}
	return nil
}

// headAt is the head page that begins there, nil where that is none or is not whole.
func headAt(f *os.File, at int64) ([]byte, error) {
	head := make([]byte, headSize)
	if _, err := f.ReadAt(head, at); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("reading a head page: %w", err)
	}
	sum := fnv.New64a()
	_, _ = sum.Write(head[headMagic:headSum]) // it cannot fail
	if binary.NativeEndian.Uint32(head[headMagic:]) != boltMagic || binary.NativeEndian.Uint32(head[headVersion:]) != boltVersion ||
		binary.NativeEndian.Uint64(head[headSum:]) != sum.Sum64() {
		return nil, nil
	}
	return head, nil
}
