package widget

import "fyne.io/fyne/v2"

// A Flow lays objects out like words on a page: as many on a line as fit.
type Flow struct{ Gap float32 }

// HeightFor is the height that the objects need in the given width.
func (f *Flow) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	return f.walk(objects, width, func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
}

// Layout implements fyne.Layout.
func (f *Flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.walk(objects, size.Width, func(o fyne.CanvasObject, at fyne.Position, need fyne.Size) {
		o.Move(at)
		o.Resize(need)
	})
}

// MinSize implements fyne.Layout: the widest object, on one line.
func (f *Flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	need := fyne.NewSize(0, 0)
	for _, o := range objects {
		if o.Visible() {
			need = need.Max(o.MinSize())
		}
	}
	return need
}

func (f *Flow) walk(objects []fyne.CanvasObject, width float32, place func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	var x, y, line float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		need := o.MinSize()
		if x > 0 && x+need.Width > width {
			x, y, line = 0, y+line+f.Gap, 0
		}
		place(o, fyne.NewPos(x, y), need)
		x += need.Width + f.Gap
		line = max(line, need.Height)
	}
	return y + line
}

// Lines is a Flow that asks for the height that its present width makes it need,
// as a paragraph does.
type Lines struct {
	Gap   float32
	width float32
}

// Layout implements fyne.Layout.
func (l *Lines) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	(&Flow{Gap: l.Gap}).Layout(objects, size)
}

// MinSize implements fyne.Layout.
func (l *Lines) MinSize(objects []fyne.CanvasObject) fyne.Size {
	flow := &Flow{Gap: l.Gap}
	need := flow.MinSize(objects)
	if l.width > 0 {
		need.Height = max(need.Height, flow.HeightFor(objects, max(l.width, need.Width)))
	}
	return need
}
