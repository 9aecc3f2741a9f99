package queue

import (
	"errors"
	"fmt"

	"pkidstation/queue/journal"
)

// inOneCommit is how many lines are applied in one commit.
const inOneCommit = 500

// catchUp applies what the journal has and the index has not. The state that it
// begins from stays whole until there is another to come back to.
func (b *books) catchUp(o *opening) error {
	id, applied, err := nameOf(b.db)
	switch {
	case err != nil:
		return err
	case id != b.id:
		return errOther
	}
	o.told.Torn = o.report.Torn != nil
	if err := b.measure(); err != nil {
		return err
	}
	if o.clean && applied < o.change { // it is not durable any more as it is
		if err := b.checkpoint(); err != nil {
			return err
		}
	}
	if b.pinned == nil {
		if b.pinned, err = b.db.Begin(false); err != nil {
			return fmt.Errorf("holding the state to begin from: %w", err)
		}
	}
	r := replay{books: b, from: applied + 1, commit: b.commit}
	if o.ample {
		r.commit = func(t *transaction, _ int) error { return b.commit(t, int(b.mapped)) }
	}
	if err := r.run(); err != nil {
		return err
	}
	lost := applied > b.journal.Last() || len(o.report.Damage) > 0
	if lost || o.basis > 0 { // it has what no line has any more
		if o.clean { // all of any other was read when it was opened
			if err := wholly(b.db); err != nil {
				return err
			}
		}
		o.told.Rebased, o.told.Missing = lost, r.missing
		return b.rebase(o)
	}
	if r.based || r.missing > 0 {
		return fmt.Errorf("%w: it has not what the journal began with", errOther)
	}
	return nil
}

// A replay applies lines of the journal to an index.
type replay struct {
	books  *books
	from   uint64
	commit func(t *transaction, size int) error

	pending []recordChange
	lines   int
	size    int
	last    uint64
	based   bool   // a base was among them
	missing uint64 // lines that cannot be read
}

func (r *replay) run() error {
	next := r.from
	for line, err := range r.books.journal.Lines(r.from) {
		if _, damaged := errors.AsType[*journal.DamageError](err); damaged {
			continue // the next line's number says how many are missing
		}
		if err != nil {
			return fmt.Errorf("reading the journal: %w", err)
		}
		if line.Seq > next {
			r.missing += line.Seq - next
		}
		next = line.Seq + 1
		if line.Kind != lineBase && line.Kind != linePart && line.Kind != lineChange {
			continue
		}
		r.based = r.based || line.Kind == lineBase
		changes, err := readChanges(line.Body)
		if err != nil {
			r.missing++
			continue
		}
		r.pending = append(r.pending, changes...)
		r.size += len(line.Body)
		r.last = line.Seq
		if r.lines++; r.lines == inOneCommit {
			if err := r.flush(); err != nil {
				return err
			}
		}
	}
	return r.flush()
}

func (r *replay) flush() error {
	if r.lines == 0 {
		return nil
	}
	err := r.once(r.size)
	r.pending, r.lines, r.size = r.pending[:0], 0, 0
	return err
}

// once applies what is pending, as a change of so many bytes.
func (r *replay) once(size int) error {
	tx, err := r.books.db.Begin(true)
	if err != nil {
		return fmt.Errorf("applying the journal: %w", err)
	}
	t := &transaction{Tx: tx}
	defer t.giveUp() // does nothing after the commit
	err = guarded(func() error {
		for _, c := range r.pending {
			if err := t.apply(c); err != nil {
				return err
			}
		}
		return r.books.applied(t, r.last)
	})
	if err != nil {
		return err
	}
	return r.commit(t, size)
}
