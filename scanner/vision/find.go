package vision

import (
	"cmp"
	"image"
	"slices"

	"pkidstation/scanner"
)

// A find is a code with what speaks for it.
type find struct {
	Code

	rows  int     // how many scan rows gave the text; 0 for a square symbol.
	place quad    // where bars are, on the frame they were read on.
	tall  float64 // how tall bars are, along themselves.

	elements []element // of bars read sharp, in the order of their edges.
	reversed bool      // that order is the symbol's from its end.
	restored bool      // the blur was undone to read it.
	firm     bool      // each of its glyphs suits well.
	lie      guess     // how it lay in its band, where the blur was undone.
}

// weight orders finds that claim the same place. A square symbol corrects its
// own errors, a linear one with a check digit has less, the rest has nothing
// but rows that agree.
func (f find) weight() int {
	const square, checked = 1 << 20, 4
	switch f.Symbology { //nolint:exhaustive // all others have no check digit.
	case scanner.QR, scanner.DataMatrix, scanner.Aztec:
		return square
	case scanner.Code128, scanner.Code93, scanner.EAN13, scanner.UPCA:
		return checked * f.rows
	default:
		return f.rows
	}
}

// merge leaves one find a symbol: of those that overlap, the best, which takes
// over the extent of its equals.
func merge(finds []find) []find {
	slices.SortStableFunc(finds, func(a, b find) int { return cmp.Compare(b.weight(), a.weight()) })
	var kept []find
	for _, f := range finds {
		if !slices.ContainsFunc(kept, f.sameSymbol) {
			kept = append(kept, f)
		}
	}
	return kept
}

// sameSymbol says whether both are readings of one printed symbol, right or
// wrong: most of the smaller one lies inside the larger. What they cover may be
// turned: upright boxes about turned neighbours would overlap.
func (f find) sameSymbol(other find) bool {
	margin := 0.5
	if f.Text == other.Text && f.Symbology == other.Symbology {
		margin = f.margin()
	}
	a, b := quadOf(f.Corners, margin), quadOf(other.Corners, margin)
	shared := a.shared(b)
	return shared > 0 && 3*shared >= min(areaOf(a[:]), areaOf(b[:]))
}

// margin is how far around the same text is the same symbol: parts of a long
// bar read above and below a glare are one.
func (f find) margin() float64 {
	r := f.box()
	return float64(max(r.Dx(), r.Dy())) / 4
}

func area(r image.Rectangle) int { return r.Dx() * r.Dy() }

// inOrder gives the codes from top to bottom, then left to right.
func inOrder(finds []find) []Code {
	codes := make([]Code, 0, len(finds))
	for _, f := range finds {
		codes = append(codes, f.Code)
	}
	slices.SortFunc(codes, func(a, b Code) int {
		p, q := a.box().Min, b.box().Min
		return cmp.Or(cmp.Compare(p.Y, q.Y), cmp.Compare(p.X, q.X), cmp.Compare(a.Text, b.Text))
	})
	return codes
}
