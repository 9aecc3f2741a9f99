package vision

const (
	// finePart and coarsePart are how much of the contrast around makes an
	// edge: of a thin bar in sharp print, and of what is no ripple in a quiet
	// zone of blurred print.
	finePart, coarsePart = 0.13, 0.3
)

// edges are the places, in values of the profile, where it crosses the middle
// between neighbouring extrema. A light gradient or a glare moves both, so the
// middle follows. The first edge is where a bar begins; their number is even.
func (p profile) edges(w *work, v []float32, part float32) []float64 {
	turns := extrema(v, contrast(w, v, part))
	var edge []float64
	for i := 0; i+1 < len(turns); i++ {
		a, b := turns[i], turns[i+1]
		if len(edge) == 0 && v[a] < v[b] {
			continue // it begins dark: a bar without beginning.
		}
		edge = append(edge, crossing(v, a, b))
	}
	return edge[:len(edge)&^1]
}

// crossing is where v crosses the middle of its values at a and b.
func crossing(v []float32, a, b int) float64 {
	middle := (v[a] + v[b]) / 2
	down := v[a] > v[b]
	for i := a; i < b; i++ {
		if (v[i] > middle) == down && (v[i+1] > middle) != down {
			return float64(i) + float64((v[i]-middle)/(v[i]-v[i+1]))
		}
	}
	return float64(a+b) / 2
}

// contrast is the least rise that is not noise, at each value: a part of the
// range of the values around.
func contrast(w *work, v []float32, part float32) []float32 {
	const least, cellSize, reach = 3, 16, 2
	n := (len(v) + cellSize - 1) / cellSize
	low, high := w.floats(n), w.floats(n)
	for c := range n {
		cell := v[c*cellSize : min((c+1)*cellSize, len(v))]
		low[c], high[c] = cell[0], cell[0]
		for _, x := range cell {
			low[c], high[c] = min(low[c], x), max(high[c], x)
		}
	}
	out := w.floats(n)
	for c := range n {
		l, h := low[c], high[c]
		for d := max(c-reach, 0); d <= min(c+reach, n-1); d++ {
			l, h = min(l, low[d]), max(h, high[d])
		}
		out[c] = max(least, part*(h-l))
	}
	return out
}

// extrema are the places of the maxima and minima of v, in turn; each differs
// from the next by at least the contrast there. Both ends count as extrema.
func extrema(v, least []float32) []int {
	const cellSize = 16
	var turns []int
	top, bottom := 0, 0 // places of the extremes since the last turn.
	rising := 0         // 1 while a maximum is looked for, -1 a minimum, 0 at first.
	for i, x := range v {
		if x > v[top] {
			top = i
		}
		if x < v[bottom] {
			bottom = i
		}
		rise := least[i/cellSize]
		switch {
		case rising >= 0 && v[top]-x >= rise:
			turns = append(turns, top)
			rising, bottom = -1, i
		case rising <= 0 && x-v[bottom] >= rise:
			turns = append(turns, bottom)
			rising, top = 1, i
		}
	}
	switch {
	case rising > 0:
		turns = append(turns, top)
	case rising < 0:
		turns = append(turns, bottom)
	}
	return turns
}

// sharpened lifts what blur took: each value less a part of its neighbours.
func (p profile) sharpened(w *work, reach int, by float32) []float32 {
	out := w.floats(len(p.v))
	for i, x := range p.v {
		a, b := p.v[max(i-reach, 0)], p.v[min(i+reach, len(p.v)-1)]
		out[i] = x + by*(x-(a+b)/2)
	}
	return out
}
