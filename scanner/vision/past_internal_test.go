package vision

import (
	"image"
	"slices"
	"testing"
	"time"

	"pkidstation/scanner"
)

// TestDoubts: what was believed once is told where a picture shows it and proves too
// little; what was only doubted is not, unless it is a symbol whose every glyph suits
// well, three times; another text there between begins anew.
func TestDoubts(t *testing.T) {
	t.Parallel()
	const believed, doubted, firm, denied, none = 'B', 'd', 'f', 'x', '-'
	for pictures, want := range map[string]string{
		"Bd":    ".t",
		"dB":    ".t",
		"ddddd": ".....",
		"B-d":   "..t",
		"fff":   "..t",
		"ff-f":  "...t",
		"fdf":   "...",
		"fxff":  "....",
		"Bxd":   "...",
		"BB":    ".t",
	} {
		p := &past{}
		got := ""
		for n, r := range pictures {
			f := find{Code: Code{Text: "1", Symbology: scanner.Code128, Corners: [4]image.Point{{}, {X: 90}, {X: 90, Y: 30}, {Y: 30}}}, restored: true, firm: r == firm}
			var found, doubts []find
			switch r {
			case denied:
				f.Text = "2"
				fallthrough
			case believed:
				found = []find{f}
			case doubted, firm:
				doubts = []find{f}
			case none:
			}
			told := p.learn(found, doubts, time.Duration(n)*time.Millisecond)
			if slices.ContainsFunc(told, func(f find) bool { return f.Text == "1" }) {
				got += "t"
			} else {
				got += "."
			}
		}
		if got != want {
			t.Errorf("%s: told %s, want %s", pictures, got, want)
		}
	}
}
