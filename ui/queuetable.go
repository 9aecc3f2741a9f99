package ui

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A table shows the entries. It is Fyne's, which only makes the cells in sight,
// but never keeps the focus: what is typed goes where it always goes.
type table struct {
	fynewidget.Table

	screen *queueScreen
	width  float32
}

// A column is one of the table's.
type column struct {
	title string  // id of its text
	width float32 // its share of what the fixed ones leave, or the width if fixed
	fixed bool
	show  func(*Window, queue.Entry) widget.Field
}

func columns(drawer bool) []column {
	all := allColumns()
	if drawer { // it says the reason in full
		all = slices.DeleteFunc(all, func(c column) bool { return c.title == "ui.column.reason" })
	}
	return all
}

func allColumns() []column {
	plain := func(text func(*Window, queue.Entry) string) func(*Window, queue.Entry) widget.Field {
		return func(w *Window, e queue.Entry) widget.Field { return widget.Field{Text: text(w, e)} }
	}
	return []column{
		{title: "", width: 36, fixed: true, show: func(w *Window, e queue.Entry) widget.Field {
			mark := widget.BoxOff
			if w.queue.ticked[e.ID] {
				mark = widget.BoxOn
			}
			return widget.Field{Mark: mark}
		}},
		{title: "ui.column.number", width: 66, fixed: true, show: plain(func(_ *Window, e queue.Entry) string { return strconv.Itoa(e.Number) })},
		{title: "ui.column.pkid", width: 132, fixed: true, show: plain(func(_ *Window, e queue.Entry) string { return words.Shown(string(e.PKID)) })},
		{title: "ui.column.serial", width: 1, show: plain(func(_ *Window, e queue.Entry) string { return words.Shown(e.Serial) })},
		{title: "ui.customer", width: 1, show: plain(func(w *Window, e queue.Entry) string { return w.customer(e.Customer) })},
		{title: "ui.column.order", width: 1.05, show: plain(func(_ *Window, e queue.Entry) string { return words.Shown(e.Order) })},
		{title: "ui.column.state", width: 204, fixed: true, show: func(w *Window, e queue.Entry) widget.Field {
			return widget.Field{Text: w.stateText(e), Tone: toneOfEntry(e), Mark: widget.ToneMark}
		}},
		{title: "ui.column.reason", width: 1.5, show: plain(func(w *Window, e queue.Entry) string { return w.reason(e) })},
		{title: "ui.column.captured", width: 84, fixed: true, show: plain(func(w *Window, e queue.Entry) string {
			return w.words.Moment(e.CapturedAt, w.clock.Now())
		})},
	}
}

// stateText is the state of an entry; what Microsoft had before is told apart.
func (w *Window) stateText(e queue.Entry) string {
	if e.State == queue.Registered && e.Reason == queue.AlreadyThere {
		return w.words.Say("screens.mark.there.one")
	}
	return w.words.Standing(e)
}

// toneOfEntry is toneOfState, but for what Microsoft had before: its green tick
// would promise a group tag and a profile.
func toneOfEntry(e queue.Entry) widget.Tone {
	if e.State == queue.Registered && e.Reason == queue.AlreadyThere {
		return widget.Seen
	}
	return toneOfState(e.State)
}

// reason is why an entry stands where it does, "" where nothing needs saying.
func (w *Window) reason(e queue.Entry) string {
	if e.State == queue.Rejected && e.Code.MeansRegistered() {
		return w.words.Outcome(e, w.clock.Now()).What // of what was taken back: not what the code says else
	}
	if e.Code != "" && e.Reason == "" {
		return w.words.Code(e.Code, e.Answer).What
	}
	return w.words.Why(e)
}

func newTable(q *queueScreen) *table {
	t := &table{screen: q}
	t.ExtendBaseWidget(t)
	t.ShowHeaderRow = true
	t.Length = func() (int, int) { return len(q.entries), len(t.columns()) }
	t.CreateCell = func() fyne.CanvasObject { return widget.NewCell() }
	t.CreateHeader = func() fyne.CanvasObject { return widget.NewCell() }
	t.UpdateCell = t.updateCell
	t.UpdateHeader = t.updateHeader
	t.OnSelected = t.selected
	return t
}

func (t *table) updateCell(id fynewidget.TableCellID, o fyne.CanvasObject) {
	cell, ok := o.(*widget.Cell)
	if !ok || id.Row < 0 || id.Row >= len(t.screen.entries) {
		return
	}
	e := t.screen.entries[id.Row]
	field := t.columns()[id.Col].show(t.screen.window, e)
	field.Chosen = e.ID == t.screen.current || t.screen.ticked[e.ID]
	field.Stripe = id.Row%2 == 1
	cell.Set(field)
	t.screen.nearEnd(id.Row)
}

func (t *table) updateHeader(id fynewidget.TableCellID, o fyne.CanvasObject) {
	cell, ok := o.(*widget.Cell)
	if !ok || id.Col < 0 {
		return
	}
	field := widget.Field{Bold: true, Stripe: true}
	if title := t.columns()[id.Col].title; title != "" {
		field.Text = t.screen.window.words.Say(title)
	}
	cell.Set(field)
}

func (t *table) selected(id fynewidget.TableCellID) {
	t.UnselectAll()
	if id.Col == 0 {
		t.screen.tick(id.Row)
		t.screen.window.capture.rest()
		return
	}
	t.screen.pick(id.Row)
}

// share gives the columns their widths.
func (t *table) share(width float32) {
	t.width = width
	gaps := float32(len(t.columns())) * 4
	rest, shares := width-gaps, float32(0)
	for _, c := range t.columns() {
		if c.fixed {
			rest -= c.width
		} else {
			shares += c.width
		}
	}
	for n, c := range t.columns() {
		if c.fixed {
			t.SetColumnWidth(n, c.width)
		} else {
			t.SetColumnWidth(n, max(rest*c.width/shares, 60))
		}
	}
}

func (t *table) columns() []column { return columns(!t.screen.drawer.Hidden) }

func (t *table) relabel() { t.Refresh() }

func (t *table) scrollTo(row int) { bringRow(&t.Table, row) }

// bringRow scrolls a table with a header row so that a row is in its middle, or as far
// as it goes. Fyne's ScrollTo (2.8.1) takes rows to lie a header's height further
// down, and leaves some of them hidden.
func bringRow(t *fynewidget.Table, row int) {
	rows, _ := t.Length()
	const high = sheetRowHigh + sheetGap // a cell's and a header's, in every table here
	view := t.Size().Height - high
	most := max(float32(rows)*high-sheetGap-view, 0)
	middle := float32(row)*high - (view-high)/2
	t.ScrollToOffset(fyne.NewPos(0, min(max(middle, 0), most)))
}

// The table has the focus for a moment when it is tapped.

// TypedRune hands on.
func (t *table) TypedRune(r rune) { t.screen.window.capture.typedRune(r) }

// TypedKey hands on.
func (t *table) TypedKey(event *fyne.KeyEvent) { t.screen.window.capture.typedKey(event) }

// TypedShortcut hands on.
func (t *table) TypedShortcut(shortcut fyne.Shortcut) {
	t.screen.window.capture.typedShortcut(shortcut)
}

// AcceptsTab keeps a scanner's Tab from moving the focus.
func (t *table) AcceptsTab() bool { return true }
