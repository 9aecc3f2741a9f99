package widget_test

import (
	"fmt"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"pkidstation/ui/widget"
)

// plot is a chart of as many bars as there are values.
func plot(values ...int) widget.Plot {
	p := widget.Plot{Title: "Per hour", Series: []string{""}, None: "Nothing was captured.", Note: "Some.", Number: func(n int) string { return "n" + strconv.Itoa(n) }}
	for n, v := range values {
		p.Bars = append(p.Bars, widget.Bar{Label: fmt.Sprintf("%02d h", n), Values: []int{v}})
	}
	return p
}

// drawn are the texts and the filled bars of a chart.
func drawn(chart fyne.Widget) (texts []*canvas.Text, said []string, bars []*canvas.Rectangle) {
	for _, o := range test.WidgetRenderer(chart).Objects() {
		switch o := o.(type) {
		case *canvas.Text:
			texts = append(texts, o)
		case *widget.Fit:
			said = append(said, o.Text())
		case *canvas.Rectangle:
			if o.FillColor == widget.AccentFill() || o.FillColor == widget.Accept.Fill() {
				bars = append(bars, o)
			}
		}
	}
	return texts, said, bars
}

func has(texts []*canvas.Text, want string) bool {
	for _, text := range texts {
		if text.Text == want {
			return true
		}
	}
	return false
}

// A scale has round numbers in the language's writing, and reaches over the highest bar.
func TestColumnsHaveAScale(t *testing.T) {
	for most, want := range map[int][]string{1: {"n0", "n1"}, 7: {"n0", "n2", "n8"}, 140: {"n0", "n50", "n150"}, 100_000: {"n50000", "n100000"}} {
		texts, _, bars := drawn(put(t, widget.NewColumns(plot(most, 0)), 400, 180))
		for _, w := range want {
			if !has(texts, w) {
				t.Errorf("%d: the scale has no %s", most, w)
			}
		}
		if len(bars) != 1 {
			t.Errorf("%d: %d bars", most, len(bars))
		}
	}
}

// One is seen beside a hundred thousand, and bars are as high as their values.
func TestColumnsAreAsHighAsTheirValues(t *testing.T) {
	_, _, bars := drawn(put(t, widget.NewColumns(plot(100, 50, 1)), 400, 200))
	if len(bars) != 3 {
		t.Fatalf("%d bars", len(bars))
	}
	high := func(n int) float32 { return bars[n].Size().Height }
	if ratio := high(0) / high(1); ratio < 1.98 || ratio > 2.02 || high(2) < 2 {
		t.Errorf("heights %v %v %v", high(0), high(1), high(2))
	}
	if low := func(n int) float32 { return bars[n].Position().Y + high(n) }; low(0) != low(1) || low(1) != low(2) {
		t.Error("they do not stand on one line")
	}
}

// No two labels run into each other, however many bars there are; the last one, which is
// now, always has its own.
func TestColumnLabelsDoNotRunIntoEachOther(t *testing.T) {
	for _, bars := range []int{1, 6, 24, 48, 200} {
		for _, width := range []float32{240, 372, 900} {
			texts, _, _ := drawn(put(t, widget.NewColumns(plot(make([]int, bars-1)...)), width, 160)) // empty: none
			if len(texts) != 0 {
				t.Errorf("%d: labels of nothing", bars)
			}
			all := make([]int, bars)
			all[bars-1] = 5
			texts, _, _ = drawn(put(t, widget.NewColumns(plot(all...)), width, 160))
			if !has(texts, fmt.Sprintf("%02d h", bars-1)) {
				t.Errorf("%d bars in %v: the last has no label", bars, width)
			}
			for n, a := range texts {
				if a.Position().X+a.MinSize().Width > width+0.5 {
					t.Errorf("%d bars in %v: %q runs out", bars, width, a.Text)
				}
				for _, b := range texts[n+1:] {
					if overlap(a, b) {
						t.Errorf("%d bars in %v: %q lies on %q", bars, width, a.Text, b.Text)
					}
				}
			}
		}
	}
}

// Two series differ without their colours: one has an edge.
func TestTwoSeries(t *testing.T) {
	p := plot(4, 5)
	p.Series = []string{"Captured", "Registered"}
	for n := range p.Bars {
		p.Bars[n].Values = append(p.Bars[n].Values, 3)
	}
	texts, _, bars := drawn(put(t, widget.NewColumns(p), 400, 180))
	if !has(texts, "Captured") || !has(texts, "Registered") || len(bars) != 6 { // two of the legend
		t.Fatalf("%d bars", len(bars))
	}
	edged := 0
	for _, bar := range bars {
		if bar.StrokeWidth > 0 {
			edged++
		}
	}
	if edged != 3 {
		t.Errorf("%d bars have an edge", edged)
	}
}

func TestNothingToShowIsSaid(t *testing.T) {
	for name, chart := range map[string]fyne.Widget{
		"columns": put(t, widget.NewColumns(plot(0, 0)), 400, 180), "ranks": put(t, widget.NewRanks(plot()), 400, 180),
	} {
		_, said, bars := drawn(chart)
		if len(bars) != 0 || len(said) != 2 || said[1] != "Nothing was captured." {
			t.Errorf("%s says %q with %d bars", name, said, len(bars))
		}
	}
}

// The bar of a rank is as long as its share; what is too long ends in "…".
func TestRanks(t *testing.T) {
	p := plot(30, 10)
	p.Bars[0].Label = "808 · Registered by another organisation, which has to take it back before anything else"
	p.Bars[1].Shown = "10 (25 %)"
	ranks := put(t, widget.NewRanks(p), 300, 140)
	texts, _, bars := drawn(ranks)
	if len(bars) != 2 || bars[0].Size().Width < 2.9*bars[1].Size().Width || !has(texts, "n30") || !has(texts, "10 (25 %)") {
		t.Errorf("%d bars", len(bars))
	}
	for _, text := range texts {
		if text.Position().X+text.MinSize().Width > 300.5 {
			t.Errorf("%q runs out", text.Text)
		}
	}
	ranks.Tell(plot(1))
	if _, _, bars = drawn(ranks); len(bars) != 1 || len(ranks.Plot().Bars) != 1 {
		t.Error("it shows what it showed before")
	}
}

// An item has all of its text at any width, and says who pressed it.
func TestItemHasAllOfItsText(t *testing.T) {
	pressed := 0
	remark := widget.Remark{
		Tone: widget.Reject, Word: "Ne pas expédier", Text: "BL-2026-0118 · Contoso SARL : 41 sur 47 inscrits. 2 manquants. 1 contredit la liste.",
		Next: "Carton en zone litige, prévenez le responsable.", Chosen: true,
	}
	for _, width := range []float32{320, 500, 836} {
		item := put(t, widget.NewItem(remark, func() { pressed++ }), width, 48)
		item.Resize(fyne.NewSize(width, item.MinSize().Height))
		for _, o := range test.WidgetRenderer(item).Objects() {
			if text, ok := o.(*widget.Fit); ok && !text.Fits() {
				t.Errorf("in %v %q is cut", width, text.Text())
			}
		}
		test.Tap(item)
		if item.Remark() != remark || item.AccessibilityLabel() == "" {
			t.Error("it is another")
		}
	}
	if pressed != 3 {
		t.Errorf("pressed %d times", pressed)
	}
	test.Tap(put(t, widget.NewItem(remark, nil), 400, 80)) // it leads nowhere
}
