package leave_test

import (
	"strings"
	"sync"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"pkidstation/queue/export/leave"
)

const (
	point  = 25.4 / 72
	margin = 4.99
)

// fonts measure with the fonts themselves: nothing of the package helps.
type fonts struct {
	sync.Mutex

	files  map[bool]*sfnt.Font
	widths map[bool]map[rune]float64 // of their size
}

var measuring = sync.OnceValues(func() (*fonts, error) {
	f := &fonts{files: map[bool]*sfnt.Font{}, widths: map[bool]map[rune]float64{true: {}, false: {}}}
	for bold, file := range map[bool][]byte{false: goregular.TTF, true: gobold.TTF} {
		parsed, err := opentype.Parse(file)
		if err != nil {
			return nil, err
		}
		f.files[bold] = parsed
	}
	return f, nil
})

// advance is a letter's width; ok says whether there is such a letter.
func (f *fonts) advance(r rune, bold bool) (width float64, ok bool) {
	f.Lock()
	defer f.Unlock()
	if w, known := f.widths[bold][r]; known {
		return w, true
	}
	const fine = 1000
	var b sfnt.Buffer
	i, err := f.files[bold].GlyphIndex(&b, r)
	if err != nil || i == 0 {
		return 0, false
	}
	w, err := f.files[bold].GlyphAdvance(&b, i, fixed.I(fine), font.HintingNone)
	if err != nil {
		return 0, false
	}
	f.widths[bold][r] = float64(w) / 64 / fine
	return f.widths[bold][r], true
}

// width is how wide a text is, in millimetres. Every letter must be there.
func width(t *testing.T, text leave.Text) float64 {
	t.Helper()
	f, err := measuring()
	if err != nil {
		t.Fatal(err)
	}
	all := 0.0
	for _, r := range text.Text {
		w, ok := f.advance(r, text.Bold)
		if !ok {
			t.Errorf("%q: there is no letter %q", text.Text, r)
		}
		all += w
	}
	return all * text.Size * point
}

// capitals is how high the capitals of a text are, in millimetres.
func capitals(t *testing.T, text leave.Text) float64 {
	t.Helper()
	f, err := measuring()
	if err != nil {
		t.Fatal(err)
	}
	m, err := f.files[text.Bold].Metrics(&sfnt.Buffer{}, fixed.I(1000), font.HintingNone)
	if err != nil {
		t.Fatal(err)
	}
	return float64(m.CapHeight) / 64 / 1000 * text.Size * point
}

// measured holds a page to its promises.
func measured(t *testing.T, p leave.Page, paper leave.Paper) {
	t.Helper()
	size := paper.Size()
	for _, f := range p.Fills {
		if f.X < margin || f.Y < margin || f.X+f.W > size.W-margin || f.Y+f.H > size.H-margin {
			t.Errorf("a fill is at the edge: %+v", f)
		}
	}
	for i, text := range p.Texts {
		const above, below = 0.944, 0.210 // an Å above the line and a p below it
		h := text.Size * point
		rounded := 0.0005*h*float64(len([]rune(text.Text))) + 0.001 // a PDF's widths are thousandths of the size
		if w := width(t, text); w > text.W+rounded || h*1.14 > text.H+0.001 || (above-0.722/2)*h > text.H/2+0.09*h || (below+0.722/2)*h > text.H/2 {
			t.Errorf("%q is %.2f mm wide and %.2f high, room is %.2f × %.2f", text.Text, w, h, text.W, text.H)
		}
		if text.Text == "" || text.Size < 4.5 || strings.HasPrefix(text.Text, "[") || strings.ContainsAny(text.Text, "\n\r\t\u202e\u202f") {
			t.Errorf("%q has %.1f points", text.Text, text.Size)
		}
		if text.X < margin || text.Y < margin || text.X+text.W > size.W-margin+0.01 || text.Y+text.H > size.H-margin+0.01 {
			t.Errorf("%q is at the edge: %+v", text.Text, text.Rect)
		}
		for _, other := range p.Texts[:i] {
			if overlap(text.Rect, other.Rect) {
				t.Errorf("%q %v lies on %q %v", text.Text, text.Rect, other.Text, other.Rect)
			}
		}
	}
}

func overlap(a, b leave.Rect) bool {
	const hair = 1e-6
	return a.X+a.W > b.X+hair && b.X+b.W > a.X+hair && a.Y+a.H > b.Y+hair && b.Y+b.H > a.Y+hair
}
