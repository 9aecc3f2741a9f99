package queue

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/google/uuid"
	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"pkidstation/queue/journal"
)

// An opening is the way from what is in the data folder to books that agree.
//
//	journal has no mark ──► queue.db is right (or new) ──► base in the journal ──┐
//	closed, and nothing followed ──► opened as it is ────────────────────────────┤
//	in the middle ──► taken back to the last checkpoint ──► what followed ───────┤
//	an older copy, or more than the journal has ──► as it is, if it is whole ────┤
//	        │                                               applied anew         ▼
//	        └── cannot be read, is another's ──► put aside ──► made anew ──► checkpoint
type opening struct {
	folder  string
	path    string
	opts    Options
	journal *journal.Journal
	report  journal.Report

	mark     mark
	markLine uint64 // 0 for no mark
	clean    bool
	basis    uint64 // where a base begins that no mark ended, 0 for none
	change   uint64 // the last line with a change that was looked at
	told     Recovery
	ample    bool // what is applied anew may need more room than is mapped
}

// segment is how long the journal's segments are: room for a thousand changes.
const segment = 1 << 20

// growBy is by how much queue.db grows: each time costs a sync.
const growBy = 4 << 20

// openBooks opens the books of a folder whose lock this process has. rebuild says
// that the index is not to be used.
func openBooks(folder string, opts Options, rebuild bool) (*books, Recovery, error) {
	o := opening{folder: folder, path: filepath.Join(folder, FileName), opts: opts}
	size := opts.Segment
	if size == 0 {
		size = segment
	}
	if err := o.agree(); err != nil {
		return nil, o.told, err
	}
	var err error
	o.journal, o.report, err = journal.Open(filepath.Join(folder, journal.FolderName), journal.Options{SegmentSize: size, Now: opts.Now, FS: opts.disk})
	if err != nil {
		return nil, o.told, fmt.Errorf("opening the journal: %w", err)
	}
	b, err := o.open(rebuild)
	if errors.Is(err, bolterrors.ErrMaxSizeReached) { // more than was reckoned, and of a commit that failed nothing is used again
		o.ample = true
		b, err = o.open(rebuild)
	}
	if err != nil {
		return nil, o.told, errors.Join(err, o.journal.Close())
	}
	if err = b.measure(); err == nil {
		err = b.checkpoint()
	}
	if err != nil {
		return nil, o.told, errors.Join(err, b.letGo())
	}
	return b, o.told, nil
}

// agree refuses a folder with a file that no queue can be, as long as there is
// no journal to make another from.
func (o *opening) agree() error {
	if _, err := os.Stat(filepath.Join(o.folder, journal.FolderName)); err == nil {
		return nil
	}
	return prepare(o.path, false)
}

func (o *opening) open(rebuild bool) (*books, error) {
	if err := o.findMark(); err != nil {
		return nil, err
	}
	if o.markLine == 0 {
		return o.begin()
	}
	if !rebuild {
		db, err := o.index()
		if err == nil {
			b := o.booksOf(db)
			if err = b.catchUp(o); err == nil {
				return b, nil
			}
			err = errors.Join(err, b.closeIndex())
		}
		if !o.isLost(err) {
			return nil, err
		}
		o.told.Why = err
	}
	return o.rebuild()
}

// isLost says whether an index that could not be opened is to be made anew: not
// where the disk, a lock or a newer version of this program is what failed.
func (o *opening) isLost(err error) bool {
	return errors.Is(err, ErrDamaged) || errors.Is(err, ErrNotQueue) || errors.Is(err, fs.ErrNotExist) || errors.Is(err, errOther) ||
		errors.Is(openError(o.folder, err), ErrNotQueue)
}

// errOther is that queue.db is not the one that the journal speaks of.
var errOther = errors.New("the journal speaks of another file")

// findMark finds the last mark, and whether a change followed it. It is near the
// end, so the end is looked at first: as far back as there is a state that a start
// may begin with.
func (o *opening) findMark() error {
	last := o.journal.Last()
	for back := uint64(8); ; back *= 16 {
		from := uint64(1)
		if last > back {
			from = last - back
		}
		o.mark, o.markLine, o.clean, o.basis, o.change = mark{}, 0, false, 0, 0
		err := o.marksFrom(from)
		if found := o.markLine > 0 && (o.clean || len(o.mark.Heads) > 0); err != nil || found || from == 1 {
			return err
		}
	}
}

func (o *opening) marksFrom(from uint64) error {
	for line, err := range o.journal.Lines(from) {
		if _, damaged := errors.AsType[*journal.DamageError](err); damaged {
			continue
		}
		if err != nil {
			return fmt.Errorf("reading the journal: %w", err)
		}
		switch line.Kind {
		case lineClosed, lineCheckpoint:
			var m mark
			if json.Unmarshal(line.Body, &m) != nil {
				continue // as if it were not there
			}
			o.clean = line.Kind == lineClosed
			if len(m.Heads) > 0 || o.mark.File != m.File {
				o.mark = m
			}
			o.markLine, o.basis = line.Seq, 0
		case lineBasis:
			o.clean, o.basis = false, line.Seq
		case lineChange:
			o.clean, o.change = false, line.Seq
		default:
			o.clean = false
		}
	}
	return nil
}

