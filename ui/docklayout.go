package ui

import "fyne.io/fyne/v2"

// The dock's measures.
const (
	edge      = 12  // around and between things
	bandHigh  = 84  // the band at the top, at least
	leastTile = 0.5 // the tile's share of the whole window
	narrow    = 270 // the column beside it at least
)

// dockLayout lays out band, tile and column. The tile gets at least half of
// the window's area, whatever its size, unless an alert takes some of it: then
// the column keeps its width.
type dockLayout struct{ alerted func() bool }

func (*dockLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(900, 560) }

func (l *dockLayout) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	band := max(bandHigh, objects[0].MinSize().Height)
	put(objects[0], edge, edge, space.Width-2*edge, band)
	top := 2*edge + band
	height := space.Height - top - edge
	window := space.Width * (space.Height + barHigh)
	width := space.Width * 0.64
	if !l.alerted() {
		width = max(width, (leastTile+0.005)*window/height)
	}
	width = min(width, space.Width-3*edge-narrow)
	put(objects[1], edge, top, width, height)
	put(objects[2], width+2*edge, top, space.Width-width-3*edge, height)
}

// barHigh is the height of the bar above every page.
const barHigh = 64

// dockColumn lays out counters, preview, title, list and buttons downwards; the
// list takes what is left, the preview a third of it.
type dockColumn struct{}

func (*dockColumn) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 400) }

func (*dockColumn) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	counters, preview, title, list, buttons := objects[0], objects[1], objects[2], objects[3], objects[4]
	counters.Resize(fyne.NewSize(space.Width, counters.Size().Height)) // they need what their width makes them need
	high := counters.MinSize().Height
	put(counters, 0, 0, space.Width, high)
	buttons.Resize(fyne.NewSize(space.Width, buttons.Size().Height)) // so do these
	low := buttons.MinSize().Height
	put(buttons, 0, space.Height-low, space.Width, low)
	top := high + 8
	rest := space.Height - top - low - 8
	if preview.Visible() {
		part := min(rest*0.36, 150)
		put(preview, 0, top, space.Width, part)
		top, rest = top+part+6, rest-part-6
	}
	put(title, 4, top, space.Width-8, 22)
	put(list, 0, top+24, space.Width, rest-24)
}

// evenly gives each object the same share of the height, up to a limit. The last ones
// are not shown where there is no room to read them all.
type evenly struct{}

func (evenly) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(280, 200) }

func (evenly) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	const least, most = 24, 44
	shown := min(len(objects), max(int(space.Height/least), 1))
	share := min(space.Height/float32(shown), most)
	for n, o := range objects {
		put(o, 0, share*float32(n), space.Width, share)
		if n < shown {
			o.Show()
		} else {
			o.Hide()
		}
	}
}
