package ui

import (
	"context"

	"pkidstation/queue"
)

const (
	// sightMargin is how many rows around those in sight are asked for with them.
	sightMargin = 40
	// sightMost is the most entries that are kept in full.
	sightMost = 600
)

// A sight has the entries in full whose rows are looked at.
type sight struct {
	screen *queueScreen
	// entries are by sequence; round is when each was asked for, in rounds of outdate.
	entries map[uint64]seenEntry
	round   int

	low, high int  // the rows that were drawn since show
	missing   bool // and some of them have nothing, or something old
	due       bool // they are asked for in a moment
	asked     question
}

type seenEntry struct {
	entry queue.Entry
	there bool
	round int
}

// outdate says that what is known of entries may be old: it is shown until it is known
// anew.
func (s *sight) outdate() { s.round++ }

// show draws the table, and asks for what is in sight of it and not known.
func (s *sight) show() {
	s.low, s.high, s.missing, s.due = -1, -1, false, true
	s.screen.table.Refresh()
	s.due = false
	if s.missing {
		s.ask()
	}
}

// entry is the one of a row that is drawn now, if it is here.
func (s *sight) entry(row int) (queue.Entry, bool) {
	if s.low < 0 || row < s.low-sightMargin || row > s.high+sightMargin { // it was scrolled far
		s.low, s.high = row, row
	}
	s.low, s.high = min(s.low, row), max(s.high, row)
	seen, known := s.entries[s.screen.list.At(row).Seq]
	if !known || seen.round != s.round {
		s.missing = true
		if !s.due {
			s.due = true
			s.screen.window.clock.After(0, func() {
				s.due = false
				s.ask()
			})
		}
	}
	return seen.entry, seen.there
}

// ask asks for the entries in full of the rows in sight and around them.
func (s *sight) ask() {
	w, rows := s.screen.window, s.screen.list.Len()
	if rows == 0 || s.low < 0 || !s.asked.begin() {
		return
	}
	low, high := max(s.low-sightMargin, 0), min(s.high+sightMargin, rows-1)
	low = max(low, high-sightMost/2)
	var seqs []uint64
	for row := low; row <= high; row++ {
		seq := s.screen.list.At(row).Seq
		if seen, known := s.entries[seq]; !known || seen.round != s.round {
			seqs = append(seqs, seq)
		}
	}
	round := s.round
	askFar(w, func(ctx context.Context) ([]queue.Entry, error) { return w.options.Entries.At(ctx, seqs) }, func(found []queue.Entry, err error) {
		s.take(seqs, found, round, err)
	})
}

func (s *sight) take(seqs []uint64, found []queue.Entry, round int, err error) {
	again := s.asked.end()
	if err != nil {
		s.screen.window.fail(err)
		return
	}
	if s.entries == nil || len(s.entries)+len(seqs) > sightMost {
		s.entries = map[uint64]seenEntry{}
	}
	for _, seq := range seqs {
		s.entries[seq] = seenEntry{round: round}
	}
	for _, e := range found {
		s.entries[e.Seq] = seenEntry{e, true, round}
	}
	if s.screen.window.page == page(s.screen) && (again || len(seqs) > 0) {
		s.show()
	}
}

// A detail is what the drawer shows: an entry in full, and what happened to it.
type detail struct {
	screen  *queueScreen
	seq     uint64 // of what is known
	entry   queue.Entry
	history []queue.AuditLine
	asked   question
}

// told is one answer of it.
type told struct {
	found   []queue.Entry
	history []queue.AuditLine
}

// known says whether what the drawer is to show is here.
func (d *detail) known() bool { return d.seq != 0 && d.seq == d.screen.current && d.screen.at >= 0 }

// ask asks for the entry in the drawer, as it is now.
func (d *detail) ask() {
	q := d.screen
	if q.at < 0 || !d.asked.begin() {
		return
	}
	w, row := q.window, q.list.At(q.at)
	askFar(w, func(ctx context.Context) (t told, err error) {
		if t.found, err = w.options.Entries.At(ctx, []uint64{row.Seq}); err != nil || len(t.found) == 0 {
			return t, err
		}
		t.history, err = w.options.Entries.History(ctx, row.ID)
		return t, err
	}, func(t told, err error) {
		again := d.asked.end()
		switch {
		case err != nil:
			w.fail(err)
		case q.current == row.Seq && len(t.found) == 1:
			d.seq, d.entry, d.history = row.Seq, t.found[0], t.history
			q.buildDrawer()
		}
		if again || err == nil && q.at >= 0 && q.current != row.Seq {
			d.ask()
		}
	})
}
