package ui

import (
	"fyne.io/fyne/v2"

	"pkidstation/ui/widget"
)

// drawerWidth is how wide the drawer is beside the table.
const drawerWidth = 334

// queueLayout lays out chips and search on top, table and drawer in the middle,
// the actions below.
type queueLayout struct{ screen *queueScreen }

func (*queueLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(900, 480) }

func (l *queueLayout) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	chips, search, table, drawer, actions, progress := objects[0], objects[1], objects[2], objects[3], objects[4], objects[5]
	const header = 44 // the table's
	flow := &widget.Flow{Gap: 8}
	width := space.Width - 2*edge
	left := width - drawerWidth - edge
	wide := width
	if drawer.Visible() {
		wide = left
	}
	high := max(flow.HeightFor(l.screen.chips.Objects, left), 48)
	put(chips, edge, edge, left, high)
	put(search, edge+left+edge, edge, drawerWidth, 48)
	low := (&widget.Flow{Gap: 10}).HeightFor(l.screen.actions.Objects, width)
	told := rowsHigh(l.screen.progress.Objects)
	put(progress, edge, high+edge+4, left, told)
	top := high + told + 2*edge
	middle := space.Height - top - low - 2*edge
	l.screen.table.share(wide) // before the table has the width, else it scrolls sideways
	put(table, edge, top, wide, middle)
	put(objects[6], edge, top+header, wide, min(middle-header, 120))
	put(drawer, edge+left+edge, edge+48+edge, drawerWidth, space.Height-low-48-4*edge)
	put(actions, edge, space.Height-low-edge, width, low)
}

// lines puts lines of text under each other.
type lines struct{}

func (lines) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(300, rowsHigh(objects))
}

func (lines) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	for n, o := range objects {
		put(o, 4, progressHigh*float32(n), space.Width-8, progressHigh)
	}
}
