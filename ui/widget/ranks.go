package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Ranks is a chart of bars below each other, the longest first, each with what it
// stands for: why devices are refused, say.
type Ranks struct {
	widget.BaseWidget

	plot Plot
}

// NewRanks makes a chart.
func NewRanks(plot Plot) *Ranks {
	r := &Ranks{plot: plot}
	r.ExtendBaseWidget(r)
	return r
}

// Tell shows another plot.
func (r *Ranks) Tell(plot Plot) {
	r.plot = plot
	r.Refresh()
}

// Plot is what it shows.
func (r *Ranks) Plot() Plot { return r.plot }

// CreateRenderer implements fyne.Widget.
func (r *Ranks) CreateRenderer() fyne.WidgetRenderer {
	return &plotRenderer{of: r, draw: r.draw}
}

// rankHigh is the height of a rank: its words over its bar.
const rankHigh = 38

// fitting is how many ranks fit into a height.
func (r *Ranks) fitting(height float32) int {
	return max(min(int((height-plotTop)/rankHigh), len(r.plot.Bars)), 0)
}

func (r *Ranks) draw(p *painting, space fyne.Size) {
	p.head(r.plot, space)
	if r.plot.empty() {
		return
	}
	shown := r.plot.Bars[:r.fitting(space.Height)]
	var beside float32
	for _, bar := range shown {
		beside = max(beside, r.written(bar).MinSize().Width)
	}
	room := space.Width - beside - 10
	for n, bar := range shown {
		y := plotTop + rankHigh*float32(n)
		name := label("", 14, Text())
		name.Text = ellipsis(bar.Label, space.Width, name.TextSize, name.TextStyle)
		p.text(name, fyne.TextAlignLeading, 0, y)
		wide := max(room*float32(bar.Values[0])/float32(r.plot.most()), 2)
		p.add(barOf(0), 0, y+21, wide, 12)
		text := r.written(bar)
		p.text(text, fyne.TextAlignLeading, wide+8, y+27-text.MinSize().Height/2)
	}
}

// written is the number beside a bar.
func (r *Ranks) written(bar Bar) *canvas.Text {
	text := bar.Shown
	if text == "" {
		text = r.plot.number(bar.Values[0])
	}
	t := label(text, plotText, Text())
	t.TextStyle.Bold = true
	return t
}
