package vision

import "github.com/makiuchi-d/gozxing"

const (
	// minEdges is the fewest colour changes of a linear symbol: Code 128 with
	// one character.
	minEdges = 26
	// A run is a gap between symbols when it is gapFactor times as wide as
	// the mean of its gapRuns neighbours on either side. In no symbology is a
	// bar that wide; a quiet zone is.
	gapFactor, gapRuns = 4, 12
)

// segments cuts a row's edges at the gaps between symbols. Each part begins
// and ends with a bar and has at least minEdges edges.
func segments(edge []int) [][]int {
	var parts [][]int
	from := 0
	for i := 0; i+1 < len(edge); i++ {
		if !gap(edge, i) {
			continue
		}
		parts = appendSegment(parts, edge, from, i+1)
		from = i + 1
	}
	return appendSegment(parts, edge, from, len(edge))
}

// gap says whether the run after edge i is too wide to be in a symbol.
func gap(edge []int, i int) bool {
	width := edge[i+1] - edge[i]
	wide := func(a, b int) bool { return b > a && width*(b-a) > gapFactor*(edge[b]-edge[a]) }
	return wide(max(i-gapRuns, 0), i) || wide(i+1, min(i+1+gapRuns, len(edge)-1))
}

// appendSegment keeps the whole bars of edge[from:to], if they are enough. A
// bar begins at an even index.
func appendSegment(parts [][]int, edge []int, from, to int) [][]int {
	from += from & 1
	to -= to & 1
	if to-from < minEdges {
		return parts
	}
	return append(parts, edge[from:to])
}

// strip draws a segment with quiet zones beside it, either way round, and
// says where in it the segment begins.
func strip(edge []int, reversed bool) (row *gozxing.BitArray, quiet int) {
	const least = 16
	first, last := edge[0], edge[len(edge)-1]
	quiet = max(least, (last-first)/4)
	row = gozxing.NewBitArray(last - first + 2*quiet)
	for i := 0; i < len(edge); i += 2 {
		a, b := edge[i]-first, edge[i+1]-first
		if reversed {
			a, b = last-edge[i+1], last-edge[i]
		}
		_ = row.SetRange(quiet+a, quiet+b) // in range by construction.
	}
	return row, quiet
}
