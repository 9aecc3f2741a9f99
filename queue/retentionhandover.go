package queue

import (
	"bytes"
	"errors"
	"time"
)

// ErrHandoverGone says that the file of a handover cannot be written again: the
// time is over for which what it has was kept.
var ErrHandoverGone = errors.New("the handover's file is kept no longer")

// handovers takes away what the next handover's file has, if that went out before
// what is kept, and says where to go on, nil for nowhere. It is one a step that has
// a body, for a body is long.
func (w *retaining) handovers(after []byte) (next []byte, err error) {
	c := in(w.tx, bucketMoved).Cursor()
	k, v := c.Seek(after)
	if bytes.Equal(k, after) {
		k, v = c.Next()
	}
	for looked := 0; k != nil && looked < inOneLook; looked++ {
		h, err := decode[Handover](v)
		if err != nil {
			return nil, corruptError(bucketMoved, k, err)
		}
		next = bytes.Clone(k)
		if h.Body != nil {
			return next, w.handover(h)
		}
		k, v = c.Next()
	}
	return next, nil
}

// handover has a handover's file go in its time, which begins with the day that
// the calendar saw it first.
func (w *retaining) handover(h Handover) error {
	seen, known := w.clock.Handed[h.ID]
	switch {
	case !known:
		if w.clock.Handed == nil {
			w.clock.Handed = map[string]time.Time{}
		}
		w.clock.Handed[h.ID] = w.clock.Today
		return w.clock.keep(w.tx)
	case !seen.Before(w.rest):
		return nil
	}
	delete(w.clock.Handed, h.ID)
	if err := w.clock.keep(w.tx); err != nil {
		return err
	}
	h.Body, h.Gone = nil, true
	w.gone = true
	return put(w.tx, bucketMoved, []byte(h.ID), h)
}
