package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Columns is a chart of upright bars beside each other, such as hours or ages.
type Columns struct {
	widget.BaseWidget

	plot Plot
	// counted writes the number over each bar.
	counted bool
}

// NewColumns makes a chart.
func NewColumns(plot Plot) *Columns {
	c := &Columns{plot: plot}
	c.ExtendBaseWidget(c)
	return c
}

// Counted writes its number over each bar and gives it back.
func (c *Columns) Counted() *Columns {
	c.counted = true
	return c
}

// Tell shows another plot.
func (c *Columns) Tell(plot Plot) {
	c.plot = plot
	c.Refresh()
}

// Plot is what it shows.
func (c *Columns) Plot() Plot { return c.plot }

// CreateRenderer implements fyne.Widget.
func (c *Columns) CreateRenderer() fyne.WidgetRenderer {
	return &plotRenderer{of: c, draw: c.draw}
}

// draw draws title, scale, bars and what stands below them.
func (c *Columns) draw(p *painting, space fyne.Size) {
	p.head(c.plot, space)
	if c.plot.empty() {
		return
	}
	line := label("0", plotText, Text()).MinSize().Height
	low := line + 4
	if c.plot.Note != "" {
		p.text(label(c.plot.Note, plotText, Text()), fyne.TextAlignLeading, 0, space.Height-line)
		low += line + 4
	}
	top := float32(plotTop + 4)
	if c.counted {
		top += line
	}
	field := frame{left: c.scaleWidth() + 6, top: top, width: space.Width, height: space.Height - top - low}
	field.width -= field.left
	c.drawScale(p, field)
	c.drawBars(p, field)
}

// A frame is where the bars stand.
type frame struct{ left, top, width, height float32 }

// scaled is the height of a value.
func (f frame) scaled(n, highest int) float32 { return f.height * float32(n) / float32(highest) }

// highest is the value of the highest line.
func (c *Columns) highest() int {
	each := step(c.plot.most())
	return (c.plot.most() + each - 1) / each * each
}

func (c *Columns) scaleWidth() float32 {
	return label(c.plot.number(c.highest()), plotText, Text()).MinSize().Width
}

func (c *Columns) drawScale(p *painting, f frame) {
	highest := c.highest()
	for n := 0; n <= highest; n += step(c.plot.most()) {
		y := f.top + f.height - f.scaled(n, highest)
		rule := canvas.NewRectangle(Line())
		if n == 0 {
			rule.FillColor = Edge()
		}
		p.add(rule, f.left, y, f.width, 1)
		text := label(c.plot.number(n), plotText, Text())
		p.text(text, fyne.TextAlignTrailing, f.left-6, y-text.MinSize().Height/2)
	}
}

func (c *Columns) drawBars(p *painting, f frame) {
	slot, highest := f.width/float32(len(c.plot.Bars)), c.highest()
	every := c.labelEvery(slot)
	for n, bar := range c.plot.Bars {
		left := f.left + slot*float32(n)
		gap := max(slot*0.16, 1)
		wide := (slot - 2*gap) / float32(max(len(bar.Values), 1))
		for s, value := range bar.Values {
			if value == 0 {
				continue
			}
			high := max(f.scaled(value, highest), 2) // one is seen beside a thousand
			p.add(barOf(s), left+gap+wide*float32(s), f.top+f.height-high, wide, high)
		}
		if c.counted && len(bar.Values) == 1 && bar.Values[0] > 0 {
			text := label(c.plot.number(bar.Values[0]), plotText, Text())
			text.TextStyle.Bold = true
			p.text(text, fyne.TextAlignCenter, left+slot/2, f.top+f.height-max(f.scaled(bar.Values[0], highest), 2)-text.MinSize().Height)
		}
		if (len(c.plot.Bars)-1-n)%every == 0 { // the last one, which is now, has its name
			name := label(bar.Label, plotText, Text())
			middle := min(left+slot/2, f.left+f.width-name.MinSize().Width/2)
			p.text(name, fyne.TextAlignCenter, middle, f.top+f.height+3)
		}
	}
}

// labelEvery is how many bars share a label, so that no two run into each other.
func (c *Columns) labelEvery(slot float32) int {
	var wide float32
	for _, bar := range c.plot.Bars {
		wide = max(wide, label(bar.Label, plotText, Text()).MinSize().Width)
	}
	moved := max(wide-slot, 0) / 2 // the last one, which would run out
	return max(int((wide+moved+8)/slot)+1, 1)
}

// A plotRenderer draws a chart anew for each size and plot.
type plotRenderer struct {
	of      fyne.Widget
	draw    func(*painting, fyne.Size)
	size    fyne.Size
	objects []fyne.CanvasObject
}

func (r *plotRenderer) MinSize() fyne.Size { return fyne.NewSize(220, 120) }

func (r *plotRenderer) Layout(space fyne.Size) {
	if space == r.size && r.objects != nil {
		return
	}
	var p painting
	if space.Width > 0 && space.Height > 0 {
		r.draw(&p, space)
	}
	r.size, r.objects = space, p.objects
}

func (r *plotRenderer) Refresh() {
	r.objects = nil
	r.Layout(r.of.Size())
	canvas.Refresh(r.of)
}

func (r *plotRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *plotRenderer) Destroy() {}
