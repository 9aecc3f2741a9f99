package scannertest

import (
	"fmt"
	"image"
	"iter"
	"math/rand/v2"
	"strings"
)

// A cell is a set of frames that are hard by one thing.
type cell struct {
	name string
	make func(*Scene, *rand.Rand)
	// weight is how many times as many frames it has as others.
	weight int
}

// Cells are the names of the cells that Frames has, in its order.
func Cells() []string {
	all := cells()
	names := make([]string, len(all))
	for i, c := range all {
		names[i] = c.name
	}
	return names
}

// Frames gives each frames of every cell, five times as many of the last,
// "mixed", in which all factors meet as they do in a hand. A cell's are
// 1280x720 and 1920x1080 in turn. A seed always gives the same frames.
func Frames(seed uint64, each int) iter.Seq[Frame] {
	return func(yield func(Frame) bool) {
		for i, c := range cells() {
			for n := range each * c.weight {
				r := chance(seed, uint64(i)<<32|uint64(n))
				s := Plain(size(i + n))
				s.Turn, s.Tilt, s.Lamp = between(r, -2, 2), between(r, 0, 0.03), between(r, 0.05, 0.3)
				c.make(&s, r)
				if !yield(s.Frame(r.Uint64()).named(fmt.Sprint(seed), c.name, n)) {
					return
				}
			}
		}
	}
}

// size is that of the nth frame of a cell.
func size(n int) image.Point {
	if n%2 == 0 {
		return image.Pt(1280, 720)
	}
	return image.Pt(1920, 1080)
}

// slug is a cell's name as part of a file's.
func slug(cell string) string { return strings.ReplaceAll(cell, " ", "-") }

func cells() []cell {
	var all []cell
	vary := func(name string, set func(*Scene, float64), values ...float64) {
		for _, v := range values {
			all = append(all, cell{fmt.Sprint(name, " ", v), func(s *Scene, _ *rand.Rand) { set(s, v) }, 1})
		}
	}
	vary("scale", func(s *Scene, v float64) { s.Module = v }, 1.2, 1.5, 2, 3, 4)
	vary("rotation", func(s *Scene, v float64) { s.Turn, s.Tilt = v, 0 }, 0, 5, 15, 30, 45, 90)
	vary("blur", func(s *Scene, v float64) { s.Blur = v }, 0.5, 1, 1.5, 2)
	vary("tilt", func(s *Scene, v float64) { s.Tilt = v }, 0.15, 0.3)
	vary("contrast", func(s *Scene, v float64) { s.Contrast = v }, 0.25)
	vary("noise", func(s *Scene, v float64) { s.Noise = v }, 18)
	vary("glare", func(s *Scene, v float64) { s.Glare = v }, 0.8)
	vary("motion", func(s *Scene, v float64) { s.Motion = v }, 3, 5, 8)
	vary("curl", func(s *Scene, v float64) { s.Curl = v }, 0.6)
	vary("wrinkles", func(s *Scene, v float64) { s.Wrinkles = int(v) }, 4)
	vary("gain", func(s *Scene, v float64) { s.Gain = v }, -0.25, 0.3)
	vary("defects", func(s *Scene, v float64) { s.Defects = int(v) }, 30)
	vary("squares", func(s *Scene, v float64) { s.Squares = int(v) }, 2)
	const mixedWeight = 5
	return append(all, cell{"mixed", mixed, mixedWeight})
}

// mixed is a box in a hand.
func mixed(s *Scene, r *rand.Rand) {
	s.Turn, s.Tilt = between(r, 0, 360), between(r, 0, 0.15)
	s.Module, s.Blur = between(r, 1.4, 3), between(r, 0.5, 1.3)
	s.Noise, s.Contrast, s.Gain = between(r, 2, 8), between(r, 0.6, 1), between(r, -0.1, 0.25)
	for _, seldom := range []func(){
		func() { s.Glare = between(r, 0.2, 0.8) },
		func() { s.Motion = between(r, 0.5, 3) },
		func() { s.Curl = between(r, 0.1, 0.5) },
		func() { s.Wrinkles = 1 + r.IntN(3) },
		func() { s.Defects = 1 + r.IntN(20) },
		func() { s.Squares = 1 },
	} {
		const share = 0.3
		if r.Float64() < share {
			seldom()
		}
	}
}
