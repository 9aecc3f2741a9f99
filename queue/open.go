package queue

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
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
	db, err := openFile(path, opts.ReadOnly)
	if err != nil {
		return nil, openError(folder, err)
	}
	q := &Queue{db: db, station: opts.Station, now: opts.Now, watchers: map[chan struct{}]struct{}{}}
	if q.now == nil {
		q.now = time.Now
	}
	if err := db.View(checkSchema); err != nil {
		return nil, errors.Join(fmt.Errorf("opening %s: %w", path, err), db.Close())
	}
	if !opts.ReadOnly {
		q.release = claim(folder, opts.Program, q.now())
	}
	return q, nil
}

// prepare makes sure that there is a queue file worth opening.
func prepare(path string, readOnly bool) error {
	switch err := recognise(path); {
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist) || readOnly:
		return fmt.Errorf("opening %s: %w", path, err)
	}
	if err := create(path); err != nil {
		return openError(filepath.Dir(path), fmt.Errorf("making %s: %w", path, err))
	}
	return nil
}

// create makes the file whole under another name and then renames it: bbolt
// torn in its first writes cannot be told from later damage. A crash before
// the rename leaves a *.new that the next start replaces.
func create(path string) error {
	fresh := path + ".new"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	db, err := bbolt.Open(fresh, 0o600, &bbolt.Options{Timeout: lockWait})
	if err != nil {
		return err
	}
	if err := errors.Join(db.Update(layOut), db.Close()); err != nil {
		return err
	}
	if err := os.Rename(fresh, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

func layOut(tx *bbolt.Tx) error {
	for _, name := range buckets() {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	return in(tx, bucketMeta).Put([]byte("schema"), []byte(strconv.Itoa(recordVersion)))
}

func checkSchema(tx *bbolt.Tx) error {
	meta := in(tx, bucketMeta)
	if meta == nil {
		return ErrNotQueue
	}
	version, err := strconv.Atoi(string(meta.Get([]byte("schema"))))
	switch {
	case err != nil:
		return ErrNotQueue
	case version > recordVersion:
		return ErrNewer
	}
	for _, name := range buckets() {
		if in(tx, name) == nil {
			return fmt.Errorf("%w: it has no %s", ErrNotQueue, name)
		}
	}
	return nil
}

// openFile opens with bbolt, which can panic on a damaged file.
func openFile(path string, readOnly bool) (db *bbolt.DB, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			db, err = nil, fmt.Errorf("%w: %v", ErrNotQueue, r)
		}
	}()
	return bbolt.Open(path, 0o600, &bbolt.Options{
		Timeout: lockWait, ReadOnly: readOnly, FreelistType: bbolt.FreelistMapType,
	})
}

// recognise looks whether the file begins as a bbolt file does, so that a
// stranger's file is refused before anything locks, maps or writes it.
func recognise(path string) error {
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
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch):
		return fmt.Errorf("%w: %w", ErrNotQueue, err)
	case errors.Is(err, fs.ErrPermission), readOnlyFS(err):
		return fmt.Errorf("%w: %w", ErrNotWritable, err)
	default:
		return fmt.Errorf("opening the queue: %w", err)
	}
}
