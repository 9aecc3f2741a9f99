package widget_test

import (
	"image/color"
	"math"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// put shows a widget in a window of a test app, in the given size.
// oneApp is the app of all tests: an app of its own for each would read the fonts
// anew, and measure each text.
var oneApp = sync.OnceValue(test.NewApp)

func put[W fyne.Widget](t *testing.T, w W, width, height float32) W {
	t.Helper()
	oneApp()
	test.NewTempWindow(t, w)
	w.Resize(fyne.NewSize(width, height))
	return w
}

// parts are a widget's own objects of one kind, in the order they are drawn.
func parts[O fyne.CanvasObject](w fyne.Widget) []O {
	var found []O
	for _, o := range test.WidgetRenderer(w).Objects() {
		if o, ok := o.(O); ok {
			found = append(found, o)
		}
	}
	return found
}

// lines are the texts that a widget draws, line by line.
func lines(w fyne.Widget) []string {
	var all []string
	for _, text := range parts[*canvas.Text](w) {
		if text.Visible() {
			all = append(all, text.Text)
		}
	}
	return all
}

// inside says whether an object lies within a space.
func inside(o fyne.CanvasObject, space fyne.Size) bool {
	at, size := o.Position(), o.Size()
	const slack = 0.5
	return at.X >= -slack && at.Y >= -slack && at.X+size.Width <= space.Width+slack && at.Y+size.Height <= space.Height+slack
}

// linear are the parts of a colour as light.
func linear(c color.Color) [3]float64 {
	r, g, b, _ := c.RGBA()
	one := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return [3]float64{one(r), one(g), one(b)}
}

// contrast is WCAG's contrast ratio.
func contrast(a, b color.Color) float64 {
	luminance := func(c color.Color) float64 {
		l := linear(c)
		return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2]
	}
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func near(a, b float32) bool { return math.Abs(float64(a-b)) < 0.6 }
