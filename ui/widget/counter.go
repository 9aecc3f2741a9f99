package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// A Counter is a number with the word for what it counts.
type Counter struct {
	widget.BaseWidget

	face         *canvas.Rectangle
	number, word *Fit
	tone         Tone
	text         [2]string
}

// NewCounter makes a counter of nothing yet.
func NewCounter(word string, tone Tone) *Counter {
	c := &Counter{face: canvas.NewRectangle(nil), tone: tone, text: [2]string{"0", word}}
	c.face.CornerRadius = 8
	c.number = NewFit("", 0, nil).Bold().OneLine().Align(fyne.TextAlignCenter)
	c.word = NewFit("", 0, nil).Align(fyne.TextAlignCenter)
	c.ExtendBaseWidget(c)
	c.Refresh()
	return c
}

// Set changes number and word.
func (c *Counter) Set(number, word string) {
	c.text = [2]string{number, word}
	c.Refresh()
}

// Number is what it shows.
func (c *Counter) Number() string { return c.text[0] }

// CreateRenderer implements fyne.Widget.
func (c *Counter) CreateRenderer() fyne.WidgetRenderer { return &counterRenderer{counter: c} }

type counterRenderer struct{ counter *Counter }

func (r *counterRenderer) MinSize() fyne.Size { return fyne.NewSize(64, 88) }

func (r *counterRenderer) Layout(space fyne.Size) {
	c := r.counter
	c.face.Resize(space)
	place(c.number, 6, 1, space.Width-12, space.Height*0.46)
	place(c.word, 4, space.Height*0.46, space.Width-8, space.Height*0.53)
}

func (r *counterRenderer) Refresh() {
	c := r.counter
	fill, ink, second := Surface(), Text(), Muted()
	if c.tone != Neutral {
		fill, ink, second = c.tone.Fill(), c.tone.Ink(), c.tone.Ink()
	}
	c.face.FillColor = fill
	c.number.Set(c.text[0], 40, ink)
	c.word.Set(c.text[1], 14, second)
	r.Layout(c.Size())
	canvas.Refresh(c)
}

func (r *counterRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.counter.face, r.counter.number, r.counter.word}
}

func (r *counterRenderer) Destroy() {}
