package widget_test

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/google/go-cmp/cmp"

	"pkidstation/ui/widget"
)

// full is news with everything in it, as long as it gets.
func full(tone widget.Tone) widget.News {
	return widget.News{
		Tone: tone, Word: "Retenu", Box: "Boîte", Number: "1284", Read: "3305123456781",
		What: "Cette boîte est déjà dans la réception 4 pour Contoso Logistique Rhône-Alpes, étiquette LYON-ENTREPOT-3, commande BL-2026-00417.",
		Next: "Posez la boîte à part et appelez le responsable\u00a0: lui seul décide pour quel client elle sera enregistrée.",
	}
}

func TestTileSaysAllOfItAtAnySize(t *testing.T) {
	for _, size := range []fyne.Size{{Width: 480, Height: 320}, {Width: 620, Height: 420}, {Width: 860, Height: 640}, {Width: 1500, Height: 980}} {
		for name, tone := range loud() {
			tile := put(t, widget.NewTile(full(tone)), size.Width, size.Height)
			for _, text := range tile.Texts() {
				if !text.Fits() || !inside(text, size) {
					t.Errorf("%s %v: %q is cut", name, size, text.Text())
				}
				if text.Ink() != tone.Ink() {
					t.Errorf("%s %v: %q is written in %v", name, size, text.Text(), text.Ink())
				}
			}
		}
	}
}

func TestTileTextsDoNotLieOnEachOther(t *testing.T) {
	for name, news := range map[string]widget.News{
		"full": full(widget.Hold), "nothing read": {Word: "Refusé", What: "Clé de produit", Next: "Couvrez-la", Number: "3"},
		"no next": {Word: "Lu", Read: "33", What: "Gardé ici"}, "no number": {Word: "Lu", What: "x", Next: "y"},
	} {
		texts := put(t, widget.NewTile(news), 860, 640).Texts()
		for n, a := range texts {
			for _, b := range texts[n+1:] {
				if a.Text() != "" && b.Text() != "" && overlap(a, b) {
					t.Errorf("%s: %q lies on %q", name, a.Text(), b.Text())
				}
			}
		}
	}
}

// overlap says whether two objects share more than their edges.
func overlap(a, b fyne.CanvasObject) bool {
	const edge = 5
	at, bt := a.Position(), b.Position()
	return at.X+a.Size().Width > bt.X+edge && bt.X+b.Size().Width > at.X+edge &&
		at.Y+a.Size().Height > bt.Y+edge && bt.Y+b.Size().Height > at.Y+edge
}

func TestWordOfTheTileIsReadFromAfar(t *testing.T) {
	tile := put(t, widget.NewTile(full(widget.Reject)), 860, 640)
	word, what := tile.Texts()[0], tile.Texts()[4]
	if word.Scale() < 64 {
		t.Errorf("the word is %.0f large on a tile of 640", word.Scale())
	}
	for _, other := range []*widget.Fit{tile.Texts()[3], what} {
		if word.Scale() <= other.Scale() {
			t.Errorf("%q is as large as the word", other.Text())
		}
	}
}

func TestTileTellsAsLargeAsItBecomes(t *testing.T) {
	tile := put(t, widget.NewTile(full(widget.Accept)), 480, 320)
	small := tile.Texts()[0].Scale()
	tile.Resize(fyne.NewSize(1400, 960))
	if large := tile.Texts()[0].Scale(); large < 2*small {
		t.Errorf("the word is %.0f large on a tile of 320 and %.0f on the same tile of 960", small, large)
	}
}

// The rectangles of a tile are those of its face, and the strips of its frames.
const (
	ofFace  = 3
	ofFrame = 4
)

// border is a tile's border: how thick each frame is.
func border(tile *widget.Tile) string {
	var thick []float32
	for frame := range slices.Chunk(parts[*canvas.Rectangle](tile)[ofFace:], ofFrame) {
		if frame[0].Visible() {
			thick = append(thick, frame[0].Size().Height)
		} else {
			thick = append(thick, 0)
		}
	}
	return fmt.Sprint(thick)
}

func TestEveryVerdictHasItsOwnBorder(t *testing.T) {
	borders := map[string]string{}
	for name, tone := range loud() {
		tile := put(t, widget.NewTile(full(tone)), 860, 640)
		if other, is := borders[border(tile)]; is {
			t.Errorf("%s has the border of %s: %s", name, other, border(tile))
		}
		borders[border(tile)] = name
		for _, strip := range parts[*canvas.Rectangle](tile)[ofFace:] {
			if strip.Visible() && contrast(strip.FillColor, tone.Fill()) < 7 {
				t.Errorf("%s: its border has contrast %.1f", name, contrast(strip.FillColor, tone.Fill()))
			}
		}
	}
}

func TestNewsReplacesAllOfTheNewsBefore(t *testing.T) {
	for name, before := range loud() {
		tile := put(t, widget.NewTile(full(before)), 860, 640)
		after := widget.News{Tone: widget.Accept, Word: "Lu", What: "Gardé ici"}
		tile.Tell(after)
		fresh := put(t, widget.NewTile(after), 860, 640)
		if diff := cmp.Diff(after, tile.News()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		said := func(tile *widget.Tile) []string {
			var all []string
			for _, text := range tile.Texts() {
				all = append(all, fmt.Sprint(text.Text(), text.Scale(), text.Position(), text.Size()))
			}
			image := parts[*canvas.Image](tile)[0]
			return append(all, border(tile), image.Resource.Name(), fmt.Sprint(parts[*canvas.Rectangle](tile)[0].FillColor))
		}
		if diff := cmp.Diff(said(fresh), said(tile)); diff != "" {
			t.Errorf("after %s the tile is not as a new one (-new +told):\n%s", name, diff)
		}
	}
}

func TestTileWithNothingToTell(t *testing.T) {
	tile := put(t, widget.NewTile(widget.News{}), 860, 640)
	for _, text := range tile.Texts() {
		if len(lines(text)) > 0 {
			t.Errorf("it says %q", lines(text))
		}
	}
	resting := put(t, widget.NewTile(widget.News{Resting: true, Word: "Prêt"}), 860, 640)
	icon := parts[*canvas.Image](resting)[0].Resource.Name()
	for name, tone := range tones() {
		if tone.Icon(tone.Ink()).Name() == icon {
			t.Errorf("a resting tile has the sign of %s", name)
		}
	}
}

func TestWordGetsTheRoomOfAMissingNumber(t *testing.T) {
	news := full(widget.Accept)
	with := put(t, widget.NewTile(news), 860, 640).Texts()[0].Size().Width
	news.Number, news.Box = "", ""
	if without := put(t, widget.NewTile(news), 860, 640).Texts()[0].Size().Width; without <= with {
		t.Errorf("%.0f wide without a number, %.0f with one", without, with)
	}
}

func TestScreenReaderIsToldWhatToDo(t *testing.T) {
	news := full(widget.Hold)
	want := news.Word + ". " + news.What + " " + news.Next
	if diff := cmp.Diff(want, put(t, widget.NewTile(news), 860, 640).AccessibilityLabel()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
