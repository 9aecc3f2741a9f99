package queue

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"

	"go.etcd.io/bbolt"

	"pkidstation/queue/journal"
)

// The books are the queue on disk: the journal, which is right, and queue.db,
// its index. A change goes into the journal first and is synced there; queue.db
// is written without waiting for the disk. So after a power cut what is in
// queue.db since its last checkpoint may be anything: it is then taken back to
// that checkpoint, and what the journal has since is applied anew.
//
//	change ──► line in the journal ──► synced ──► queue.db ──► verdict
//	                                                 │
//	         every so many: state held ──► synced ──►┴──► checkpoint in the journal
//
// For that the state of a checkpoint must stay whole in the file while later
// ones are written over free pages: an open look at it (a pin) keeps bbolt from
// giving its pages away. A checkpoint holds the two head pages that bbolt itself
// would write for a copy of that state; written back, they make it the present.
//
// bbolt's list of free pages, which grows with the file, is written with the states
// that a start may begin with, those of checkpoints and the last one, and not with
// every change: without it a start reads the whole file.
type books struct {
	folder  string
	db      *bbolt.DB
	file    *os.File // whose lock is to be given up, where the queue is open for looking
	journal *journal.Journal
	id      string // names queue.db in the journal, so that no other is taken for it

	first int64 // bytes of queue.db that were mapped at once
	// reserve is how many pages a change is reckoned to take beside its records.
	reserve int
	mapped  int64 // those that are mapped at least
	since   int   // changes since the last checkpoint
	listed  bool  // the present state has its list of free pages
	every   int   // changes between two checkpoints
	// pinned is the state of the last checkpoint in the journal.
	pinned *bbolt.Tx
	held   uint64 // the last line that it has
	// base is a fresh base of the journal on its way, nil for none.
	base *freshBase
	// syncing is a checkpoint under way, nil for none.
	syncing *checkpointing
	packing sync.Mutex
	ready   *readyNotes     // nil where the queue is open for looking
	tallies *tallyNotes     // nil there, too
	onSync  func(done bool) // for tests
}

// The kinds of lines in the journal.
const (
	lineChange     = "change"     // records as they are after a change
	lineBase       = "base"       // records of a whole queue, in parts
	lineCheckpoint = "checkpoint" // what queue.db can be taken back to
	lineClosed     = "closed"     // queue.db is durable, and nothing followed
)

// keyApplied and keyFile are in bucketMeta: the number of the last line that
// queue.db has, and its name in the journal.
const (
	keyApplied = "applied"
	keyFile    = "file"
)

// errKept is that a change is in the journal, and queue.db would not have it.
var errKept = errors.New("the change is kept, and the index failed")

// change runs one change: journal first, then index. A failure of do changes
// nothing. Any failure after that is a *bookError: the books must be opened
// again, and then they say whether the change is kept.
func (b *books) change(do func(*transaction) error) (line uint64, err error) {
	if err := b.endCheckpoint(false); err != nil {
		return 0, &bookError{error: err}
	}
	tx, err := b.db.Begin(true)
	if err != nil {
		return 0, fmt.Errorf("beginning a change: %w", err)
	}
	t := &transaction{Tx: tx}
	defer t.giveUp() // does nothing after the commit
	if err := guarded(func() error { return do(t) }); err != nil || len(t.changes) == 0 {
		return 0, err
	}
	body, err := encodeChanges(t.changes)
	if err != nil {
		return 0, err
	}
	line = b.journal.Last() + 1
	if err := guarded(func() error { return b.applied(t, line) }); err != nil {
		return 0, err
	}
	sum, length := sha256.Sum256(body), len(body)
	switch err := b.record(lineChange, body); {
	case errors.Is(err, journal.ErrRefused):
		return 0, fmt.Errorf("writing to the journal: %w", err)
	case err != nil:
		return line, &bookError{err, sum}
	}
	b.ready.change(t.changes)
	defer b.ready.over()
	b.tallies.change(t.changes)
	defer b.tallies.over()
	if err := b.commit(t, length); err != nil { // body, which may be long, is not held for it
		return line, &bookError{fmt.Errorf("%w: %w", errKept, err), sum}
	}
	if b.since++; b.since >= b.every {
		b.beginCheckpoint()
	}
	return line, nil
}

