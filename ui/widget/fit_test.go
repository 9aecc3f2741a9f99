package widget_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"pkidstation/ui/widget"
)

// texts are short and long, with words that fit nowhere.
func texts() []string {
	return []string{
		"", "Lu", "Refusé par Microsoft", strings.Repeat("W", 300), "é" + strings.Repeat("\u202f", 40) + "!",
		"Hors ligne depuis 2 j 3 h. 412 appareils gardés ici, envoi automatique au retour du réseau.",
		"a\nb\tc", "\xff\xfe", strings.Repeat("mot ", 60),
	}
}

func TestFitNeverCuts(t *testing.T) {
	oneApp()
	for _, text := range texts() {
		for _, space := range []fyne.Size{{Width: 900, Height: 600}, {Width: 500, Height: 60}, {Width: 300, Height: 200}} {
			for _, fit := range []*widget.Fit{
				widget.NewFit(text, 120, widget.Text()), widget.NewFit(text, 40, widget.Text()).Bold().Align(fyne.TextAlignTrailing),
			} {
				test.NewTempWindow(t, fit)
				fit.Resize(space)
				if !fit.Fits() && space.Height >= 200 {
					t.Errorf("%.30q is cut in %v at size %.0f", text, space, fit.Scale())
				}
				if fit.Scale() > 120 {
					t.Errorf("%.30q is %.0f large", text, fit.Scale())
				}
			}
		}
	}
}

func TestFitIsAsLargeAsItMayBe(t *testing.T) {
	oneApp()
	fit := widget.NewFit("Déjà lu", 60, widget.Text())
	test.NewTempWindow(t, fit)
	fit.Resize(fyne.NewSize(1000, 200))
	if fit.Scale() != 60 {
		t.Errorf("size %.0f where 60 fits", fit.Scale())
	}
	fit.Resize(fyne.NewSize(100, 200))
	if fit.Scale() >= 60 || fit.Scale() < 20 {
		t.Errorf("size %.0f in a narrow place", fit.Scale())
	}
}

func TestParagraphGrowsWithItsText(t *testing.T) {
	oneApp()
	para := widget.NewPara(strings.Repeat("mot ", 60), 16, widget.Text())
	test.NewTempWindow(t, para)
	para.Resize(fyne.NewSize(800, 10))
	wide := para.MinSize().Height
	para.Resize(fyne.NewSize(200, 10))
	if narrow := para.MinSize().Height; narrow < 3*wide {
		t.Errorf("%.0f high when narrow, %.0f when wide", narrow, wide)
	}
}

func TestFlowBreaksLines(t *testing.T) {
	oneApp()
	var taps []fyne.CanvasObject
	for range 6 {
		taps = append(taps, widget.NewTap("Bloquer", "F8", widget.Plain, nil))
	}
	flow := &widget.Flow{Gap: 8}
	one := taps[0].MinSize()
	if got := flow.HeightFor(taps, 3*one.Width+16); got != 2*one.Height+8 {
		t.Errorf("six in rows of three are %.0f high, want %.0f", got, 2*one.Height+8)
	}
	flow.Layout(taps, fyne.NewSize(3*one.Width+16, 500))
	if taps[3].Position().X != 0 || taps[3].Position().Y == 0 {
		t.Errorf("the fourth is at %v", taps[3].Position())
	}
}

func TestTapIsPressedByTapsAlone(t *testing.T) {
	oneApp()
	pressed := 0
	tap := widget.NewTap("Écarter", "F10", widget.Main, func() { pressed++ })
	if _, focusable := fyne.CanvasObject(tap).(fyne.Focusable); focusable {
		t.Error("a button can be focused")
	}
	test.Tap(tap)
	tap.SetEnabled(false)
	test.Tap(tap)
	if pressed != 1 {
		t.Errorf("pressed %d times, want once", pressed)
	}
}
