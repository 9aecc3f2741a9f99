package scannertest

import (
	"image"
	"math/rand/v2"

	"pkidstation/scanner"
)

// PKID is the Kind of the one code that every label has.
const PKID = "PKID"

// A Frame is a picture as a camera gives it, with its truth.
type Frame struct {
	// Name tells a frame from the others of its set, and is fit for a file.
	Name string
	// Cell is what makes the frame hard: a factor and its value, "blur 1.5".
	Cell string
	// Image begins at 0, 0.
	Image *image.Gray
	// Codes are the whole symbols on it, from the label's top to its bottom.
	// Whatever else is read on the frame is wrong.
	Codes []Printed
}

// A Printed code is one symbol and where the frame shows it.
type Printed struct {
	// Kind is the caption's word: PKID, "S/N", "MAC", "IMEI", "UPC", "P/N",
	// "EAN", "QR" or "DM".
	Kind string
	Text string
	// Symbology is what the text is printed in.
	Symbology scanner.Symbology
	// Corners are those of the bars without their quiet zone, clockwise from
	// the symbol's own top left, in pixels; Centre is the middle of the bars.
	// What is on the frame only in part has corners beyond its edge.
	Corners [4]image.Point
	Centre  image.Point
}

// Has tells whether a text is printed on the frame.
func (f Frame) Has(text string) bool {
	for _, c := range f.Codes {
		if c.Text == text {
			return true
		}
	}
	return false
}

// chance is the only source of what differs between frames.
func chance(seed, stream uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, stream)) //nolint:gosec // pictures that must come out again, no secrets.
}

// between is evenly from least to most.
func between(r *rand.Rand, least, most float64) float64 {
	return least + (most-least)*r.Float64()
}

// about is normal about mean.
func about(r *rand.Rand, mean, sd float64) float64 { return mean + sd*r.NormFloat64() }
