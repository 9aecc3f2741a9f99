package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// A Capture is one line of the list of captures: finished words.
type Capture struct {
	Tone                      Tone
	Number, Name, State, When string
}

// A Row shows one Capture, or nothing.
type Row struct {
	widget.BaseWidget

	capture                   Capture
	badge                     *canvas.Rectangle
	icon                      *canvas.Image
	line                      *canvas.Line
	number, name, state, when *Fit
}

// NewRow makes an empty row.
func NewRow() *Row {
	r := &Row{badge: canvas.NewRectangle(nil), icon: canvas.NewImageFromResource(nil), line: canvas.NewLine(Line())}
	r.badge.CornerRadius = 5
	r.icon.FillMode = canvas.ImageFillContain
	r.number = NewFit("", 0, nil).Bold().OneLine().Align(fyne.TextAlignTrailing)
	r.name = NewFit("", 0, nil).OneLine()
	r.state = NewFit("", 0, nil)
	r.when = NewFit("", 0, nil).OneLine().Align(fyne.TextAlignTrailing)
	r.ExtendBaseWidget(r)
	return r
}

// Tell puts a capture on it.
func (r *Row) Tell(capture Capture) {
	r.capture = capture
	r.Refresh()
}

// Capture is what it shows.
func (r *Row) Capture() Capture { return r.capture }

// Texts are its texts, for whoever checks that nothing is cut.
func (r *Row) Texts() []*Fit { return []*Fit{r.number, r.name, r.state, r.when} }

// CreateRenderer implements fyne.Widget.
func (r *Row) CreateRenderer() fyne.WidgetRenderer { return &rowRenderer{row: r} }

type rowRenderer struct{ row *Row }

func (r *rowRenderer) MinSize() fyne.Size { return fyne.NewSize(320, 26) }

func (r *rowRenderer) Layout(space fyne.Size) {
	row, h := r.row, space.Height
	side := min(h-6, 24)
	place(row.number, 0, 0, 42, h)
	place(row.badge, 48, (h-side)/2, side, side)
	place(row.icon, 51, (h-side)/2+3, side-6, side-6)
	name, when := min(142, space.Width*0.38), float32(60)
	row.when.Hidden = h < 36 // the state needs the room, on one line
	if row.when.Hidden {
		when = 0
	}
	place(row.name, 78, 0, name, h)
	place(row.when, space.Width-when, 0, when, h)
	place(row.state, 78+name+8, 0, space.Width-when-78-name-14, h)
	row.line.Position1, row.line.Position2 = fyne.NewPos(0, h), fyne.NewPos(space.Width, h)
}

func (r *rowRenderer) Refresh() {
	row := r.row
	empty := row.capture == Capture{}
	row.badge.Hidden, row.icon.Hidden, row.line.Hidden = empty, empty, empty
	row.badge.FillColor = row.capture.Tone.Fill()
	row.line.StrokeColor = Line()
	row.number.Set(row.capture.Number, 17, Text())
	row.name.Set(row.capture.Name, 18, Text())
	row.state.Set(row.capture.State, 15, Text())
	row.when.Set(row.capture.When, 15, Muted())
	r.Layout(row.Size())
	redraw(row.icon, row.capture.Tone.Icon(row.capture.Tone.Ink()))
	canvas.Refresh(row)
}

func (r *rowRenderer) Objects() []fyne.CanvasObject {
	row := r.row
	return []fyne.CanvasObject{row.badge, row.icon, row.number, row.name, row.state, row.when, row.line}
}

func (r *rowRenderer) Destroy() {}
