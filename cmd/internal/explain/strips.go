package explain

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"pkidstation/scanner/vision"
)

// The measures of a picture of strips, in pixels.
const (
	stripHigh = 36
	curveHigh = 96
	stripGap  = 6
	// around a symbol as many values are shown.
	shownBeyond = 40
)

// strips are rows one below the other, with one column for each value from first
// on, or for several where they are too many.
type strips struct {
	*image.RGBA

	first, step float64
	y           int
}

func newStrips(first, last float64, high int) *strips {
	wide := max(last-first, 1)
	const zoom = 2
	step := max(1.0/zoom, wide/maxWide)
	s := &strips{RGBA: image.NewRGBA(image.Rect(0, 0, int(wide/step), high)), first: first, step: step}
	draw.Draw(s.RGBA, s.Rect, image.White, image.Point{}, draw.Src)
	return s
}

// column is where a value is, value what is in a column.
func (s *strips) column(value float64) int { return int(math.Round((value - s.first) / s.step)) }
func (s *strips) value(column int) int     { return int(s.first + float64(column)*s.step) }

func (s *strips) fill(from, to, y, high int, c color.Color) {
	draw.Draw(s.RGBA, image.Rect(from, y, max(to, from+1), y+high), image.NewUniform(c), image.Point{}, draw.Src)
}

// greys shows values as they are, stretched from black to white.
func (s *strips) greys(values []float32) {
	least, most := extent(values)
	for x := range s.Rect.Dx() {
		if i := s.value(x); i >= 0 && i < len(values) {
			s.fill(x, x+1, s.y, stripHigh, color.Gray{byte(255 * (values[i] - least) / (most - least))})
		}
	}
	s.y += stripHigh + stripGap
}

// curve shows values as a line, and where it crosses the threshold.
func (s *strips) curve(values []float32, edges []float64) {
	least, most := extent(values)
	at := func(v float32) int { return s.y + int(float32(curveHigh-1)*(most-v)/(most-least)) }
	for _, e := range edges {
		s.fill(s.column(e), s.column(e)+1, s.y, curveHigh, color.Gray{0xd0})
	}
	for x := range s.Rect.Dx() {
		if i := s.value(x); i >= 0 && i+1 < len(values) {
			a, b := at(values[i]), at(values[i+1])
			s.fill(x, x+1, min(a, b), max(a, b)-min(a, b)+1, color.Black)
		}
	}
	s.y += curveHigh + stripGap
}

// bars shows bars that begin and end at edges.
func (s *strips) bars(edges []float64) {
	for i := 0; i+1 < len(edges); i += 2 {
		s.fill(s.column(edges[i]), s.column(edges[i+1]), s.y, stripHigh, color.Black)
	}
	s.y += stripHigh + stripGap
}

// profile draws the mean of a band's lines, its curve, and what the threshold
// makes of it.
func profile(v vision.Sight) image.Image {
	s := newStrips(0, float64(len(v.Grey)), 2*(stripHigh+stripGap)+curveHigh)
	s.greys(v.Grey)
	s.curve(v.Grey, v.Edges)
	s.bars(v.Edges)
	return s
}

// reading draws the pixels, the threshold's bars, the symbol as decoded, and in
// red where an edge of the one is not where the other's is.
func reading(v vision.Sight) image.Image {
	first, last := v.Drawn[0]-shownBeyond, v.Drawn[len(v.Drawn)-1]+shownBeyond
	s := newStrips(first, last, 4*(stripHigh+stripGap)+curveHigh)
	s.greys(v.Grey)
	s.curve(v.Grey, v.Edges)
	s.bars(v.Edges)
	s.bars(v.Drawn)
	const slight = 0.25 // modules: ink and noise.
	for i, at := range v.Drawn {
		n := v.First + i
		if v.First < 0 || n >= len(v.Edges) || math.Abs(at-v.Edges[n]) < slight*v.Module {
			continue
		}
		from, to := min(at, v.Edges[n]), max(at, v.Edges[n])
		s.fill(s.column(from), s.column(to), s.y, stripHigh, mismatch)
	}
	return s
}

// restored draws a blurred symbol, what its glyphs would look like, and in red
// how much of it they leave unexplained.
func restored(v vision.Sight) image.Image {
	s := newStrips(0, float64(len(v.Grey)), 3*(stripHigh+stripGap))
	s.greys(v.Grey)
	s.greys(v.Model)
	for x := range s.Rect.Dx() {
		i := s.value(x)
		if i < 0 || i >= min(len(v.Grey), len(v.Model)) {
			continue
		}
		off := math.Abs(float64(v.Grey[i] - v.Model[i]))
		const slight, full = 16, 255
		if high := int(off * stripHigh / full); off > slight {
			s.fill(x, x+1, s.y+stripHigh-high, high, mismatch)
		}
	}
	return s
}
