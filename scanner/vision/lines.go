package vision

import (
	"image"
	"slices"

	"github.com/makiuchi-d/gozxing"
)

// maxRows is about how many rows of a frame are scanned, as gozxing does.
const maxRows = 256

// lines reads the linear symbols that run along the rows, then those along
// the columns.
func lines(w *work, f *frame) []find { return sweepBoth(w, f, maxRows) }

func sweepBoth(w *work, f *frame, rows int) []find {
	readers := rowReaders()
	upright := sweep(w, f, readers, rows)
	return append(upright, sweep(w, f.turned(), readers, rows)...)
}

// sweep scans up to a number of rows of a frame, and those beside a hit, and
// gives the codes that enough rows agree on.
func sweep(w *work, f *frame, readers []rowReader, rows int) []find {
	s := &sweeper{work: w, frame: f, readers: readers, done: make([]bool, f.height())}
	step := (f.height() + rows - 1) / rows
	for y := step / 2; y < f.height() && !w.spent(); y += step {
		s.scan(y)
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
	rows := []*gozxing.BitArray{s.histogramRow(y)}
	if bits := s.frame.hybrid(); bits != nil {
		rows = append(rows, bits.GetRow(y, nil))
	}
	for _, row := range rows {
		if row != nil {
			s.read(row, y)
		}
	}
}

func (s *sweeper) histogramRow(y int) *gozxing.BitArray {
	b := gozxing.NewGlobalHistgramBinarizer(luminance{s.frame.Gray})
	row, err := guard(func() (*gozxing.BitArray, error) { return b.GetBlackRow(y, nil) })
	if err != nil {
		return nil
	}
	return row
}

// read looks at the parts of a row between gaps; where that gives nothing, at
// the row as it is.
func (s *sweeper) read(row *gozxing.BitArray, y int) {
	edge := edges(row)
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
		row, quiet := strip(edge, reversed)
		for _, reader := range s.readers {
			if len(edge) < reader.edges {
				continue
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
