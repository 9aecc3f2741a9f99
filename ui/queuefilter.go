package ui

import (
	"slices"

	"pkidstation/queue"
	"pkidstation/ui/widget"
)

// buildChips makes one chip a state that has entries, and those that matter
// always.
func (q *queueScreen) buildChips() {
	w := q.window
	q.chips.Objects, q.offered = nil, nil
	add := func(state queue.State, mark queue.Reason, label string) {
		chip := widget.NewTap(label, "", chosenIf(q.filter == state && q.mark == mark), func() { q.show(state, mark) })
		q.chips.Objects = append(q.chips.Objects, chip.Tall(44).By(w.words.Say("window.key.filter")))
		q.offered = append(q.offered, filter{state, mark})
	}
	add("", "", w.words.Say("ui.all")+"  "+w.words.Number(stored(w.counts)))
	for _, state := range queue.States() {
		n := countIn(w.counts, state)
		if n > 0 || always(state) || q.filter == state {
			add(state, "", w.words.State(state)+"  "+w.words.Number(n))
		}
		if n := w.marks.AlreadyThere; state == queue.Registered && (n > 0 || q.mark == queue.AlreadyThere) {
			add(state, queue.AlreadyThere, w.words.Say("screens.mark.there")+"  "+w.words.Number(n))
		}
	}
	q.chips.Refresh()
}

// A filter is what a chip shows.
type filter struct {
	state queue.State
	mark  queue.Reason
}

// nextFilter shows what the next chip shows.
func (q *queueScreen) nextFilter() {
	at := slices.Index(q.offered, filter{q.filter, q.mark})
	next := q.offered[(at+1)%len(q.offered)]
	q.show(next.state, next.mark)
}

// always says that a state has its chip even while no entry is in it.
func always(state queue.State) bool {
	return state == queue.Held || state == queue.Ready || state == queue.Registered || state == queue.Rejected
}

func countIn(c queue.Counts, state queue.State) int {
	return map[queue.State]int{
		queue.Held: c.Held, queue.Ready: c.Ready, queue.Planned: c.Planned, queue.Submitted: c.Submitted,
		queue.Registered: c.Registered, queue.Rejected: c.Rejected, queue.Exported: c.Exported,
		queue.Removing: c.Removing, queue.Removed: c.Removed, queue.Moved: c.Moved, queue.Discarded: c.Discarded,
	}[state]
}
