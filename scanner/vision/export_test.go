package vision

import (
	"context"
	"image"

	"github.com/makiuchi-d/gozxing"
)

// What follows lets the tests look at the stages one by one.

// newTestWork is a budget that no test exhausts.
func newTestWork() *work { return newWork(context.Background()) }

// Regions gives the way across the bars of each patch and its length.
func Regions(g *image.Gray) (ways [][2]float64, lengths []float64) {
	for _, r := range regions(newCrew(context.Background(), 1), newFrame(g, func(p image.Point) image.Point { return p })) {
		ways, lengths = append(ways, [2]float64{r.along.x, r.along.y}), append(lengths, r.s1-r.s0)
	}
	return ways, lengths
}

// Edges gives the edges of a profile.
func Edges(v []float32) []float64 { return profile{v: v, step: 1}.edges(newTestWork(), v, finePart) }

// Redraw says whether a Code 128's values, redrawn, lie on edges.
func Redraw(edge []float64, values []byte) bool {
	f, ok := redraw(edge, drawCode128(values))
	return ok && f.good()
}

// Widths are the elements of a result's symbol, in modules of which wide ones
// have two and a half.
func Widths(r *gozxing.Result) []float64 {
	var out []float64
	for _, e := range drawn(r) {
		const wide = 2.5
		out = append(out, e.narrow+wide*e.wide)
	}
	return out
}

// Deblur gives the texts that are read from a blurred profile, whose values
// are half a pixel apart.
func Deblur(v []float32) []string {
	var texts []string
	const tall = 60
	for _, h := range deblur(newTestWork(), profile{v: v, step: fineStep, tall: tall}, nil) {
		texts = append(texts, h.Text)
	}
	return texts
}

// Shared is the area that two outlines have in common.
func Shared(a, b [4]image.Point) float64 { return quadOf(a, 0).shared(quadOf(b, 0)) }

// DecodeWithin is Decode by some workers with a budget of its own.
func DecodeWithin(img image.Image, budget, workers int) []Code {
	c := newCrew(context.Background(), workers)
	c.lead().left = budget
	return inOrder(c.find(wholeOf(img)))
}

// CrewAt has a crew do n things.
func CrewAt(workers, n int, do func(int)) {
	newCrew(context.Background(), workers).at(n, func(_ *work, i int) { do(i) })
}
