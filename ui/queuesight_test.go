package ui_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"pkidstation/ui"
	"pkidstation/ui/uitest"
	"pkidstation/ui/widget"
)

// TestTheRowInTheDrawerIsInSight wherever the arrow keys lead, whatever the actions
// that its state has take of the table's height.
func TestTheRowInTheDrawerIsInSight(t *testing.T) {
	for _, high := range []float32{800, 720} {
		b := newBench(t, ui.Options{Language: "en"})
		b.FyneWindow().Resize(fyne.NewSize(1280, high))
		b.fill(20)
		b.station.entries = append(b.station.entries[6:], b.station.entries[:6]...)
		b.VisitQueue()
		b.Load()
		settle(b)
		for step := range 2 * len(b.Shown()) {
			key := fyne.KeyDown
			if step >= len(b.Shown()) {
				key = fyne.KeyUp
			}
			b.command(key)
			if !b.currentInSight() {
				t.Errorf("height %v, step %d: %s is not in sight", high, step, b.Current())
			}
		}
	}
}

// currentInSight says whether all of the row of the entry in the drawer is in the table.
func (b *bench) currentInSight() (in bool) {
	at, table := fyne.CurrentApp().Driver().AbsolutePositionForObject, b.Table()
	uitest.Walk(table, func(o fyne.CanvasObject) {
		if cell, ok := o.(*widget.Cell); ok && cell.Field().Chosen {
			const header = 34
			top := at(cell).Y - at(table).Y
			in = top >= header-1 && top+cell.Size().Height <= table.Size().Height+1
		}
	})
	return in
}
