package queue

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"pkidstation/queue/journal"
)

// CheckJournal reads the whole journal, beside whoever writes it, and gives what
// is wrong with it, one sentence each, and how many of its changes queue.db does
// not have yet: the next start puts them there. A queue of an earlier version has
// no journal, and nothing is wrong with that.
//
// The audit is held against the journal too: what was cut off the end of the one
// is in the other.
func (q *Queue) CheckJournal(ctx context.Context) (wrong []string, behind int, err error) {
	wrong, anchored, behind, err := q.checkJournal(ctx)
	return append(wrong, anchored...), behind, err
}

// checkJournal tells apart what is wrong with the journal and what is wrong with
// the audit by the journal's word. What it finds it looks for once more: the
// journal may have been made short meanwhile.
func (q *Queue) checkJournal(ctx context.Context) (wrong, anchored []string, behind int, err error) {
	wrong, anchored, behind, err = q.readJournal(ctx)
	if err == nil && len(wrong)+len(anchored) > 0 {
		wrong, anchored, behind, err = q.readJournal(ctx)
	}
	return wrong, anchored, behind, err
}

func (q *Queue) readJournal(ctx context.Context) (wrong, anchored []string, behind int, err error) {
	folder := filepath.Join(q.folder, journal.FolderName)
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, 0, nil
	}
	a := anchor{queue: q}
	if err := a.weigh(ctx); err != nil {
		return nil, nil, 0, err
	}
	j, _, err := journal.Open(folder, journal.Options{ReadOnly: true})
	if err != nil {
		return nil, nil, 0, fmt.Errorf("opening the journal: %w", err)
	}
	defer j.Close() //nolint:errcheck // nothing was written
	for line, err := range j.Lines(1) {
		if ctx.Err() != nil {
			return wrong, a.wrong, behind, context.Cause(ctx)
		}
		if damage, damaged := errors.AsType[*journal.DamageError](err); damaged {
			wrong = append(wrong, damage.Error())
			continue
		}
		if err != nil {
			return wrong, a.wrong, behind, fmt.Errorf("reading the journal: %w", err)
		}
		if line.Kind != lineChange && line.Kind != lineBase && line.Kind != linePart {
			continue
		}
		changes, err := readChanges(line.Body)
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("line %d of the journal: %v", line.Seq, err))
		}
		switch {
		case line.Seq <= a.applied:
			err = a.hold(ctx, changes)
		case line.Kind == lineChange:
			behind++
			err = nil
		}
		if err != nil {
			return wrong, a.wrong, behind, err
		}
	}
	if last := j.Last(); a.applied > last {
		wrong = append(wrong, fmt.Sprintf("queue.db has line %d of the journal, which ends with line %d", a.applied, last))
	}
	err = a.end(ctx)
	return wrong, a.wrong, behind, err
}
