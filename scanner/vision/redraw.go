package vision

import "math"

const (
	// maxMisfit and maxStray are the largest root mean square and the largest
	// single distance, in narrow elements, between an edge of the symbol as
	// decoded and the edge on the picture.
	maxMisfit, maxStray = 0.21, 0.62
	// On creased paper the edges around one stray with it. Then each may be off by
	// that much from those around, and all together by maxDrift.
	maxLocalMisfit, maxLocalStray, maxDrift = 0.15, 0.45, 4
	// terms is how many numbers a redrawn symbol is fitted with: offset, width
	// of narrow and of wide elements, bend, print gain, and a fold if there is one.
	terms = 6
)

// A fit is how well the edges of a redrawn symbol lie on those of a picture.
type fit struct {
	first, last   int     // the edges that it takes.
	misfit, stray float64 // in narrow elements.
	module        float64 // the width of a narrow element.
	creased       bool    // it fits only piece by piece, or where the paper is folded.
}

func (f fit) good() bool { return f.misfit <= maxMisfit && f.stray <= maxStray || f.creased }

// redraw lays a symbol's elements on the edges of a segment, wherever among
// them it fits best. The lie is fitted with bars that all spread alike and
// with a bend, so that ink and tilt are no misfit, and a wrong character is.
func redraw(edge []float64, elements []element) (fit, bool) {
	n := len(elements) + 1
	best, found := fit{misfit: math.Inf(1)}, false
	for first := 0; n >= minEdges && first+n <= len(edge); first += 2 {
		if f, ok := lay(edge[first:first+n], elements); ok && f.misfit < best.misfit {
			f.first, f.last = first, first+n-1
			best, found = f, true
		}
	}
	return best, found
}

// edgeTerms gives what each edge of a symbol is fitted with, its width in narrow
// elements, and whether it has wide ones.
func edgeTerms(elements []element) (rows [][terms]float64, total float64, anyWide bool) {
	rows = make([][terms]float64, len(elements)+1)
	narrow, wide := 0.0, 0.0
	for _, e := range elements {
		total += e.narrow + e.wide
		anyWide = anyWide || e.wide > 0
	}
	for i := range rows {
		side := 1.0 - 2*float64(i%2)
		bend := (narrow + wide) / total
		rows[i] = [terms]float64{1, narrow, wide, side, bend * bend * total, 0}
		if !anyWide {
			rows[i][2] = bend * bend * bend * total
		}
		if i < len(elements) {
			narrow, wide = narrow+elements[i].narrow, wide+elements[i].wide
		}
	}
	return rows, total, anyWide
}

// laid are the places of a symbol's edges, fitted to as many of a picture's.
func laid(edge []float64, elements []element) []float64 {
	rows, _, _ := edgeTerms(elements)
	x, ok := leastSquares(rows, edge)
	if !ok {
		return nil
	}
	places := make([]float64, len(rows))
	for i, r := range rows {
		for k := range r {
			places[i] += x[k] * r[k]
		}
	}
	return places
}

// lay fits the elements to as many edges and one.
func lay(edge []float64, elements []element) (fit, bool) {
	rows, total, anyWide := edgeTerms(elements)
	x, ok := leastSquares(rows, edge)
	if !ok || x[1] <= 0 {
		return fit{}, false
	}
	f := fit{module: (edge[len(edge)-1] - edge[0]) / total}
	if anyWide {
		if ratio := x[2] / x[1]; ratio < 1.5 || ratio > 4 {
			return fit{}, false
		}
		f.module = x[1]
	}
	off := distances(rows, x, edge, f.module)
	f.misfit, f.stray = spread(off)
	if !f.good() && f.stray <= maxDrift {
		misfit, stray := spread(besidesNeighbours(off))
		f.creased = misfit <= maxLocalMisfit && stray <= maxLocalStray ||
			!anyWide && f.misfit <= mostFolded && folded(rows, edge, f.module)
	}
	return f, true
}

// distances are how far the edges as fitted are from those of a picture, in modules.
func distances(rows [][terms]float64, x [terms]float64, edge []float64, module float64) []float64 {
	off := make([]float64, len(edge))
	for i, r := range rows {
		off[i] = -edge[i]
		for k := range r {
			off[i] += x[k] * r[k]
		}
		off[i] /= module
	}
	return off
}

// spread is the root mean square and the largest of distances.
func spread(off []float64) (mean, most float64) {
	for _, v := range off {
		mean += v * v
		most = max(most, math.Abs(v))
	}
	return math.Sqrt(mean / float64(len(off))), most
}

// besidesNeighbours is each distance less the mean of those around. A wrong
// character shifts edges by whole modules from one to the next, a crease does
// not.
func besidesNeighbours(off []float64) []float64 {
	const reach = 5
	out := make([]float64, len(off))
	for i := range off {
		near := off[max(i-reach, 0):min(i+reach+1, len(off))]
		out[i] = off[i] - total(near)/float64(len(near))
	}
	return out
}

// leastSquares solves rows·x = y in the mean, by the normal equations.
func leastSquares(rows [][terms]float64, y []float64) (x [terms]float64, ok bool) {
	var m [terms][terms + 1]float64
	for n, r := range rows {
		for i := range r {
			for j := range r {
				m[i][j] += r[i] * r[j]
			}
			m[i][terms] += r[i] * y[n]
		}
	}
	const ridge = 1e-9
	for i := range m {
		m[i][i] += ridge * (1 + m[i][i])
	}
	for i := range m {
		for j := i + 1; j < terms; j++ {
			by := m[j][i] / m[i][i]
			for k := i; k <= terms; k++ {
				m[j][k] -= by * m[i][k]
			}
		}
	}
	for i := terms - 1; i >= 0; i-- {
		x[i] = m[i][terms]
		for j := i + 1; j < terms; j++ {
			x[i] -= m[i][j] * x[j]
		}
		if m[i][i] == 0 || math.IsNaN(m[i][i]) {
			return x, false
		}
		x[i] /= m[i][i]
	}
	return x, true
}
