package queue

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"

	"go.etcd.io/bbolt"
)

// Shrink writes queue.db anew without its free room, beside further captures:
//
//	records, some at a time ──► what the journal has since ──► closed ──► renamed ──► opened
//
// The new file has the same name in the journal and the same last line, and both
// are durable when the journal says closed: whichever a crash leaves is right.
// Captures wait for the last step, so it is for a while in which nobody does. What
// a crash leaves of the new file the next one that is made sweeps away.
func (q *Queue) Shrink(ctx context.Context) error {
	free, size := q.free(ctx)
	if err := q.opts.Room.Spare(q.folder, uint64(max(0, size-free))); err != nil {
		return err
	}
	fresh, err := freshIndex(q.folder)
	if err != nil {
		return fmt.Errorf("shrinking the index: %w", err)
	}
	defer os.Remove(fresh) //nolint:errcheck // it has got its name, or is of no use
	db, err := openToChange(fresh, mapAtOnce())
	if err != nil {
		return fmt.Errorf("shrinking the index: %w", err)
	}
	db.NoSync, db.AllocSize = true, growBy
	s := shrinking{q: q, db: db, path: fresh}
	if err = s.copyAll(ctx); err == nil {
		err = s.swap(ctx)
	}
	if !s.closed {
		err = errors.Join(err, guarded(db.Close))
	}
	if err != nil {
		return fmt.Errorf("shrinking the index: %w", err)
	}
	return nil
}

// A shrinking is one on its way.
type shrinking struct {
	q      *Queue
	db     *bbolt.DB
	path   string
	id     string // the file's name in the journal
	from   uint64 // the last line that db has
	closed bool
}

// copyAll copies every bucket, some keys in one look. What changes meanwhile
// follows from the journal.
func (s *shrinking) copyAll(ctx context.Context) error {
	err := s.q.read(ctx, func(tx *transaction) error {
		meta := in(tx, bucketMeta)
		s.id, s.from = string(meta.Get([]byte(keyFile))), keySeq(meta.Get([]byte(keyApplied)))
		return nil
	})
	if err != nil {
		return err
	}
	for _, bucket := range journaled() {
		for after := []byte(nil); ; {
			some, err := s.q.pageOf(ctx, bucket, after)
			if err != nil {
				return err
			}
			if len(some) == 0 {
				break
			}
			if err := s.applyAll(some, s.from); err != nil {
				return err
			}
			after = some[len(some)-1].key
		}
	}
	return nil
}

// pageOf reads the next records of a bucket. One that is damaged ends it.
func (q *Queue) pageOf(ctx context.Context, bucket string, after []byte) (some []recordChange, err error) {
	err = q.read(ctx, func(tx *transaction) error {
		some = nil
		size := 0
		c := in(tx, bucket).Cursor()
		k, v := c.Seek(after)
		if after != nil && bytes.Equal(k, after) {
			k, v = c.Next()
		}
		for ; k != nil && len(some) < inOneCommit && size < partBytes; k, v = c.Next() {
			record, err := asText(v)
			if err != nil {
				return corruptError(bucket, k, err)
			}
			size += len(record)
			some = append(some, recordChange{bucket, bytes.Clone(k), record})
		}
		return nil
	})
	return some, err
}

func (s *shrinking) applyAll(some []recordChange, line uint64) error {
	return guarded(func() error {
		return update(s.db, func(tx *transaction) error {
			for _, c := range some {
				if err := tx.apply(c); err != nil {
					return err
				}
			}
			if err := in(tx, bucketMeta).Put([]byte(keyFile), []byte(s.id)); err != nil {
				return fmt.Errorf("naming the index: %w", err)
			}
			return in(tx, bucketMeta).Put([]byte(keyApplied), seqKey(line))
		})
	})
}

// follow applies what the journal has since.
func (s *shrinking) follow(b *books) error {
	of := books{db: s.db, journal: b.journal, id: s.id}
	r := replay{books: &of, from: s.from + 1, commit: func(t *transaction, _ int) error { return guarded(t.Commit) }}
	if err := r.run(); err != nil {
		return err
	}
	if r.missing > 0 { // lines of before went meanwhile, or cannot be read
		return fmt.Errorf("%w: the journal has not all that followed", ErrDamaged)
	}
	s.from = max(s.from, r.last)
	return nil
}

// swap puts the new file in the place of the old one. All but the last few lines
// are applied before anybody has to wait.
func (s *shrinking) swap(ctx context.Context) error {
	q := s.q
	q.using.RLock()
	b := q.books
	if b == nil || b.journal == nil || q.closed {
		q.using.RUnlock()
		return ErrUnavailable
	}
	err := s.follow(b)
	if err == nil {
		err = s.db.Sync()
	}
	q.using.RUnlock()
	if err != nil {
		return err
	}
	q.writing.Lock()
	defer q.writing.Unlock()
	if err := q.usable(); err != nil {
		return err
	}
	if q.books.id != s.id { // it was made anew meanwhile
		return errOther
	}
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	if err := s.follow(q.books); err != nil {
		return err
	}
	return s.replace()
}

func (s *shrinking) replace() error {
	q := s.q
	q.using.Lock()
	last := q.books.journal.Last()
	err := s.applyAll(nil, last)
	if err == nil {
		err = s.db.Sync()
	}
	if s.closed = true; err == nil {
		err = guarded(s.db.Close)
	} else {
		_ = guarded(s.db.Close) // it is of no use
	}
	if err != nil {
		q.using.Unlock()
		return err
	}
	path := q.books.db.Path()
	err = q.books.close() // durable, and the journal says so
	q.books = nil
	if err == nil {
		err = os.Rename(s.path, path)
	}
	if err == nil {
		err = syncFolder(q.folder)
	}
	q.using.Unlock()
	return errors.Join(err, q.reopen(false))
}
