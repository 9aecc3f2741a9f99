package widget_test

import (
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"pkidstation/ui/widget"
)

func TestScaleStaysBetweenLeastAndMost(t *testing.T) {
	for _, text := range sentences() {
		for _, most := range []float32{8, 90} {
			for _, size := range []fyne.Size{{Width: 90, Height: 30}, {Width: 5000, Height: 3000}} {
				fit := put(t, widget.NewFit(text, most, widget.Text()), size.Width, size.Height)
				if fit.Scale() < 8 || fit.Scale() > most {
					t.Errorf("%.20q of at most %.0f is %.1f large in %v", text, most, fit.Scale(), size)
				}
			}
		}
	}
}

func TestMoreRoomIsNeverSmallerText(t *testing.T) {
	for _, text := range []string{"Refusé", "Boîte retenue, un responsable décide", sentences()[9]} {
		before := float32(0)
		for height := float32(20); height < 400; height += 60 {
			fit := put(t, widget.NewFit(text, 90, widget.Text()).Bold(), 320, height)
			if fit.Scale() < before-0.6 {
				t.Errorf("%.20q shrinks from %.1f to %.1f when it gets a height of %.0f", text, before, fit.Scale(), height)
			}
			before = fit.Scale()
		}
	}
}

func TestNoRoomIsWasted(t *testing.T) {
	fit := put(t, widget.NewFit("Prenez la boîte suivante et continuez", 200, widget.Text()), 400, 120)
	size := fit.Scale()
	larger := widget.NewFit(fit.Text(), size+2, widget.Text())
	if height := larger.HeightFor(400); height <= 120 && size < 200 {
		width := fyne.MeasureText("continuez", size+2, fyne.TextStyle{}).Width
		if width <= 400 {
			t.Errorf("size %.1f where %.1f fits, %.0f high", size, size+2, height)
		}
	}
}

func TestTextTooLongForTheLeastSizeRunsOverAndSaysSo(t *testing.T) {
	fit := put(t, widget.NewFit(strings.Repeat("mot ", 600), 40, widget.Text()), 200, 60)
	if fit.Scale() > 9 || fit.Fits() {
		t.Errorf("size %.1f, fits: %v", fit.Scale(), fit.Fits())
	}
	if first := parts[*canvas.Text](fit)[0]; first.Position().Y < 0 {
		t.Errorf("its first line starts above its place, at %.0f", first.Position().Y)
	}
}

func TestAlignment(t *testing.T) {
	for align, want := range map[fyne.TextAlign]func(free float32) float32{
		fyne.TextAlignLeading:  func(float32) float32 { return 0 },
		fyne.TextAlignCenter:   func(free float32) float32 { return free / 2 },
		fyne.TextAlignTrailing: func(free float32) float32 { return free },
	} {
		line := parts[*canvas.Text](put(t, widget.NewFit("Lu", 40, widget.Text()).Align(align), 500, 100))[0]
		if at := want(500 - line.MinSize().Width); !near(line.Position().X, at) {
			t.Errorf("alignment %d starts at %.1f, want %.1f", align, line.Position().X, at)
		}
		if middle := line.Position().Y + line.MinSize().Height/2; !near(middle, 50) {
			t.Errorf("alignment %d has its middle at %.1f of 100", align, middle)
		}
	}
}

func TestSetShowsAtOnce(t *testing.T) {
	fit := put(t, widget.NewFit("before", 30, widget.Text()).Bold(), 400, 100)
	red := color.NRGBA{0xff, 0, 0, 0xff}
	fit.Set("after", 20, red)
	line := parts[*canvas.Text](fit)[0]
	if line.Text != "after" || line.TextSize != 20 || line.Color != red || !line.TextStyle.Bold {
		t.Errorf("it shows %+v", line)
	}
	if fit.Text() != "after" || fit.Ink() != red {
		t.Errorf("it says it has %q in %v", fit.Text(), fit.Ink())
	}
	fit.Set("", 20, red)
	if len(lines(fit)) != 0 || !fit.Fits() || fit.Scale() != 20 {
		t.Errorf("an emptied text shows %q", lines(fit))
	}
}

func TestLengthenChangesTheTextAlone(t *testing.T) {
	fit := put(t, widget.NewFit("Lu", 33, widget.Muted()), 400, 100)
	fit.Lengthen(func(s string) string { return s + s })
	if fit.Text() != "LuLu" || fit.Scale() != 33 || fit.Ink() != widget.Muted() {
		t.Errorf("%q, %.0f, %v", fit.Text(), fit.Scale(), fit.Ink())
	}
}

func TestParagraphHasOneSizeAndAsksForItsHeight(t *testing.T) {
	for _, text := range sentences() {
		for _, width := range []float32{60, 200, 700} {
			para := put(t, widget.NewPara(text, 18, widget.Text()), width, 10)
			para.Resize(fyne.NewSize(width, para.MinSize().Height))
			if para.Scale() != 18 || !para.Fits() {
				t.Errorf("%.20q in %.0f: size %.1f, fits %v", text, width, para.Scale(), para.Fits())
			}
		}
	}
	oneApp()
	if a, b := widget.NewPara("", 18, nil).MinSize().Height, widget.NewPara("x", 18, nil).MinSize().Height; a >= b {
		t.Errorf("no text needs a height of %.0f, one letter %.0f", a, b)
	}
}
