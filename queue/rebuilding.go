package queue

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/google/uuid"
	"go.etcd.io/bbolt"

	"pkidstation/queue/journal"
)

// rebuild puts queue.db aside and makes it anew from the journal. Where the
// journal cannot be read in places, what the old one still has fills the holes.
func (o *opening) rebuild() (*books, error) {
	fresh, err := freshIndex(o.folder)
	if err != nil {
		return nil, err
	}
	o.mark.File = uuid.NewString() // no checkpoint of the old one is a state of this
	if err := o.fill(fresh); err != nil {
		return nil, errors.Join(fmt.Errorf("making the index anew: %w", err), os.Remove(fresh))
	}
	if err := o.replace(fresh); err != nil {
		return nil, err
	}
	db, err := openToChange(o.path, o.first())
	if err != nil {
		return nil, err
	}
	o.told.Rebuilt = true
	b := o.booksOf(db)
	if o.told.Missing == 0 && !o.told.Rebased && o.basis == 0 {
		return b, nil
	}
	if err := b.rebase(o); err != nil {
		return nil, errors.Join(err, b.closeIndex())
	}
	return b, nil
}

// fill makes an index of the journal, and of the old one where that is needed.
func (o *opening) fill(fresh string) error {
	db, err := openToChange(fresh, mapAtOnce())
	if err != nil {
		return err
	}
	b := o.booksOf(db)
	base, err := o.lastBase()
	if err == nil {
		r := replay{books: b, from: base, commit: func(t *transaction, _ int) error { return guarded(t.Commit) }}
		err = r.run()
		o.told.Missing += r.missing
	}
	if err == nil && o.told.Missing > 0 {
		err = o.salvage(b)
	}
	if err == nil {
		err = guarded(func() error {
			return update(db, func(tx *transaction) error { return b.named(tx, b.journal.Last()) })
		})
	}
	if err == nil {
		err = db.Sync()
	}
	return errors.Join(err, guarded(db.Close))
}

// salvage takes from the old index what the journal cannot say any more. Where
// the old one was up to date its records win, and nothing is missing.
func (o *opening) salvage(b *books) error {
	look, err := openToRead(o.path, true)
	if err != nil {
		return nil // nothing of it can be read: then it is missing
	}
	defer look.close() //nolint:errcheck // nothing was written
	old := look.db
	if err := guarded(func() error { return lookAt(old, hangTogether) }); err != nil {
		return nil // whoever follows its pages may never come back: what it has is missing
	}
	_, applied, err := nameOf(old)
	upToDate := err == nil && applied >= o.change
	whole := err == nil
	for _, bucket := range journaled() {
		var found []recordChange
		err := guarded(func() error {
			return lookAt(old, func(tx *transaction) error {
				return in(tx, bucket).ForEach(func(k, v []byte) error {
					if _, err := indexesOf(tx, bucket, k, v); err != nil || len(k) > bbolt.MaxKeySize {
						whole = false
						return nil //nolint:nilerr // this record is missing, and the others are looked at
					}
					if found = append(found, recordChange{bucket, bytes.Clone(k), bytes.Clone(v)}); v[0] == packedVersion {
						found[len(found)-1].value, _ = unpack(v) // indexesOf has read it
					}
					return nil
				})
			})
		})
		whole = whole && err == nil
		if err := b.takeOver(found, upToDate); err != nil {
			return err
		}
	}
	if upToDate && whole {
		o.told.Missing, o.told.Rebased = 0, true
	}
	return b.recount()
}

// recount has no reception count fewer boxes than it has: its own record may be the
// one that neither book had, and the next box would get a number that another has.
func (b *books) recount() error {
	return guarded(func() error {
		return update(b.db, func(tx *transaction) error {
			last := map[string]int{}
			err := in(tx, bucketEntry).ForEach(func(_, v []byte) error {
				e, err := decode[Entry](v)
				last[e.Reception] = max(last[e.Reception], e.Number)
				return err
			})
			for id, n := range last {
				if r, missing := receptionByID(tx, id); err == nil && missing == nil && r.Boxes < n {
					r.Boxes = n
					err = put(tx, bucketReception, []byte(id), r)
				}
			}
			return err
		})
	})
}

// takeOver applies records of an old index that the new one lacks, or all.
func (b *books) takeOver(found []recordChange, all bool) error {
	return guarded(func() error {
		return update(b.db, func(tx *transaction) error {
			for _, c := range found {
				if in(tx, c.bucket).Get(c.key) != nil && !all {
					continue
				}
				if err := tx.apply(c); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// replace puts the fresh index in the place of the one that is, which it puts
// aside.
func (o *opening) replace(fresh string) error {
	if _, err := os.Lstat(o.path); err == nil {
		aside, err := o.asideName()
		if err != nil {
			return err
		}
		if err := os.Rename(o.path, aside); err != nil {
			return fmt.Errorf("putting the damaged file aside: %w", err)
		}
		o.told.Aside = aside
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(fresh, o.path); err != nil {
		return fmt.Errorf("putting the new index in its place: %w", err)
	}
	sweep(o.path)
	return syncFolder(o.folder)
}

// asideName is a name that says when, and that nothing has.
func (o *opening) asideName() (string, error) {
	stem := filepath.Join(o.folder, FileName+".damaged-"+o.opts.Now().UTC().Format("20060102-150405"))
	for n := range 1000 {
		name := stem
		if n > 0 {
			name = fmt.Sprintf("%s-%d", stem, n)
		}
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return name, nil
		}
	}
	return "", fmt.Errorf("putting the damaged file aside: %s and all names after it are taken", stem)
}

// lastBase is the line with which the journal's last whole base begins. It reads
// all of the journal, and notes its last change.
func (o *opening) lastBase() (uint64, error) {
	var begun, whole uint64
	for line, err := range o.journal.Lines(1) {
		if _, damaged := errors.AsType[*journal.DamageError](err); damaged {
			continue
		}
		if err != nil {
			return 0, fmt.Errorf("reading the journal: %w", err)
		}
		switch line.Kind {
		case lineChange:
			o.change = line.Seq
		case lineBasis:
			begun = line.Seq
		case lineWhole:
			var w wholeBase
			if json.Unmarshal(line.Body, &w) == nil && w.Begun < line.Seq {
				whole = max(whole, w.Begun)
			}
		case lineCheckpoint, lineClosed:
			if begun > 0 {
				whole, begun = begun, 0
			}
		}
	}
	return max(whole, 1), nil
}
