package ui

import (
	"strings"

	"pkidstation/queue"
	"pkidstation/ui/listing"
)

// chosenLine says how many are selected, of how many, that what the filter hides is
// not among them, and how the list is sorted.
func (q *queueScreen) chosenLine() string {
	w, listed := q.window, q.list.Len()
	switch {
	case q.listing.late():
		return w.words.Say("decide.listing")
	case !q.known:
		return ""
	}
	parts := []string{w.words.Count("decide.selected", q.count().All, "Listed", w.words.Number(listed))}
	if hidden := stored(w.counts) - listed; hidden > 0 && q.narrowed() {
		parts = append(parts, w.words.Count("decide.hidden", hidden))
	}
	return strings.Join(append(parts, w.sortText(q.list.Sort)), " · ")
}

// narrowed says whether the filter or the search hides anything.
func (q *queueScreen) narrowed() bool { return q.filter != "" || q.mark != "" || q.search.Text != "" }

// stored is how many there are, whatever became of them.
func stored(c queue.Counts) (n int) {
	for _, state := range queue.States() {
		n += countIn(c, state)
	}
	return n
}

// sortText is how a list is sorted, in words.
func (w *Window) sortText(s listing.Sort) string {
	way := ""
	if s.Other {
		way = ".other"
	}
	if s.By == listing.Captured {
		return w.words.Say("decide.sorted.captured" + way)
	}
	for _, c := range allColumns() {
		if c.by == s.By && c.title != "" {
			return w.words.Say("decide.sorted"+way, "Column", w.words.Say(c.title))
		}
	}
	return ""
}
