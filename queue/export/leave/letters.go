package leave

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"

	"pkidstation/queue/export/report"
)

// letters knows which letters the fonts have.
type letters struct {
	fonts  []*sfnt.Font
	buffer sfnt.Buffer
	known  map[rune]bool
}

func newLetters() (*letters, error) {
	l := &letters{known: map[rune]bool{}}
	for _, file := range [][]byte{goregular.TTF, gobold.TTF} {
		font, err := opentype.Parse(file)
		if err != nil {
			return nil, fmt.Errorf("reading a font: %w", err)
		}
		l.fonts = append(l.fonts, font)
	}
	return l, nil
}

// legible is a text as it can be printed: clean, its accents on their letters,
// without what is not seen, and with "?" for letters that the fonts do not have.
// The narrow space of French numbers is not among them; the wide one is.
func (l *letters) legible(text string) string {
	text = strings.ReplaceAll(norm.NFC.String(report.Plain(text)), "\u202f", "\u00a0")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case unicode.In(r, unicode.Cf, unicode.Co):
			return -1
		case unicode.IsSpace(r) && r != '\u00a0':
			return ' '
		case l.has(r):
			return r
		default:
			return '?'
		}
	}, text))
}

func (l *letters) has(r rune) bool {
	known, ok := l.known[r]
	if !ok {
		known = true
		for _, font := range l.fonts {
			i, err := font.GlyphIndex(&l.buffer, r)
			known = known && err == nil && i != 0
		}
		l.known[r] = known
	}
	return known
}

// smallest is how small a text may become before it is cut, of its size.
const smallest = 0.7

// fit makes a text legible and fits it to its place's width: smaller first, then
// cut.
func (p *press) fit(t Text) Text {
	t.Text = p.letters.legible(t.Text)
	if w := p.width(t); w > t.W {
		t.Size *= max(smallest, t.W/w*0.999)
		t.Text = p.cut(t)
	}
	return t
}

const ellipsis = "…"

// cut is what fits the place's width, with … where something is missing.
func (p *press) cut(t Text) string {
	if p.width(t) <= t.W {
		return t.Text
	}
	mark := t
	mark.Text = ellipsis
	head := t.Text[:p.room(t, t.W-p.width(mark))]
	return strings.TrimRight(head, " ") + ellipsis
}

// room is how many of the text's bytes fit a width, whole letters only.
func (p *press) room(t Text, w float64) int {
	ends := []int{0}
	for i, r := range t.Text {
		ends = append(ends, i+len(string(r)))
	}
	low, high := 0, len(ends)-1
	for low < high {
		part := t
		middle := (low + high + 1) / 2
		if part.Text = t.Text[:ends[middle]]; p.width(part) <= w {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return ends[low]
}

// lines fits a text to at most so many lines: a single word smaller on one where that
// is enough, else broken at its spaces, and a word that is too long anywhere, and
// smaller where that is not enough; the last one is cut. Each is as high as its size
// needs.
func (p *press) lines(t Text, most int) []Text {
	t.Text = p.letters.legible(t.Text)
	t.H = lineHeight(t.Size)
	if one := p.fit(t); t.Text != "" && !strings.Contains(t.Text, " ") && one.Text == t.Text {
		return []Text{one}
	}
	size := t.Size
	var all []Text
	for _, part := range []float64{1, 0.85, smallest} {
		t.Size = size * part
		lines, whole := p.broken(t, most)
		if all = lines; whole {
			break
		}
	}
	return all
}

// broken is a text on at most so many lines, and whether all of it is there.
func (p *press) broken(t Text, most int) (all []Text, whole bool) {
	t.H = lineHeight(t.Size)
	for rest := t.Text; rest != ""; t.Y += t.H {
		t.Text = rest
		if len(all) == most-1 {
			t.Text = p.cut(t)
			return append(all, t), t.Text == rest
		}
		t.Text, rest = p.line(t)
		all = append(all, t)
	}
	return all, true
}

// line is the first line of a text, and the rest.
func (p *press) line(t Text) (line, rest string) {
	n := p.room(t, t.W)
	if n == len(t.Text) {
		return t.Text, ""
	}
	if space := strings.LastIndex(t.Text[:n+1], " "); space > 0 {
		n = space
	}
	n = max(n, len(string([]rune(t.Text)[:1])))
	return strings.TrimRight(t.Text[:n], " "), strings.TrimLeft(t.Text[n:], " ")
}
