package ui

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/widget"
)

const (
	// pageRows is how many rows are asked for at first, and more each time
	// that the end comes near.
	pageRows = 300
	// searchPause is how long a search waits for the next letter.
	searchPause = 250 * time.Millisecond
)

// A queueScreen shows what is kept, and has a person decide about it.
type queueScreen struct {
	window  *Window
	filter  queue.State  // "" for all
	mark    queue.Reason // wanted besides, "" for none
	search  *field
	limit   int // of rows asked for, 0 for all
	entries []queue.Entry
	more    bool // the list goes on
	all     bool // all of it is to be ticked once it is here
	listing question

	ticked  map[string]bool // by entry ID
	current string          // ID of the entry in the drawer
	history []queue.AuditLine

	table *table
	chips *fyne.Container
	// progress has a line a customer for whom something is under way.
	progress *fyne.Container
	actions  *fyne.Container
	drawer   *fyne.Container
	// none says that there is nothing to list, once that is known.
	none  *widget.Fit
	known bool
	box   *fyne.Container
	stop  func()
}

func newQueueScreen(w *Window) *queueScreen {
	q := &queueScreen{window: w, limit: pageRows, ticked: map[string]bool{}}
	q.search = newField(w.capture, func(string) { q.searchSoon() })
	q.table = newTable(q)
	q.chips = container.New(&widget.Flow{Gap: 8})
	q.progress = container.New(lines{})
	q.actions = container.New(&widget.Flow{Gap: 10})
	q.none = widget.NewFit("", 24, widget.Muted()).Align(fyne.TextAlignCenter)
	q.drawer = container.NewStack()
	q.drawer.Hidden = true
	return q
}

func (q *queueScreen) build() fyne.CanvasObject {
	q.search.SetPlaceHolder(q.window.words.Say("ui.queue.search"))
	q.table.relabel()
	q.refresh()
	q.box = container.New(&queueLayout{screen: q}, q.chips, q.search, q.table, q.drawer, q.actions, q.progress, q.none)
	return q.box
}

func (q *queueScreen) refresh() {
	q.tellNone()
	q.buildChips()
	q.buildProgress()
	q.buildActions()
	q.buildDrawer()
	if q.box != nil {
		q.box.Refresh() // the drawer may have come or gone
	}
	q.table.Refresh()
}

// tellNone says why nothing is listed, where nothing is.
func (q *queueScreen) tellNone() {
	text := ""
	switch {
	case len(q.entries) > 0 || !q.known:
	case q.search.Text == "" && q.filter == "" && q.mark == "":
		text = q.window.words.Say("ui.queue.none")
	default:
		text = q.window.words.Say("ui.queue.no-match")
	}
	q.none.Set(text, 24, widget.Muted())
}

// searchSoon asks once the person, or the scanner, has stopped typing.
func (q *queueScreen) searchSoon() {
	if q.stop != nil {
		q.stop()
	}
	q.stop = q.window.clock.After(searchPause, func() {
		q.limit, q.all = pageRows, false
		q.reload()
	})
}

// show filters by a state, and by a mark if that is not empty.
func (q *queueScreen) show(state queue.State, mark queue.Reason) {
	q.filter, q.mark, q.limit, q.all = state, mark, pageRows, false
	q.ticked = map[string]bool{}
	q.table.ScrollToTop()
	q.reload()
	q.buildChips()
	q.window.capture.rest()
}

// wanted is the filter of now. All means all that still stand.
func (q *queueScreen) wanted() Wanted {
	f := Wanted{Filter: queue.Filter{Text: q.search.Text, Newest: true, Limit: q.limit}, Mark: q.mark}
	if q.filter != "" {
		f.States = []queue.State{q.filter}
	}
	return f
}

// reload asks for the entries; while an answer is awaited, once more after it.
func (q *queueScreen) reload() {
	if !q.listing.begin() {
		return
	}
	filter := q.wanted()
	ask(q.window, func(ctx context.Context) ([]queue.Entry, error) {
		return q.window.options.Entries.List(ctx, filter)
	}, q.listed)
	q.askHistory()
}

