package scannertest

import (
	"math"
	"math/rand/v2"
)

// A bend is how the label's paper leaves the flat: once about something round,
// and in folds. All is in modules from the label's middle.
type bend struct {
	// radius is that of the round, 0 if there is none; about x, bars come
	// closer to each other at the edges, about y their ends do.
	radius float64
	aboutX bool
	folds  []fold
}

// A fold is a ridge through the label.
type fold struct {
	nx, ny, from float64 // the line
	wide, shift  float64
}

func (s Scene) bend(half [2]float64, r *rand.Rand) bend {
	var b bend
	if s.Curl > 0 {
		b.aboutX = r.IntN(2) == 0
		b.radius = half[1] / math.Asin(s.Curl)
		if b.aboutX {
			b.radius = half[0] / math.Asin(s.Curl)
		}
	}
	for range s.Wrinkles {
		sin, cos := math.Sincos(between(r, 0, math.Pi))
		reach := math.Abs(cos)*half[0] + math.Abs(sin)*half[1]
		b.folds = append(b.folds, fold{cos, sin, between(r, -reach, reach), between(r, 4, 12), between(r, -2, 2)})
	}
	return b
}

func (b bend) flat() bool { return b.radius == 0 && len(b.folds) == 0 }

// paper gives the place on the paper that is seen at x, y as if the label were
// flat, and how light it is there.
func (b bend) paper(x, y float64) (px, py, light float64) {
	px, py, light = x, y, 1
	for _, f := range b.folds {
		t := (f.nx*x + f.ny*y - f.from) / f.wide
		ridge := f.shift * math.Exp(-t*t/2)
		px, py = px+f.nx*ridge, py+f.ny*ridge
		const steep = 0.12
		light -= steep * t * ridge
	}
	switch {
	case b.radius == 0:
	case b.aboutX:
		by, cos := b.round(x)
		px, light = px+by, light*cos
	default:
		by, cos := b.round(y)
		py, light = py+by, light*cos
	}
	return px, py, light
}

// round is how much further on the paper a place is than it looks, and its
// light: half of it comes from the front.
func (b bend) round(seen float64) (further, light float64) {
	sin := min(max(seen/b.radius, -1), 1)
	return b.radius*math.Asin(sin) - seen, (1 + math.Sqrt(1-sin*sin)) / 2
}

// seen is the inverse of paper.
func (b bend) seen(px, py float64) (x, y float64) {
	x, y = px, py
	const rounds = 12
	for range rounds {
		atX, atY, _ := b.paper(x, y)
		x, y = x+px-atX, y+py-atY
	}
	return x, y
}
