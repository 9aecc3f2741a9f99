package widget

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// An Outline is a quadrangle on a picture, in its pixels.
type Outline struct {
	Corners [4]image.Point
	Ink     color.Color
}

// A Preview shows a camera's picture with what was found on it.
type Preview struct {
	widget.BaseWidget

	picture  *canvas.Image
	outlines []Outline
	lines    []*canvas.Line
}

// NewPreview makes a preview that takes no place until it has a picture.
func NewPreview() *Preview {
	p := &Preview{picture: canvas.NewImageFromImage(nil)}
	p.picture.FillMode = canvas.ImageFillContain
	p.picture.ScaleMode = canvas.ImageScaleFastest
	p.Hidden = true
	p.ExtendBaseWidget(p)
	return p
}

// Tell puts a picture on it.
func (p *Preview) Tell(picture image.Image, outlines []Outline) {
	p.picture.Image, p.outlines = picture, outlines
	p.Hidden = picture == nil
	p.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (p *Preview) CreateRenderer() fyne.WidgetRenderer { return &previewRenderer{preview: p} }

type previewRenderer struct{ preview *Preview }

func (r *previewRenderer) MinSize() fyne.Size { return fyne.NewSize(120, 90) }

func (r *previewRenderer) Layout(space fyne.Size) {
	p := r.preview
	p.picture.Resize(space)
	p.lines = p.lines[:0]
	if p.picture.Image == nil {
		return
	}
	bounds := p.picture.Image.Bounds()
	if bounds.Empty() {
		return
	}
	scale := min(space.Width/float32(bounds.Dx()), space.Height/float32(bounds.Dy()))
	left := (space.Width - scale*float32(bounds.Dx())) / 2
	top := (space.Height - scale*float32(bounds.Dy())) / 2
	at := func(c image.Point) fyne.Position {
		c = c.Sub(bounds.Min)
		return fyne.NewPos(left+scale*float32(c.X), top+scale*float32(c.Y))
	}
	for _, o := range p.outlines {
		for n := range o.Corners {
			line := canvas.NewLine(o.Ink)
			line.StrokeWidth = 3
			line.Position1, line.Position2 = at(o.Corners[n]), at(o.Corners[(n+1)%4])
			p.lines = append(p.lines, line)
		}
	}
}

func (r *previewRenderer) Refresh() {
	r.Layout(r.preview.Size())
	r.preview.picture.Refresh()
	canvas.Refresh(r.preview)
}

func (r *previewRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.preview.picture}
	for _, line := range r.preview.lines {
		objects = append(objects, line)
	}
	return objects
}

func (r *previewRenderer) Destroy() {}
