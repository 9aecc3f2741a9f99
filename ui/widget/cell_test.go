package widget_test

import (
	"image/color"
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/google/go-cmp/cmp"

	"pkidstation/ui/widget"
)

func cell(t *testing.T, field widget.Field, width float32) *widget.Cell {
	t.Helper()
	c := put(t, widget.NewCell(), width, 34)
	c.Set(field)
	return c
}

func TestLongCellEndsInDotsWithinItsWidth(t *testing.T) {
	for _, text := range sentences() {
		for _, mark := range []widget.Mark{widget.NoMark, widget.ToneMark} {
			for _, width := range []float32{1, 40, 132, 2000} {
				c := cell(t, widget.Field{Text: text, Mark: mark}, width)
				shown := parts[*canvas.Text](c)[0]
				if shown.Text != "" && shown.Position().X+shown.MinSize().Width > width+0.5 {
					t.Errorf("%.20q runs over a width of %.0f as %q", text, width, shown.Text)
				}
				begin, cut := strings.CutSuffix(shown.Text, "…")
				if !strings.HasPrefix(text, begin) || cut == (shown.Text == text) && shown.Text != "" {
					t.Errorf("%.20q is shown as %q", text, shown.Text)
				}
				if !utf8.ValidString(shown.Text) {
					t.Errorf("%.20q is cut within a letter: %q", text, shown.Text)
				}
			}
		}
	}
}

func TestCellShowsAsMuchAsItCan(t *testing.T) {
	before := 0
	for width := float32(30); width < 400; width += 24 {
		shown := lines(cell(t, widget.Field{Text: "Contoso Logistique Rhône-Alpes"}, width))[0]
		if n := utf8.RuneCountInString(shown); n < before {
			t.Errorf("%q in a width of %.0f, %d letters when narrower", shown, width, before)
		} else {
			before = n
		}
	}
	if before != utf8.RuneCountInString("Contoso Logistique Rhône-Alpes") {
		t.Errorf("%d letters are shown where all fit", before)
	}
}

func TestCellThatGetsRoomShowsTheRest(t *testing.T) {
	c := cell(t, widget.Field{Text: "3305123456781"}, 70)
	if got := lines(c)[0]; !strings.HasSuffix(got, "…") {
		t.Fatalf("%q fits into 70", got)
	}
	c.Resize(fyne.NewSize(300, 34))
	if got := lines(c)[0]; got != "3305123456781" {
		t.Errorf("%q after the column became wide", got)
	}
}

// A table uses its cells again and again.
func TestCellUsedAgainShowsNothingOfBefore(t *testing.T) {
	fields := map[string]widget.Field{
		"empty": {}, "text": {Text: "33"}, "bold": {Text: "33", Bold: true}, "state": {Text: "Retenu", Tone: widget.Hold, Mark: widget.ToneMark},
		"on": {Mark: widget.BoxOn}, "off": {Mark: widget.BoxOff}, "chosen": {Text: "33", Chosen: true}, "stripe": {Text: "33", Stripe: true},
	}
	type look struct {
		Text        string
		At          float32
		Bold        bool
		Face, Badge color.Color
		Badged      bool
		Icon        string
	}
	lookOf := func(c *widget.Cell) look {
		rectangles, text, icon := parts[*canvas.Rectangle](c), parts[*canvas.Text](c)[0], parts[*canvas.Image](c)[0]
		l := look{Text: text.Text, At: text.Position().X, Bold: text.TextStyle.Bold, Face: rectangles[0].FillColor, Badged: rectangles[1].Visible()}
		if l.Badged {
			l.Badge = rectangles[1].FillColor
		}
		if icon.Visible() {
			l.Icon = icon.Resource.Name()
		}
		return l
	}
	for before, first := range fields {
		for after, second := range fields {
			used := cell(t, first, 200)
			used.Set(second)
			if diff := cmp.Diff(lookOf(cell(t, second, 200)), lookOf(used)); diff != "" {
				t.Errorf("%s after %s (-new +used):\n%s", after, before, diff)
			}
			if used.Field() != second {
				t.Errorf("%s after %s says it shows %+v", after, before, used.Field())
			}
		}
	}
}

func TestTickedAndUntickedBoxDiffer(t *testing.T) {
	on, off := cell(t, widget.Field{Mark: widget.BoxOn}, 36), cell(t, widget.Field{Mark: widget.BoxOff}, 36)
	if !parts[*canvas.Image](on)[0].Visible() || parts[*canvas.Image](off)[0].Visible() {
		t.Error("a tick is missing, or there is one too many")
	}
	for name, c := range map[string]*widget.Cell{"on": on, "off": off} {
		box := parts[*canvas.Rectangle](c)[1]
		if !box.Visible() || box.StrokeWidth == 0 || contrast(box.StrokeColor, box.FillColor) < 3 {
			t.Errorf("the box that is %s cannot be seen", name)
		}
		if !inside(box, fyne.NewSize(36, 34)) {
			t.Errorf("the box that is %s lies at %v", name, box.Position())
		}
	}
}

func TestToneOfACellIsNotColourAlone(t *testing.T) {
	signs := map[string]string{}
	for name, tone := range tones() {
		c := cell(t, widget.Field{Text: name, Tone: tone, Mark: widget.ToneMark}, 200)
		icon := parts[*canvas.Image](c)[0].Resource.Name()
		if other, is := signs[icon]; is {
			t.Errorf("%s has the sign of %s", name, other)
		}
		signs[icon] = name
		if text := parts[*canvas.Text](c)[0]; text.Position().X < 6+22 {
			t.Errorf("%s: the text starts at %.0f, on the badge", name, text.Position().X)
		}
	}
}

func TestEveryFaceOfACellCanBeRead(t *testing.T) {
	faces := map[color.Color]bool{}
	for _, field := range []widget.Field{{Text: "x"}, {Text: "x", Stripe: true}, {Text: "x", Chosen: true}} {
		c := cell(t, field, 100)
		face := parts[*canvas.Rectangle](c)[0].FillColor
		if got := contrast(parts[*canvas.Text](c)[0].Color, face); got < 7 {
			t.Errorf("%+v has contrast %.1f", field, got)
		}
		faces[face] = true
	}
	if len(faces) != 3 {
		t.Errorf("%d faces, want plain, stripe and chosen told apart", len(faces))
	}
	both := cell(t, widget.Field{Chosen: true, Stripe: true}, 100)
	if parts[*canvas.Rectangle](both)[0].FillColor != widget.AccentTint() {
		t.Error("a chosen stripe does not look chosen")
	}
}

// TestCellWrapsWhatIsTooLongForOneLine into two, which lie in it, and cuts nothing that
// there is room for.
func TestCellWrapsWhatIsTooLongForOneLine(t *testing.T) {
	const text = "Aucune liste ne l'annonce pour ce bon de livraison."
	for width, want := range map[float32]int{600: 1, 240: 2} {
		c := cell(t, widget.Field{Text: text, Wrap: true}, width)
		shown := ""
		n := 0
		for _, line := range parts[*canvas.Text](c) {
			if line.Text == "" {
				continue
			}
			n++
			shown = strings.TrimSpace(shown + " " + line.Text)
			if line.Position().Y < -2 || line.Position().Y+line.MinSize().Height > 34+2 || line.Position().X+line.MinSize().Width > width {
				t.Errorf("width %v: %q lies at %v", width, line.Text, line.Position())
			}
		}
		if shown != text || n != want {
			t.Errorf("width %v: %q in %d lines, want %d", width, shown, n, want)
		}
	}
}
