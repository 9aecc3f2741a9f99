package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/listing"
	"pkidstation/ui/widget"
)

// A queueScreen shows what is kept, and has a person decide about it. It holds all
// that its filter wants in brief (list), and in full what is in sight.
type queueScreen struct {
	window *Window
	filter queue.State  // "" for all
	mark   queue.Reason // wanted besides, "" for none
	sort   listing.Sort // wanted; the list has its own
	search *field

	list    *listing.List
	known   bool // it was listed before
	listing indexing
	sight   sight
	ticks   *listing.Ticks
	bulk    *bulk // the act that is under way, nil for none

	current uint64 // the entry in the drawer, 0 for none
	at      int    // its row, -1 where it is not listed
	detail  detail

	table *table
	chips *fyne.Container
	// offered is what the chips show, in their order.
	offered []filter
	// progress says what is selected, and has a line a customer for whom something is
	// under way.
	progress *fyne.Container
	actions  *fyne.Container
	drawer   *fyne.Container
	// drawerOf is the entry whose drawer is scrolled by drawerScroll.
	drawerOf     uint64
	drawerScroll *container.Scroll
	// none says that there is nothing to list, once that is known.
	none *widget.Fit
	box  *fyne.Container
	stop func()
}

func newQueueScreen(w *Window) *queueScreen {
	q := &queueScreen{window: w, list: listing.Empty(), ticks: listing.NewTicks(), at: -1}
	q.listing.screen, q.sight.screen, q.detail.screen = q, q, q
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
	q.sight.show()
}

// chose shows what is ticked, after a change of it.
func (q *queueScreen) chose() {
	q.buildProgress()
	q.buildActions()
	if q.box != nil {
		q.box.Refresh() // there may be more lines of actions
	}
	q.sight.show()
}

// tellNone says why nothing is listed, where nothing is.
func (q *queueScreen) tellNone() {
	text := ""
	switch {
	case q.list.Len() > 0 || !q.known:
	case q.search.Text == "" && q.filter == "" && q.mark == "":
		text = q.window.words.Say("ui.queue.none")
	default:
		text = q.window.words.Say("ui.queue.no-match")
	}
	q.none.Set(text, 24, widget.Muted())
}

func (q *queueScreen) command(key fyne.KeyName, modifier fyne.KeyModifier) bool {
	switch {
	case q.moves(key, modifier):
	case key == fyne.KeyF && modifier == fyne.KeyModifierShortcutDefault:
		q.window.window.Canvas().Focus(q.search)
	case key == fyne.KeyA && modifier == fyne.KeyModifierShortcutDefault:
		q.tickAll()
	case key == fyne.KeyC && modifier == fyne.KeyModifierShortcutDefault:
		q.copySupport()
	case modifier == fyne.KeyModifierShortcutDefault && (key == fyne.KeyPageDown || key == fyne.KeyPageUp):
		q.scrollDrawer(key == fyne.KeyPageDown)
	case key == fyne.KeyJ && modifier == fyne.KeyModifierShortcutDefault:
		q.nextFilter()
	case modifier == fyne.KeyModifierShortcutDefault:
		return q.sorts(key) || q.partnerKey(key) || q.actionKey(key, true)
	case modifier != 0:
		return false
	case key == fyne.KeyF3:
		q.window.openCustomers()
	case key == fyne.KeyF4:
		q.window.openSignIn()
	case key == fyne.KeyEscape && q.bulk != nil:
		q.bulk.end()
	case key == fyne.KeyEscape && q.window.notice.say == nil:
		q.closeDrawer()
	case key == fyne.KeyInsert:
		q.tick(q.at)
	default:
		return q.actionKey(key, false)
	}
	return true
}
