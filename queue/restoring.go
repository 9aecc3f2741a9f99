package queue

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"pkidstation/queue/journal"
)

// How a backup is restored. What is in the data folder is touched last, and never
// deleted:
//
//	FILE ──► index, journal in a folder of their own ──► checked ──► another station's
//	                                                                      │
//	   restore.pending ──► queue.db, journal put aside ──► the new ones in their place
//
// From when restore.pending is on the disk, a start that finds it does the rest.
//
// Since the backup was made its station may have gone on: what was open in it may
// have been sent. So the restored queue is another station, with an id of its own,
// and nothing that was open in the backup is sent before Partner Center was asked:
// see Entry.Restored. What it handed over since is moved: see movedSince.

// RestoreOptions say how a backup is restored.
type RestoreOptions struct {
	// Station names the new station, Program this process to others.
	Station, Program string
	// By is who restores.
	By string
	// Hold holds what was ready: nobody here can ask Partner Center.
	Hold bool
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// A Restored says what was restored.
type Restored struct {
	Head    BackupHead
	Station StationRecord
	// Counts are how many entries stand where, Doubtful how many of them may have
	// been sent since, Held those that are held for it, and Moved those that were
	// handed over since.
	Counts   Counts
	Doubtful int
	Held     int
	Moved    int
	// Aside is the folder that has what was in the data folder, "" for nothing.
	Aside string
}

// Restore puts a backup into a data folder that nobody has open: else it fails
// with *InUseError. It fails with ErrNotBackup or ErrNewer and has changed nothing
// where the file is not a whole backup.
func Restore(ctx context.Context, folder, file string, opts RestoreOptions) (Restored, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return Restored{}, openError(folder, err)
	}
	lock, err := takeLock(folder)
	if err != nil {
		return Restored{}, err
	}
	r, err := restore(ctx, folder, file, opts)
	if err = errors.Join(err, lock.Unlock()); err != nil {
		return r, fmt.Errorf("restoring a backup: %w", err)
	}
	return r, nil
}

// restorePrefix names the folder that a restored queue is made in.
const restorePrefix = "restore-"

func restore(ctx context.Context, folder, file string, opts RestoreOptions) (Restored, error) {
	if err := finishRestore(folder); err != nil {
		return Restored{}, err
	}
	sweepUnfinished(folder, restorePrefix)
	work, err := os.MkdirTemp(folder, restorePrefix+"*"+unfinished)
	if err != nil {
		return Restored{}, openError(folder, err)
	}
	r, err := prepareRestored(ctx, work, file, handedOver(folder), opts)
	if err == nil {
		r.Aside, err = swapIn(folder, work, opts.Now())
	} else {
		err = errors.Join(err, os.RemoveAll(work))
	}
	return r, err
}

// prepareRestored makes the restored queue in a folder of its own.
func prepareRestored(ctx context.Context, work, file string, since movedSince, opts RestoreOptions) (Restored, error) {
	head, err := unpackBackup(ctx, file, work)
	if err != nil {
		return Restored{}, err
	}
	q, err := Open(work, Options{Station: opts.Station, Program: opts.Program, Now: opts.Now})
	if err != nil {
		return Restored{}, err
	}
	r := Restored{Head: head}
	err = q.becomeRestored(ctx, &r, since, opts)
	if err == nil {
		r.Counts, err = q.Counts(ctx)
	}
	if err == nil {
		var wrong []string
		if wrong, err = q.Check(ctx); len(wrong) > head.Wrong {
			err = fmt.Errorf("%w: %s", ErrNotBackup, wrong[0])
		}
	}
	return r, errors.Join(err, q.Close())
}

