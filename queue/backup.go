package queue

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"pkidstation/queue/journal"
)

// How a backup is made beside a station that works:
//
//	journal, looked at ──► an index of its own ──► FILE.*.new, synced
//	                                                   │
//	        FILE ◄── named ◄── checked, counts alike ◄─┴─ restored into a folder of its own
//
// Whoever makes it reads the journal and nothing else. The journal has every
// change before its verdict, a line is one change and is there whole or not at
// all, and a reader beside the process that appends sees a prefix: so what is read
// is the station as it was at one moment, whoever owns the queue and whether or
// not anybody does. Nothing has to be asked of the owner, no request lies in the
// folder that nobody answers, and captures wait for nothing: queue.db, whose pages
// a long look would keep bbolt from giving away, is not opened. On Windows the
// segment being read cannot be renamed or removed meanwhile; the owner only does
// that when it packs or retires, and then tries again later.
//
// What is read may have a last line that its owner is just syncing. If the power
// fails there, the backup has a change of which no verdict was given, which is as
// good as one that came a moment later.

// BackupOptions say how a backup is made.
type BackupOptions struct {
	// Force writes over a file that is there.
	Force bool
	// Room is what captures must have left: see Room.Spare.
	Room Room
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// A Backup says what a backup has.
type Backup struct {
	// File is where it is, Size how long it is in bytes.
	File string
	Size int64
	BackupHead
}

// ErrBackupExists says: there is a file of that name, which is not written over.
var ErrBackupExists = errors.New("there is a file of that name already")

// MakeBackup writes all that the queue in the data folder has into one file, and
// gives it its name when it was restored once for proof. It may be called beside
// whoever owns the queue. It fails with ErrBackupExists, with ErrDamaged where the
// journal cannot be read whole, and with fs.ErrNotExist where there is no journal:
// a queue of an earlier version gets one when it is opened.
func MakeBackup(ctx context.Context, folder, file string, opts BackupOptions) (Backup, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if _, err := os.Lstat(file); err == nil && !opts.Force {
		return Backup{}, ErrBackupExists
	}
	// The index is made twice in the data folder, from the journal and for proof, and
	// the file itself may go to the same disk.
	if err := opts.Room.Spare(folder, 3*indexSize(folder)); err != nil {
		return Backup{}, err
	}
	lock, err := oneBackup(folder)
	if err != nil {
		return Backup{}, err
	}
	sweepUnfinished(folder, workPrefix)
	sweepUnfinished(filepath.Dir(file), filepath.Base(file)+".")
	work, err := os.MkdirTemp(folder, workPrefix+"*"+unfinished)
	if err != nil {
		return Backup{}, errors.Join(openError(folder, err), lock.Unlock())
	}
	b, err := backUp(ctx, folder, work, file, opts)
	if errors.Is(err, ErrDamaged) { // it may be that the journal was made short meanwhile
		err = errors.Join(os.RemoveAll(filepath.Join(work, "source")), os.RemoveAll(filepath.Join(work, "proof")))
		if err == nil {
			b, err = backUp(ctx, folder, work, file, opts)
		}
	}
	err = errors.Join(err, os.RemoveAll(work), lock.Unlock())
	if err != nil {
		return Backup{}, fmt.Errorf("making a backup: %w", err)
	}
	return b, nil
}

// workPrefix names the folders in which a backup is made and tried, in the data
// folder: there is room there, or else there is none for captures either.
const (
	workPrefix = "backup-"
	unfinished = ".new"
)

// ErrBackupRunning says: another process is making a backup of this queue.
var ErrBackupRunning = errors.New("a backup is being made already")

// oneBackup makes this process the one that makes a backup, so that what others
// left unfinished is nobody's.
func oneBackup(folder string) (*flock.Flock, error) {
	lock := flock.New(filepath.Join(folder, "backup.lock"), flock.SetPermissions(0o600))
	switch got, err := lock.TryLock(); {
	case err != nil:
		return nil, openError(folder, err)
	case !got:
		return nil, ErrBackupRunning
	}
	return lock, nil
}

// sweepUnfinished removes what a process left that was killed.
func sweepUnfinished(folder, prefix string) {
	left, _ := os.ReadDir(folder) // what cannot be listed is found out by whoever writes there
	for _, entry := range left {
		name := entry.Name()
		if len(name) > len(prefix)+len(unfinished) && strings.HasPrefix(name, prefix) && strings.HasSuffix(name, unfinished) {
			_ = os.RemoveAll(filepath.Join(folder, name))
		}
	}
}

func backUp(ctx context.Context, folder, work, file string, opts BackupOptions) (Backup, error) {
	source, err := shadow(ctx, folder, filepath.Join(work, "source"))
	if err != nil {
		return Backup{}, err
	}
	source.head.CreatedAt = opts.Now().UTC()
	if source.head.Line == 0 { // a journal without a line is no queue's
		return Backup{}, errors.Join(fs.ErrNotExist, source.close())
	}
	fresh, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*"+unfinished)
	if err != nil {
		return Backup{}, errors.Join(err, source.close())
	}
	err = errors.Join(source.write(ctx, fresh), fresh.Sync(), fresh.Close(), source.close())
	if err == nil {
		err = source.head.prove(ctx, fresh.Name(), filepath.Join(work, "proof"))
	}
	if err == nil {
		err = giveName(fresh.Name(), file, opts.Force)
	}
	if err != nil {
		_ = os.Remove(fresh.Name()) // what failed is told already
		return Backup{}, err
	}
	info, err := os.Stat(file)
	if err != nil {
		return Backup{}, err
	}
	return Backup{File: file, Size: info.Size(), BackupHead: source.head}, nil
}

// A shadowed is a queue's index, made beside it from its journal.
type shadowed struct {
	books *books
	head  BackupHead
}

// shadow makes an index of the journal in a folder of its own.
func shadow(ctx context.Context, folder, work string) (*shadowed, error) {
	if err := os.Mkdir(work, 0o700); err != nil {
		return nil, err
	}
	from := filepath.Join(folder, journal.FolderName)
	if _, err := os.Stat(from); err != nil {
		return nil, err
	}
	fresh, err := freshIndex(work)
	if err != nil {
		return nil, err
	}
	o := opening{folder: work}
	if o.journal, _, err = journal.Open(from, journal.Options{ReadOnly: true}); err != nil {
		return nil, fmt.Errorf("opening the journal: %w", err)
	}
	defer o.journal.Close() //nolint:errcheck // nothing was written
	db, err := openToChange(fresh, mapAtOnce())
	if err != nil {
		return nil, err
	}
	s := &shadowed{books: o.booksOf(db)}
	if err := s.fill(ctx, &o); err != nil {
		return nil, errors.Join(err, s.close())
	}
	s.books.journal = nil
	return s, nil
}

// fill applies the journal's lines, as far as there are any now.
func (s *shadowed) fill(ctx context.Context, o *opening) error {
	base, err := o.lastBase()
	if err != nil {
		return err
	}
	r := replay{books: s.books, from: base, commit: func(t *transaction, _ int) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return guarded(t.Commit)
	}}
	if err := r.run(); err != nil {
		return err
	}
	if r.missing > 0 {
		return fmt.Errorf("%w: %d lines of the journal cannot be read", ErrDamaged, r.missing)
	}
	s.head.Line = r.last
	return guarded(func() error {
		return lookAt(s.books.db, func(tx *transaction) error {
			s.head.Wrong = len(checked(tx))
			return s.head.count(tx)
		})
	})
}

