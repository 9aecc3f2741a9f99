package vision

import (
	"cmp"
	"slices"
)

// Labels have columns: beside a symbol that was read there may be another in the same
// band, which blur has taken though not the first.

// overlaps says whether two hits of a band have a place in common.
func (h rowHit) overlaps(o rowHit) bool { return h.from < o.to && o.from < h.to }

// left are the stretches of a band beside what was read of it that have room for
// another symbol.
func (p profile) left(read []rowHit) [][2]float64 {
	var out [][2]float64
	from, end := p.from+beyond, p.from+float64(len(p.v))*p.step-beyond
	add := func(to float64) {
		if to-from >= leastBlurred {
			out = append(out, [2]float64{from, to})
		}
	}
	read = slices.Clone(read)
	slices.SortFunc(read, func(a, b rowHit) int { return cmp.Compare(a.from, b.from) })
	for _, h := range read {
		add(h.from)
		from = max(from, h.to)
	}
	add(end)
	return out
}

// span is from where to where a band is not read, where that is longest.
func (u *unread) span() (from, to float64) {
	if len(u.read) == 0 {
		return u.s0, u.s1
	}
	for _, left := range u.left(u.read) {
		if left[1]-left[0] > to-from {
			from, to = left[0], left[1]
		}
	}
	return from, to
}

// middle of what is not read of a band, on the frame.
func (u *unread) middle() vector {
	t0, t1 := u.heights()
	from, to := u.span()
	return u.at((from+to)/2, (t0+t1)/2)
}

// parts are those of the edges beside what was read, to either side of it.
func (p profile) parts(edge []float64, read []rowHit) [][]float64 {
	var out [][]float64
	from := 0
	for i, e := range edge {
		at := p.from + e*p.step
		if slices.ContainsFunc(read, func(h rowHit) bool { return h.from-h.module < at && at < h.to+h.module }) {
			out = append(out, parts(edge[min(from, i):i])...)
			from = (i + 2) &^ 1 // a part begins with a bar.
		}
	}
	return append(out, parts(edge[min(from, len(edge)):])...)
}

// allPlaced are hits among the values of a profile on its region.
func (p profile) allPlaced(hits []rowHit) []rowHit {
	out := make([]rowHit, 0, len(hits))
	for _, h := range hits {
		out = append(out, p.placed(h))
	}
	return out
}