// index opens queue.db in the state that what follows in the journal belongs to.
func (o *opening) index() (*bbolt.DB, error) {
	if err := recognise(o.path); err != nil {
		return nil, err
	}
	is := o.asItStands()
	switch {
	case errors.Is(is.err, ErrNewer), errors.Is(is.err, bolterrors.ErrTimeout):
		return nil, is.err
	case is.err == nil && is.id != o.mark.File:
		return nil, errOther
	case o.clean && o.basis == 0:
		return o.asItIs(is)
	case is.err == nil && (o.basis > 0 || is.applied < o.mark.Applied || is.applied > o.journal.Last() || len(o.report.Damage) > 0):
		// All that the journal once had, or an older copy: taking it back would lose
		// what no line has, or put the head of another state on it.
		return o.inDoubt(openToChange(o.path, o.first()))
	}
	if err := o.takeBack(); err != nil {
		return nil, err
	}
	db, err := openToChange(o.path, o.first())
	if err != nil {
		return nil, err
	}
	if id, applied, err := nameOf(db); err != nil || id != o.mark.File || applied != o.mark.Applied {
		return nil, errors.Join(cmp.Or(err, errOther), guarded(db.Close))
	}
	if is.err != nil {
		return o.inDoubt(db, nil)
	}
	return migrated(db)
}

// asItIs opens a file that was closed, and which nothing followed.
func (o *opening) asItIs(is standing) (*bbolt.DB, error) {
	if is.err != nil {
		return nil, is.err
	}
	db, _, err := openFile(o.path, bbolt.Options{InitialMmapSize: o.first()})
	if err != nil {
		return nil, err
	}
	return migrated(db)
}

// inDoubt reads all of a file that was opened, which may be torn.
func (o *opening) inDoubt(db *bbolt.DB, err error) (*bbolt.DB, error) {
	if err != nil {
		return nil, err
	}
	if err := wholly(db); err != nil {
		return nil, errors.Join(err, guarded(db.Close))
	}
	return migrated(db)
}

// migrated is an open file in the schema of now.
func migrated(db *bbolt.DB) (*bbolt.DB, error) {
	if err := guarded(func() error { return migrate(db) }); err != nil {
		return nil, errors.Join(err, guarded(db.Close))
	}
	return db, nil
}

// wholly reads all of a file of which nobody knows what a power cut left of it.
func wholly(db *bbolt.DB) error {
	return lookAt(db, func(tx *transaction) error {
		if wrong := checked(tx); len(wrong) > 0 {
			return fmt.Errorf("%w: %s", ErrDamaged, wrong[0])
		}
		return nil
	})
}

// takeBack makes the state of the last checkpoint the present of queue.db. What
// is overwritten says only which state that is.
func (o *opening) takeBack() error {
	if len(o.mark.Heads) == 0 {
		return fmt.Errorf("%w: the journal has no checkpoint", ErrDamaged)
	}
	f, err := os.OpenFile(o.path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("taking the index back: %w", err)
	}
	heads := make([]byte, headPages*o.mark.PageSize)
	for i, page := range o.mark.Heads {
		if i >= headPages || len(page) > o.mark.PageSize {
			break
		}
		copy(heads[i*o.mark.PageSize:], page)
	}
	if err = owned(f); err == nil {
		_, err = f.WriteAt(heads, 0)
	}
	if err = errors.Join(err, f.Sync(), letGo(f)); err != nil {
		return fmt.Errorf("taking the index back: %w", err)
	}
	return nil
}

// A standing is what queue.db says of itself before anything is done to it: its name
// and last line. err is why it does not, or, where it was closed and may be opened as
// it is, why it cannot be.
type standing struct {
	id      string
	applied uint64
	err     error
}

func (o *opening) asItStands() (is standing) {
	asClosed := o.clean && o.basis == 0
	look, err := openToRead(o.path, !asClosed)
	if err != nil {
		return standing{err: err}
	}
	is.id, is.applied, err = nameOf(look.db)
	if err == nil && asClosed && is.id == o.mark.File {
		err = look.fit()
	}
	is.err = errors.Join(err, look.close())
	return is
}

// nameOf is an index's name in the journal, and the last line that it has.
func nameOf(db *bbolt.DB) (id string, applied uint64, err error) {
	err = guarded(func() error {
		return lookAt(db, func(tx *transaction) error {
			meta := in(tx, bucketMeta)
			id, applied = string(meta.Get([]byte(keyFile))), keySeq(meta.Get([]byte(keyApplied)))
			return nil
		})
	})
	return id, applied, err
}

// first is how much of queue.db is mapped at once.
func (o *opening) first() int { return cmp.Or(o.opts.mapped, mapAtOnce()) }

func (o *opening) booksOf(db *bbolt.DB) *books {
	db.NoSync = true // the journal is synced instead; see books
	db.AllocSize = cmp.Or(o.opts.growBy, growBy)
	return &books{
		folder: o.folder, db: db, journal: o.journal, id: o.mark.File, listed: true,
		first: int64(o.first()), reserve: cmp.Or(o.opts.reserve, reserve), every: cmp.Or(o.opts.every, checkpointEvery), ready: newReadyNotes(), tallies: newTallyNotes(), onSync: o.opts.onSync,
	}
}

// begin is for a queue that has no journal yet: one that is new, or of an earlier
// version. All that it has becomes the journal's base.
func (o *opening) begin() (*books, error) {
	if err := prepare(o.path, false); err != nil {
		return nil, err
	}
	db, err := openToChange(o.path, o.first())
	if err != nil {
		return nil, err
	}
	// There is nothing to take its place, and whoever follows pages that are no
	// tree may never come back: the journal would be written full with them.
	err = guarded(func() error { return lookAt(db, hangTogether) })
	if err == nil {
		err = guarded(func() error { return migrate(db) })
	}
	if err != nil {
		return nil, errors.Join(err, guarded(db.Close))
	}
	o.mark.File = uuid.NewString()
	b := o.booksOf(db)
	if err := b.rebase(o); err != nil {
		return nil, errors.Join(err, b.closeIndex())
	}
	return b, nil
}

func (b *books) closeIndex() error {
	b.unpin()
	return guarded(b.db.Close)
}
