package vision

import (
	"cmp"
	"image"
	"slices"

	"github.com/makiuchi-d/gozxing/aztec"
	"github.com/makiuchi-d/gozxing/datamatrix"
)

const (
	// cell is the side, in pixels, of the squares whose contrast is measured.
	cell = 8
	// ink is the least difference of grey in a cell that has print in it.
	ink = 64
	// maxPatches is how many patches of one frame are looked at.
	maxPatches = 32
)

// patches reads Data Matrix and Aztec symbols away from the middle: gozxing
// starts at the centre of what it is given and finds one. So it is given each
// patch of print that is about square.
func patches(w *work, f *frame) []find {
	var found []find
	for _, r := range squarePatches(inked(f)) {
		if w.spent() {
			return found
		}
		place := r.Inset(-2 * cell).Intersect(f.Rect)
		const perPixel = 8
		w.spend(perPixel * area(place))
		part := f.tile(place)
		if bits := part.hybrid(); bits != nil {
			read := single(part, bits.BitMatrix, datamatrix.NewDataMatrixReader())
			read = append(read, single(part, bits.BitMatrix, aztec.NewAztecReader())...)
			if len(read) == 0 {
				read = upright(w, part)
			}
			w.witness.patch(part, read)
			found = append(found, read...)
		}
	}
	return found
}

// A cells says which cells of a frame have print in them.
type cells struct {
	wide, high int
	has        []bool
}

func inked(f *frame) cells {
	c := cells{wide: f.width() / cell, high: f.height() / cell}
	c.has = make([]bool, c.wide*c.high)
	if len(c.has) == 0 {
		return c
	}
	t := f.tones()
	for i := range c.has {
		c.has[i] = t.contrast(i%c.wide, i/c.wide) >= ink
	}
	return c
}

// atEdge says whether print reaches the picture's edge, along some cells. The
// few pixels beyond the last whole cell do not matter.
func (c cells) atEdge() bool {
	const several = 3
	along := func(n int, at func(int) int) bool {
		run := 0
		for i := range n {
			if run++; !c.has[at(i)] {
				run = 0
			}
			if run >= several {
				return true
			}
		}
		return false
	}
	last := c.wide * (c.high - 1)
	return along(c.wide, func(x int) int { return x }) || along(c.wide, func(x int) int { return last + x }) ||
		along(c.high, func(y int) int { return y * c.wide }) || along(c.high, func(y int) int { return y*c.wide + c.wide - 1 })
}

// squarePatches gives the bounds of the patches that can be a square symbol,
// the largest first.
func squarePatches(c cells) []image.Rectangle {
	const leastCells = 3
	var found []image.Rectangle
	for i := range c.has {
		if !c.has[i] {
			continue
		}
		r := c.take(i)
		long, short := max(r.Dx(), r.Dy()), min(r.Dx(), r.Dy())
		if short >= leastCells && long <= 2*short && r.Dx() < c.wide-1 && r.Dy() < c.high-1 {
			found = append(found, image.Rect(r.Min.X*cell, r.Min.Y*cell, r.Max.X*cell, r.Max.Y*cell))
		}
	}
	slices.SortStableFunc(found, func(a, b image.Rectangle) int { return cmp.Compare(area(b), area(a)) })
	return found[:min(len(found), maxPatches)]
}

// take removes the patch that cell i belongs to and gives its bounds in cells.
func (c cells) take(i int) image.Rectangle {
	c.has[i] = false
	r := image.Rectangle{}
	for open := []int{i}; len(open) > 0; {
		at := image.Pt(open[len(open)-1]%c.wide, open[len(open)-1]/c.wide)
		open = open[:len(open)-1]
		r = r.Union(image.Rectangle{Min: at, Max: at.Add(image.Pt(1, 1))})
		around := image.Rect(at.X-1, at.Y-1, at.X+2, at.Y+2).Intersect(image.Rect(0, 0, c.wide, c.high))
		for y := around.Min.Y; y < around.Max.Y; y++ {
			for x := around.Min.X; x < around.Max.X; x++ {
				if n := y*c.wide + x; c.has[n] {
					c.has[n] = false
					open = append(open, n)
				}
			}
		}
	}
	return r
}
