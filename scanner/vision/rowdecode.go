package vision

import (
	"math"
	"slices"

	"github.com/makiuchi-d/gozxing"

	"pkidstation/scanner"
)

// A rowHit is a code read from the edges of one profile.
type rowHit struct {
	Code
	fit

	from, to float64   // its first and last edge.
	elements []element // between its edges; none where it was restored.
	reversed bool
	firm     bool  // restored, and each of its glyphs suits well.
	lie      guess // of what was restored, in values of its profile.
}

// decodeEdges reads the codes between a profile's edges: parts between gaps,
// both ways, by gozxing's row decoders, each held against its redrawn symbol.
func decodeEdges(w *work, edge []float64) []rowHit {
	if len(edge) < minEdges {
		return nil
	}
	scale := unitsFor(edge)
	whole := make([]int, len(edge))
	for i, e := range edge {
		whole[i] = int(math.Round((e - edge[0]) * scale))
	}
	var hits []rowHit
	from := 0
	for i := range whole {
		if i+1 < len(whole) && !gap(whole, i) {
			continue
		}
		from += from & 1 // a segment begins and ends with a bar.
		if to := (i + 1) &^ 1; to-from >= minEdges {
			hits = append(hits, decodeSegment(w, edge[from:to], whole[from:to])...)
		}
		from = i + 1
	}
	return hits
}

// narrowUnits is how many units wide a narrow element is for gozxing.
const narrowUnits = 6

// unitsFor is how many units make one of the edges' so that a narrow element
// is narrowUnits wide: enough for gozxing's whole numbers, and no more.
func unitsFor(edge []float64) float64 {
	const share = 5
	widths := make([]float64, 0, len(edge))
	for i := 1; i < len(edge); i++ {
		widths = append(widths, edge[i]-edge[i-1])
	}
	slices.Sort(widths)
	return narrowUnits / max(widths[len(widths)/share], 0.1)
}

func decodeSegment(w *work, edge []float64, whole []int) []rowHit {
	for _, reversed := range []bool{false, true} {
		w.runs = runs(whole, reversed, w.runs[:0])
		var row *gozxing.BitArray
		for _, reader := range w.rowReaders() {
			if len(edge) < reader.edges || !reader.opens(w.runs) {
				continue
			}
			if row == nil {
				row, _ = strip(whole, reversed)
			}
			w.spend(row.GetSize())
			r, err := guard(func() (*gozxing.Result, error) { return reader.DecodeRow(0, row, gs1()) })
			if err != nil || r == nil || r.GetText() == "" {
				continue
			}
			if h, ok := confirm(w, r, edge, reversed); ok {
				return []rowHit{h}
			}
		}
	}
	return nil
}

// confirm holds a result against the edges that it was read from.
func confirm(w *work, r *gozxing.Result, edge []float64, reversed bool) (rowHit, bool) {
	h := rowHit{Code: codeOf(r), reversed: reversed}
	elements := drawn(r)
	if h.Symbology == scanner.Code93 {
		elements = nearest93(edge)
	}
	if reversed {
		elements = slices.Clone(elements)
		slices.Reverse(elements)
	}
	f, ok := redraw(edge, elements)
	w.witness.reading(h, edge, elements, f, ok && f.good())
	if !ok || !f.good() {
		return h, false
	}
	h.fit, h.from, h.to, h.elements = f, edge[f.first], edge[f.last], elements
	return h, true
}

// nearest93 are the whole modules nearest to a Code 93's elements: its text
// does not tell how the symbol spells it. It is nil where the edges are not
// those of characters of nine modules and a last bar.
func nearest93(edge []float64) []element {
	const elements, modules = 6, 9
	if (len(edge)-2)%elements != 0 {
		return nil
	}
	var out []element
	for i := 0; i+elements < len(edge); i += elements {
		module := (edge[i+elements] - edge[i]) / modules
		for j := i; j < i+elements; j++ {
			out = append(out, element{narrow: max(1, math.Round((edge[j+1]-edge[j])/module))})
		}
	}
	return append(out, element{narrow: 1})
}