func (s *shadowed) close() error { return guarded(s.books.db.Close) }

// write writes the index's records into a file.
func (s *shadowed) write(ctx context.Context, f *os.File) error {
	w, err := newBackupWriter(f, s.head)
	if err != nil {
		return err
	}
	err = guarded(func() error {
		return lookAt(s.books.db, func(tx *transaction) error {
			for _, bucket := range journaled() {
				err := in(tx, bucket).ForEach(func(k, v []byte) error {
					if ctx.Err() != nil {
						return context.Cause(ctx)
					}
					text, err := asText(v)
					if err != nil {
						return corruptError(bucket, k, err)
					}
					return w.add(recordChange{bucket, k, text})
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
	return errors.Join(err, w.close())
}

// prove restores a file for proof.
func (h BackupHead) prove(ctx context.Context, file, work string) error {
	if err := os.Mkdir(work, 0o700); err != nil {
		return err
	}
	got, err := unpackBackup(ctx, file, work)
	if err != nil {
		return err
	}
	if !got.alike(h) {
		return fmt.Errorf("%w: it has not what was written", ErrNotBackup)
	}
	return nil
}

// giveName gives a file its name, and takes no other file's unless force says so.
func giveName(fresh, file string, force bool) error {
	if !force {
		switch err := os.Link(fresh, file); {
		case err == nil:
			return errors.Join(os.Remove(fresh), syncFolder(filepath.Dir(file)))
		case errors.Is(err, fs.ErrExist):
			return ErrBackupExists
		}
		// A file system without links, such as a stick's.
		if _, err := os.Lstat(file); err == nil {
			return ErrBackupExists
		}
	}
	return errors.Join(os.Rename(fresh, file), syncFolder(filepath.Dir(file)))
}
