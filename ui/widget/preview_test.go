package widget_test

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/google/go-cmp/cmp"

	"pkidstation/ui/widget"
)

// square is an outline with two corners at opposite ends.
func square(a, b image.Point) []widget.Outline {
	return []widget.Outline{{Corners: [4]image.Point{a, image.Pt(b.X, a.Y), b, image.Pt(a.X, b.Y)}, Ink: widget.AccentFill()}}
}

// ends are where the lines on a preview begin.
func ends(p *widget.Preview) []fyne.Position {
	var all []fyne.Position
	for _, line := range parts[*canvas.Line](p) {
		all = append(all, line.Position1)
	}
	return all
}

func TestRegionsAreScaledIntoThePicture(t *testing.T) {
	for name, c := range map[string]struct {
		bounds image.Rectangle
		space  fyne.Size
		a, b   image.Point
		want   []fyne.Position
	}{
		"as it is":        {image.Rect(0, 0, 200, 100), fyne.NewSize(200, 100), image.Pt(10, 20), image.Pt(30, 40), []fyne.Position{{X: 10, Y: 20}, {X: 30, Y: 20}, {X: 30, Y: 40}, {X: 10, Y: 40}}},
		"half":            {image.Rect(0, 0, 400, 200), fyne.NewSize(200, 100), image.Pt(0, 0), image.Pt(400, 200), []fyne.Position{{}, {X: 200}, {X: 200, Y: 100}, {Y: 100}}},
		"room at sides":   {image.Rect(0, 0, 100, 100), fyne.NewSize(300, 100), image.Pt(0, 0), image.Pt(100, 100), []fyne.Position{{X: 100}, {X: 200}, {X: 200, Y: 100}, {X: 100, Y: 100}}},
		"room above":      {image.Rect(0, 0, 100, 50), fyne.NewSize(200, 300), image.Pt(0, 0), image.Pt(100, 50), []fyne.Position{{Y: 100}, {X: 200, Y: 100}, {X: 200, Y: 200}, {Y: 200}}},
		"part of a frame": {image.Rect(50, 60, 150, 160), fyne.NewSize(200, 200), image.Pt(50, 60), image.Pt(100, 110), []fyne.Position{{}, {X: 100}, {X: 100, Y: 100}, {Y: 100}}},
	} {
		p := put(t, widget.NewPreview(), c.space.Width, c.space.Height)
		p.Tell(image.NewGray(c.bounds), square(c.a, c.b))
		if diff := cmp.Diff(c.want, ends(p)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestOutlineIsClosedAndInItsColour(t *testing.T) {
	p := put(t, widget.NewPreview(), 200, 100)
	p.Tell(image.NewGray(image.Rect(0, 0, 200, 100)), []widget.Outline{
		{Corners: [4]image.Point{{X: 1, Y: 2}, {X: 50, Y: 5}, {X: 48, Y: 40}, {X: 3, Y: 44}}, Ink: widget.Accept.Fill()},
		{Corners: [4]image.Point{{X: 100}, {X: 150}, {X: 150, Y: 9}, {X: 100, Y: 9}}, Ink: widget.Reject.Fill()},
	})
	found := parts[*canvas.Line](p)
	if len(found) != 8 {
		t.Fatalf("%d lines for two outlines", len(found))
	}
	for n, line := range found {
		next := found[n/4*4+(n+1)%4]
		if line.Position2 != next.Position1 {
			t.Errorf("line %d ends at %v, the next begins at %v", n, line.Position2, next.Position1)
		}
		if want := []widget.Tone{widget.Accept, widget.Reject}[n/4].Fill(); line.StrokeColor != want || line.StrokeWidth < 2 {
			t.Errorf("line %d is %v and %.0f thick", n, line.StrokeColor, line.StrokeWidth)
		}
	}
}

func TestNewPictureTakesTheOutlinesOfTheOldAway(t *testing.T) {
	p := put(t, widget.NewPreview(), 200, 100)
	p.Tell(image.NewGray(image.Rect(0, 0, 200, 100)), square(image.Pt(1, 1), image.Pt(9, 9)))
	second := image.NewGray(image.Rect(0, 0, 64, 32))
	p.Tell(second, nil)
	if got := parts[*canvas.Image](p)[0].Image; got != second || len(ends(p)) != 0 {
		t.Errorf("it shows %v with %d lines", got.Bounds(), len(ends(p)))
	}
}

func TestPreviewWithoutAPictureTakesNoPlace(t *testing.T) {
	p := put(t, widget.NewPreview(), 200, 100)
	if p.Visible() {
		t.Error("it shows before there is a picture")
	}
	p.Tell(image.NewGray(image.Rect(0, 0, 20, 10)), square(image.Pt(1, 1), image.Pt(9, 9)))
	if !p.Visible() {
		t.Error("a picture does not show")
	}
	p.Tell(nil, square(image.Pt(1, 1), image.Pt(9, 9)))
	if p.Visible() || len(ends(p)) != 0 {
		t.Error("it shows after the camera went")
	}
}

func TestPictureOfNothingIsNoCrash(t *testing.T) {
	for _, size := range []fyne.Size{{}, {Width: 200, Height: 100}} {
		for _, bounds := range []image.Rectangle{{}, image.Rect(0, 0, 0, 9), image.Rect(0, 0, 1, 1)} {
			p := put(t, widget.NewPreview(), size.Width, size.Height)
			p.Tell(image.NewGray(bounds), square(image.Pt(-1e6, -1e6), image.Pt(1e6, 1e6)))
			if bounds.Empty() && len(ends(p)) != 0 {
				t.Errorf("a picture of %v has outlines", bounds)
			}
		}
	}
}

func TestOutlinesMoveWithThePreview(t *testing.T) {
	p := put(t, widget.NewPreview(), 100, 100)
	p.Tell(image.NewGray(image.Rect(0, 0, 100, 100)), square(image.Pt(0, 0), image.Pt(100, 100)))
	p.Resize(fyne.NewSize(200, 200))
	if got := ends(p)[2]; got != fyne.NewPos(200, 200) {
		t.Errorf("the lower right corner is at %v after the preview grew", got)
	}
}
