package queue

import (
	"encoding/binary"
	"fmt"
	"math"
)

// noList is the page with the list of free pages where there is none.
const noList = math.MaxUint64

// listed gives the page with the list of free pages in this state; noList where
// there is none.
func listed(tx *transaction) (page uint64, err error) {
	heads, err := headsOf(tx.Tx)
	if err != nil {
		return 0, err
	}
	head := make([]byte, headSize)
	copy(head, heads[0]) // its zeros are cut off
	return binary.NativeEndian.Uint64(head[headList:]), nil
}

// fit says whether bbolt may open the file to change it. It then makes room for as
// many free pages as their list says and writes over those that it names. Where
// there is no list it reads all pages that are in use; see flawless. p has been
// along the branches.
func fit(tx *transaction, p *pages) error {
	switch list, err := listed(tx); {
	case err != nil:
		return err
	case list == noList:
		return flawless(tx)
	default:
		return p.list(list)
	}
}

// list holds the list of free pages in page id against its page's end, and against
// the pages that were seen in use. They are in ascending order.
func (p *pages) list(id uint64) error {
	data, err := p.read(id)
	if err != nil {
		return fmt.Errorf("the free pages: %w", err)
	}
	if kindOf(data) != pageFree {
		return fmt.Errorf("%w: page %d is no list of free pages", ErrDamaged, id)
	}
	const many, number = math.MaxUint16, 8
	count, ids := uint64(countOf(data)), data[pageHead:] //nolint:gosec // 16 bits
	if count == many {                                   // it is the first of the numbers
		count, ids = binary.NativeEndian.Uint64(ids), ids[number:]
	}
	if count > uint64(len(ids)/number) {
		return fmt.Errorf("%w: the free pages are more than page %d has", ErrDamaged, id)
	}
	last := uint64(headPages - 1)
	for ; count > 0; count, ids = count-1, ids[number:] {
		free := binary.NativeEndian.Uint64(ids)
		if free <= last || free >= p.high || p.seen.has(free) {
			return fmt.Errorf("%w: page %d is not free, as page %d says", ErrDamaged, free, id)
		}
		last = free
	}
	return nil
}
