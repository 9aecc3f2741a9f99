package widget_test

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"pkidstation/ui/widget"
)

// boxes are objects of a height of 20 and the given widths.
func boxes(widths ...float32) []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, width := range widths {
		r := canvas.NewRectangle(color.Black)
		r.SetMinSize(fyne.NewSize(width, 20))
		all = append(all, r)
	}
	return all
}

func TestFlowPlaces(t *testing.T) {
	for name, c := range map[string]struct {
		widths []float32
		hidden int
		width  float32
		want   []fyne.Position
		height float32
	}{
		"one line":            {[]float32{50, 50}, -1, 110, []fyne.Position{{}, {X: 60}}, 20},
		"just too narrow":     {[]float32{50, 50}, -1, 109, []fyne.Position{{}, {Y: 30}}, 50},
		"wider than a line":   {[]float32{500, 30}, -1, 100, []fyne.Position{{}, {Y: 30}}, 50},
		"what is hidden":      {[]float32{50, 50, 50}, 1, 110, []fyne.Position{{}, {}, {X: 60}}, 20},
		"three lines of ones": {[]float32{90, 90, 90}, -1, 100, []fyne.Position{{}, {Y: 30}, {Y: 60}}, 80},
		"nothing":             {nil, -1, 100, nil, 0},
	} {
		objects := boxes(c.widths...)
		if c.hidden >= 0 {
			objects[c.hidden].Hide()
		}
		flow := &widget.Flow{Gap: 10}
		flow.Layout(objects, fyne.NewSize(c.width, 1000))
		var got []fyne.Position
		for _, o := range objects {
			got = append(got, o.Position())
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if height := flow.HeightFor(objects, c.width); height != c.height {
			t.Errorf("%s is %.0f high, want %.0f", name, height, c.height)
		}
	}
}

func TestFlowAsksForItsWidestObject(t *testing.T) {
	objects := boxes(30, 90, 200)
	objects[2].Hide()
	if got := (&widget.Flow{Gap: 10}).MinSize(objects); got != fyne.NewSize(90, 20) {
		t.Errorf("it asks for %v", got)
	}
}

func TestNothingBelowABlockerIsPressed(t *testing.T) {
	for name, blocks := range map[string]bool{"blocker": true, "frame": false} {
		oneApp()
		pressed := 0
		below := widget.NewTap("Confirmer", "", widget.Main, func() { pressed++ })
		above := widget.NewFrame(color.Black, 5)
		if blocks {
			above = widget.NewBlocker(color.White, 8)
		}
		window := test.NewTempWindow(t, container.NewStack(below, above))
		window.Resize(fyne.NewSize(300, 200))
		test.TapCanvas(window.Canvas(), fyne.NewPos(150, 100))
		if want := map[bool]int{true: 0, false: 1}[blocks]; pressed != want {
			t.Errorf("what is below a %s was pressed %d times, want %d", name, pressed, want)
		}
	}
}

func TestBlockerCoversAllOfItsPlace(t *testing.T) {
	blocker := put(t, widget.NewBlocker(color.White, 12), 300, 200)
	all := parts[*canvas.Rectangle](blocker)
	upper, lower, body := all[0], all[1], all[2]
	if upper.TopLeftCornerRadius != 12 || upper.TopRightCornerRadius != 12 || lower.BottomLeftCornerRadius != 12 || lower.BottomRightCornerRadius != 12 || body.CornerRadius != 0 {
		t.Errorf("its corners are those of %+v, %+v", upper, lower)
	}
	if upper.Position().Y != 0 || body.Position().Y >= upper.Size().Height || body.Position().Y+body.Size().Height <= lower.Position().Y || lower.Position().Y+lower.Size().Height != 200 {
		t.Errorf("it has a seam: %v, %v, %v", upper.Size(), body.Position(), lower.Position())
	}
	for _, part := range all {
		if part.Size().Width != 300 || part.FillColor != color.White {
			t.Errorf("a part is %v, %v", part.Size(), part.FillColor)
		}
	}
	if _, is := fyne.CanvasObject(blocker).(fyne.Scrollable); !is {
		t.Error("scrolling goes through it")
	}
}

func TestHiddenTapCannotBePressed(t *testing.T) {
	oneApp()
	pressed := 0
	tap := widget.NewTap("Libérer", "", widget.Plain, func() { pressed++ })
	window := test.NewTempWindow(t, container.NewStack(tap))
	window.Resize(fyne.NewSize(300, 200))
	test.TapCanvas(window.Canvas(), fyne.NewPos(150, 100))
	tap.Hide()
	test.TapCanvas(window.Canvas(), fyne.NewPos(150, 100))
	if pressed != 1 {
		t.Errorf("pressed %d times, want once", pressed)
	}
}