// becomeRestored makes the queue another station's, which knows that the one
// before may have gone on.
func (q *Queue) becomeRestored(ctx context.Context, r *Restored, since movedSince, opts RestoreOptions) error {
	return q.write(ctx, func(tx *transaction) error {
		r.Doubtful, r.Held, r.Moved = 0, 0, 0
		r.Station = StationRecord{ID: uuid.NewString(), Name: q.station, Since: q.now(), From: r.Head.StationID, BackedUpAt: r.Head.CreatedAt}
		if err := put(tx, bucketSetting, []byte(keyStation), r.Station); err != nil {
			return err
		}
		note := "backup of " + r.Head.Station + " " + r.Head.StationID + ", made " + r.Head.CreatedAt.Format(time.RFC3339)
		if err := q.audit(tx, 0, AuditLine{By: opts.By, Action: ActionRestore, Note: note}); err != nil {
			return err
		}
		hands, err := handsOver(tx)
		if err == nil {
			err = q.moveRestored(tx, since, r, opts)
		}
		if err != nil {
			return err
		}
		opts.Hold = opts.Hold || since.torn || since.absent && hands
		for _, state := range []State{Held, Ready, Planned, Rejected} {
			if err := q.doubtRestored(tx, state, r, opts); err != nil {
				return err
			}
		}
		return q.doubtPlans(tx)
	})
}

// doubtRestored marks the entries of a state.
func (q *Queue) doubtRestored(tx *transaction, state State, r *Restored, opts RestoreOptions) error {
	all, err := live(tx, bucketState, wordPrefix(string(state)))
	if err != nil {
		return err
	}
	for _, e := range all {
		after := e
		after.Restored = true
		after.Sent = e.Sent || state != Held && state != Rejected // for all that anybody knows here
		if state != Held {
			r.Doubtful++
		}
		if state != Ready || !opts.Hold {
			if err := store(tx, e, after); err != nil {
				return err
			}
			continue
		}
		r.Held++
		after.State, after.Reason = Held, FromBackup
		if err := q.change(tx, e, after, AuditLine{By: opts.By, Action: ActionRestore, Reason: FromBackup}); err != nil {
			return err
		}
	}
	return nil
}

// doubtPlans marks the plans that are not known to be taken.
func (q *Queue) doubtPlans(tx *transaction) error {
	var open []Plan
	err := in(tx, bucketPlanOpen).ForEach(func(k, _ []byte) error {
		p, err := get[Plan](tx, bucketPlan, k, ErrNoPlan)
		open = append(open, p)
		return err
	})
	if err != nil {
		return err
	}
	for _, p := range open {
		if p.State != PlanPlanned {
			continue
		}
		p.Again, p.Restored = true, true
		if err := putPlan(tx, p); err != nil {
			return err
		}
	}
	return nil
}

// replacedFiles are what a restored queue takes the place of, in the order in
// which they go: the journal alone is a whole queue, the index alone is not.
func replacedFiles() []string { return []string{FileName, journal.FolderName} }

// swapIn puts what was made in work in the place of what is in folder.
func swapIn(folder, work string, now time.Time) (aside string, err error) {
	p := pending{New: filepath.Base(work)}
	for _, name := range replacedFiles() {
		if _, err := os.Lstat(filepath.Join(folder, name)); err == nil {
			p.Aside = "before-restore-" + now.UTC().Format("20060102-150405")
		}
	}
	if p.Aside != "" {
		if aside, err = freshFolder(folder, p.Aside); err != nil {
			return "", errors.Join(err, os.RemoveAll(work))
		}
		p.Aside = filepath.Base(aside)
	}
	if err := errors.Join(syncFolder(work), p.write(folder)); err != nil {
		return "", errors.Join(err, os.RemoveAll(work))
	}
	return aside, finishRestore(folder)
}

// freshFolder makes a folder of that name, or of the next that is free.
func freshFolder(folder, name string) (string, error) {
	var err error
	for n := range 1000 {
		path := filepath.Join(folder, name)
		if n > 0 {
			path = fmt.Sprintf("%s-%d", path, n)
		}
		if err = os.Mkdir(path, 0o700); err == nil {
			return path, syncFolder(folder)
		}
		if !errors.Is(err, os.ErrExist) {
			break
		}
	}
	return "", fmt.Errorf("making %s: %w", name, err)
}
