package widget_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/google/go-cmp/cmp"

	"pkidstation/ui/widget"
)

func captured() widget.Capture {
	return widget.Capture{Tone: widget.Waiting, Number: "1284", Name: "3305123456781", State: "Remis à un autre poste de l'entrepôt", When: "14:32"}
}

func TestRowShowsAllOfACaptureAtAnyHeight(t *testing.T) {
	for _, size := range []fyne.Size{{Width: 320, Height: 26}, {Width: 360, Height: 40}, {Width: 420, Height: 60}, {Width: 900, Height: 30}} {
		row := put(t, widget.NewRow(), size.Width, size.Height)
		row.Tell(captured())
		for n, want := range []string{"1284", "3305123456781", "Remis à un autre poste de l'entrepôt", "14:32"} {
			text := row.Texts()[n]
			if text.Text() != want {
				t.Errorf("%v: text %d is %q, want %q", size, n, text.Text(), want)
			}
			if text.Visible() && !inside(text, size) {
				t.Errorf("%v: %q lies at %v %v", size, want, text.Position(), text.Size())
			}
			if n != 2 && text.Visible() && !text.Fits() {
				t.Errorf("%v: %q is cut", size, want)
			}
		}
		for n, a := range row.Texts() {
			for _, b := range row.Texts()[n+1:] {
				if a.Visible() && b.Visible() && overlap(a, b) {
					t.Errorf("%v: %q lies on %q", size, a.Text(), b.Text())
				}
			}
		}
	}
}

func TestLowRowGivesTheTimesRoomToTheState(t *testing.T) {
	row := put(t, widget.NewRow(), 320, 26)
	row.Tell(captured())
	low := row.Texts()[2].Size().Width
	if row.Texts()[3].Visible() {
		t.Error("a low row shows the time")
	}
	row.Resize(fyne.NewSize(320, 40))
	if !row.Texts()[3].Visible() || row.Texts()[2].Size().Width >= low {
		t.Error("a higher row does not show the time")
	}
}

func TestEmptyRowShowsNothing(t *testing.T) {
	row := put(t, widget.NewRow(), 400, 40)
	row.Tell(captured())
	row.Tell(widget.Capture{})
	for _, text := range row.Texts() {
		if len(lines(text)) > 0 {
			t.Errorf("it shows %q", lines(text))
		}
	}
	for _, o := range append(parts[*canvas.Rectangle](row), parts[*canvas.Rectangle](row)...) {
		if o.Visible() {
			t.Error("it shows a badge")
		}
	}
	if parts[*canvas.Image](row)[0].Visible() || parts[*canvas.Line](row)[0].Visible() {
		t.Error("it shows an icon or a line")
	}
	row.Tell(captured())
	if row.Capture() != captured() || !parts[*canvas.Image](row)[0].Visible() {
		t.Error("it does not come back")
	}
}

func TestBadgeOfARowHasItsTone(t *testing.T) {
	for name, tone := range tones() {
		row := put(t, widget.NewRow(), 400, 40)
		capture := captured()
		capture.Tone = tone
		row.Tell(capture)
		badge, icon := parts[*canvas.Rectangle](row)[0], parts[*canvas.Image](row)[0]
		if badge.FillColor != tone.Fill() || icon.Resource.Name() != tone.Icon(tone.Ink()).Name() {
			t.Errorf("%s: %v with %s", name, badge.FillColor, icon.Resource.Name())
		}
		if badge.Size().Width != badge.Size().Height || badge.Size().Height > 40 {
			t.Errorf("%s: its badge is %v", name, badge.Size())
		}
	}
}

func TestStripTellsWhatToDoBeforeWhy(t *testing.T) {
	for name, c := range map[string]struct {
		news widget.News
		want string
	}{
		"all": {
			widget.News{Word: "Retenu", Box: "Boîte", Number: "7", Read: "33", What: "parce que", Next: "Appelez"},
			"Retenu · Boîte 7 · 33 · Appelez",
		},
		"why, if nothing is to be done": {widget.News{Word: "Lu", Box: "Boîte", Number: "7", Read: "33", What: "gardé"}, "Lu · Boîte 7 · 33 · gardé"},
		"no box":                        {widget.News{Word: "Refusé", Read: "ABC", What: "inconnu"}, "Refusé · ABC · inconnu"},
		"secret":                        {widget.News{Word: "Refusé", What: "secret"}, "Refusé · secret"},
		"a word":                        {widget.News{Word: "Prêt"}, "Prêt"},
		"nothing":                       {widget.News{}, ""},
	} {
		strip := put(t, widget.NewStrip(c.news), 600, 52)
		if diff := cmp.Diff(c.want, strip.Line().Text()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if strip.News() != c.news {
			t.Errorf("%s: it says it tells %+v", name, strip.News())
		}
	}
}

func TestStripIsWholeAndNewsReplaceEachOther(t *testing.T) {
	for name, tone := range loud() {
		for _, size := range []fyne.Size{{Width: 420, Height: 52}, {Width: 900, Height: 52}} {
			strip := put(t, widget.NewStrip(full(widget.Accept)), size.Width, size.Height)
			strip.Tell(full(tone))
			face, icon := parts[*canvas.Rectangle](strip)[0], parts[*canvas.Image](strip)[0]
			if face.FillColor != tone.Fill() || strip.Line().Ink() != tone.Ink() || icon.Resource.Name() != tone.Icon(tone.Ink()).Name() {
				t.Errorf("%s: the strip kept something of before", name)
			}
			if !strip.Line().Fits() || overlap(icon, strip.Line()) || !inside(strip.Line(), size) {
				t.Errorf("%s %v: %q is cut or lies on the icon", name, size, strip.Line().Text())
			}
		}
	}
}

func TestCounterShowsAnyNumber(t *testing.T) {
	for name, tone := range tones() {
		for _, number := range []string{"7", "1\u202f234\u202f567"} {
			for _, size := range []fyne.Size{{Width: 64, Height: 88}, {Width: 120, Height: 100}} {
				c := put(t, widget.NewCounter("x", tone), size.Width, size.Height)
				c.Set(number, "enregistrés")
				texts := parts[*widget.Fit](c)
				if c.Number() != number || texts[0].Text() != number || texts[1].Text() != "enregistrés" {
					t.Errorf("%s shows %q %q", name, texts[0].Text(), texts[1].Text())
				}
				face := parts[*canvas.Rectangle](c)[0].FillColor
				for _, text := range texts {
					if !text.Fits() || !inside(text, size) || contrast(text.Ink(), face) < 7 {
						t.Errorf("%s %v: %q fits: %v, contrast %.1f", name, size, text.Text(), text.Fits(), contrast(text.Ink(), face))
					}
				}
				if texts[0].Scale() <= texts[1].Scale() && !strings.Contains(number, "\u202f") {
					t.Errorf("%s: the number is %.0f large, its word %.0f", name, texts[0].Scale(), texts[1].Scale())
				}
			}
		}
	}
}

func TestNewCounterShowsNothingCounted(t *testing.T) {
	c := put(t, widget.NewCounter("lus", widget.Neutral), 90, 90)
	if texts := parts[*widget.Fit](c); c.Number() != "0" || texts[0].Text() != "0" || texts[1].Text() != "lus" {
		t.Errorf("%q: %q %q", c.Number(), texts[0].Text(), texts[1].Text())
	}
}
