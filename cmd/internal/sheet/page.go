package sheet

// A Box is a place on a page, in millimetres from its top left.
type Box struct{ X, Y, W, H float64 }

func (b Box) right() float64  { return b.X + b.W }
func (b Box) bottom() float64 { return b.Y + b.H }

func (b Box) inset(d float64) Box { return Box{X: b.X + d, Y: b.Y + d, W: b.W - 2*d, H: b.H - 2*d} }

// A Page is everything on one page.
type Page struct {
	// Cuts are dashed lines to cut along.
	Cuts    []Box
	Fills   []Fill
	Symbols []Symbol
	Texts   []Text
}

// A Colour is red, green and blue, 0 to 255.
type Colour [3]int

// A Fill is a box of one colour.
type Fill struct {
	Box
	Colour
	// Round is the radius of its corners.
	Round float64
}

// A Symbol is a Code 128.
type Symbol struct {
	// Box is the symbol with its quiet zones, which stay white.
	Box
	// Text is what it holds.
	Text string
	// Modules are its bars, Module the width of one.
	Modules []bool
	Module  float64
}

// Bars is the symbol without its quiet zones.
func (s Symbol) Bars() Box {
	w := float64(len(s.Modules)) * s.Module
	return Box{X: s.X + (s.W-w)/2, Y: s.Y, W: w, H: s.H}
}

// An Align is where in its box a text stands.
type Align int

// The alignments.
const (
	Left Align = iota
	Centre
	Right
)

// A Text is one line, in the middle of its box's height.
type Text struct {
	Box
	Colour
	Text  string
	Bold  bool
	Align Align
	// Size is in points.
	Size float64
	// Turned text reads from the bottom up.
	Turned bool
}