func (q *queueScreen) listed(entries []queue.Entry, err error) {
	again := q.listing.end()
	if err != nil {
		q.all = false
		q.window.fail(err)
		return
	}
	q.entries, q.known, q.more = entries, true, q.limit > 0 && len(entries) >= q.limit
	q.forget()
	if q.all && !again {
		q.all = false
		q.tickListed()
	}
	if q.window.page == page(q) {
		q.refresh()
	}
	if again {
		q.reload()
	}
}

// forget unticks what is no longer listed: nobody decides about what they do
// not see.
func (q *queueScreen) forget() {
	listed := map[string]bool{}
	for _, e := range q.entries {
		listed[e.ID] = true
	}
	for id := range q.ticked {
		if !listed[id] {
			delete(q.ticked, id)
		}
	}
}

// nearEnd asks for more rows when the table shows the last ones.
func (q *queueScreen) nearEnd(row int) {
	if q.more && !q.listing.asked && row >= len(q.entries)-20 {
		q.limit += pageRows
		q.reload()
	}
}

// pick shows an entry in the drawer.
func (q *queueScreen) pick(row int) {
	if row < 0 || row >= len(q.entries) {
		return
	}
	q.current, q.history = q.entries[row].ID, nil
	q.askHistory()
	q.refresh()
	q.window.capture.rest()
}

func (q *queueScreen) askHistory() {
	id := q.current
	if id == "" {
		return
	}
	ask(q.window, func(ctx context.Context) ([]queue.AuditLine, error) {
		return q.window.options.Entries.History(ctx, id)
	}, func(lines []queue.AuditLine, err error) {
		if err != nil {
			q.window.fail(err)
			return
		}
		if q.current == id {
			q.history = lines
			q.buildDrawer()
		}
	})
}

// tick marks an entry, or no longer.
func (q *queueScreen) tick(row int) {
	if row < 0 || row >= len(q.entries) {
		return
	}
	id := q.entries[row].ID
	if q.ticked[id] = !q.ticked[id]; !q.ticked[id] {
		delete(q.ticked, id)
	}
	q.refresh()
}

// tickAll marks all that the filter wants, asking for what is not listed yet;
// if all is marked, nothing any longer.
func (q *queueScreen) tickAll() {
	if q.more {
		q.limit, q.all = 0, true
		q.reload()
		return
	}
	if all := len(q.ticked) == len(q.entries); all {
		clear(q.ticked)
	} else {
		q.tickListed()
	}
	q.refresh()
}

func (q *queueScreen) tickListed() {
	for _, e := range q.entries {
		q.ticked[e.ID] = true
	}
}

// selected are the entries an action is about: the ticked ones, else the one
// in the drawer.
func (q *queueScreen) selected() []queue.Entry {
	var selected []queue.Entry
	for _, e := range q.entries {
		if q.ticked[e.ID] || len(q.ticked) == 0 && e.ID == q.current {
			selected = append(selected, e)
		}
	}
	return selected
}

func (q *queueScreen) row() int {
	return slices.IndexFunc(q.entries, func(e queue.Entry) bool { return e.ID == q.current })
}

func (q *queueScreen) command(key fyne.KeyName, modifier fyne.KeyModifier) bool {
	switch {
	case key == fyne.KeyF && modifier == fyne.KeyModifierShortcutDefault:
		q.window.window.Canvas().Focus(q.search)
	case key == fyne.KeyA && modifier == fyne.KeyModifierShortcutDefault:
		q.tickAll()
	case key == fyne.KeyC && modifier == fyne.KeyModifierShortcutDefault:
		q.copySupport()
	case modifier == fyne.KeyModifierShortcutDefault:
		return q.partnerKey(key) || q.actionKey(key, true)
	case modifier != 0:
		return false
	case key == fyne.KeyF3:
		q.window.openCustomers()
	case key == fyne.KeyF4:
		q.window.openSignIn()
	case key == fyne.KeyEscape && q.window.notice.say == nil:
		q.closeDrawer()
	case key == fyne.KeyDown, key == fyne.KeyUp:
		q.step(key == fyne.KeyDown)
	case key == fyne.KeyInsert:
		q.tick(q.row())
	default:
		return q.actionKey(key, false)
	}
	return true
}

func (q *queueScreen) step(down bool) {
	row := q.row() - 1
	if down {
		row += 2
	}
	row = min(max(row, 0), len(q.entries)-1)
	q.pick(row)
	q.table.scrollTo(row)
}
