package journal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
)

// Lines reads the lines from number from on, in order, from the disk. It holds
// one line at a time and stops at the end; lines that are torn there, or just
// being appended, are not yet lines. Where something is missing it gives a
// *DamageError and goes on with the next intact line; after any other error it
// stops. What was retired is no damage.
func (j *Journal) Lines(from uint64) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		r := reading{journal: j, from: from, yield: yield}
		if err := r.all(); err != nil && !errors.Is(err, errEnough) {
			yield(Line{}, fmt.Errorf("reading the journal: %w", err))
		}
	}
}

// errEnough says that the reader asks for no more.
var errEnough = errors.New("enough")

// A reading goes over the segments for one call of Lines.
type reading struct {
	journal *Journal
	from    uint64
	yield   func(Line, error) bool

	chain
	name    string // of the segment in which chain.end is
	dirty   bool   // what is behind chain.end there is no line
	pending *DamageError
}

func (r *reading) all() error {
	segments := []segment{r.journal.newest()}
	if now := segments[0].first; now == 0 || now > r.from {
		var err error
		if segments, err = r.journal.behind(0); err != nil {
			return err
		}
	}
	for len(segments) > 1 && segments[1].first <= r.from {
		segments = segments[1:]
	}
	for len(segments) > 0 {
		r.enter(segments[0])
		if err := r.walk(segments[0]); err != nil {
			return err
		}
		if len(segments) == 1 {
			var err error
			if segments, err = r.more(segments[0]); err != nil {
				return err
			}
			continue
		}
		r.leave()
		segments = segments[1:]
	}
	if r.pending != nil && !r.yield(Line{}, r.pending) {
		return errEnough
	}
	return nil
}

// more gives the segments that came while seg, then the last, was read. They
// were begun after its last line, which may have been appended meanwhile.
func (r *reading) more(seg segment) ([]segment, error) {
	if r.journal.newest().first == seg.first {
		return nil, nil
	}
	segments, err := r.journal.behind(seg.first)
	if err != nil || len(segments) == 0 {
		return nil, err
	}
	if err := r.walk(seg); err != nil {
		return nil, err
	}
	r.leave()
	return segments, nil
}

// enter goes to the beginning of a segment.
func (r *reading) enter(seg segment) {
	switch {
	case r.name == "": // what came before it was not read
		r.chain = chain{last: seg.first - 1}
	case r.last+1 < seg.first:
		r.damage()
		r.chain = chain{last: seg.first - 1}
	}
	r.end, r.name = 0, seg.name()
}

// leave goes behind the end of a segment that is not the last.
func (r *reading) leave() {
	if r.dirty {
		r.damage()
	}
}

// damage notes that from here on lines are missing. It is told once, together
// with the line that reading goes on with.
func (r *reading) damage() {
	if r.pending == nil {
		r.pending = &DamageError{Segment: r.name, Offset: r.end, Seq: r.last + 1}
	}
}

func (r *reading) walk(seg segment) error {
	found, err := r.journal.walk(seg, r.chain, func(before chain, l Line, at int64) error {
		r.chain = before
		if at != before.end {
			r.damage()
		}
		return r.give(l)
	})
	if errors.Is(err, fs.ErrNotExist) { // removed since it was listed
		r.dirty = true
		return nil
	}
	r.chain, r.dirty = found.chain, found.dirty > 0
	return err
}

func (r *reading) give(l Line) error {
	if e := r.pending; e != nil {
		r.pending, e.Next = nil, l.Seq
		if l.Seq > r.from && !r.yield(Line{}, e) {
			return errEnough
		}
	}
	l.Body = bytes.Clone(l.Body)
	if l.Seq >= r.from && !r.yield(l, nil) {
		return errEnough
	}
	return nil
}

// newest is the segment that is being appended to, by this journal alone: there is
// none behind it, and whoever needs no earlier one need not look what else the folder
// has, which in a long journal is thousands. A journal that only looks knows none.
func (j *Journal) newest() segment {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.usable() != nil {
		return segment{}
	}
	return segment{first: j.first, plain: true}
}

// behind gives the segments with a higher number than first, in order.
func (j *Journal) behind(first uint64) ([]segment, error) {
	l, err := list(j.disk, j.folder)
	segments := l.segments
	for len(segments) > 0 && segments[0].first <= first {
		segments = segments[1:]
	}
	return segments, err
}

// maxLooks bounds how often a walk looks twice: as often as a reader beside an
// appender can meet it, once each time that it reads a chunk.
const maxLooks = maxSegment / chunk

// A found is what a walk over a segment came to.
type found struct {
	chain
	dirty int64 // behind what is no line at its end; 0 is nothing
	size  int64 // of the file
}

// walk goes over a segment from the end of c on, and gives visit each line that
// fits, with where reading stood before it and the line's offset.
func (j *Journal) walk(seg segment, c chain, visit func(before chain, l Line, at int64) error) (found, error) {
	s, err := j.open(seg, c.end)
	if err != nil {
		return found{chain: c}, err
	}
	defer func() { s.close() }()
	w := c.walk(s)
	for again, looks := int64(-1), 0; ; {
		before := w.chain
		l, at, err := w.next()
		switch {
		case errors.Is(err, io.EOF):
			if s.wrong || w.at >= maxSegment && s.size > maxSegment {
				w.dirty = max(w.dirty, w.at, 1)
			}
			return found{chain: w.chain, dirty: w.dirty, size: s.size}, nil
		case err != nil:
			return found{chain: before, dirty: w.dirty, size: s.size}, err
		case at != before.end && again != before.end && looks < maxLooks:
			// It may have been half written when we read it, and is whole by now.
			again, looks = before.end, looks+1
			fresh, err := j.open(seg, again)
			if err != nil {
				return found{chain: before}, err
			}
			s.close()
			s, w = fresh, before.walk(fresh)
			continue
		}
		if err := visit(before, l, at); err != nil {
			return found{chain: w.chain, size: s.size}, err
		}
	}
}
