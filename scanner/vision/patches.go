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
	bounds, thick := squarePatches(inked(f))
	for i, r := range append(bounds, thick...) {
		if w.spent() {
			return found
		}
		place := r.Inset(-2 * cell).Intersect(f.Rect)
		const perPixel = 8
		w.spend(perPixel * area(place))
		part := f.tile(place)
		var read []find
		if i < len(bounds) { // those in thick print must look like squares first.
			read = part.plainSquares()
		}
		if len(read) == 0 {
			read = upright(w, part)
		}
		w.witness.patch(part, read)
		found = append(found, read...)
	}
	return found
}

// plainSquares reads a patch as it is.
func (f *frame) plainSquares() []find {
	bits := f.hybrid()
	if bits == nil {
		return nil
	}
	return append(single(f, bits.BitMatrix, datamatrix.NewDataMatrixReader()), single(f, bits.BitMatrix, aztec.NewAztecReader())...)
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
// the largest first, and of those in the thick of print.
func squarePatches(c cells) (found, solid []image.Rectangle) {
	const leastCells = 3
	thick := c.thick()
	for i := range c.has {
		if !c.has[i] {
			continue
		}
		r, _ := c.take(i)
		long, short := max(r.Dx(), r.Dy()), min(r.Dx(), r.Dy())
		if short >= leastCells && long <= 2*short && r.Dx() < c.wide-1 && r.Dy() < c.high-1 {
			found = append(found, pixels(r))
		}
	}
	solid = thick.solid(found)
	slices.SortStableFunc(found, func(a, b image.Rectangle) int { return cmp.Compare(area(b), area(a)) })
	return found[:min(len(found), maxPatches)], solid[:min(len(solid), maxPatches)]
}

// pixels are those of bounds in cells.
func pixels(r image.Rectangle) image.Rectangle {
	return image.Rect(r.Min.X*cell, r.Min.Y*cell, r.Max.X*cell, r.Max.Y*cell)
}

// thick are the cells with print on all sides. A line, a caption and a label's edge
// have none; so they do not join a square symbol to all else on its label.
func (c cells) thick() cells {
	t := cells{wide: c.wide, high: c.high, has: make([]bool, len(c.has))}
	for y := 1; y+1 < c.high; y++ {
		for x := 1; x+1 < c.wide; x++ {
			all := true
			for dy := -1; dy <= 1; dy++ {
				row := c.has[(y+dy)*c.wide+x-1:]
				all = all && row[0] && row[1] && row[2]
			}
			t.has[y*c.wide+x] = all
		}
	}
	return t
}

// solid are the patches of thick print that fill their bounds as a square does that is
// turned anyhow, but those that are among the patches known.
func (c cells) solid(known []image.Rectangle) []image.Rectangle {
	const leastCells, mostCells, filled = 3, 30, 0.45
	var found []image.Rectangle
	for i := range c.has {
		if !c.has[i] {
			continue
		}
		r, n := c.take(i)
		long, short := max(r.Dx(), r.Dy()), min(r.Dx(), r.Dy())
		if short < leastCells || long > min(2*short, mostCells) || float64(n) < filled*float64(area(r)) {
			continue
		}
		p := pixels(r.Inset(-1))
		if !slices.ContainsFunc(known, func(k image.Rectangle) bool { return p.In(k) && 2*area(k) <= 3*area(p) }) {
			found = append(found, p)
		}
	}
	return found
}

// take removes the patch that cell i belongs to and gives its bounds in cells, and
// how many it has.
func (c cells) take(i int) (r image.Rectangle, n int) {
	c.has[i] = false
	for open := []int{i}; len(open) > 0; {
		at := image.Pt(open[len(open)-1]%c.wide, open[len(open)-1]/c.wide)
		open = open[:len(open)-1]
		n++
		r = r.Union(image.Rectangle{Min: at, Max: at.Add(image.Pt(1, 1))})
		around := image.Rect(at.X-1, at.Y-1, at.X+2, at.Y+2).Intersect(image.Rect(0, 0, c.wide, c.high))
		for y := around.Min.Y; y < around.Max.Y; y++ {
			for x := around.Min.X; x < around.Max.X; x++ {
				if at := y*c.wide + x; c.has[at] {
					c.has[at] = false
					open = append(open, at)
				}
			}
		}
	}
	return r, n
}
