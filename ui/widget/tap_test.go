package widget_test

import (
	"image/color"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"pkidstation/ui/widget"
)

// Nothing that a scanner types may reach a widget of this package.
func TestNoWidgetTakesKeys(t *testing.T) {
	for _, o := range []fyne.CanvasObject{
		widget.NewTap("a", "", widget.Main, nil), widget.NewTile(widget.News{}), widget.NewStrip(widget.News{}), widget.NewRow(),
		widget.NewCell(), widget.NewCounter("", widget.Accept), widget.NewPreview(), widget.NewFit("", 9, nil), widget.NewBlocker(nil, 0),
	} {
		if _, is := o.(fyne.Focusable); is {
			t.Errorf("%T can be focused", o)
		}
		if _, is := o.(fyne.Shortcutable); is {
			t.Errorf("%T takes shortcuts", o)
		}
		if _, is := o.(desktop.Keyable); is {
			t.Errorf("%T takes keys", o)
		}
	}
}

func TestTapIsPressedOnceATap(t *testing.T) {
	pressed := 0
	tap := put(t, widget.NewTap("Libérer", "F5", widget.Plain, func() { pressed++ }), 200, 60)
	for want := 1; want <= 3; want++ {
		if test.Tap(tap); pressed != want {
			t.Fatalf("pressed %d times after %d taps", pressed, want)
		}
	}
	tap.SetEnabled(false)
	tap.SetEnabled(false)
	test.Tap(tap)
	if pressed != 3 || tap.Enabled() {
		t.Errorf("pressed %d times, enabled: %v", pressed, tap.Enabled())
	}
	tap.SetEnabled(true)
	test.Tap(tap)
	if pressed != 4 || !tap.Enabled() {
		t.Errorf("pressed %d times after it was enabled again", pressed)
	}
	tap.OnTapped = nil
	test.Tap(tap) // does not crash
}

// inks are a button's face and the colour of its label.
func inks(tap *widget.Tap) (face, edge, label color.Color) {
	rectangle, text := parts[*canvas.Rectangle](tap)[0], parts[*canvas.Text](tap)[0]
	return rectangle.FillColor, rectangle.StrokeColor, text.Color
}

func TestEveryLookOfATapCanBeReadAndTold(t *testing.T) {
	looks := map[string]func(*widget.Tap){
		"plain": func(*widget.Tap) {}, "main": func(tap *widget.Tap) { tap.Set("Confirmer", widget.Main) },
		"chosen": func(tap *widget.Tap) { tap.Set("Confirmer", widget.Chosen) },
		"off":    func(tap *widget.Tap) { tap.SetEnabled(false) },
		"hover":  func(tap *widget.Tap) { tap.MouseIn(nil) },
	}
	faces := map[color.Color]string{}
	for name, look := range looks {
		tap := put(t, widget.NewTap("Confirmer", "F5", widget.Plain, nil), 200, 60)
		look(tap)
		face, _, ink := inks(tap)
		if c := contrast(face, ink); c < 7 {
			t.Errorf("%s: contrast %.1f", name, c)
		}
		if other, is := faces[face]; is {
			t.Errorf("%s looks like %s", name, other)
		}
		faces[face] = name
	}
}

func TestEdgeOfATapCanBeSeen(t *testing.T) {
	tap := put(t, widget.NewTap("Confirmer", "", widget.Plain, nil), 200, 60)
	if _, edge, _ := inks(tap); contrast(edge, widget.Paper()) < 3 {
		t.Errorf("its edge has contrast %.1f on paper", contrast(edge, widget.Paper()))
	}
}

