package ui_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui"
	"pkidstation/ui/uitest"
	"pkidstation/ui/widget"
)

// TestTheChosenOneIsInSight wherever in the list it is, in a low window too.
func TestTheChosenOneIsInSight(t *testing.T) {
	for _, high := range []float32{800, 720} {
		b := newBench(t, ui.Options{Language: "fr"})
		b.FyneWindow().Resize(fyne.NewSize(1280, high))
		for n := range 12 {
			id := autopilot.TenantID(fmt.Sprintf("11111111-1111-4111-8111-1111111111%02d", n))
			b.station.customers = append(b.station.customers, queue.CustomerSetting{ID: id, Name: fmt.Sprintf("Client %02d", n)})
		}
		b.Load()
		b.openCustomers()
		for step := range 20 {
			key := fyne.KeyDown
			if step > 11 {
				key = fyne.KeyUp
			}
			b.command(key)
			settle(b)
			if in, title := b.chosenInSight(); !in {
				t.Errorf("height %v, step %d: %q is not in sight", high, step, title)
			}
		}
	}
}

// chosenInSight says whether all of the chosen line of a list is within the list.
func (b *bench) chosenInSight() (in bool, title string) {
	uitest.Walk(b.FyneWindow().Content(), func(o fyne.CanvasObject) {
		scroll, ok := o.(*container.Scroll)
		if !ok {
			return
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject
		uitest.Walk(scroll.Content, func(o fyne.CanvasObject) {
			if line, ok := o.(*widget.Choice); ok && line.Option().Chosen {
				top := at(line).Y - at(scroll).Y
				in, title = top >= 0 && top+line.Size().Height <= scroll.Size().Height+0.5, line.Option().Title
			}
		})
	})
	return in, title
}
