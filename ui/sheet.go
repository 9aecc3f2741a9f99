package ui

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

	"pkidstation/ui/widget"
)

// A sheet is a table in a panel, of which a row is chosen by tapping or with the
// arrow keys. It is Fyne's, which only makes the cells in sight, so that a hundred
// thousand rows cost what twenty do; it never keeps the focus.
type sheet struct {
	fynewidget.Table

	window *Window
	// columns may be other ones each time.
	columns func() []sheetColumn
	count   func() int
	cell    func(row, column int) widget.Field
	// chosen is the row that is chosen, -1 for none; onChoose is told of it.
	chosen   int
	onChoose func(row int)
	// widths are those of the columns of now.
	widths []float32
}

// A sheetColumn is one of a sheet's: its title, in the language of now, and its
// width, or its share of what the fixed ones leave.
type sheetColumn struct {
	title string
	width float32
	share bool
}

// The measures of a sheet.
const (
	sheetRowHigh = 34
	sheetGap     = 4
	sheetText    = 15
	// A sheet is as wide as the window allows, within these.
	sheetLeast = 880
	sheetMost  = 1180
	aroundOne  = 100
)

func newSheet(w *Window) *sheet {
	t := &sheet{window: w, chosen: -1}
	t.ExtendBaseWidget(t)
	t.ShowHeaderRow = true
	t.Length = func() (int, int) { return t.count(), len(t.columns()) }
	t.CreateCell = func() fyne.CanvasObject { return widget.NewCell() }
	t.CreateHeader = func() fyne.CanvasObject { return widget.NewCell() }
	t.UpdateCell = t.updateCell
	t.UpdateHeader = t.updateHeader
	t.OnSelected = t.tapped
	return t
}

// build puts the sheet into a panel, so many rows high, or as many as the window has
// room for beside what else the panel has.
func (t *sheet) build(rows int) fyne.CanvasObject {
	t.Refresh()
	return container.New(sheetRoom{t, rows}, t)
}

// high is the height of so many rows, in a window that is less than usual of fewer.
func (t *sheet) high(rows int) float32 {
	const (
		usual = 800
		alert = 58
		least = 3
		row   = sheetRowHigh + sheetGap
	)
	lacking := usual - t.window.window.Canvas().Size().Height
	if t.window.alerted() {
		lacking += alert
	}
	rows = max(rows-int(math.Ceil(float64(max(lacking, 0)/row))), least)
	return float32(rows+1)*row + 2
}

func (t *sheet) updateCell(id fynewidget.TableCellID, o fyne.CanvasObject) {
	cell, ok := o.(*widget.Cell)
	if !ok || id.Row < 0 || id.Row >= t.count() || id.Col >= len(t.columns()) {
		return
	}
	field := t.cell(id.Row, id.Col)
	field.Chosen, field.Stripe = id.Row == t.chosen, id.Row%2 == 1
	cell.Set(field)
}

func (t *sheet) updateHeader(id fynewidget.TableCellID, o fyne.CanvasObject) {
	cell, ok := o.(*widget.Cell)
	if !ok || id.Col < 0 || id.Col >= len(t.columns()) {
		return
	}
	cell.Set(widget.Field{Text: t.columns()[id.Col].title, Bold: true, Stripe: true})
}

func (t *sheet) tapped(id fynewidget.TableCellID) {
	t.UnselectAll()
	t.pick(id.Row) // where it is, under the finger
	t.window.capture.rest()
}

// choose makes a row the chosen one, and has it in sight.
func (t *sheet) choose(row int) {
	if t.pick(row) {
		bringRow(&t.Table, row)
	}
}

// pick makes a row the chosen one, if there is such a row.
func (t *sheet) pick(row int) bool {
	if row < 0 || row >= t.count() {
		return false
	}
	t.chosen = row
	if t.onChoose != nil {
		t.onChoose(row)
	}
	t.Refresh()
	return true
}

// command moves the choice.
func (t *sheet) command(key fyne.KeyName) bool {
	const screen = 8
	by := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1, fyne.KeyPageUp: -screen, fyne.KeyPageDown: screen}[key]
	if by == 0 {
		return false
	}
	t.choose(min(max(t.chosen+by, 0), t.count()-1))
	return true
}

// share gives the columns their widths.
func (t *sheet) share(width float32) {
	columns := t.columns()
	t.widths = t.widths[:0]
	rest, shares := width-float32(len(columns))*sheetGap, float32(0)
	for _, c := range columns {
		if c.share {
			shares += c.width
		} else {
			rest -= c.width
		}
	}
	for n, c := range columns {
		if c.share {
			c.width = max(rest*c.width/shares, 60)
		}
		t.widths = append(t.widths, c.width)
		t.SetColumnWidth(n, c.width)
	}
}

// sheetRoom gives a sheet its height and its columns their widths.
type sheetRoom struct {
	sheet *sheet
	rows  int
}

func (r sheetRoom) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(r.sheet.window.wide(), r.sheet.high(r.rows))
}

func (r sheetRoom) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	r.sheet.share(space.Width)
	put(objects[0], 0, 0, space.Width, space.Height)
}

// The sheet has the focus for a moment when it is tapped.

// TypedRune hands on.
func (t *sheet) TypedRune(r rune) { t.window.capture.typedRune(r) }

// TypedKey hands on.
func (t *sheet) TypedKey(event *fyne.KeyEvent) { t.window.capture.typedKey(event) }

// TypedShortcut hands on.
func (t *sheet) TypedShortcut(shortcut fyne.Shortcut) { t.window.capture.typedShortcut(shortcut) }

// AcceptsTab keeps a scanner's Tab from moving the focus.
func (t *sheet) AcceptsTab() bool { return true }
