package vision

// evened moves edges so that the narrowest bars around are as wide as the
// narrowest spaces: where a lamp makes paper white beyond white, bars begin late
// and end early, the more the nearer to its middle. Ink that ran is mended, too.
// A symbol has narrow ones of both kinds among any dozen elements.
func evened(edge []float64) []float64 {
	const reach = 9
	out := make([]float64, len(edge))
	for i := range edge {
		var bars, spaces narrowest
		for j := max(i-reach, 0); j < min(i+reach, len(edge)-1); j++ {
			if width := edge[j+1] - edge[j]; j%2 == 0 {
				bars.take(width)
			} else {
				spaces.take(width)
			}
		}
		grow := (spaces.mean() - bars.mean()) / 4 // to either side of a bar.
		if i%2 == 0 {
			grow = -grow
		}
		out[i] = edge[i] + grow
	}
	return out
}

// A narrowest keeps the three narrowest widths.
type narrowest struct {
	width [3]float64
	n     int
}

func (k *narrowest) take(width float64) {
	at := min(k.n, len(k.width)-1)
	if k.n == len(k.width) && width >= k.width[at] {
		return
	}
	for at > 0 && k.width[at-1] > width {
		k.width[at] = k.width[at-1]
		at--
	}
	k.width[at] = width
	k.n = min(k.n+1, len(k.width))
}

func (k *narrowest) mean() float64 {
	return total(k.width[:k.n]) / float64(max(k.n, 1))
}
