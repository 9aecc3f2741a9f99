package queue

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
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
}

// Open opens the queue in the data folder, and makes it if there is none. It
// fails with *InUseError, ErrNotQueue, ErrNewer or ErrNotWritable; a file that
// it cannot use stays untouched.
func Open(folder string, opts Options) (*Queue, error) {
	path := filepath.Join(folder, FileName)
	if err := prepare(path, opts.ReadOnly); err != nil {
		return nil, err
	}
	if err := inspect(path, opts.ReadOnly); err != nil {
		return nil, openError(folder, err)
	}
	db, err := openSound(path, opts.ReadOnly)
	if err != nil {
		return nil, openError(folder, err)
	}
	if !opts.ReadOnly {
		if err := guarded(func() error { return migrate(db) }); err != nil {
			return nil, openError(folder, errors.Join(err, db.Close()))
		}
	}
	q := &Queue{
		db: db, station: valid(opts.Station), now: opts.Now,
		release: func() error { return nil }, watchers: map[chan struct{}]struct{}{},
	}
	if q.now == nil {
		q.now = time.Now
	}
	if !opts.ReadOnly {
		q.release = sync.OnceValue(claim(folder, opts.Program, q.now()))
	}
	return q, nil
}

// inspect opens a file that is to be written for looking first: bbolt may
// write as it opens, and what is refused stays untouched.
func inspect(path string, readOnly bool) error {
	if readOnly {
		return nil // opening it is no more than that
	}
	db, err := openSound(path, true)
	if err != nil {
		return err
	}
	return db.Close()
}

// openSound opens a file that has all of a queue.
func openSound(path string, readOnly bool) (*bbolt.DB, error) {
	db, err := openFile(path, readOnly)
	if err != nil {
		return nil, err
	}
	err = guarded(func() error { return db.View(checkSchema) })
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
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
	made, err := os.CreateTemp(filepath.Dir(path), FileName+".*.new")
	if err != nil {
		return err
	}
	fresh := made.Name()
	if err := made.Close(); err != nil {
		return err
	}
	db, err := bbolt.Open(fresh, 0o600, &bbolt.Options{Timeout: lockWait})
	if err != nil {
		return errors.Join(err, os.Remove(fresh))
	}
	if err := errors.Join(db.Update(layOut), db.Close()); err != nil {
		return errors.Join(err, os.Remove(fresh))
	}
	if err := place(fresh, path); err != nil {
		return err
	}
	sweep(path)
	return syncFolder(filepath.Dir(path))
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

func layOut(tx *bbolt.Tx) error {
	for _, name := range buckets() {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	return in(tx, bucketMeta).Put([]byte("schema"), []byte(strconv.Itoa(schemaVersion)))
}

// migrate brings an earlier file to the schema of now: all of it or nothing.
// Laying it out again makes the buckets that it lacks and leaves the others.
func migrate(db *bbolt.DB) error {
	current := false
	if err := db.View(func(tx *bbolt.Tx) error {
		current = string(in(tx, bucketMeta).Get([]byte("schema"))) == strconv.Itoa(schemaVersion)
		return nil
	}); err != nil || current {
		return err
	}
	return db.Update(func(tx *bbolt.Tx) error {
		if err := layOut(tx); err != nil {
			return err
		}
		return reindex(tx)
	})
}

// reindex puts every entry into the indexes that the file did not have.
func reindex(tx *bbolt.Tx) error {
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

func checkSchema(tx *bbolt.Tx) error {
	// A page behind the end is mapped, and reading it is a fault.
	switch file, err := os.Stat(tx.DB().Path()); {
	case err != nil:
		return fmt.Errorf("measuring the file: %w", err)
	case file.Size() < tx.Size():
		return fmt.Errorf("%w: %d of its %d bytes are left", ErrDamaged, file.Size(), tx.Size())
	}
	meta := in(tx, bucketMeta)
	if meta == nil {
		return ErrNotQueue
	}
	version, err := strconv.Atoi(string(meta.Get([]byte("schema"))))
	switch {
	case err != nil:
		return ErrNotQueue
	case version > schemaVersion:
		return ErrNewer
	}
	for _, name := range bucketsOf(version) {
		if in(tx, name) == nil {
			return fmt.Errorf("%w: it has no %s", ErrNotQueue, name)
		}
	}
	return nil
}

// openFile opens with bbolt, which can panic on a damaged file and then leaves
// it open and locked.
func openFile(path string, readOnly bool) (*bbolt.DB, error) {
	var db *bbolt.DB
	var file *os.File
	opts := bbolt.Options{
		Timeout: lockWait, ReadOnly: readOnly, FreelistType: bbolt.FreelistMapType,
		PreLoadFreelist: true, // here, where a panic is caught, and not in Check's goroutine
		OpenFile: func(name string, flag int, mode os.FileMode) (f *os.File, err error) {
			file, err = os.OpenFile(name, flag, mode) //nolint:gosec // the data folder is the person's choice
			return file, err
		},
	}
	err := guarded(func() (err error) {
		db, err = bbolt.Open(path, 0o600, &opts)
		return err
	})
	if errors.Is(err, ErrDamaged) && file != nil {
		return nil, errors.Join(err, letGo(file))
	}
	return db, err
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
	default:
		return fmt.Errorf("opening the queue: %w", err)
	}
}
