package vision

import (
	"image"
	"testing"

	"pkidstation/scanner/scannertest"
)

// TestLikeBars: bands in which symbols are read are like bars, at every angle; most of
// the others, captions, are not.
func TestLikeBars(t *testing.T) {
	t.Parallel()
	none, passed := 0, 0
	for n := range 4 {
		s := scannertest.Plain(image.Pt(1280, 720))
		s.Turn, s.Blur = float64(35*n), 0.5
		c := newCrew(t.Context(), 1)
		b := newBars(c, wholeOf(s.Frame(uint64(n)).Image))
		for i := range b.bands {
			read := len(b.look(c.lead(), i)) > 0
			band := b.bands[i]
			band.straighten(c.lead())
			switch {
			case read && !band.likeBars():
				t.Errorf("turned %.0f°: a symbol is read in a band of %d lines that are alike by %.2f", s.Turn, band.rows(), band.alike)
			case !read:
				none++
				if !band.likeBars() {
					passed++
				}
			}
		}
	}
	if none < 20 || 2*passed < none {
		t.Errorf("of %d bands without a symbol %d are passed over: at least half must be", none, passed)
	}
}
