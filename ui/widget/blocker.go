package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// A Blocker is a plane that lets no tap or scroll through to what is below.
type Blocker struct {
	widget.BaseWidget

	fill   color.Color
	radius float32
}

// NewBlocker makes a plane of one colour with rounded corners.
func NewBlocker(fill color.Color, radius float32) *Blocker {
	b := &Blocker{fill: fill, radius: radius}
	b.ExtendBaseWidget(b)
	return b
}

// Tapped implements fyne.Tappable and does nothing.
func (b *Blocker) Tapped(*fyne.PointEvent) {}

// Scrolled implements fyne.Scrollable and does nothing.
func (b *Blocker) Scrolled(*fyne.ScrollEvent) {}

// CreateRenderer implements fyne.Widget.
func (b *Blocker) CreateRenderer() fyne.WidgetRenderer {
	if b.radius == 0 {
		return widget.NewSimpleRenderer(canvas.NewRectangle(b.fill))
	}
	r := &blockerRenderer{newFace(b.radius)}
	r.fill(b.fill)
	return r
}

type blockerRenderer struct{ *face }

func (r *blockerRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *blockerRenderer) Layout(space fyne.Size) { r.resize(space) }

func (r *blockerRenderer) Refresh() {}

func (r *blockerRenderer) Objects() []fyne.CanvasObject { return r.objects() }

func (r *blockerRenderer) Destroy() {}

// NewFrame is a frame of one colour and thickness with nothing in it, through
// which everything can be tapped.
func NewFrame(ink color.Color, thickness float32) fyne.CanvasObject {
	frame := newEdging()
	frame.set(ink, thickness)
	return container.New(&edgingLayout{frame, thickness}, frame.objects()...)
}

// An edgingLayout lays a frame along the inner side of all the place it gets.
type edgingLayout struct {
	of        edging
	thickness float32
}

func (l *edgingLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l *edgingLayout) Layout(_ []fyne.CanvasObject, space fyne.Size) {
	l.of.lay(0, 0, space.Width, space.Height, l.thickness)
}
