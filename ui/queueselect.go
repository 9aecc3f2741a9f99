package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui/listing"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// pick shows an entry in the drawer.
func (q *queueScreen) pick(row int) {
	if row < 0 || row >= q.list.Len() {
		return
	}
	q.ticks.From(q.list.At(row).Seq)
	q.look(row)
}

// look is pick where a range of marks goes on.
func (q *queueScreen) look(row int) {
	q.at, q.current = row, q.list.At(row).Seq
	if seen, here := q.sight.entries[q.current]; here && seen.there && q.detail.seq != q.current {
		q.detail.seq, q.detail.entry, q.detail.history = q.current, seen.entry, nil
	}
	q.buildDrawer()
	q.chose()
	q.detail.ask()
	q.window.capture.rest()
}

// tick marks an entry, or no longer.
func (q *queueScreen) tick(row int) {
	if row < 0 || row >= q.list.Len() {
		return
	}
	q.ticks.Turn(q.list.At(row).Seq)
	q.chose()
}

// tickTo marks all from where the last tick or step was.
func (q *queueScreen) tickTo(row int) {
	if row < 0 || row >= q.list.Len() {
		return
	}
	q.ticks.To(q.list, row)
	q.chose()
}

// tickAll marks all that the filter wants; if all is marked, nothing any longer.
func (q *queueScreen) tickAll() {
	q.ticks.All(q.list)
	q.chose()
}

// chosen are the entries an action is about: the ticked ones, else the one in the
// drawer.
func (q *queueScreen) chosen() *listing.Set {
	if q.ticks.Len() == 0 && q.at >= 0 {
		return listing.NewSet(q.current)
	}
	return q.ticks.Set()
}

// count says what those are.
func (q *queueScreen) count() listing.Count { return q.list.Count(q.chosen()) }

// withChosen does something with them in full. Where they are asked for meanwhile the
// person may have gone on: then it is not done.
func (q *queueScreen) withChosen(do func([]queue.Entry)) {
	w, seqs := q.window, q.list.Pick(q.chosen()).Seqs()
	if len(seqs) == 0 || q.listing.behind() {
		return
	}
	const many = 2000
	if len(seqs) > many {
		w.note(widget.Hold, func(spoken *words.Words) string { return spoken.Count("decide.too-many", many) })
		return
	}
	askFar(w, func(ctx context.Context) ([]queue.Entry, error) { return w.options.Entries.At(ctx, seqs) }, func(found []queue.Entry, err error) {
		switch {
		case err != nil:
			w.fail(err)
		case w.page == page(q) && w.panel == nil && len(found) == len(seqs) && slices.Equal(q.list.Pick(q.chosen()).Seqs(), seqs):
			do(found)
		}
	})
}

// moves takes the keys that lead from row to row. With Shift they mark what they pass.
func (q *queueScreen) moves(key fyne.KeyName, modifier fyne.KeyModifier) bool {
	if modifier != 0 && modifier != fyne.KeyModifierShift {
		return false
	}
	row, last := q.at, q.list.Len()-1
	switch key {
	case fyne.KeyDown:
		row++
	case fyne.KeyUp:
		row--
	case fyne.KeyPageDown:
		row += q.table.rowsInSight()
	case fyne.KeyPageUp:
		row -= q.table.rowsInSight()
	case fyne.KeyHome:
		row = 0
	case fyne.KeyEnd:
		row = last
	default:
		return false
	}
	q.step(min(max(row, 0), last), modifier == fyne.KeyModifierShift)
	return true
}

// step leads to a row, marking all up to it where it is said.
func (q *queueScreen) step(row int, marking bool) {
	if row < 0 {
		return
	}
	q.table.scrollTo(row)
	if marking && q.at >= 0 {
		q.ticks.To(q.list, row)
		q.look(row)
	} else {
		q.pick(row)
	}
	q.table.scrollTo(row) // the drawer may have come, and lines of actions
}
