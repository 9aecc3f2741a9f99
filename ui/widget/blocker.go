package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
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
	face := canvas.NewRectangle(b.fill)
	face.CornerRadius = b.radius
	return widget.NewSimpleRenderer(face)
}

// NewFrame is a frame of one colour and thickness with nothing in it, through
// which everything can be tapped.
func NewFrame(ink color.Color, thickness float32) fyne.CanvasObject {
	frame := canvas.NewRectangle(color.Transparent)
	frame.StrokeColor, frame.StrokeWidth = ink, thickness
	return frame
}
