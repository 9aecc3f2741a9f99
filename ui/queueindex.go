package ui

import (
	"context"
	"errors"
	"maps"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/listing"
)

// searchPause is how long a search waits for the next letter.
const searchPause = 250 * time.Millisecond

// rest is how many times as long as the last listing took the next one waits, where
// nobody asked for it: ten captures a second never have the disk listed for more than
// a fifth of the time.
const rest = 4

// indexing has what the filter wants listed, beside the worker and Fyne's goroutine:
// no scan waits for a list.
type indexing struct {
	screen *queueScreen
	turn   int // of the listing that counts; others are thrown away
	asked  bool
	again  bool
	stop   context.CancelFunc
	began  time.Time
	ready  time.Time // before it nobody's change is listed
	due    bool      // one is, later

	wish  wish // of the last listing
	shown wish // of the list that is shown
}

// A wish is what a list is of.
type wish struct {
	state queue.State
	mark  queue.Reason
	text  string
}

func (q *queueScreen) wish() wish { return wish{q.filter, q.mark, q.search.Text} }

// behind says that the list shown is not yet of what is filtered and searched for: what
// is selected in it is nothing to decide about.
func (x *indexing) behind() bool { return x.shown != x.screen.wish() }

// searchSoon asks once the person, or the scanner, has stopped typing.
func (q *queueScreen) searchSoon() {
	if q.stop != nil {
		q.stop()
	}
	q.stop = q.window.clock.After(searchPause, q.listing.now)
}

// show filters by a state, and by a mark if that is not empty.
func (q *queueScreen) show(state queue.State, mark queue.Reason) {
	q.filter, q.mark = state, mark
	q.ticks.None()
	q.table.ScrollToTop()
	q.listing.now()
	q.buildChips()
	q.window.capture.rest()
}

// wanted is the filter of now. All means all that still stand.
func (q *queueScreen) wanted() Wanted {
	f := Wanted{Filter: queue.Filter{Text: q.search.Text, Newest: q.sort.Newest()}, Mark: q.mark}
	if q.filter != "" {
		f.States = []queue.State{q.filter}
	}
	return f
}

// reload lists anew after a change: at once, or when the last listing is long enough
// ago. While one is under way, once more after it.
func (q *queueScreen) reload() {
	x, now := &q.listing, q.window.clock.Now()
	switch {
	case x.asked:
		x.again = true
	case x.due:
	case now.Before(x.ready):
		x.due = true
		q.window.clock.After(x.ready.Sub(now), func() {
			if x.due && q.window.page == page(q) {
				x.begin()
			}
			x.due = false
		})
	default:
		x.begin()
	}
}

// hurry has the next change listed at once: it is the person's own.
func (x *indexing) hurry() { x.ready, x.due = time.Time{}, false }

// now lists what is wanted now, and what was wanted before no longer.
func (x *indexing) now() {
	if x.asked {
		x.stop()
		x.asked = false
	}
	x.begin()
}

func (x *indexing) begin() {
	w, wanted, sort := x.screen.window, x.screen.wanted(), x.screen.sort
	stopped, stop := context.WithCancel(context.Background())
	x.turn++
	turn := x.turn
	x.wish = x.screen.wish()
	x.asked, x.again, x.due, x.stop, x.began = true, false, false, stop, w.clock.Now()
	w.clock.After(time.Second, func() {
		if x.late() && x.turn == turn {
			x.screen.buildProgress() // it says so from then on
		}
	})
	texts := w.sortTexts()
	askFar(w, func(ctx context.Context) (*listing.List, error) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(stopped, cancel)()
		return listing.Make(ctx, sort, texts, w.options.Entries.Briefs(ctx, wanted))
	}, func(list *listing.List, err error) {
		stop()
		if turn == x.turn {
			x.listed(list, err)
		}
	})
}

// late says whether a person has waited for the list for so long that they are told.
func (x *indexing) late() bool {
	return x.asked && x.screen.window.clock.Now().Sub(x.began) >= time.Second
}

// sortTexts are the words that rows are sorted by, for another goroutine.
func (w *Window) sortTexts() listing.Texts {
	names, now := maps.Clone(w.names), w.clock.Now()
	spoken := w.words.Naming(func(id autopilot.TenantID) string { return names[id] })
	return listing.Texts{
		Language: spoken.Language(),
		Customer: func(id autopilot.TenantID) string {
			if name := names[id]; name != "" {
				return name
			}
			return string(id)
		},
		Reason: func(e queue.Entry) string { return reasonOf(spoken, now, e) },
	}
}

// listed takes a list in the place of the one before.
func (x *indexing) listed(list *listing.List, err error) {
	q, w := x.screen, x.screen.window
	again, now := x.again, w.clock.Now()
	x.asked, x.again = false, false
	x.ready = now.Add(rest * now.Sub(x.began))
	if err != nil {
		x.failed(err)
		if again {
			q.reload()
		}
		return
	}
	x.shown = x.wish
	q.list, q.known = list, true
	q.ticks.Keep(list)
	q.at = list.Find(q.current)
	q.sight.outdate()
	if w.page == page(q) {
		q.refresh()
	}
	q.detail.ask()
	if again {
		q.reload()
	}
}

// failed tells why there is no list. The one before stays, if it is of what is wanted:
// rows of another filter would pass for those of this one.
func (x *indexing) failed(err error) {
	q, w := x.screen, x.screen.window
	if x.wish != x.shown {
		x.shown, q.list, q.known, q.at = x.wish, listing.Empty(), false, -1
		q.ticks.None()
	}
	if !errors.Is(err, context.Canceled) {
		w.fail(err)
	}
	if w.page == page(q) {
		q.refresh() // nothing is being listed any more
	}
}

// sorts takes the keys that sort: with Ctrl, sideways another column, up and down the
// way round.
func (q *queueScreen) sorts(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyLeft, fyne.KeyRight:
		q.order(q.sort.Beside(key == fyne.KeyRight))
	case fyne.KeyUp, fyne.KeyDown:
		q.order(listing.Sort{By: q.sort.By, Other: key == fyne.KeyDown})
	default:
		return false
	}
	return true
}

// sortBy sorts by a column, or the other way round where it does already.
func (q *queueScreen) sortBy(column listing.Column) {
	q.order(listing.Sort{By: column, Other: q.sort.By == column && !q.sort.Other})
}

func (q *queueScreen) order(by listing.Sort) {
	if q.sort == by {
		return
	}
	q.sort = by
	q.listing.now()
}
