package vision

import (
	"math"
	"slices"
)

const (
	// mostFold is by how much at most elements are wider on one side of a fold than
	// on the other, in parts of a narrow one.
	mostFold = 0.3
	// leastBeside is how many edges there are at least on either side of a fold: with
	// fewer a wrong character at a symbol's end might pass for one.
	leastBeside = 12
	// mostEdges is how many edges the symbol of a label has at most: each place of a
	// fold takes as long as all edges together.
	mostEdges = 400
	// mostFolded is the misfit without a fold above which none is looked for.
	mostFolded = 0.8
)

// folded says whether edges lie as those of a symbol whose paper is folded across its
// bars: from some element on all are wider, or all narrower, and nothing else is amiss.
// Each edge must then fit as closely as where there is no fold, and those around, too:
// what a fold alone would let pass of another character, one in a hundred, that does not.
// Not for symbols of wide and narrow elements: of those one in a hundred would pass still.
func folded(rows [][terms]float64, edge []float64, module float64) bool {
	const step = 4
	if len(edge) > mostEdges {
		return false
	}
	rows = slices.Clone(rows)
	best, at := math.Inf(1), 0
	try := func(i int) {
		if i < leastBeside || i >= len(edge)-leastBeside {
			return
		}
		x, ok := foldedAt(rows, edge, i)
		if !ok || math.Abs(x[terms-1]) > mostFold*x[1] {
			return
		}
		off := distances(rows, x, edge, module)
		misfit, stray := spread(off)
		_, beside := spread(besidesNeighbours(off))
		if misfit < best && stray <= maxStray && beside <= maxLocalStray {
			best, at = misfit, i
		}
	}
	for i := leastBeside; i < len(edge); i += step {
		try(i)
	}
	for i, near := at-step+1, at+step; at > 0 && i < near; i++ {
		try(i)
	}
	return best <= maxMisfit
}

// foldedAt fits a symbol that is folded at one of its edges; rows are then those of
// that fold.
func foldedAt(rows [][terms]float64, edge []float64, i int) ([terms]float64, bool) {
	from := rows[i][1]
	for k := range rows {
		rows[k][terms-1] = max(rows[k][1]-from, 0)
	}
	return leastSquares(rows, edge)
}
