package uitest

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
)

// smallest is the least size of letters that nobody has to bend down for.
const smallest = 10

// Cut names the texts that are not all there, are too small to read or lie beyond the
// window, and the buttons that have too little room. What is in something that
// scrolls may lie above or below.
func (s *Shot) Cut() []string {
	var cut []string
	c := cutting{window: s.Canvas().Size(), found: func(text string) { cut = append(cut, text) }}
	Walk(s.Canvas().Content(), c.scrolls)
	Walk(s.Canvas().Content(), c.look)
	return cut
}

type cutting struct {
	window   fyne.Size
	scrolled map[fyne.CanvasObject]bool
	found    func(string)
}

// scrolls notes what lies in something that scrolls.
func (c *cutting) scrolls(o fyne.CanvasObject) {
	if scroll, ok := o.(*container.Scroll); ok {
		if c.scrolled == nil {
			c.scrolled = map[fyne.CanvasObject]bool{}
		}
		Walk(scroll.Content, func(o fyne.CanvasObject) { c.scrolled[o] = true })
	}
}

func (c *cutting) look(o fyne.CanvasObject) {
	switch o := o.(type) {
	case *widget.Fit:
		switch {
		case o.Text() == "":
		case !o.Fits():
			c.found(fmt.Sprintf("%q does not fit into %v", o.Text(), o.Size()))
		case o.Scale() < smallest:
			c.found(fmt.Sprintf("%q is in letters of %.1f", o.Text(), o.Scale()))
		case !c.within(o):
			c.found(fmt.Sprintf("%q lies beyond the window", o.Text()))
		}
	case *widget.Tap:
		const rounding = 0.5
		need, size := o.MinSize(), o.Size()
		if size.Width < need.Width-rounding || size.Height < need.Height-rounding || !c.within(o) {
			c.found(fmt.Sprintf("the button %q has %v, and needs %v", o.Label(), size, need))
		}
	}
}

// within says that an object is in the window.
func (c *cutting) within(o fyne.CanvasObject) bool {
	const rounding = 0.5
	at, size := fyne.CurrentApp().Driver().AbsolutePositionForObject(o), o.Size()
	high := at.Y >= 0 && at.Y+size.Height <= c.window.Height+rounding
	return at.X >= 0 && at.X+size.Width <= c.window.Width+rounding && (high || c.scrolled[o])
}
