package widget

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Mark is the sign in front of a cell's text.
type Mark int

// The marks: none, the icon of the cell's tone, and a box that is ticked or not.
const (
	NoMark Mark = iota
	ToneMark
	BoxOff
	BoxOn
)

// Field is what one cell shows.
type Field struct {
	Text   string
	Tone   Tone
	Mark   Mark
	Bold   bool
	Chosen bool
	Stripe bool
	// Wrap writes what is too long for one line in two smaller ones.
	Wrap bool
}

// A Cell is one field of a table or list. Text that is too long ends in "…";
// the whole of it is shown beside the table.
type Cell struct {
	widget.BaseWidget

	field Field
	dark  bool // how it was drawn
	face  *canvas.Rectangle
	badge *canvas.Rectangle
	icon  *canvas.Image
	text  *canvas.Text
	below *canvas.Text // the second line
}

const (
	cellText = 15
	// wrappedText is the size of two lines, and wrappedLine how far they are apart.
	wrappedText = 12.5
	wrappedLine = 15
)

// NewCell makes an empty cell.
func NewCell() *Cell {
	c := &Cell{face: canvas.NewRectangle(nil), badge: canvas.NewRectangle(nil), icon: canvas.NewImageFromResource(nil), text: canvas.NewText("", Text()), below: canvas.NewText("", Text())}
	c.badge.CornerRadius = 5
	c.icon.FillMode = canvas.ImageFillContain
	c.below.TextSize = wrappedText
	c.ExtendBaseWidget(c)
	return c
}

// Set changes what it shows.
func (c *Cell) Set(field Field) {
	if c.field != field || c.dark != Dark() {
		c.field, c.dark = field, Dark()
		c.Refresh()
	}
}

// Field is what it shows.
func (c *Cell) Field() Field { return c.field }

// CreateRenderer implements fyne.Widget.
func (c *Cell) CreateRenderer() fyne.WidgetRenderer {
	r := &cellRenderer{cell: c}
	r.Refresh()
	return r
}

type cellRenderer struct{ cell *Cell }

func (r *cellRenderer) MinSize() fyne.Size { return fyne.NewSize(24, 34) }

func (r *cellRenderer) Layout(space fyne.Size) {
	c := r.cell
	c.face.Resize(space)
	left := float32(8)
	if c.field.Mark != NoMark {
		place(c.badge, 6, (space.Height-22)/2, 22, 22)
		place(c.icon, 9, (space.Height-16)/2, 16, 16)
		left = 36
	}
	room := space.Width - left - 4
	c.text.Text, c.below.Text, c.text.TextSize = c.field.Text, "", cellText
	if c.field.Wrap && fyne.MeasureText(c.field.Text, cellText, c.text.TextStyle).Width > room {
		c.text.Text, c.below.Text = twoLines(c.field.Text, room)
		c.text.TextSize = wrappedText
	}
	c.text.Text = ellipsis(c.text.Text, room, c.text.TextSize, c.text.TextStyle)
	c.below.Text = ellipsis(c.below.Text, room, wrappedText, fyne.TextStyle{})
	c.below.Hidden = c.below.Text == ""
	size, top := c.text.MinSize(), float32(0)
	if !c.below.Hidden {
		top = wrappedLine
		place(c.below, left, (space.Height-size.Height+top)/2, c.below.MinSize().Width, size.Height)
	}
	place(c.text, left, (space.Height-size.Height-top)/2, size.Width, size.Height)
}

// twoLines breaks a text behind the last word for which there is room.
func twoLines(text string, room float32) (first, second string) {
	words := strings.Fields(text)
	for n := len(words); n > 0; n-- {
		if first = strings.Join(words[:n], " "); fyne.MeasureText(first, wrappedText, fyne.TextStyle{}).Width <= room {
			return first, strings.Join(words[n:], " ")
		}
	}
	return text, ""
}

func (r *cellRenderer) face() color.Color {
	switch {
	case r.cell.field.Chosen:
		return AccentTint()
	case r.cell.field.Stripe:
		return Paper()
	default:
		return Surface()
	}
}

func (r *cellRenderer) Refresh() {
	c := r.cell
	c.face.FillColor = r.face()
	c.text.Color, c.below.Color, c.text.TextStyle.Bold = Text(), Text(), c.field.Bold
	c.badge.Hidden, c.icon.Hidden = c.field.Mark == NoMark, c.field.Mark != ToneMark && c.field.Mark != BoxOn
	c.badge.FillColor, c.badge.StrokeColor, c.badge.StrokeWidth = c.field.Tone.Fill(), nil, 0 // a cell is used for others, too
	switch c.field.Mark {
	case BoxOff, BoxOn:
		c.badge.FillColor, c.badge.StrokeColor, c.badge.StrokeWidth = Surface(), Edge(), 1.5
		redraw(c.icon, Accept.Icon(Text()))
	case ToneMark:
		redraw(c.icon, c.field.Tone.Icon(c.field.Tone.Ink()))
	case NoMark:
	}
	r.Layout(c.Size())
	canvas.Refresh(c)
}

func (r *cellRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.cell.face, r.cell.badge, r.cell.icon, r.cell.text, r.cell.below}
}

func (r *cellRenderer) Destroy() {}

// ellipsis is the text, cut so that it ends in "…" within width.
func ellipsis(text string, width, size float32, style fyne.TextStyle) string {
	if fyne.MeasureText(text, size, style).Width <= width {
		return text
	}
	letters := []rune(text)
	low, high := 0, len(letters)
	for low < high {
		middle := (low + high + 1) / 2
		if fyne.MeasureText(string(letters[:middle])+"…", size, style).Width <= width {
			low = middle
		} else {
			high = middle - 1
		}
	}
	if low == 0 {
		return ""
	}
	return string(letters[:low]) + "…"
}