func TestPointerOnATap(t *testing.T) {
	tap := put(t, widget.NewTap("Confirmer", "", widget.Plain, nil), 200, 60)
	before, _, _ := inks(tap)
	tap.MouseIn(nil)
	tap.MouseMoved(nil)
	on, _, _ := inks(tap)
	tap.MouseOut()
	after, _, _ := inks(tap)
	if on == before || after != before {
		t.Errorf("before %v, on it %v, after %v", before, on, after)
	}
	if tap.Cursor() != desktop.PointerCursor {
		t.Error("no hand over a button")
	}
	tap.SetEnabled(false)
	off, _, _ := inks(tap)
	tap.MouseIn(nil)
	if on, _, _ := inks(tap); on != off || tap.Cursor() != desktop.DefaultCursor {
		t.Error("a button that cannot be pressed answers the pointer")
	}
}

func TestKeyHintStandsBesideTheLabel(t *testing.T) {
	tap := put(t, widget.NewTap("Écarter", "F10", widget.Plain, nil), 300, 60)
	if diff := cmp.Diff([]string{"Écarter", "F10"}, lines(tap)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	texts := slices.DeleteFunc(parts[*canvas.Text](tap), func(t *canvas.Text) bool { return t.Hidden })
	if end := texts[0].Position().X + texts[0].MinSize().Width; texts[1].Position().X < end+4 {
		t.Errorf("the hint starts at %.0f, the label ends at %.0f", texts[1].Position().X, end)
	}
	if texts[1].TextSize >= texts[0].TextSize {
		t.Error("the hint is as large as the label")
	}
	bare := put(t, widget.NewTap("Écarter", "", widget.Plain, nil), 300, 60)
	if diff := cmp.Diff([]string{"Écarter"}, lines(bare)); diff != "" {
		t.Errorf("without a hint (-want +got):\n%s", diff)
	}
	if bare.MinSize().Width >= tap.MinSize().Width {
		t.Error("no room is asked for the hint")
	}
}

func TestTapAsksForRoomForAGloveAndItsLabel(t *testing.T) {
	for _, label := range append(sentences(), "") {
		tap := put(t, widget.NewTap(label, "F5", widget.Main, nil), 10, 10)
		need := tap.MinSize()
		tap.Resize(need)
		if need.Height < 48 {
			t.Errorf("%.20q asks for a height of %.0f", label, need.Height)
		}
		for _, text := range parts[*canvas.Text](tap) {
			if !inside(text, need) {
				t.Errorf("%.20q: %q lies outside %v", label, text.Text, need)
			}
		}
	}
	if got := put(t, widget.NewTap("a", "", widget.Plain, nil).Tall(64), 10, 10).MinSize().Height; got != 64 {
		t.Errorf("a tall one is %.0f high, want 64", got)
	}
}

func TestTapLabelPlaces(t *testing.T) {
	middle := put(t, widget.NewTap("Fermer", "", widget.Plain, nil), 400, 60)
	left := put(t, widget.NewTap("Fermer", "", widget.Plain, nil).Left(), 400, 60)
	m, l := parts[*canvas.Text](middle)[0], parts[*canvas.Text](left)[0]
	if center := m.Position().X + m.MinSize().Width/2; !near(center, 200) {
		t.Errorf("the label's middle is at %.0f of 400", center)
	}
	if l.Position().X > 30 || l.Position().X < 4 {
		t.Errorf("a label on the left starts at %.0f", l.Position().X)
	}
}

func TestTapTellsItsNewLabel(t *testing.T) {
	tap := put(t, widget.NewTap("Ouvrir", "F3", widget.Main, nil), 300, 60)
	tap.Set("Fermer", widget.Plain)
	if tap.Label() != "Fermer" || tap.AccessibilityLabel() != "Fermer" || lines(tap)[0] != "Fermer" {
		t.Errorf("%q, %q, %q", tap.Label(), tap.AccessibilityLabel(), lines(tap))
	}
	if parts[*canvas.Text](tap)[0].TextStyle.Bold {
		t.Error("it kept the weight of before")
	}
	tap.Lengthen(func(s string) string { return s + " tout" })
	if lines(tap)[0] != "Fermer tout" {
		t.Errorf("lengthened: %q", lines(tap))
	}
}
