package widget_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"pkidstation/ui/widget"
)

func TestChoiceIsTappedAndNeverFocused(t *testing.T) {
	oneApp()
	tapped := 0
	c := widget.NewChoice(widget.Option{Title: "Contoso"}, func() { tapped++ })
	test.Tap(c)
	if tapped != 1 {
		t.Errorf("tapped %d times", tapped)
	}
	if _, can := any(c).(fyne.Focusable); can {
		t.Error("a scan could press it")
	}
	test.Tap(widget.NewChoice(widget.Option{Title: "nothing happens"}, nil))
}

func TestChoiceCutsLongTextsWithinItsWidth(t *testing.T) {
	oneApp()
	long := "Logistique Logistique Logistique Logistique Logistique Logistique"
	for _, mark := range []widget.Mark{widget.NoMark, widget.BoxOff, widget.BoxOn, widget.ToneMark} {
		c := widget.NewChoice(widget.Option{Title: long, Note: long, Mark: mark, Chosen: true}, nil)
		c.Resize(fyne.NewSize(300, 52))
		for _, o := range test.WidgetRenderer(c).Objects() {
			if text, ok := o.(*canvas.Text); ok && (text.Text == long || text.Position().X+text.MinSize().Width > 300) {
				t.Errorf("mark %d: %q runs over", mark, text.Text)
			}
		}
	}
}

func TestLinesAskForTheHeightOfTheirWidth(t *testing.T) {
	oneApp()
	layout := &widget.Lines{Gap: 8}
	var taps []fyne.CanvasObject
	for range 6 {
		taps = append(taps, widget.NewTap("a button", "", widget.Plain, nil))
	}
	one := layout.MinSize(taps).Height
	layout.Layout(taps, fyne.NewSize(300, 48))
	if many := layout.MinSize(taps).Height; many < 2*one {
		t.Errorf("six buttons in 300 ask for %v, one line is %v", many, one)
	}
	layout.Layout(taps, fyne.NewSize(3000, 48))
	if wide := layout.MinSize(taps).Height; wide != one {
		t.Errorf("on one line they ask for %v, want %v", wide, one)
	}
}
