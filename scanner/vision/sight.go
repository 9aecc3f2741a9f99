package vision

import "image"

// A Stage is what of reading a picture a Sight is about.
type Stage string

// The stages that say what they saw, in the order in which they look.
const (
	// SawFrame is the picture in grey, as all stages get it.
	SawFrame Stage = "frame"
	// SawBand is lines across parallel bars, straightened: Picture.
	SawBand Stage = "band"
	// SawProfile is the mean of a band's lines, Grey, with the Edges that its
	// thresholds gave.
	SawProfile Stage = "profile"
	// SawReading is what gozxing decoded from a profile's edges, with the edges
	// of that symbol drawn anew.
	SawReading Stage = "reading"
	// SawRestored is a blurred symbol restored: Grey is how light the band was,
	// Model how light the glyphs chosen would have been under that blur.
	SawRestored Stage = "restored"
	// SawBlack is the frame in black and white, for square symbols.
	SawBlack Stage = "black"
	// SawPatch is a patch of print that may be a square symbol.
	SawPatch Stage = "patch"
	// SawCode is a code that was read, or dropped for one at the same place.
	SawCode Stage = "code"
)

// A Verdict is what became of what was decoded.
type Verdict string

// The verdicts on a decoded symbol; all but Believed mean that it is not told.
const (
	// Believed: it went on to the next stage, or to who asked.
	Believed Verdict = "believed"
	// Misfit: drawn anew, it does not lie on the edges of the picture.
	Misfit Verdict = "misfit"
	// Unconfirmed: its check is weak, and no other part of its height says the
	// same, or one says otherwise.
	Unconfirmed Verdict = "unconfirmed"
	// Unlike: restored, it leaves too much of the picture unexplained, or one of
	// its glyphs hardly beats another.
	Unlike Verdict = "unlike"
	// Unreadable: what was restored is no symbol for gozxing.
	Unreadable Verdict = "unreadable"
	// Disputed: too few rows say the same, or too many otherwise.
	Disputed Verdict = "disputed"
	// Overlaid: it lies where a code with more behind it was read.
	Overlaid Verdict = "overlaid"
)

// A Sight is what one stage saw. Its slices and pictures are the receiver's to
// keep.
type Sight struct {
	Stage Stage
	// Band numbers the band that a SawBand, SawProfile, SawReading or SawRestored
	// is about, from 1; it is 0 for all else, and for single lines of no band.
	Band int
	// Corners are where on the picture that was given; zero for all of it.
	Corners [4]image.Point
	// Picture is what the stage looked at, nil where there is only Grey.
	Picture *image.Gray
	// Grey is the mean across the bars, 0 black to 255 white, and Edges are the
	// places in it where it crosses the threshold, bars and spaces in turn.
	Grey  []float32
	Edges []float64
	// Drawn are the places in Grey of the edges of the symbol as decoded, the
	// first of which is laid on Edges[First]. Module is the width of a narrow
	// element there, Stray how far off in modules an edge is at most.
	Drawn         []float64
	First         int
	Module, Stray float64
	// Model is what a restored symbol would look like.
	Model []float32
	// Misfit is how badly all of a symbol fits: of a reading the root mean square
	// of its edges' distances in modules, of a restored one the part of the
	// picture that is left unexplained.
	Misfit float64
	// Code and Verdict are what was decoded, if anything, and what became of it.
	Code    Code
	Verdict Verdict
}
