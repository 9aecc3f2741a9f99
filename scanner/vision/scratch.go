package vision

import "sync"

var scratches = sync.Pool{New: func() any { return new(scratch) }} //nolint:gochecknoglobals // empty buffers, and tables that do not change

// scratch is what one call of DecodeContext uses again and again, and the next
// one after it. Nothing in it says anything about a picture.
type scratch struct {
	pool    [][]float32
	used    int // slabs of pool in use; the last one from free on.
	free    int
	readers []rowReader
	runs    []int
	shapes  *alphabets
	inks    map[inkKey]*inkedSet
	around  *[256]vector
	weights *cubic
}

// slab is how many values are taken from the heap at once.
const slab = 1 << 17

// floats gives n zeros until release gives them to another.
func (s *scratch) floats(n int) []float32 {
	if n > slab {
		return make([]float32, n)
	}
	if s.used == 0 || s.free+n > slab {
		if s.used == len(s.pool) {
			s.pool = append(s.pool, make([]float32, slab))
		}
		s.used, s.free = s.used+1, 0
	}
	out := s.pool[s.used-1][s.free : s.free+n : s.free+n]
	s.free += n
	clear(out)
	return out
}

// mark is where the values that are taken from now on begin.
func (s *scratch) mark() (used, free int) { return s.used, s.free }

// release takes back all values since a mark.
func (s *scratch) release(used, free int) { s.used, s.free = used, free }

// rowReaders are this call's linear readers.
func (s *scratch) rowReaders() []rowReader {
	if s.readers == nil {
		s.readers = rowReaders()
	}
	return s.readers
}

// glyphs are this call's glyphs.
func (s *scratch) glyphs() *alphabets {
	if s.shapes == nil {
		s.shapes = newAlphabets()
	}
	return s.shapes
}

// circle is the circle on which the edges of a symbol keep time.
func (s *scratch) circle() *[256]vector {
	if s.around == nil {
		s.around = newCircle()
	}
	return s.around
}

// cubic are the weights by which profiles are sampled.
func (s *scratch) cubic() *cubic {
	if s.weights == nil {
		s.weights = newCubic()
	}
	return s.weights
}
