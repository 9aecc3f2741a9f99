package widget

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// A Plot is what a chart shows: finished words, and numbers.
type Plot struct {
	Title string
	// Series are what each bar has a value of, at most two; one alone needs no name.
	Series []string
	Bars   []Bar
	// None is said where there is nothing to show, Note below it where there is.
	None, Note string
	// Number writes a number.
	Number func(int) string
}

// A Bar is one of a Plot's: Values has one for each of the series. Shown is what is
// written beside it, "" for the number.
type Bar struct {
	Label, Shown string
	Values       []int
}

// most is the greatest of all values.
func (p Plot) most() (n int) {
	for _, b := range p.Bars {
		for _, v := range b.Values {
			n = max(n, v)
		}
	}
	return n
}

// empty says that there is nothing to show.
func (p Plot) empty() bool { return p.most() == 0 }

func (p Plot) number(n int) string {
	if p.Number == nil {
		return ""
	}
	return p.Number(n)
}

// step is how far two lines of a scale are apart, so that there are four at most: 1, 2
// or 5 times a power of ten.
func step(most int) int {
	const lines = 4
	for ten := 1; ; ten *= 10 {
		for _, n := range []int{1, 2, 5} {
			if n*ten*lines >= most {
				return n * ten
			}
		}
	}
}

// The sizes of a chart's texts.
const (
	plotTitle = 17
	plotText  = 13
	plotTop   = 28 // of the title's line
)

// A series is drawn full or, the second one, light with an edge: they differ without
// their colours too.
func barOf(series int) *canvas.Rectangle {
	r := canvas.NewRectangle(AccentFill())
	r.CornerRadius = 1.5
	if series > 0 {
		r.FillColor, r.StrokeColor, r.StrokeWidth = Accept.Fill(), Edge(), 1
	}
	return r
}

// label is one line of text of a chart.
func label(text string, size float32, ink color.Color) *canvas.Text {
	t := canvas.NewText(text, ink)
	t.TextSize = size
	return t
}

// A painting is the objects of a chart, made anew for each size.
type painting struct{ objects []fyne.CanvasObject }

func (p *painting) add(o fyne.CanvasObject, x, y, width, height float32) {
	place(o, x, y, width, height)
	p.objects = append(p.objects, o)
}

// text writes a line whose middle, left or right is at x.
func (p *painting) text(t *canvas.Text, align fyne.TextAlign, x, y float32) {
	size := t.MinSize()
	switch align {
	case fyne.TextAlignCenter:
		x -= size.Width / 2
	case fyne.TextAlignTrailing:
		x -= size.Width
	case fyne.TextAlignLeading:
	}
	p.add(t, x, y, size.Width, size.Height)
}

// head is the title, the names of two series, and what is said of nothing.
func (p *painting) head(plot Plot, space fyne.Size) {
	title := NewFit(plot.Title, plotTitle, Text()).Bold().OneLine()
	width := space.Width
	if len(plot.Series) > 1 && !plot.empty() {
		width -= p.legend(plot.Series, space.Width)
	}
	p.add(title, 0, 0, width, plotTop-4)
	if plot.empty() {
		p.add(NewFit(plot.None, 16, Muted()).Align(fyne.TextAlignCenter), 0, plotTop, space.Width, space.Height-plotTop)
	}
}

// legend names the series from the right, and says how much room that takes.
func (p *painting) legend(series []string, right float32) (width float32) {
	const side, between = 13, 14
	for n, called := range slices.Backward(series) {
		name := label(called, plotText, Text())
		width += name.MinSize().Width
		p.text(name, fyne.TextAlignLeading, right-width, 4)
		width += side + 5
		p.add(barOf(n), right-width, 6, side, side)
		width += between
	}
	return width
}
