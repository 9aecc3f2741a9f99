package ui

import (
	"fyne.io/fyne/v2"

	"pkidstation/ui/widget"
)

// trialLayout lays out band, cards and advice downwards; cards and advice share
// what is left.
type trialLayout struct{}

func (trialLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(860, 480) }

func (trialLayout) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	width := space.Width - 2*edge
	band := min(max(space.Height*0.12, 64), 92)
	put(objects[0], edge, edge, width, band)
	top := band + 2*edge
	rest := space.Height - top - 2*edge
	cards := rest * 0.68
	put(objects[1], edge, top, width, cards)
	put(objects[2], edge, top+cards+edge, width, rest-cards)
}

// trialBandLayout puts on a face an icon, a title over a sentence, and at the
// right the buttons.
type trialBandLayout struct{}

func (trialBandLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 64) }

func (trialBandLayout) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	put(objects[0], 0, 0, space.Width, space.Height)
	put(objects[1], 14, space.Height*0.18, space.Height*0.64, space.Height*0.64)
	buttons := objects[4].MinSize()
	put(objects[4], space.Width-buttons.Width-8, (space.Height-buttons.Height)/2, buttons.Width, buttons.Height)
	left := 28 + space.Height*0.64
	width := space.Width - left - buttons.Width - 24
	put(objects[2], left, 2, width, space.Height*0.58)
	put(objects[3], left, space.Height*0.58, width, space.Height*0.38)
}

// inColumns gives each object the same share of the width.
type inColumns struct{ gap float32 }

func (inColumns) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(780, 200) }

func (c inColumns) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	width := (space.Width - c.gap*float32(len(objects)-1)) / float32(len(objects))
	for n, o := range objects {
		put(o, float32(n)*(width+c.gap), 0, width, space.Height)
	}
}

// trialCardLayout lays out a card: a head with icon, word and number, and below
// it the facts, the names of them at the left.
type trialCardLayout struct{}

func (trialCardLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(250, 200) }

func (trialCardLayout) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	head := min(max(space.Height*0.16, 40), 64)
	put(objects[0], 0, 0, space.Width, space.Height)
	put(objects[1], 0, 0, space.Width, head)
	put(objects[2], 12, head*0.18, head*0.64, head*0.64)
	left := 20 + head*0.64
	rest := space.Width - left - 12
	put(objects[3], left, 2, rest*0.62, head-4)
	put(objects[4], left+rest*0.64, 2, rest*0.36, head-4)
	name, y := space.Width*0.27, head+5
	for n, share := range factShares() {
		high := (space.Height - head - 10) * share
		put(objects[5+2*n], 12, y+1, name-12, high-2)
		put(objects[6+2*n], name+8, y+1, space.Width-name-18, high-2)
		y += high
	}
}

// factShares are the facts' shares of a card's height: what it is and what came
// need the most.
func factShares() [trialFacts]float32 { return [trialFacts]float32{0.2, 0.29, 0.11, 0.13, 0.11, 0.16} }

// adviceLayout puts an edge of the tone at the left of the sentences.
type adviceLayout struct{}

func (adviceLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 80) }

func (adviceLayout) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	put(objects[0], 0, 0, space.Width, space.Height)
	put(objects[1], 10, 10, 12, space.Height-20)
	put(objects[2], 36, 6, space.Width-52, space.Height-12)
}

// The sizes of the text of advice.
const (
	adviceText  = 22
	adviceLeast = 11
)

// adviceLines puts sentences below each other, all in the largest size that
// they fit in together.
type adviceLines struct{}

func (adviceLines) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(400, 60) }

func (adviceLines) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	size := float32(adviceText)
	for need(objects, size, space.Width) > space.Height && size > adviceLeast {
		size--
	}
	y := max((space.Height-need(objects, size, space.Width))/2, 0)
	for _, o := range objects {
		if line, ok := o.(*widget.Fit); ok {
			high := line.HeightFor(space.Width)
			put(line, 0, y, space.Width, high)
			y += high + size*0.3
		}
	}
}

// need is the height of sentences in a size, which they then have.
func need(objects []fyne.CanvasObject, size, width float32) float32 {
	high := -size * 0.3
	for _, o := range objects {
		if line, ok := o.(*widget.Fit); ok {
			line.Set(line.Text(), size, line.Ink())
			high += line.HeightFor(width) + size*0.3
		}
	}
	return high
}
