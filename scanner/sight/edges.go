package sight

import "math"

const (
	// contrast is how much an edge must rise or fall to be one, in grey levels; noise
	// and texture do less.
	contrast = 36
	// wobble is how far a line may turn back within an edge.
	wobble = 6
	// every is how far the lines are from each other that are looked at.
	every = 8
	// longest is how many pixels an edge has at most; what takes longer is shade.
	longest = 16
)

// An edge is where a line goes from dark to light or back: how much lighter it gets,
// and the sigma of a Gaussian that makes a step as steep as it is.
type edge struct {
	rise int
	blur float64
}

// edges are a line's, in order: the monotone runs between its extrema.
func (l line) edges(noise float64) []edge {
	const sure, turn = 5, 2
	least, back := max(contrast, int(sure*noise)), max(wobble, int(turn*noise))
	var all []edge
	for from := 0; from < l.length-1; {
		to := l.run(from, back)
		if rise := l.at(to) - l.at(from); max(rise, -rise) >= least && to-from <= longest {
			all = append(all, l.edge(from, to, noise))
		}
		from = to
	}
	return all
}

// run is where the line, from a place on, turns back by more than so much.
func (l line) run(from, back int) int {
	way, far := 0, from
	for n := from + 1; n < l.length; n++ {
		step := l.at(n) - l.at(far)
		switch {
		case way == 0:
			if step > back || step < -back {
				way, far = sign(step), n
			} else {
				far = n
			}
			if way == 0 && n-from > longest {
				return n
			}
		case step*way >= 0:
			far = n
		case step*way < -back:
			return far
		}
	}
	return l.length - 1
}

func sign(v int) int {
	if v < 0 {
		return -1
	}
	return 1
}

// edge measures one between two places. The steepest step of an edge is so by its
// noise, too, which is taken off.
func (l line) edge(from, to int, noise float64) edge {
	const luck = 1.5
	rise, steepest := l.at(to)-l.at(from), 1
	for n := from; n < to; n++ {
		steepest = max(steepest, (l.at(n+1)-l.at(n))*sign(rise))
	}
	return edge{rise: rise, blur: float64(max(rise, -rise)) / max(float64(steepest)-luck*noise, 1) / math.Sqrt(2*math.Pi)}
}

// noiseOf is the sensor's noise, a standard deviation: from one pixel to the next most
// of a picture changes by nothing else.
func noiseOf(rows []line) float64 {
	var steps []float64
	for _, l := range rows {
		for n := 1; n < l.length; n += 3 {
			step := l.at(n) - l.at(n-1)
			steps = append(steps, float64(max(step, -step)))
		}
	}
	const normal = 0.6745 // half of what is normal is within so many deviations
	return quantile(steps, 0.5) / normal / math.Sqrt2
}
