package vision

import (
	"image"
	"math"

	"github.com/makiuchi-d/gozxing"
)

// A vector is a place or a way on a frame, finer than a pixel.
type vector struct{ x, y float64 }

func (v vector) add(w vector, times float64) vector {
	return vector{v.x + times*w.x, v.y + times*w.y}
}

func (v vector) times(by float64) vector { return vector{v.x * by, v.y * by} }

func (v vector) minus(w vector) vector { return v.add(w, -1) }

// unit is the way of v, one pixel long; zero stays zero.
func (v vector) unit() vector {
	if length := math.Hypot(v.x, v.y); length > 0 {
		return vector{v.x / length, v.y / length}
	}
	return vector{}
}

// turned is v turned clockwise by radians.
func (v vector) turned(by float64) vector {
	sin, cos := math.Sincos(by)
	return vector{v.x*cos - v.y*sin, v.x*sin + v.y*cos}
}

// cross is the area that v and w span.
func (v vector) cross(w vector) float64 { return v.x*w.y - v.y*w.x }

func (v vector) length() float64 { return math.Hypot(v.x, v.y) }

func (v vector) point() image.Point {
	return image.Pt(int(math.Round(v.x)), int(math.Round(v.y)))
}

// moduleOf is the module size that a finder pattern measured, 0 if unknown.
func moduleOf(p gozxing.ResultPoint) float64 {
	if m, ok := p.(interface{ GetEstimatedModuleSize() float64 }); ok {
		return m.GetEstimatedModuleSize()
	}
	return 0
}

// qrCorners are the outer corners of a QR symbol from the centres of its
// finder patterns at the bottom left, top left and top right, each 3.5 modules
// from the edges.
func qrCorners(finder []vector, module float64) []vector {
	const inside = 3.5
	bl, tl, tr := finder[0], finder[1], finder[2]
	right, down := tr.minus(tl).unit(), bl.minus(tl).unit()
	br := tr.add(bl.minus(tl), 1)
	out := inside * module
	return []vector{
		tl.add(right, -out).add(down, -out), tr.add(right, out).add(down, -out),
		br.add(right, out).add(down, out), bl.add(right, -out).add(down, out),
	}
}

func (v vector) dot(w vector) float64 { return v.x*w.x + v.y*w.y }
