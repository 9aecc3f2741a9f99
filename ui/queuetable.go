package ui

import (
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"pkidstation/queue"
	"pkidstation/ui/listing"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A table shows the entries. It is Fyne's, which only makes the cells in sight,
// but never keeps the focus: what is typed goes where it always goes.
type table struct {
	fynewidget.Table

	screen *queueScreen
	// all are its columns, some those beside the drawer.
	all, some []column
	widths    []float32
	shared    float32 // the width that they were made for
}

// A column is one of the table's.
type column struct {
	title string // id of its text
	by    listing.Column
	width float32 // its share of what the fixed ones leave, or the width if fixed
	fixed bool
	show  func(*Window, queue.Entry) widget.Field
}

// besideDrawer are the columns for which there is room beside the drawer, which says
// the reason in full.
func besideDrawer(all []column) []column {
	return slices.DeleteFunc(slices.Clone(all), func(c column) bool { return c.by == listing.Reason })
}

func allColumns() []column {
	plain := func(text func(*Window, queue.Entry) string) func(*Window, queue.Entry) widget.Field {
		return func(w *Window, e queue.Entry) widget.Field { return widget.Field{Text: text(w, e)} }
	}
	return []column{
		{width: 36, fixed: true}, // the mark
		{title: "ui.column.number", by: listing.Number, width: 84, fixed: true, show: plain(func(_ *Window, e queue.Entry) string { return strconv.Itoa(e.Number) })},
		{title: "ui.column.pkid", by: listing.PKID, width: 132, fixed: true, show: plain(func(_ *Window, e queue.Entry) string { return words.Shown(string(e.PKID)) })},
		{title: "ui.column.serial", by: listing.Serial, width: 1, show: plain(func(_ *Window, e queue.Entry) string { return words.Shown(e.Serial) })},
		{title: "ui.customer", by: listing.Customer, width: 1, show: plain(func(w *Window, e queue.Entry) string { return w.customer(e.Customer) })},
		{title: "ui.column.order", by: listing.Order, width: 1.05, show: plain(func(_ *Window, e queue.Entry) string { return words.Shown(e.Order) })},
		{title: "ui.column.state", by: listing.State, width: 204, fixed: true, show: func(w *Window, e queue.Entry) widget.Field {
			return widget.Field{Text: w.stateText(e), Tone: toneOfEntry(e), Mark: widget.ToneMark, Wrap: true}
		}},
		{title: "ui.column.reason", by: listing.Reason, width: 1.8, show: func(w *Window, e queue.Entry) widget.Field {
			return widget.Field{Text: w.reason(e), Wrap: true}
		}},
		{title: "ui.column.captured", by: listing.Captured, width: 110, fixed: true, show: plain(func(w *Window, e queue.Entry) string {
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
func (w *Window) reason(e queue.Entry) string { return reasonOf(w.words, w.clock.Now(), e) }

func reasonOf(spoken *words.Words, now time.Time, e queue.Entry) string {
	if e.State == queue.Rejected && e.Code.MeansRegistered() {
		return spoken.Outcome(e, now).What // of what was taken back: not what the code says else
	}
	if e.Code != "" && e.Reason == "" {
		return spoken.Code(e.Code, e.Answer).What
	}
	return spoken.Why(e)
}

func newTable(q *queueScreen) *table {
	t := &table{screen: q, all: allColumns()}
	t.some = besideDrawer(t.all)
	t.ExtendBaseWidget(t)
	t.ShowHeaderRow = true
	t.Length = func() (int, int) { return q.list.Len(), len(t.columns()) }
	t.CreateCell = func() fyne.CanvasObject { return widget.NewCell() }
	t.CreateHeader = func() fyne.CanvasObject { return widget.NewCell() }
	t.UpdateCell = t.updateCell
	t.UpdateHeader = t.updateHeader
	t.OnSelected = t.selected
	return t
}

func (t *table) updateCell(id fynewidget.TableCellID, o fyne.CanvasObject) {
	cell, ok := o.(*widget.Cell)
	q := t.screen
	if !ok || id.Row < 0 || id.Row >= q.list.Len() {
		return
	}
	row := q.list.At(id.Row)
	ticked := q.ticks.Has(row.Seq)
	var field widget.Field
	c := t.columns()[id.Col]
	if c.show == nil {
		if field.Mark = widget.BoxOff; ticked {
			field.Mark = widget.BoxOn
		}
	} else if e, here := q.sight.entry(id.Row); here {
		field = c.show(q.window, e)
	} else if field.Text = "…"; c.by == listing.Number {
		field.Text = strconv.Itoa(int(row.Number))
	}
	field.Chosen = row.Seq == q.current || ticked
	field.Stripe = id.Row%2 == 1
	cell.Set(field)
}

// updateHeader says what is in a column, and which way it is sorted.
func (t *table) updateHeader(id fynewidget.TableCellID, o fyne.CanvasObject) {
	cell, ok := o.(*widget.Cell)
	if !ok || id.Col < 0 {
		return
	}
	field := widget.Field{Bold: true, Stripe: true}
	if c := t.columns()[id.Col]; c.title != "" {
		field.Text = t.screen.window.words.Say(c.title)
		if sort := t.screen.list.Sort; sort.By == c.by {
			field.Text += " " + arrow(sort)
		}
	}
	cell.Set(field)
}

// arrow shows which way something is sorted: up where it grows downwards.
func arrow(s listing.Sort) string {
	if down := s.By == listing.Captured; down != s.Other {
		return "↓"
	}
	return "↑"
}

// Tapped sorts by the column whose title is tapped.
func (t *table) Tapped(event *fyne.PointEvent) {
	if event.Position.Y > sheetRowHigh {
		t.Table.Tapped(event)
		return
	}
	left := float32(0)
	for n, c := range t.columns() {
		if left += t.widths[n] + sheetGap; event.Position.X < left {
			if c.title != "" {
				t.screen.sortBy(c.by)
			}
			break
		}
	}
	t.screen.window.capture.rest()
}

func (t *table) selected(id fynewidget.TableCellID) {
	t.UnselectAll()
	q := t.screen
	switch {
	case q.window.capture.shifted():
		q.tickTo(id.Row)
	case id.Col == 0:
		q.tick(id.Row)
	default:
		q.pick(id.Row)
	}
	q.window.capture.rest()
}

// share gives the columns their widths. Fyne draws the table anew for each.
func (t *table) share(width float32) {
	if t.shared == width && len(t.widths) == len(t.columns()) {
		return
	}
	t.shared = width
	gaps := float32(len(t.columns())) * sheetGap
	rest, shares := width-gaps, float32(0)
	for _, c := range t.columns() {
		if c.fixed {
			rest -= c.width
		} else {
			shares += c.width
		}
	}
	t.widths = t.widths[:0]
	for n, c := range t.columns() {
		wide := c.width
		if !c.fixed {
			wide = max(rest*c.width/shares, 60)
		}
		t.widths = append(t.widths, wide)
		t.SetColumnWidth(n, wide)
	}
}

func (t *table) columns() []column {
	if t.screen.drawer.Hidden {
		return t.all
	}
	return t.some
}

// rowsInSight is how many rows there is room for.
func (t *table) rowsInSight() int {
	return max(int((t.Size().Height-sheetRowHigh)/(sheetRowHigh+sheetGap))-1, 1)
}

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
