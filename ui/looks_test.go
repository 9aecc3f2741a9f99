package ui_test

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"

	"pkidstation/ui"
	"pkidstation/ui/widget"
)

// TestTurningTheLookChangesAllOfIt: what was light and is turned is, to the pixel,
// what is dark from the start.
func TestTurningTheLookChangesAllOfIt(t *testing.T) {
	t.Cleanup(func() { widget.SetDark(false) })
	const cursor = 40 // pixels of a cursor, which blinks
	show := map[string]func(*bench){
		"dock": func(b *bench) { b.Tell(ui.Event{Verdict: numbered(4)}) }, "queue": func(b *bench) { b.VisitQueue(); b.Pick(0) },
		"customers": (*bench).openCustomers, "orders": (*bench).openOrders,
	}
	if !torture() { // each is drawn four times
		delete(show, "customers")
		delete(show, "orders")
	}
	for name, show := range show {
		picture := func(look ui.Look, after func(*bench)) image.Image {
			b := newBench(t, ui.Options{Language: "en", Look: look})
			b.FyneWindow().Resize(fyne.NewSize(1000, 700))
			show(b)
			after(b)
			settle(b)
			return b.FyneWindow().Canvas().Capture()
		}
		var dark image.Image
		other := 0
		for range 5 { // Fyne's own goroutine takes a theme to a window under test, sooner or later
			turned := picture(ui.LookLight, func(b *bench) { b.ctrl(fyne.KeyK) })
			dark = picture(ui.LookDark, func(*bench) {})
			if other = differing(turned, dark); other <= cursor {
				break
			}
		}
		if other > cursor {
			t.Errorf("%s: %d pixels are of the look before", name, other)
		}
		if back := picture(ui.LookDark, func(b *bench) { b.ctrl(fyne.KeyK) }); differing(back, dark) < 1000 {
			t.Errorf("%s: turning it changes next to nothing", name)
		}
	}
}

func differing(a, b image.Image) (n int) {
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if color.NRGBAModel.Convert(a.At(x, y)) != color.NRGBAModel.Convert(b.At(x, y)) {
				n++
			}
		}
	}
	return n
}

// TestLookOfTheStart is what the options say, and light where they say nothing.
func TestLookOfTheStart(t *testing.T) {
	t.Cleanup(func() { widget.SetDark(false) })
	for look, dark := range map[ui.Look]bool{"": false, ui.LookLight: false, ui.LookDark: true} {
		newBench(t, ui.Options{Look: look})
		if widget.Dark() != dark {
			t.Errorf("%q is dark: %v", look, widget.Dark())
		}
	}
}
