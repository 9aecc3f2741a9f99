package widget_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/google/go-cmp/cmp"

	"pkidstation/ui/widget"
)

// letters is a text without any space.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// sentences are what the station says, with the longest words of its languages
// and of the labels that it reads.
func sentences() []string {
	return []string{
		"Refusé par Microsoft", "Réenregistrement anticonstitutionnellement impossible\u202f!",
		"Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
		"3305123456781", "LYON-ENTREPOT-3", strings.Repeat("W", 300), "日本語のラベル", "é", "👩‍🔧 box",
		"Hors ligne depuis 2\u00a0j 3\u00a0h. 412 appareils gardés ici, envoi automatique au retour du réseau.",
		"a\nb\tc", "  spaces  before and after  ", strings.Repeat("mot ", 60),
	}
}

func TestNoLetterIsLostAtAnyWidth(t *testing.T) {
	for _, text := range sentences() {
		fit := put(t, widget.NewFit(text, 60, widget.Text()), 10, 10)
		for _, width := range []float32{1, 7, 55, 400} {
			fit.Resize(fyne.NewSize(width, 200))
			if diff := cmp.Diff(letters(text), letters(strings.Join(lines(fit), ""))); diff != "" {
				t.Errorf("%.20q in a width of %.0f (-want +got):\n%s", text, width, diff)
			}
			for _, line := range lines(fit) {
				if line == "" {
					t.Errorf("%.20q in a width of %.0f has an empty line: %q", text, width, lines(fit))
				}
			}
		}
	}
}

func TestWordsStayInTheirOrderWithOneSpaceBetween(t *testing.T) {
	fit := put(t, widget.NewFit("one\ntwo\t three   four", 16, widget.Text()), 2000, 100)
	if diff := cmp.Diff([]string{"one two three four"}, lines(fit)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNoWordIsBrokenWhileShrinkingHelps(t *testing.T) {
	const text = "Enregistrement impossible pour cette boîte"
	for width := float32(70); width < 900; width += 90 {
		fit := put(t, widget.NewFit(text, 80, widget.Text()), width, 300)
		for _, line := range lines(fit) {
			for word := range strings.FieldsSeq(line) {
				if !slices.Contains(strings.Split(text, " "), word) {
					t.Errorf("in a width of %.0f a word became %q at size %.1f", width, word, fit.Scale())
				}
			}
		}
	}
}

func TestUnbreakableSpacesAreNotBroken(t *testing.T) {
	for _, text := range []string{
		"Une autre boîte a déjà ce numéro\u202f!", "Que faire\u202f? Appelez le responsable\u00a0: lui seul décide\u202f!",
		"Il reste 412\u202f000 boîtes à 12\u00a0kg",
	} {
		for width := float32(110); width < 700; width += 70 {
			fit := put(t, widget.NewFit(text, 40, widget.Text()), width, 600)
			for _, line := range lines(fit) {
				if strings.ContainsAny(line[:1], "!?:") || strings.HasPrefix(line, "000") || strings.HasPrefix(line, "kg") {
					t.Errorf("%q in a width of %.0f has a line %q", text, width, line)
				}
			}
		}
	}
}

func TestOneLineStaysOneLine(t *testing.T) {
	for _, width := range []float32{1, 30, 300, 3000} {
		fit := put(t, widget.NewFit("Déjà lu par un autre poste", 70, widget.Text()).OneLine(), width, 90)
		if got := lines(fit); len(got) != 1 || got[0] != "Déjà lu par un autre poste" {
			t.Errorf("in a width of %.0f: %q", width, got)
		}
	}
}

func TestLinesLieBelowEachOtherAndApart(t *testing.T) {
	for _, height := range []float32{90, 200, 500} {
		fit := put(t, widget.NewFit(strings.Repeat("mot ", 40), 30, widget.Text()), 260, height)
		texts := parts[*canvas.Text](fit)
		if len(texts) < 3 {
			t.Fatalf("%d lines", len(texts))
		}
		for n, text := range texts[1:] {
			above := texts[n]
			if text.Position().Y < above.Position().Y+above.MinSize().Height-1 {
				t.Errorf("in a height of %.0f line %d lies on line %d", height, n+1, n)
			}
			if text.TextSize != above.TextSize {
				t.Errorf("lines of size %.1f and %.1f", above.TextSize, text.TextSize)
			}
		}
	}
}

func TestNoPlaceAtAllIsNoCrash(t *testing.T) {
	for _, text := range append(sentences()[:3], "", " ", "\n", "\xff\xfe", "\u202f", "\x00") {
		for _, size := range []fyne.Size{{}, {Width: -5, Height: -5}, {Height: 1}, {Width: 1e6, Height: 1e6}} {
			for _, fit := range []*widget.Fit{
				widget.NewFit(text, 0, nil), widget.NewFit(text, 1e5, nil).Bold().OneLine(), widget.NewPara(text, 16, nil),
			} {
				put(t, fit, size.Width, size.Height)
				if got := fit.MinSize(); got.Width < 0 || got.Height < 0 {
					t.Errorf("%.20q needs %v", text, got)
				}
			}
		}
	}
}
