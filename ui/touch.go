package ui

import (
	"math"

	"fyne.io/fyne/v2"
)

// The measures of what gloves hit, in millimetres.
const (
	primaryMM = 20 // what the dock's people press
	inch      = 25.4
)

// usualDensity is what a screen has that does not say.
const usualDensity = 96

// The bounds of what is believed of a screen: a projector says anything.
const leastDensity, mostDensity = 50, 600

// The bounds of what is primary, in units: less could not be seen from two metres, and
// more would leave no room for what is read.
const leastPrimary, mostPrimary = 64, 110

// primaryHigh is how high what the dock's people press is at least.
func primaryHigh(density, scale float32) float32 {
	if density < leastDensity || density > mostDensity {
		density = usualDensity * scale
	}
	units := float64(primaryMM / inch * density / scale)
	return float32(min(max(math.Ceil(units), leastPrimary), mostPrimary))
}

// measure takes how many pixels an inch of the screen has, where it says so, and lays
// everything out for that.
func (w *Window) measure() {
	density := float32(0)
	if w.options.Density != nil {
		density = w.options.Density()
	}
	before := w.primary
	w.primary = primaryHigh(density, max(w.window.Canvas().Scale(), 0.1))
	if before != w.primary {
		w.rebuild()
	}
}

// A pair puts two objects beside each other where both have room there, else below
// each other.
type pair struct{ width float32 }

const pairGap = 4

func (p *pair) abreast(objects []fyne.CanvasObject) bool {
	each := max(objects[0].MinSize().Width, objects[1].MinSize().Width)
	return p.width == 0 || 2*each+pairGap <= p.width
}

func (p *pair) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	if p.abreast(objects) {
		return fyne.NewSize(max(a.Width, b.Width), max(a.Height, b.Height))
	}
	return fyne.NewSize(max(a.Width, b.Width), a.Height+pairGap+b.Height)
}

func (p *pair) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	p.width = space.Width
	if p.abreast(objects) {
		each := (space.Width - pairGap) / 2
		put(objects[0], 0, 0, each, space.Height)
		put(objects[1], each+pairGap, 0, each, space.Height)
		return
	}
	high := (space.Height - pairGap) / 2
	put(objects[0], 0, 0, space.Width, high)
	put(objects[1], 0, high+pairGap, space.Width, high)
}
