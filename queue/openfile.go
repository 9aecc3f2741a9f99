package queue

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"go.etcd.io/bbolt"
)

// booksToLook opens queue.db alone, for looking.
func booksToLook(folder string) (*books, error) {
	path := filepath.Join(folder, FileName)
	if err := prepare(path, true); err != nil {
		return nil, err
	}
	look, err := openToRead(path, true)
	if err != nil {
		return nil, openError(folder, err)
	}
	return &books{folder: folder, db: look.db, file: look.file}, nil
}

// openToChange opens a file that has all of a queue, to change it, with so many
// bytes mapped at once.
func openToChange(path string, mapped int) (*bbolt.DB, error) {
	look, err := openToRead(path, true)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(look.fit(), look.close()); err != nil {
		return nil, err
	}
	db, _, err := openFile(path, bbolt.Options{InitialMmapSize: mapped})
	return db, err
}

// A looking is a file that is open for looking.
type looking struct {
	db    *bbolt.DB
	file  *os.File
	pages pages // that were seen in use
}

// openToRead opens a file that has all of a queue, for looking; everyLeaf is for
// noRings. Its free pages are nobody's business.
func openToRead(path string, everyLeaf bool) (looking, error) {
	db, file, err := openFile(path, bbolt.Options{ReadOnly: true, InitialMmapSize: mapAtOnce()})
	if err != nil {
		return looking{}, err
	}
	look := looking{db: db, file: file}
	err = guarded(func() error {
		return lookAt(db, func(tx *transaction) (err error) {
			if look.pages, err = noRings(tx, file, everyLeaf); err != nil {
				return err
			}
			return checkSchema(tx)
		})
	})
	if err != nil {
		return looking{}, errors.Join(err, look.close())
	}
	return look, nil
}

// fit says whether the file can be opened to be changed. It is asked once.
func (l looking) fit() error {
	return guarded(func() error {
		return lookAt(l.db, func(tx *transaction) error { return fit(tx, &l.pages) })
	})
}

// close gives up the lock too, which bbolt leaves to the system.
func (l looking) close() error { return errors.Join(unlock(l.file), guarded(l.db.Close)) }

func checkSchema(tx *transaction) error {
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

// openFile opens with bbolt, once the head pages were looked at. bbolt can panic on
// a damaged file and then leaves it open and locked.
func openFile(path string, opts bbolt.Options) (db *bbolt.DB, file *os.File, err error) {
	logger := &breakingOff{}
	opts.Timeout, opts.FreelistType, opts.Logger = lockWait, bbolt.FreelistMapType, logger
	opts.OpenFile = func(name string, flag int, mode os.FileMode) (*os.File, error) {
		f, err := os.OpenFile(name, flag, mode) //nolint:gosec // the data folder is the person's choice
		if err != nil {
			return nil, err
		}
		if err := plausible(f); err != nil {
			return nil, errors.Join(err, f.Close())
		}
		file = f
		return f, nil
	}
	err = guarded(func() (err error) {
		db, err = bbolt.Open(path, 0o600, &opts)
		return err
	})
	if errors.Is(err, ErrDamaged) && file != nil {
		err = errors.Join(err, letGo(file))
	}
	logger.ready = true
	return db, file, err
}
