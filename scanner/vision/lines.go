package vision

import (
	"image"
	"slices"

	"github.com/makiuchi-d/gozxing"
)

// maxRows is about how many rows of a frame are scanned, as gozxing does.
const maxRows = 256

// small is how many pixels a frame has that is not worth looking where bars are.
const small = 1 << 16

// lines reads the linear symbols that run along the rows, then those along
// the columns.
func lines(w *work, f *frame) []find { return sweepBoth(w, f, maxRows) }

// linesOfSmall leaves large frames to their half.
func linesOfSmall(w *work, f *frame) []find {
	if f.large() {
		return nil
	}
	return lines(w, f)
}

func sweepBoth(w *work, f *frame, rows int) []find {
	var found []find
	readers := w.rowReaders()
	upright, level := blocks(w.alone(), f).bars()
	if f.width()*f.height() < small || slices.Max(upright) > 0 {
		found = sweep(w, f, readers, rows, upright)
	}
	if f.width()*f.height() < small || slices.Max(level) > 0 {
		slices.Reverse(level)
		found = append(found, sweep(w, f.turned(), readers, rows, level)...)
	}
	return found
}

// sweep scans up to a number of rows of a frame, and those beside a hit, and
// gives the codes that enough rows agree on. Rows where few blocks have bars
// are passed over.
func sweep(w *work, f *frame, readers []rowReader, rows int, bars []int) []find {
	s := &sweeper{work: w, frame: f, readers: readers, done: make([]bool, f.height())}
	step := (f.height() + rows - 1) / rows
	for y := step / 2; y < f.height() && !w.spent(); y += step {
		if f.width()*f.height() < small || bars[min(y/block, len(bars)-1)] > 0 {
			s.scan(y)
		}
	}
	s.confirm()
	return s.agreed()
}

// A sweeper goes over the rows of one frame.
type sweeper struct {
	*work

	frame   *frame
	readers []rowReader
	done    []bool // rows scanned.
	edge    []int  // of the row that is scanned.
	hits    []hit
}

// A hit is a code read on one row.
type hit struct {
	Code

	y, from, to int
	reversed    bool
}

// scan reads row y in black and white by one threshold for the row, then by
// local thresholds.
func (s *sweeper) scan(y int) {
	if y < 0 || y >= len(s.done) || s.done[y] {
		return
	}
	s.done[y] = true
	s.edge = s.frame.rowEdges(y, s.edge[:0])
	s.read(s.edge, y)
	if bits := s.frame.hybrid(); bits != nil {
		s.edge = changes(bits.row(y), s.frame.width(), s.edge[:0])
		s.read(s.edge, y)
	}
}

// rowEdges are the places where row y, a little sharpened, changes colour by
// one threshold for the row, as gozxing's GlobalHistogramBinarizer has it.
func (f *frame) rowEdges(y int, edge []int) []int {
	row := f.Pix[y*f.Stride:][:f.width()]
	var h histogram
	h.add(row)
	limit, ok := h.valley()
	if !ok {
		return edge
	}
	dark := false
	for x := 1; x+1 < len(row); x++ {
		if v := (4*int(row[x]) - int(row[x-1]) - int(row[x+1])) / 2; v < limit != dark {
			dark = !dark
			edge = append(edge, x)
		}
	}
	if dark {
		edge = append(edge, len(row)-1)
	}
	return edge
}

// read looks at the parts of a row between gaps; where that gives nothing, at
// the row as it is.
func (s *sweeper) read(edge []int, y int) {
	if len(edge) < minEdges {
		return
	}
	before := len(s.hits)
	parts := segments(edge)
	for _, part := range parts {
		s.readSegment(part, y)
	}
	if len(s.hits) == before && len(parts) != 1 {
		s.readSegment(edge, y)
	}
}

// readSegment reads one code in a segment, then what is left beside it.
func (s *sweeper) readSegment(edge []int, y int) {
	h, ok := s.readOne(edge, y)
	if !ok {
		return
	}
	s.hits = append(s.hits, h)
	left, _ := slices.BinarySearch(edge, h.from)
	right, _ := slices.BinarySearch(edge, h.to+1)
	for _, rest := range append(appendSegment(nil, edge, 0, left), appendSegment(nil, edge, right, len(edge))...) {
		s.readSegment(rest, y)
	}
}

func (s *sweeper) readOne(edge []int, y int) (hit, bool) {
	for _, reversed := range []bool{false, true} {
		s.runs = runs(edge, reversed, s.runs[:0])
		var row *gozxing.BitArray
		quiet := 0
		for _, reader := range s.readers {
			if len(edge) < reader.edges || !reader.opens(s.runs) {
				continue
			}
			if row == nil {
				row, quiet = strip(edge, reversed)
			}
			s.spend(row.GetSize())
			r, err := guard(func() (*gozxing.Result, error) { return reader.DecodeRow(y, row, gs1()) })
			if err == nil && r != nil && r.GetText() != "" {
				return newHit(r, edge, quiet, y, reversed), true
			}
		}
	}
	return hit{}, false
}

// newHit places a result back on its row.
func newHit(r *gozxing.Result, edge []int, quiet, y int, reversed bool) hit {
	h := hit{Code: codeOf(r), y: y, from: edge[0], to: edge[len(edge)-1] - 1, reversed: reversed}
	points := r.GetResultPoints()
	if len(points) < 2 {
		return h
	}
	a, b := int(points[0].GetX())-quiet, int(points[1].GetX())-quiet
	if reversed {
		h.from, h.to = h.to-b, h.to-a
	} else {
		h.from, h.to = h.from+a, h.from+b
	}
	if h.from >= h.to { // A reader that points nowhere took the segment.
		h.from, h.to = edge[0], edge[len(edge)-1]-1
	}
	return h
}

// confirm scans the rows beside each hit, so that a code which few of the
// coarse rows met can still have its agreement.
func (s *sweeper) confirm() {
	const reach = 3
	for _, h := range slices.Clone(s.hits) {
		for d := 1; d <= reach && !s.spent(); d++ {
			s.scan(h.y - d)
			s.scan(h.y + d)
		}
	}
}

// corners are those of a code read from one row to another.
func (s *sweeper) corners(from, to, top, bottom int, reversed bool) [4]image.Point {
	c := [4]image.Point{{X: from, Y: top}, {X: to, Y: top}, {X: to, Y: bottom}, {X: from, Y: bottom}}
	if reversed {
		c = [4]image.Point{c[2], c[3], c[0], c[1]}
	}
	for i, p := range c {
		c[i] = s.frame.back(p)
	}
	return c
}
