package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// wide is how wide a panel is that has much beside each other.
func (w *Window) wide() float32 {
	return min(max(w.window.Canvas().Size().Width-aroundOne, sheetLeast), sheetMost)
}

// beside puts objects beside each other in a panel that is wide.
func (w *Window) beside(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(abreast{w}, objects...)
}

// An abreast layout: all are equally wide, and each as high as it needs to be in its width.
type abreast struct{ window *Window }

const columnsApart = 28

func (l abreast) each(all float32, n int) float32 {
	return (all - columnsApart*float32(n-1)) / float32(n)
}

func (l abreast) MinSize(objects []fyne.CanvasObject) fyne.Size {
	need := fyne.NewSize(l.window.wide(), 0)
	for _, o := range objects {
		need.Height = max(need.Height, o.MinSize().Height)
	}
	return need
}

func (l abreast) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	width := l.each(space.Width, len(objects))
	for n, o := range objects {
		o.Resize(fyne.NewSize(width, o.MinSize().Height)) // wraps its texts
		put(o, float32(n)*(width+columnsApart), 0, width, o.MinSize().Height)
	}
}
