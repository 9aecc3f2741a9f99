package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// A Progress is a bar that shows how far something is, or only that it goes on. It moves when it is told
// to: nothing is drawn meanwhile.
type Progress struct {
	widget.BaseWidget

	part       float32 // 0 to 1
	known      bool
	face, done *canvas.Rectangle
}

// shareOfUnknown is how long the piece is that says only that something goes on.
const shareOfUnknown = 0.25

// NewProgress makes a bar of something of which nobody knows how far it is.
func NewProgress() *Progress {
	b := &Progress{face: canvas.NewRectangle(nil), done: canvas.NewRectangle(nil)}
	b.face.CornerRadius, b.done.CornerRadius = 6, 6
	b.ExtendBaseWidget(b)
	return b
}

// Set says which part is done.
func (b *Progress) Set(part float32) {
	b.part, b.known = min(max(part, 0), 1), true
	b.Refresh()
}

// GoOn says that it goes on: n is another number each time.
func (b *Progress) GoOn(n int) {
	const steps = 8
	b.part, b.known = float32(n%steps)/(steps-1), false
	b.Refresh()
}

// Part is which part is done, and whether anybody knows.
func (b *Progress) Part() (part float32, known bool) { return b.part, b.known }

// CreateRenderer implements fyne.Widget.
func (b *Progress) CreateRenderer() fyne.WidgetRenderer {
	r := &progressRenderer{bar: b}
	r.Refresh()
	return r
}

type progressRenderer struct{ bar *Progress }

func (r *progressRenderer) MinSize() fyne.Size { return fyne.NewSize(220, 18) }

func (r *progressRenderer) Layout(space fyne.Size) {
	const high = 18
	b, top := r.bar, (space.Height-high)/2
	place(b.face, 0, top, space.Width, high)
	if b.known {
		place(b.done, 0, top, space.Width*b.part, high)
		return
	}
	place(b.done, space.Width*(1-shareOfUnknown)*b.part, top, space.Width*shareOfUnknown, high)
}

func (r *progressRenderer) Refresh() {
	b := r.bar
	b.face.FillColor, b.face.StrokeColor, b.face.StrokeWidth = Surface(), Edge(), 1.5
	b.done.FillColor = AccentFill()
	r.Layout(b.Size())
	canvas.Refresh(b)
}

func (r *progressRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.bar.face, r.bar.done}
}

func (r *progressRenderer) Destroy() {}
