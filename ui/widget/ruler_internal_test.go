package widget

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2/test"
)

// TestRulerTellsWhatMeasuringTells: lines are broken where they are when each
// is measured whole, in all sizes and widths, accents and unbreakable spaces
// too.
func TestRulerTellsWhatMeasuringTells(t *testing.T) {
	test.NewTempApp(t)
	long := strings.Repeat("AVéW,i_", 9)
	words := strings.Split("le poste À vérifier : 412 appareils WWWW fi ffl j, j' AVAVA 1711200000016 Contoso "+long, " ")
	random := rand.New(rand.NewPCG(7, 7))
	for range 500 {
		f := NewFit("", 40, nil)
		f.style.Bold = random.IntN(2) == 0
		var text []string
		for range 1 + random.IntN(12) {
			text = append(text, words[random.IntN(len(words))])
		}
		f.text = strings.Join(text, " ")
		size, width := 8+random.Float32()*40, 40+random.Float32()*600
		lines, whole := f.wrap(size, width)
		want, wantWhole := f.wrapMeasured(size, width)
		if !slices.Equal(lines, want) || whole != wantWhole {
			t.Fatalf("%q of %.1f in %.1f is %q (%v), measured %q (%v)", f.text, size, width, lines, whole, want, wantWhole)
		}
	}
}

// wrapMeasured is wrap with every line measured.
func (f *Fit) wrapMeasured(size, width float32) (lines []string, whole bool) {
	whole = true
	line := ""
	for _, word := range strings.FieldsFunc(f.text, breakable) {
		if longer := strings.TrimSpace(line + " " + word); f.measure(longer, size).Width <= width {
			line = longer
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = word; f.measure(line, size).Width > width && len(line) > 1; {
			whole = false
			head := line
			for f.measure(head, size).Width > width && len(head) > 1 {
				_, last := utf8.DecodeLastRuneInString(head)
				head = head[:len(head)-last]
			}
			lines, line = append(lines, head), line[len(head):]
		}
	}
	return append(lines, line), whole
}
