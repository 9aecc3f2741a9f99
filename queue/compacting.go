package queue

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"pkidstation/queue/journal"
)

// A journal that only grows is made short by a fresh base, written in parts
// between other changes:
//
//	fresh ──► part, change, part, change … ──► whole ──► checkpoint held ──► what is before fresh is retired
//
// A part has records as they are when it is written, so whatever changed before
// is in it, and whatever changes later follows it: from fresh on the journal has
// all that it had from its beginning on. Until whole is on the disk nothing is
// taken away and the parts count for nothing more than they say anyway. What a
// crash breaks off is begun anew.
const (
	lineFresh = "fresh"
	linePart  = "part"
	lineWhole = "whole"
)

// inOnePart is how many records are in a part, and partBytes about how long it is:
// whoever captures waits for one at most, and a handover's record is a long one.
const (
	inOnePart = 64
	partBytes = 1 << 20
)

// A freshBase is one on its way.
type freshBase struct {
	begun  uint64
	bucket int    // the next record's, in journaled
	after  []byte // the key before it there, nil for none
	whole  uint64 // the line that ends it; 0 before
}

// wholeBase is the body of a line that ends a fresh base.
type wholeBase struct {
	Begun uint64 `json:"begun"`
}

// Compact makes the journal short, one bounded step a call, and says whether
// there is more to do. Captures go on between the steps.
func (q *Queue) Compact(ctx context.Context) (more bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, fmt.Errorf("compacting: %w", context.Cause(ctx))
	}
	retire, more, err := q.compactStep()
	if err != nil || retire == 0 {
		return more, err
	}
	q.using.RLock()
	defer q.using.RUnlock()
	if q.closed || q.books == nil || q.books.journal == nil {
		return false, nil
	}
	if err := q.books.journal.Retire(retire); err != nil {
		return false, fmt.Errorf("compacting: %w", err)
	}
	return false, nil
}

func (q *Queue) compactStep() (retire uint64, more bool, err error) {
	q.writing.Lock()
	defer q.writing.Unlock()
	if err := q.usable(); err != nil {
		return 0, false, err
	}
	if q.books.base == nil { // records are about twice as long in the journal
		if err := q.spareFor(2); err != nil {
			return 0, false, err
		}
	}
	retire, more, err = q.books.compactStep()
	if err != nil && q.books != nil {
		q.books.base = nil // what it came to is not known: the next begins anew
	}
	if _, broken := errors.AsType[*bookError](err); broken {
		err = errors.Join(err, q.reopen(false))
	}
	if err != nil {
		return 0, false, fmt.Errorf("compacting: %w", err)
	}
	return retire, more, nil
}

// compactStep goes on with the fresh base, and says from which line on the
// journal is enough when it is.
func (b *books) compactStep() (retire uint64, more bool, err error) {
	if err := b.endCheckpoint(false); err != nil {
		return 0, false, &bookError{error: err}
	}
	switch base := b.base; {
	case base == nil:
		line, err := b.milestone(lineFresh, []byte("{}"))
		b.base = &freshBase{begun: line}
		return 0, true, err
	case base.whole > 0 && b.held >= base.whole: // no start needs what is before
		b.base = nil
		return base.begun, false, nil
	case base.whole > 0:
		b.beginCheckpoint()
		return 0, true, nil
	}
	some, err := b.nextPart()
	if err != nil {
		b.base = nil
		return 0, false, err
	}
	if len(some) > 0 {
		body, err := encodeChanges(some)
		if err != nil {
			return 0, false, err
		}
		_, err = b.milestone(linePart, body)
		return 0, true, err
	}
	body, err := json.Marshal(wholeBase{Begun: b.base.begun})
	if err == nil {
		b.base.whole, err = b.milestone(lineWhole, body)
	}
	return 0, true, err
}

// milestone writes a line that the index is to have been past: a start goes on
// behind it.
func (b *books) milestone(kind string, body []byte) (line uint64, err error) {
	tx, err := b.db.Begin(true)
	if err != nil {
		return 0, fmt.Errorf("beginning a change: %w", err)
	}
	t := &transaction{Tx: tx}
	defer t.giveUp() // does nothing after the commit
	line = b.journal.Last() + 1
	if err := guarded(func() error { return b.applied(t, line) }); err != nil {
		return 0, err
	}
	switch err := b.record(kind, body); {
	case errors.Is(err, journal.ErrRefused):
		return 0, fmt.Errorf("writing to the journal: %w", err)
	case err != nil:
		return 0, &bookError{error: err}
	}
	if err := b.commit(t, len(body)); err != nil {
		return 0, &bookError{error: err}
	}
	if b.since++; b.since >= b.every {
		b.beginCheckpoint()
	}
	return line, nil
}

// nextPart reads the records of the next part. One that is damaged ends it: the
// journal still says what it was.
func (b *books) nextPart() (some []recordChange, err error) {
	base := b.base
	all, size := journaled(), 0
	err = guarded(func() error {
		return lookAt(b.db, func(tx *transaction) error {
			for ; base.bucket < len(all); base.bucket, base.after = base.bucket+1, nil {
				c := in(tx, all[base.bucket]).Cursor()
				k, v := c.Seek(base.after)
				if base.after != nil && bytes.Equal(k, base.after) {
					k, v = c.Next()
				}
				for ; k != nil; k, v = c.Next() {
					record, err := asText(v)
					if err != nil {
						return corruptError(all[base.bucket], k, err)
					}
					some = append(some, recordChange{all[base.bucket], bytes.Clone(k), record})
					if size += len(record); len(some) == inOnePart || size >= partBytes {
						base.after = bytes.Clone(k)
						return nil
					}
				}
			}
			return nil
		})
	})
	return some, err
}

// asText is a record as the journal has it, if it is sound.
func asText(kept []byte) ([]byte, error) {
	if kept == nil {
		return nil, errBadChange
	}
	if _, err := decode[json.RawMessage](kept); err != nil {
		return nil, err
	}
	if kept[0] == packedVersion {
		return unpack(kept)
	}
	return bytes.Clone(kept), nil
}
