package queue

import (
	"errors"
	"strconv"
	"time"
)

// inOneDrop is how many blocks of a list a step of Retain takes away.
const inOneDrop = 10

// lists has the next list behind one of that number go in its time, a few blocks a
// step, and says how far it came and whether there is more. What it announced is
// identities of devices, and stays as long as those of entries; that it came, and
// its SHA-256, stay.
func (w *retaining) lists(last uint64) (_ uint64, more bool, err error) {
	c := in(w.tx, bucketAnnouncement).Cursor()
	looked := 0
	for k, v := c.Seek(seqKey(last + 1)); k != nil; k, v = c.Next() {
		a, err := decode[Announcement](v)
		if err != nil {
			return last, false, corruptError(bucketAnnouncement, k, err)
		}
		if looked++; looked > inOneLook {
			return last, true, nil
		}
		if !a.Dropped() {
			unfinished, err := w.list(a)
			if !unfinished {
				last = a.Number
			}
			return last, true, err
		}
		last = a.Number
	}
	return last, false, nil
}

// list has one list go, and says whether more of it is to go. Its time begins with
// the day that the calendar saw it first.
func (w *retaining) list(a Announcement) (more bool, err error) {
	key := "list " + strconv.FormatUint(a.Number, 10)
	seen, known := w.clock.Handed[key]
	switch {
	case !known:
		if w.clock.Handed == nil {
			w.clock.Handed = map[string]time.Time{}
		}
		w.clock.Handed[key] = w.clock.Today
		return false, w.clock.keep(w.tx)
	case !seen.Before(w.identity):
		return false, nil
	}
	if leaning, err := leaningOn(w.tx, map[uint64]bool{a.Number: true}); err != nil || len(leaning) > 0 {
		return false, err // the last of them takes it with it
	}
	for range inOneDrop {
		if a.First == 0 || a.First > a.Last {
			break
		}
		if err := a.dropFirst(w.tx); err != nil {
			return false, err
		}
	}
	w.gone = true
	if a.First != 0 && a.First <= a.Last {
		return true, put(w.tx, bucketAnnouncement, seqKey(a.Number), a)
	}
	delete(w.clock.Handed, key)
	a.DroppedAt = w.clock.Today
	return false, errors.Join(w.clock.keep(w.tx), put(w.tx, bucketAnnouncement, seqKey(a.Number), a))
}
