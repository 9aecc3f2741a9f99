package uitest_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"

	"pkidstation/ui/uitest"
	"pkidstation/ui/widget"
)

// TestCharts holds how the charts of a morning look, in small, also with nothing in
// them.
func TestCharts(t *testing.T) {
	for state, names := range map[string][]string{"morning-full": {"hours", "failures", "ages"}, "morning-quiet": {"hours-none"}} {
		shot := show(t, state, low())
		var charts []fyne.CanvasObject
		uitest.Walk(shot.Canvas().Content(), func(o fyne.CanvasObject) {
			switch o := o.(type) {
			case *widget.Columns:
				again := widget.NewColumns(o.Plot())
				if len(o.Plot().Series) == 1 {
					again.Counted()
				}
				charts = append(charts, again)
			case *widget.Ranks:
				charts = append(charts, widget.NewRanks(o.Plot()))
			}
		})
		if len(charts) != 3 {
			t.Fatalf("%s has %d charts", state, len(charts))
		}
		for n, name := range names {
			now := software.NewCanvas()
			now.SetContent(charts[n])
			now.Resize(fyne.NewSize(360, 160))
			checkPicture(t, "chart-"+name+".png", now.Capture())
		}
	}
}
