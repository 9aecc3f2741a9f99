package queue

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/gofrs/flock"
	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"pkidstation/queue/journal"
)

// FileName is the queue's file in the data folder.
const FileName = "queue.db"

// lockWait is how long Open waits for another process to let go: scripts are
// promised an answer within 3 s.
const lockWait = 1500 * time.Millisecond

// Options say how a queue is opened.
type Options struct {
	// Station names this station in entries and audit.
	Station string
	// Program names this process to others that want the queue.
	Program string
	// ReadOnly opens for looking only.
	ReadOnly bool
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Idle is when a supervisor's Pass ends that nobody uses; 0 means 5 minutes.
	Idle time.Duration
	// Room is how much room there must be on the disk; the zero Room asks for none.
	Room Room
	// Segment is the length of the journal's segments in bytes; 0 means 1 MiB.
	Segment int64

	// These are for tests: what is told before and after queue.db is synced, the
	// journal's file system, the changes between two checkpoints, the bytes by
	// which queue.db grows and those that are mapped at once; zero is what it is
	// without a test. The pages that a change is reckoned to take are another.
	onSync                         func(done bool)
	disk                           journal.FS
	every, growBy, mapped, reserve int
}

// Open opens the queue in the data folder, and makes it if there is none. It
// fails with *InUseError, ErrNotQueue, ErrNewer or ErrNotWritable. A file that it
// cannot use it puts aside where the journal has what was in it, and else leaves
// untouched.
func Open(folder string, opts Options) (*Queue, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	nothing := func() error { return nil }
	q := &Queue{folder: folder, opts: opts, station: valid(opts.Station), now: opts.Now, release: nothing, unlock: nothing}
	if opts.ReadOnly {
		b, err := booksToLook(folder)
		if err != nil {
			return nil, err
		}
		q.books = b
		return q, nil
	}
	lock, err := takeLock(folder)
	if err != nil {
		return nil, err
	}
	var b *books
	var told Recovery
	if err = finishRestore(folder); err == nil {
		b, told, err = openBooks(folder, opts, false)
	}
	if err != nil {
		return nil, openError(folder, errors.Join(err, lock.Unlock()))
	}
	q.books, q.recovery = b, told
	q.release, q.unlock = claim(folder, opts.Program, q.now()), lock.Unlock
	return q, nil
}

// LockName is the file whose lock says that a process has the queue.
const LockName = "queue.lock"

// takeLock makes this process the queue's owner, or says who is.
//
//nolint:contextcheck,nolintlint // Open takes no context: it waits a moment at most
func takeLock(folder string) (*flock.Flock, error) {
	lock := flock.New(filepath.Join(folder, LockName), flock.SetPermissions(0o600))
	ctx, stop := context.WithTimeout(context.Background(), lockWait)
	defer stop()
	switch got, err := lock.TryLockContext(ctx, lockWait/30); {
	case got:
		return lock, nil
	case err == nil, errors.Is(err, context.DeadlineExceeded):
		return nil, &InUseError{Owner: ownerOf(folder)}
	default:
		return nil, openError(folder, err)
	}
}

// prepare makes sure that there is a queue file worth opening.
func prepare(path string, readOnly bool) error {
	switch err := recognise(path); {
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist) || readOnly:
		return fmt.Errorf("opening %s: %w", path, err)
	}
	if err := create(path); err != nil && recognise(path) != nil {
		return openError(filepath.Dir(path), fmt.Errorf("making %s: %w", path, err))
	}
	return nil
}

// create makes the file whole under another name and then gives it its own:
// bbolt torn in its first writes cannot be told from later damage. The name is
// this process's alone: another one that starts now makes its own. A crash before
// that leaves a *.new that the next start sweeps away.
func create(path string) error {
	fresh, err := freshIndex(filepath.Dir(path))
	if err != nil {
		return err
	}
	if err := place(fresh, path); err != nil {
		return err
	}
	sweep(path)
	return syncFolder(filepath.Dir(path))
}

