package queue

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"pkidstation/queue/journal"
	"pkidstation/queue/watch"
)

// A Queue is the durable truth of one station. It may be used by many
// goroutines at once; one process has it open for writing.
type Queue struct {
	folder   string
	opts     Options
	station  string
	now      func() time.Time
	release  func() error // takes the owner's name away
	unlock   func() error // gives the data folder back
	recovery Recovery

	writing sync.Mutex // one change at a time; taken before using
	remade  time.Time  // when the index was last made anew; with writing
	// retained is how far Retain came.
	retained retained
	captured atomic.Pointer[time.Time] // when somebody captured last, for Tend
	healing  atomic.Bool
	// using is held by whoever looks, and for good by whoever opens the books
	// anew.
	using  sync.RWMutex
	books  *books // nil while they cannot be opened
	closed bool

	watchers watch.Watchers

	passes  passes
	hashing sync.Mutex           // one PIN at a time
	waits   map[string]time.Time // when a supervisor's next PIN is looked at; with writing
}

// ErrClosed is that the queue was closed.
var ErrClosed = errors.New("the queue is closed")

// Close gives the queue back. It waits for calls under way; closing twice
// does nothing.
func (q *Queue) Close() error {
	q.writing.Lock()
	defer q.writing.Unlock()
	q.using.Lock()
	defer q.using.Unlock()
	if q.closed {
		return nil
	}
	q.closed = true
	q.endPasses(func(Pass, string) bool { return true })
	// The name goes before the lock: after it, the file may name the next owner.
	err := q.release()
	if q.books != nil {
		err = errors.Join(err, q.books.close())
		q.books = nil
	}
	if err = errors.Join(err, q.unlock()); err != nil {
		return fmt.Errorf("%w: %w", ErrNotClosed, err)
	}
	return nil
}

// Station is the station's name as given to Open.
func (q *Queue) Station() string { return q.station }

// write runs one change and returns only after it is on disk. Where the disk
// fails in the middle the books are opened again and looked into: what is not
// kept fails with what went wrong, and what nobody can find out now with a
// *CommitError.
func (q *Queue) write(ctx context.Context, change func(tx *transaction) error) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("writing to the queue: %w", context.Cause(ctx))
	}
	q.writing.Lock()
	defer q.writing.Unlock()
	if err := q.usable(); err != nil {
		return err
	}
	line, err := q.books.change(change)
	failed, broken := errors.AsType[*bookError](err)
	if broken {
		line, err = q.again(line, failed, change)
	}
	if line > 0 {
		q.watchers.Tell() // what failed may be on disk all the same
	}
	if errors.Is(err, ErrDamaged) && q.mayRemake() {
		err = errors.Join(err, q.reopen(true))
	}
	return err
}

// remakeEvery is how often the index is made anew at most: where the journal
// itself has what cannot be read it would be so each time.
const remakeEvery = time.Hour

// mayRemake says whether the index may be made anew, and notes that it is.
func (q *Queue) mayRemake() bool {
	if q.opts.ReadOnly || q.closed || !q.remade.IsZero() && time.Since(q.remade) < remakeEvery {
		return false
	}
	q.remade = time.Now()
	return true
}

// heal makes the index anew after something was found in it that cannot be read.
// Whoever found it gets the error; the next look finds a new index.
func (q *Queue) heal() {
	if q.opts.ReadOnly || !q.healing.CompareAndSwap(false, true) {
		return
	}
	go func() {
		defer q.healing.Store(false)
		q.writing.Lock()
		defer q.writing.Unlock()
		if q.usable() == nil && q.mayRemake() {
			_ = q.reopen(true) // what fails now fails for the next who writes
		}
	}()
}

