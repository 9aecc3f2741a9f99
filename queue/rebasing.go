package queue

import (
	"encoding/json"
	"errors"
	"fmt"
)

// lineBasis says that the lines that follow are all that the queue had then:
// bases, up to the next mark.
const lineBasis = "basis"

// rebase writes all that the index has into the journal, which then begins
// there. What the index has is on the disk before, so that it can be done again
// from what there is if it is broken off: no mark ends it then.
func (b *books) rebase(o *opening) error {
	b.unbound()
	defer func() { b.db.NoSync = true }()
	err := b.db.Sync()
	if err == nil {
		err = b.record(lineBasis, []byte("{}"))
	}
	if err == nil {
		err = guarded(func() error {
			return lookAt(b.db, func(tx *transaction) error {
				for _, bucket := range journaled() {
					if err := b.baseOf(o, tx, bucket); err != nil {
						return err
					}
				}
				return nil
			})
		})
	}
	if err == nil {
		err = guarded(func() error {
			return update(b.db, func(tx *transaction) error { return b.named(tx, b.journal.Last()) })
		})
	}
	if err != nil {
		return fmt.Errorf("writing the journal's base: %w", err)
	}
	return nil
}

// inOneLine is how many records of a base are in one line.
const inOneLine = 200

func (b *books) baseOf(o *opening, tx *transaction, bucket string) error {
	var some []recordChange
	size := 0
	write := func() error {
		body, err := encodeChanges(some)
		if err == nil && len(some) > 0 {
			err = b.record(lineBase, body)
		}
		some, size = some[:0], 0
		return err
	}
	err := in(tx, bucket).ForEach(func(k, v []byte) error {
		v, readable := plain(v)
		if !readable { // it stays where it is, for Check to say so
			o.told.Missing++
			return nil
		}
		some = append(some, recordChange{bucket, k, v})
		if size += len(v); len(some) == inOneLine || size >= partBytes {
			return write()
		}
		return nil
	})
	return errors.Join(err, write())
}

// plain is a record's text; one that is torn may reach behind what is mapped.
func plain(kept []byte) (text []byte, readable bool) {
	err := guarded(func() (err error) {
		if text = kept; len(kept) > 0 && kept[0] == packedVersion {
			text, err = unpack(kept)
		}
		readable = err == nil && json.Valid(text)
		return err
	})
	return text, err == nil && readable
}

// named writes into the index what the journal calls it, and the line it has.
func (b *books) named(tx *transaction, line uint64) error {
	if err := in(tx, bucketMeta).Put([]byte(keyFile), []byte(b.id)); err != nil {
		return fmt.Errorf("naming the index: %w", err)
	}
	return b.applied(tx, line)
}
