package queue

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"pkidstation/queue/journal"
)

// A backup is older than what its station did since. What that handed over is
// another station's, which Partner Center cannot be asked about: it may not have
// sent it yet. So what the replaced queue knows of handovers is taken along, and
// what may have come back since is held. Where nobody knows, whatever was ready is
// held: the replaced queue cannot be read whole, or is not here and the station had
// handed over before.

// A movedSince is what the replaced queue says of handovers.
type movedSince struct {
	gone  map[string]departed // entries that are moved, by their ID
	out   map[string]Handover // handovers that went out
	names map[uint64]string   // its operators

	absent bool // there is no replaced queue
	torn   bool // it cannot be read whole
}

// A departed is an entry that is moved.
type departed struct {
	seq  uint64
	by   string // the handover
	box  string // what the box is known by
	back bool   // an entry of the same box came later
}

// handedOver reads the journal of the queue in folder, which is a whole queue: once
// for what is moved, and once for what came back of it.
func handedOver(folder string) movedSince {
	m := movedSince{gone: map[string]departed{}, out: map[string]Handover{}, names: map[uint64]string{}}
	path := filepath.Join(folder, journal.FolderName)
	if _, err := os.Stat(path); err != nil {
		_, none := os.Stat(filepath.Join(folder, FileName))
		m.absent = errors.Is(err, fs.ErrNotExist) && errors.Is(none, fs.ErrNotExist)
		m.torn = !m.absent
		return m
	}
	m.read(path, m.hear)
	if len(m.gone) == 0 {
		return m
	}
	boxes := map[string][]string{}
	for id, d := range m.gone {
		boxes[d.box] = append(boxes[d.box], id)
	}
	m.read(path, func(c recordChange) error {
		if c.bucket != bucketEntry {
			return nil
		}
		e, err := decode[Entry](c.value)
		for _, id := range boxes[boxOf(e)] {
			if d := m.gone[id]; id != e.ID && e.Seq > d.seq && e.State != Moved {
				d.back = true
				m.gone[id] = d
			}
		}
		return err
	})
	return m
}

// boxOf is what a box is known by.
func boxOf(e Entry) string { return string(e.PKID) + "\x00" + e.Serial }

// read has each record of a journal heard. What cannot be read is noted.
func (m *movedSince) read(path string, hear func(recordChange) error) {
	j, report, err := journal.Open(path, journal.Options{ReadOnly: true})
	if err != nil {
		m.torn = true // a queue is restored because it is damaged
		return
	}
	defer j.Close() //nolint:errcheck // nothing was written
	m.torn = m.torn || report.Torn != nil || len(report.Damage) > 0
	for line, err := range j.Lines(1) {
		if _, damaged := errors.AsType[*journal.DamageError](err); damaged {
			m.torn = true
			continue
		}
		if err != nil {
			m.torn = true
			return
		}
		if line.Kind != lineChange && line.Kind != lineBase && line.Kind != linePart {
			continue
		}
		changes, err := readChanges(line.Body)
		m.torn = m.torn || err != nil
		for _, c := range changes {
			if c.value != nil && hear(c) != nil {
				m.torn = true
			}
		}
	}
}

// hear takes what one record says of handovers.
func (m *movedSince) hear(c recordChange) error {
	switch c.bucket {
	case bucketEntry:
		e, err := decode[Entry](c.value)
		if delete(m.gone, e.ID); e.State == Moved {
			m.gone[e.ID] = departed{seq: e.Seq, by: e.WentBy, box: boxOf(e)}
		}
		return err
	case bucketMoved:
		h, err := decode[Handover](c.value)
		if err == nil && h.Way == HandoverOut {
			m.out[h.ID] = h
		}
		return err
	case bucketOperator:
		o, err := decode[Operator](c.value)
		m.names[o.Number] = o.Name
		return err
	default:
		return nil
	}
}

// moveRestored moves what the replaced queue has handed over, holds what may have
// come back, and keeps the handovers: a file that was lost can be written again.
func (q *Queue) moveRestored(tx *transaction, since movedSince, r *Restored, opts RestoreOptions) error {
	for _, id := range slices.Sorted(maps.Keys(since.out)) {
		if in(tx, bucketMoved).Get([]byte(id)) != nil {
			continue
		}
		h := since.out[id]
		if h.ByNumber > 0 { // a number of the replaced queue's
			h.By, h.ByNumber = since.names[h.ByNumber], 0
		}
		if err := put(tx, bucketMoved, []byte(id), h); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(since.gone)) {
		e, err := entryByID(tx, id)
		if errors.Is(err, ErrNoEntry) || err == nil && !mayHaveGone(e) {
			continue // it came after the backup, or Microsoft had it
		}
		if err == nil {
			err = q.moveOne(tx, e, since.gone[id], r, opts)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mayHaveGone says whether an entry of a backup may have been handed over since.
func mayHaveGone(e Entry) bool {
	return e.State.NeverSent() || e.State == Planned || e.State == Rejected
}

func (q *Queue) moveOne(tx *transaction, e Entry, d departed, r *Restored, opts RestoreOptions) error {
	after, plan := e, ""
	if e.State == Planned {
		plan, after.Plan = e.Plan, ""
	}
	if e.State == Rejected {
		after = again(e)
	}
	line := AuditLine{By: opts.By, Action: ActionRestore, Note: "handover " + d.by + ", after the backup was made"}
	if known := in(tx, bucketMoved).Get([]byte(d.by)) != nil; known && !d.back {
		after.State, after.Reason, after.WentBy = Moved, "", d.by
		r.Moved++
	} else {
		after.State, after.Reason, line.Reason = Held, FromBackup, FromBackup
		after.Restored = true
		r.Held++
	}
	if err := q.change(tx, e, after, line); err != nil || plan == "" {
		return err
	}
	return q.shrink(tx, plan)
}

// handsOver says whether anything was ever handed over from here.
func handsOver(tx *transaction) (bool, error) {
	var some bool
	err := in(tx, bucketMoved).ForEach(func(_, v []byte) error {
		h, err := decode[Handover](v)
		some = some || h.Way == HandoverOut
		return err
	})
	return some, err
}
