package vision

import "slices"

// An opening is how a symbology's symbols begin. gozxing looks for it first and
// says no at length; we say no at once, by the same measures, and more seldom.
type opening func(run []int) bool

// opens says whether a symbol of a reader's kind can begin anywhere in a row of
// runs, of which the first is a bar.
func (r rowReader) opens(run []int) bool {
	for i := 0; i+r.elements <= len(run); i += 2 {
		part := run[i : i+r.elements]
		if i > 0 && r.quiet > 0 && run[i-1]*100 < r.quiet*total(part) {
			continue
		}
		if r.opening(part) {
			return true
		}
	}
	return false
}

func total[T int | float32 | float64](run []T) (sum T) {
	for _, n := range run {
		sum += n
	}
	return sum
}

// opensEAN is the guard 111; opensITF is 1111.
func opensEAN(run []int) bool { return varies([]int{1, 1, 1}, run, 0.7) < 0.48 }
func opensITF(run []int) bool { return varies([]int{1, 1, 1, 1}, run, 0.5) < 0.38 }

// opens128 is one of the three starts.
func opens128(run []int) bool {
	return varies([]int{2, 1, 1, 4, 1, 2}, run, 0.7) < 0.25 || varies([]int{2, 1, 1, 2, 1, 4}, run, 0.7) < 0.25 ||
		varies([]int{2, 1, 1, 2, 3, 2}, run, 0.7) < 0.25
}

// opens39 is an asterisk: its second, fifth and seventh element are wider than
// all others.
func opens39(run []int) bool {
	return min(run[1], run[4], run[6]) > max(run[0], run[2], run[3], run[5], run[7], run[8])
}

// opens93 is an asterisk, 111141, in whole modules of nine.
func opens93(run []int) bool {
	const modules = 9
	sum := total(run)
	for i, n := range run {
		want := 1
		if i == 4 {
			want = 4
		}
		if (2*modules*n+sum)/(2*sum) != want {
			return false
		}
	}
	return true
}

// varies is gozxing's measure of how far runs are from a pattern: the sum of
// all distances by the sum of all runs, 1 where one alone is too far.
func varies(pattern, run []int, most float64) float64 {
	all := total(run)
	unit := float64(all) / float64(total(pattern))
	sum := 0.0
	for i, n := range run {
		off := float64(n) - float64(pattern[i])*unit
		if off = max(off, -off); off > most*unit {
			return 1
		}
		sum += off
	}
	return sum / float64(all)
}

// runs are the widths between edges, either way round.
func runs(edge []int, reversed bool, out []int) []int {
	for i := 1; i < len(edge); i++ {
		out = append(out, edge[i]-edge[i-1])
	}
	if reversed {
		slices.Reverse(out)
	}
	return out
}
