package vision

import (
	"math"

	"pkidstation/scanner"
)

const (
	// signEdges is how many edges a sign of Code 39 has, lostEdges how many of a
	// symbol's blur may take, and counted what speaks for a layout that has so many.
	signEdges, lostEdges, counted = 10, 4, 0.4
	// tiltStep is how far tilts are apart that are tried where nothing tells of it.
	tiltStep = 0.06
)

// counts says whether a Code 39 has as many edges as there are, but for a few. Blur
// moves those of its narrow elements so far that they hardly keep time.
func (l *layout) counts(edge []float64) bool {
	missing := signEdges*len(l.sets) - len(edge)
	return l.symbology == scanner.Code39 && missing >= 0 && missing <= lostEdges
}

// bySigns are guesses at a Code 39 of so many signs as there are edges for. All signs
// are equally wide: where none of the edges is lost, those at which signs begin tell
// how the symbol is tilted; else some tilts are tried while a camera looks on.
func (s *suiting) bySigns(w *work, g guess) []guess {
	g.score += counted
	if len(s.edge) == signEdges*len(g.sets) {
		g.tilt = s.signTilt(g)
		return []guess{g}
	}
	all := []guess{g}
	for _, tilt := range []float64{0, tiltStep, -tiltStep} {
		if w.past != nil && math.Abs(tilt-g.tilt) > tiltStep/2 {
			other := g
			other.tilt = tilt
			other.score -= counted / 4
			all = append(all, other)
		}
	}
	return all
}

// signTilt is the tilt under which signs begin nearest to where every tenth edge is.
func (s *suiting) signTilt(g guess) float64 {
	const most, steps = 0.16, 32
	best, least := 0.0, math.Inf(1)
	sign := (g.modules + 1) / float64(len(g.sets))
	for n := -steps; n <= steps; n++ {
		g.tilt = most * float64(n) / steps
		var off float64
		for k := range g.sets {
			at, m := s.edge[signEdges*k], sign*float64(k)
			if g.reverse {
				at, m = s.edge[len(s.edge)-1-signEdges*k], g.modules-m
			}
			d := at - g.place(m)
			off += d * d
		}
		if off < least {
			best, least = g.tilt, off
		}
	}
	return best
}
