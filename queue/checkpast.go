package queue

import (
	"bytes"
	"fmt"
)

// history: the lines of an entry are found and lead to where it stands. The
// chain alone does not show that its end was cut off; this does.
func (c *checker) history() error {
	if err := in(c.tx, bucketEntry).ForEach(func(k, v []byte) error {
		e, err := decode[Entry](v)
		if err != nil {
			return nil //nolint:nilerr // what cannot be read, entries has said
		}
		if at, err := c.walk(e); err != nil || at != e.State {
			c.add("entry %d is %s, its history ends with %q (%v)", keySeq(k), e.State, at, err)
		}
		return nil
	}); err != nil {
		return err
	}
	operators := map[uint64]bool{0: true} // no operator: the uploader, or a name of an earlier version
	return in(c.tx, bucketAudit).ForEach(func(k, v []byte) error {
		line, err := decode[AuditLine](v)
		if err != nil {
			return nil //nolint:nilerr // audit says so already
		}
		if !operators[line.Operator] && in(c.tx, bucketOperator).Get(seqKey(line.Operator)) == nil {
			c.add("audit line %d is of operator %d, who is not there", keySeq(k), line.Operator)
		} else {
			operators[line.Operator] = true
		}
		if line.Entry == "" {
			return nil
		}
		if e, err := entryByID(c.tx, line.Entry); err != nil || in(c.tx, bucketHistory).Get(pairKey(e.Seq, line.Number)) == nil {
			c.add("audit line %d is not in the history of its entry", keySeq(k))
		}
		return nil
	})
}

// walk follows the history of an entry and says where it ends.
func (c *checker) walk(e Entry) (at State, err error) {
	prefix := seqKey(e.Seq)
	cursor := in(c.tx, bucketHistory).Cursor()
	for k, _ := cursor.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = cursor.Next() {
		line, err := get[AuditLine](c.tx, bucketAudit, seqKey(keySeq(k)), fmt.Errorf("audit line %d is missing", keySeq(k)))
		if err != nil {
			return at, err
		}
		if line.Entry != e.ID || line.From != at {
			return at, fmt.Errorf("audit line %d does not lead on", line.Number)
		}
		at = line.To
	}
	return at, nil
}

// receptions: an open reception is found by its work, and numbers are running.
func (c *checker) receptions() error {
	last := map[string]int{}
	if err := in(c.tx, bucketEntry).ForEach(func(_, v []byte) error {
		e, err := decode[Entry](v)
		if err == nil {
			if e.Number != last[e.Reception]+1 {
				c.add("entry %d is number %d of its reception, after %d", e.Seq, e.Number, last[e.Reception])
			}
			last[e.Reception] = e.Number
		}
		return nil // what cannot be read, entries has said
	}); err != nil {
		return err
	}
	return in(c.tx, bucketReception).ForEach(func(k, v []byte) error {
		r, err := decodeAt[Reception](k, v)
		if err != nil {
			c.add("%v", corruptError(bucketReception, k, err))
			return nil
		}
		if r.Open() != bytes.Equal(in(c.tx, bucketWork).Get(workKey(r.Work)), k) {
			c.add("reception %s is not found by its work, or is closed and found", r.ID)
		}
		if r.Boxes != last[r.ID] {
			c.add("reception %s counts %d boxes, its last is %d", r.ID, r.Boxes, last[r.ID])
		}
		return nil
	})
}