// freshIndex makes an empty file of a queue under a name of its own.
func freshIndex(folder string) (string, error) {
	made, err := os.CreateTemp(folder, FileName+".*.new")
	if err != nil {
		return "", err
	}
	fresh := made.Name()
	if err := made.Close(); err != nil {
		return "", err
	}
	db, err := bbolt.Open(fresh, 0o600, &bbolt.Options{Timeout: lockWait})
	if err != nil {
		return "", errors.Join(err, os.Remove(fresh))
	}
	if err := errors.Join(update(db, layOut), db.Close()); err != nil {
		return "", errors.Join(err, os.Remove(fresh))
	}
	return fresh, nil
}

// sweep removes what earlier starts left unfinished. Now that there is a queue,
// whoever is still making one does without theirs.
func sweep(path string) {
	left, _ := filepath.Glob(path + "*.new") // a folder with odd signs keeps its litter
	for _, fresh := range left {
		_ = os.Remove(fresh)
	}
}

// place gives the fresh file its name, unless another process that started at
// the same time was first: a rename would put an empty queue over its captures.
func place(fresh, path string) error {
	switch err := os.Link(fresh, path); {
	case err == nil, errors.Is(err, fs.ErrExist):
		return os.Remove(fresh)
	default: // a file system without links
		return os.Rename(fresh, path)
	}
}

func layOut(tx *transaction) error {
	for _, name := range buckets() {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	return in(tx, bucketMeta).Put([]byte("schema"), []byte(strconv.Itoa(schemaVersion)))
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0) //nolint:gosec // the data folder is the person's choice
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// reindex puts every entry and reception into the indexes that the file did not have.
func reindex(tx *transaction) error {
	err := in(tx, bucketReception).ForEach(func(k, v []byte) error {
		r, err := decode[Reception](v)
		if err != nil {
			return corruptError(bucketReception, k, err)
		}
		if r.Order == "" {
			return nil
		}
		return in(tx, bucketOrder).Put(orderKey(r), present())
	})
	if err != nil {
		return err
	}
	return in(tx, bucketEntry).ForEach(func(k, v []byte) error {
		e, err := decode[Entry](v)
		if err != nil {
			return corruptError(bucketEntry, k, err)
		}
		for at, key := range indexKeys(e) {
			if err := in(tx, at).Put(key, present()); err != nil {
				return fmt.Errorf("making the %s index: %w", at, err)
			}
		}
		return nil
	})
}

// recognise looks whether the file begins as a bbolt file does, so that a
// stranger's file is refused before anything locks, maps or writes it.
func recognise(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	// Two pages are the least. A pipe would keep us waiting.
	if !info.Mode().IsRegular() || info.Size() < 2*int64(os.Getpagesize()) {
		return ErrNotQueue
	}
	f, err := os.Open(path) //nolint:gosec // the data folder is the person's choice
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	const magic, magicAt, pageMax = 0xED0CDAED, 16, 1 << 16
	head := make([]byte, 2*pageMax)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return err
	}
	for page := 0; page <= pageMax; page = max(1024, page*2) {
		if at := page + magicAt; at+4 <= n && binary.NativeEndian.Uint32(head[at:]) == magic {
			return nil
		}
	}
	return ErrNotQueue
}

// openError gives an error of the file system or of bbolt its meaning.
func openError(folder string, err error) error {
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return &InUseError{Owner: ownerOf(folder)}
	case errors.Is(err, ErrDamaged), errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch):
		return fmt.Errorf("%w: %w", ErrNotQueue, err)
	case errors.Is(err, fs.ErrPermission), readOnlyFS(err):
		return fmt.Errorf("%w: %w", ErrNotWritable, err)
	case errors.Is(err, ErrNotQueue), errors.Is(err, ErrNewer), errors.Is(err, ErrNotOpened):
		return fmt.Errorf("opening the queue: %w", err)
	default: // bbolt gives some of the disk's errors as text only
		return fmt.Errorf("%w: %w", ErrNotOpened, err)
	}
}
