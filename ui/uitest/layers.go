package uitest

import (
	"fmt"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"pkidstation/ui/widget"
)

// faintest is the least contrast that is read in a warehouse.
const faintest = 7

// A layer is something that is drawn at a place, in the order of drawing.
type layer struct {
	at   fyne.Position
	size fyne.Size
	// fill is a plane's colour, nil for a text's, which has an ink.
	fill color.Color
	text string
	ink  color.Color
	o    fyne.CanvasObject
}

func (l layer) has(p fyne.Position) bool {
	return p.X >= l.at.X && p.X <= l.at.X+l.size.Width && p.Y >= l.at.Y && p.Y <= l.at.Y+l.size.Height
}

func (l layer) middle() fyne.Position {
	return l.at.AddXY(l.size.Width/2, l.size.Height/2)
}

// layers are what is drawn, and in sight of what scrolls.
func (s *Shot) layers() []layer {
	var all []layer
	window := layer{size: s.Canvas().Size()}
	var visit func(o fyne.CanvasObject, origin fyne.Position, clip layer)
	visit = func(o fyne.CanvasObject, origin fyne.Position, clip layer) {
		if !o.Visible() {
			return
		}
		at := origin.Add(o.Position())
		l := layer{at: at, size: o.Size(), o: o}
		switch o := o.(type) {
		case *canvas.Rectangle:
			l.fill = o.FillColor
		case *canvas.Text:
			l.text, l.ink = o.Text, o.Color
		}
		if clip.has(l.middle()) && (l.fill != nil || l.text != "" || pressed(o)) {
			all = append(all, l)
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				visit(child, at, clip)
			}
		case fyne.Widget:
			if _, is := o.(*container.Scroll); is {
				clip = layer{at: at, size: o.Size()}
			}
			for _, child := range test.WidgetRenderer(o).Objects() {
				visit(child, at, clip)
			}
		}
	}
	visit(s.Canvas().Content(), fyne.Position{}, window)
	return all
}

// Faint names the texts that stand out too little from what is behind them. What lies
// under something else is not meant to be read.
func (s *Shot) Faint() []string {
	var faint []string
	all := s.layers()
	for n, text := range all {
		if text.text == "" || covered(all[n+1:], text.middle()) {
			continue
		}
		back := widget.Paper()
		for _, below := range all[:n] {
			if below.fill != nil && below.has(text.middle()) {
				back = over(below.fill, back)
			}
		}
		if c := contrast(text.ink, back); c < faintest {
			faint = append(faint, fmt.Sprintf("%q has a contrast of %.1f", text.text, c))
		}
	}
	return faint
}

func covered(later []layer, at fyne.Position) bool {
	for _, l := range later {
		if l.fill == nil || !l.has(at) {
			continue
		}
		if _, _, _, a := l.fill.RGBA(); a > 0 {
			return true
		}
	}
	return false
}

// over is a colour over another.
func over(top, below color.Color) color.Color {
	r, g, b, a := top.RGBA()
	r2, g2, b2, _ := below.RGBA()
	mix := func(c, c2 uint32) uint8 { return uint8((c + c2*(0xffff-a)/0xffff) >> 8) } //nolint:gosec // it is a part of one
	return color.NRGBA{mix(r, r2), mix(g, g2), mix(b, b2), 0xff}
}

// contrast is that of two colours (WCAG).
func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	part := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f <= 0.03928 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}

// A Target is what can be pressed and is in sight.
type Target struct {
	Label string
	// Key is what does the same.
	Key  string
	Size fyne.Size
	// Enabled says that pressing it does something now.
	Enabled bool
	// Row says that it is one of a list, which is gone through with the arrow keys.
	Row bool
}

func pressed(o fyne.CanvasObject) bool {
	switch o.(type) {
	case *widget.Tap, *widget.Choice:
		return true
	default:
		return false
	}
}

// Targets are all that can be pressed with nothing lying over it.
func (s *Shot) Targets() []Target {
	var found []Target
	all := s.layers()
	for n, l := range all {
		after := n + 1
		for after < len(all) && within(l, all[after]) {
			after++ // its own face and texts
		}
		if covered(all[after:], l.middle()) {
			continue
		}
		switch o := l.o.(type) {
		case *widget.Tap:
			found = append(found, Target{Label: o.Label(), Key: o.Key(), Size: l.size, Enabled: o.Enabled()})
		case *widget.Choice:
			found = append(found, Target{Label: o.Option().Title, Size: l.size, Enabled: true, Row: true})
		}
	}
	return found
}

func within(outer, inner layer) bool {
	const around = 2
	return inner.at.X >= outer.at.X-around && inner.at.Y >= outer.at.Y-around &&
		inner.at.X+inner.size.Width <= outer.at.X+outer.size.Width+around && inner.at.Y+inner.size.Height <= outer.at.Y+outer.size.Height+around
}

// DockTargets are the ids of what people at the dock press with gloves: its own
// buttons, and what it is asked.
func DockTargets() []string {
	return []string{"ui.undo", "ui.typed", "label.teach", "ui.reception.open", "ui.reception.close", "asked.customer.yes", "asked.shift.yes"}
}

// OfTheDock says whether a target is one of these.
func (s *Shot) OfTheDock(t Target) bool {
	for _, id := range DockTargets() {
		if t.Label == s.words.Say(id) {
			return true
		}
	}
	return false
}

// Tap presses what has a label.
func (s *Shot) Tap(label string) {
	s.tapLabel(label)
	s.settle()
}
