package scannertest

import (
	"fmt"
	"image"
	"math/rand/v2"
)

// A Scene is how a label lies before the camera: where, how it was printed, in
// what light, through what lens. Its zero value is no scene; begin with Plain
// and change what matters.
type Scene struct {
	// Size is the frame's, in pixels; 64 x 64 at least.
	Size image.Point
	// Module is the width of the narrowest bar in the middle of the label, in
	// pixels. A label that would not fit into the frame comes out smaller.
	Module float64
	// Turn is how far the label is turned clockwise, in degrees.
	Turn float64
	// Tilt is perspective: by what share the label's far edge is smaller, and
	// its near edge larger, than its middle; below 0.7. Which edge is far is
	// left to chance.
	Tilt float64
	// Curl is how far the label goes around something round, as the sine of
	// the angle at its edges; below 1.
	Curl float64
	// Wrinkles is how many folds the label has.
	Wrinkles int

	// Gain is how much wider bars are printed than they should be, in modules;
	// below 0 they are thinner.
	Gain float64
	// Defects is how many spots, voids and streaks the printer left.
	Defects int
	// Squares is how many 2D codes are on the label besides, at most 2.
	Squares int

	// Contrast is 1 for black ink on white paper, 0 for grey all over.
	Contrast float64
	// Lamp is by what share one side of the frame is lighter than the middle.
	Lamp float64
	// Glare is how bright a lamp shines on the label: 1 turns black ink white
	// in the middle of its blob.
	Glare float64

	// Blur is the sigma of the lens, Motion how far the frame moved while it
	// was taken, in a direction left to chance; both in pixels.
	Blur, Motion float64
	// Noise is the sensor's, a standard deviation in grey levels of 255.
	Noise float64
	// Quality is the JPEG's, 1 to 100; 0 leaves the frame as it is.
	Quality int
}

// Plain is a label held well: upright, sharp, 2.2 pixels a module.
func Plain(size image.Point) Scene {
	return Scene{Size: size, Module: 2.2, Contrast: 1, Lamp: 0.15, Blur: 0.5, Noise: 4, Quality: 85}
}

// Frame takes the picture of a label of any maker's. The same scene and seed
// are the same frame.
func (s Scene) Frame(seed uint64) Frame {
	r := chance(seed, 0)
	l := s.label(r)
	return s.shoot(l, s.pose(l, r), r)
}

// shoot puts a label on a box and takes its picture.
func (s Scene) shoot(l *printed, p pose, r *rand.Rand) Frame {
	f := s.take(r, func(film *plane) { l.show(film, p) }, p.middle)
	f.Codes = l.truth(p)
	return f
}

// take makes a frame of a backdrop and what show puts on it. A lamp, if any,
// shines near to where at is.
func (s Scene) take(r *rand.Rand, show func(*plane), at image.Point) Frame {
	film := newPlane(backdrop(s.Size, r))
	if show != nil {
		show(film)
	}
	s.light(film, at, r)
	film.spread(gaussian(s.Blur))
	film.spread(gaussian(s.Blur).turned())
	film.spread(motion(s.Motion, r))
	return Frame{Image: compressed(film.grey(s.Noise, r), s.Quality)}
}

// named puts a frame into a set.
func (f Frame) named(set, cell string, n int) Frame {
	f.Cell = cell
	f.Name = fmt.Sprintf("%s_%s_%d", set, slug(cell), n)
	return f
}