// again opens the books anew after they failed at a line, and says whether it is
// kept. Where they failed before there was one, it is tried once more.
func (q *Queue) again(line uint64, failed *bookError, change func(tx *transaction) error) (uint64, error) {
	if err := q.reopen(false); err != nil {
		return line, &CommitError{Err: errors.Join(failed, err)}
	}
	if line == 0 {
		line, err := q.books.change(change)
		failed, broken := errors.AsType[*bookError](err)
		switch {
		case !broken:
			return line, err
		case line != 0: // books that failed are not used again
			return q.again(line, failed, change)
		default:
			return line, &CommitError{Err: errors.Join(failed, q.reopen(false))}
		}
	}
	switch kept, err := q.books.has(line, failed.sum); {
	case err != nil:
		return line, &CommitError{Err: errors.Join(failed, err)}
	case !kept:
		return line, &CommitError{Err: failed}
	}
	return line, nil
}

// usable opens books that could not be opened when they failed.
func (q *Queue) usable() error {
	switch {
	case q.closed:
		return ErrClosed
	case q.opts.ReadOnly:
		return fmt.Errorf("%w: the queue is open for looking", ErrNotWritable)
	case q.books == nil, q.books.journal == nil:
		return q.reopen(false)
	default:
		return nil
	}
}

// reopen lets the books go and opens them anew; rebuild says that the index is
// not to be used again.
func (q *Queue) reopen(rebuild bool) error {
	q.using.Lock()
	defer q.using.Unlock()
	if q.books != nil {
		_ = q.books.letGo() // it failed already
		q.books = nil
	}
	if q.vanished() {
		return ErrVanished
	}
	b, told, err := openBooks(q.folder, q.opts, rebuild)
	if err != nil {
		if b, failed := booksToLook(q.folder); failed == nil { // a full disk is no reason to show nothing
			q.books = b
		}
		return openError(q.folder, err)
	}
	q.books, q.recovery = b, q.recovery.and(told)
	return nil
}

// vanished says whether nothing is left where the queue was.
func (q *Queue) vanished() bool {
	for _, name := range []string{journal.FolderName, FileName} {
		if _, err := os.Lstat(filepath.Join(q.folder, name)); !errors.Is(err, fs.ErrNotExist) {
			return false
		}
	}
	return true
}

func (q *Queue) read(ctx context.Context, look func(tx *transaction) error) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("reading the queue: %w", context.Cause(ctx))
	}
	q.using.RLock()
	defer q.using.RUnlock()
	switch {
	case q.closed:
		return ErrClosed
	case q.books == nil:
		return ErrUnavailable
	}
	err := guarded(func() error { return lookAt(q.books.db, look) })
	if errors.Is(err, ErrDamaged) {
		q.heal()
	}
	return err
}

// sweepPart is how many things are looked at before their pages are given back: some
// 300 KiB of an index, and of entries read one by one as many pages.
const sweepPart = 1 << 11

// sweep is read for what looks at something of each entry, and calls next for each.
// Its pages lie all over the file, and a station asks so after each scan: left as they
// are, the whole file would count as the station's own memory.
func (q *Queue) sweep(ctx context.Context, look func(tx *transaction, next func()) error) error {
	return q.read(ctx, func(tx *transaction) error {
		defer forget(tx.Tx)
		looked := 0
		return look(tx, func() {
			if looked++; looked%sweepPart == 0 {
				forget(tx.Tx)
			}
		})
	})
}

// glanceOrWrite runs a change on what is there now, without keeping others from
// writing. Where that finds its answer and changes nothing, as for what is here
// already, that is the answer: what others see is in the journal. Else it is
// written, and decides anew.
func (q *Queue) glanceOrWrite(ctx context.Context, change func(tx *transaction) error) error {
	defer func() {
		now := time.Now()
		q.captured.Store(&now)
	}()
	if q.glance(ctx, change) {
		return nil
	}
	return q.write(ctx, change)
}

func (q *Queue) glance(ctx context.Context, change func(tx *transaction) error) bool {
	q.using.RLock()
	defer q.using.RUnlock()
	if ctx.Err() != nil || q.closed || q.opts.ReadOnly || q.books == nil || q.books.journal == nil {
		return false
	}
	return guarded(func() error { return lookAt(q.books.db, change) }) == nil
}

// Watch gives a channel that receives after changes; several changes may come
// as one. stop ends it.
func (q *Queue) Watch() (changed <-chan struct{}, stop func()) { return q.watchers.Watch() }
