package queue

import (
	"bytes"
	"fmt"
)

// lists: what is announced can be read, is in every index and in no other place,
// and belongs to a list that has it.
func (c *checker) lists() error {
	b := in(c.tx, bucketAnnounced)
	if b == nil {
		return nil // a file of an earlier schema, opened for looking only
	}
	want := map[string]int{}
	err := b.ForEach(func(k, v []byte) error {
		number := keySeq(k)
		blk, err := decode[block](v)
		if err != nil {
			c.add("%v", corruptError(bucketAnnounced, k, err))
			return nil
		}
		if a, err := announcementByNumber(c.tx, blk.List); err != nil || number < a.First || number > a.Last {
			c.add("block %d of what is announced is of no list (%v)", number, err)
		}
		for at, key := range blockKeys(number, blk) {
			want[at.bucket]++
			if !bytes.Equal(in(c.tx, at.bucket).Get([]byte(key)), []byte(at.value)) {
				c.add("block %d of what is announced is not in the %s index", number, at.bucket)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, at := range []string{bucketAnnouncedPKID, bucketAnnouncedSerial, bucketAnnouncedOrder} {
		if err := c.counted(at, want[at]); err != nil {
			return err
		}
	}
	return c.orders()
}

// counted: an index has as many keys as it must.
func (c *checker) counted(index string, want int) error {
	n := 0
	err := in(c.tx, index).ForEach(func(_, _ []byte) error { n++; return nil })
	if n != want {
		c.add("the %s index has %d keys, not %d", index, n, want)
	}
	return err
}

// orders: every reception with an order is found by it.
func (c *checker) orders() error {
	n := 0
	err := in(c.tx, bucketReception).ForEach(func(_, v []byte) error {
		r, err := decode[Reception](v)
		if err != nil || r.Order == "" {
			return nil //nolint:nilerr // receptions says so
		}
		if n++; in(c.tx, bucketOrder).Get(orderKey(r)) == nil {
			c.add("reception %s is not in the order index", r.ID)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("looking at receptions: %w", err)
	}
	return c.counted(bucketOrder, n)
}