// has says whether a line of the journal is this change. Its number alone does not
// say so: another may have got it.
func (b *books) has(line uint64, sum [sha256.Size]byte) (bool, error) {
	for l, err := range b.journal.Lines(line) {
		if err != nil {
			return false, fmt.Errorf("looking for a change in the journal: %w", err)
		}
		return l.Seq == line && l.Kind == lineChange && sha256.Sum256(l.Body) == sum, nil
	}
	return false, nil
}

// giveUp ends a transaction that was not committed.
func (t *transaction) giveUp() {
	_ = guarded(t.Rollback) // it fails only when there is nothing to end
}

func (b *books) applied(t *transaction, line uint64) error {
	if err := in(t, bucketMeta).Put([]byte(keyApplied), seqKey(line)); err != nil {
		return fmt.Errorf("noting the journal's line: %w", err)
	}
	return nil
}

// reserve is for the indexes, which may have a page each for a record.
const reserve = 64

// commit writes the change to queue.db. While a state is pinned bbolt cannot map
// a longer file: where that may be due the pins go, and this one commit waits for
// the disk, which makes it a state to come back to without them.
func (b *books) commit(t *transaction, size int) error {
	if mostly := 8*int64(size) + int64(b.reserve)*int64(b.db.Info().PageSize); t.Size()+mostly < b.mapped {
		b.listed = b.since+1 >= b.every // a checkpoint is due with it
		b.db.NoFreelistSync = !b.listed
		return guarded(t.Commit)
	}
	b.db.NoFreelistSync, b.listed = false, true
	if err := b.endCheckpoint(true); err != nil {
		return err
	}
	b.unbound()
	defer func() { b.db.NoSync = true }()
	if err := guarded(t.Commit); err != nil {
		b.bound()
		return err
	}
	if err := b.measure(); err != nil {
		return err
	}
	return b.checkpoint() // until it is in the journal nothing may be written over
}

// mapAtOnce is how much of queue.db is mapped from the start. It costs addresses
// and no memory; on Windows, where the file becomes as long, it costs the disk.
func mapAtOnce() int {
	if runtime.GOOS == "windows" || strconv.IntSize < 64 {
		return 16 << 20
	}
	return 1 << 30
}

// measure notes how much of queue.db is mapped at least. bbolt maps up to the
// next power of two, and from 1 GiB on up to the next GiB.
func (b *books) measure() error {
	return guarded(func() error {
		return b.db.View(func(tx *bbolt.Tx) error {
			border := b.first
			for border <= tx.Size() {
				border += min(border, 1<<30)
			}
			b.mapped = max(b.mapped, border)
			b.bound()
			return nil
		})
	})
}

// bound has bbolt refuse what needs a longer map than there is. While a state is
// pinned it would wait for ever.
func (b *books) bound() { b.db.MaxSize = int(b.mapped) + b.db.AllocSize - 1 }

// unbound has it map what it needs: nothing is pinned.
func (b *books) unbound() {
	b.unpin()
	b.db.MaxSize, b.db.NoSync = 0, false
}

// close makes queue.db durable and says so in the journal. Whatever fails, the
// journal has everything.
func (b *books) close() error {
	if b.journal == nil {
		return b.letGo()
	}
	err := b.endCheckpoint(true)
	if err == nil {
		b.list()
		err = b.db.Sync()
	}
	if err == nil {
		err = b.mark(lineClosed, mark{File: b.id, Applied: b.journal.Last()})
	}
	return errors.Join(err, b.letGo())
}

// list writes the list of free pages. Where that fails the state before is still
// the present, and the next start takes longer.
func (b *books) list() {
	if !b.listed {
		b.db.NoFreelistSync = false
		_ = guarded(func() error { return update(b.db, func(*transaction) error { return nil }) })
	}
}

// letGo closes both books as they are.
func (b *books) letGo() error {
	if b.journal == nil { // open for looking
		return looking{db: b.db, file: b.file}.close()
	}
	_ = b.endCheckpoint(true) // whatever came of it, the journal has everything
	b.packing.Lock()
	defer b.packing.Unlock()
	b.unpin()
	return errors.Join(guarded(b.db.Close), b.journal.Close())
}

func (b *books) unpin() {
	if b.pinned != nil {
		_ = b.pinned.Rollback() // a look cannot fail to end
		b.pinned = nil
	}
}

// A bookError says that the books failed in the middle of a change, and of which: the
// sum of its line's body, zero where there was none yet.
type bookError struct {
	error

	sum [sha256.Size]byte
}

func (e *bookError) Unwrap() error { return e.error }
