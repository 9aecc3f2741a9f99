package vision

import (
	"image"
	"math"

	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// A grain is which ways the edges of a patch go: those of a square symbol go two,
// at a right angle, those of bars one.
type grain struct {
	angle  float64 // of one of the ways, in radians, within an eighth of a turn.
	square float64 // 1 where all edges go one of two ways at a right angle.
	single float64 // 1 where all go one way.
}

// grainOf sums the gradients with their angles taken four times, which makes one
// of ways at right angles, and twice.
func grainOf(f *frame) grain {
	const faint = 400 // squared, below which a gradient is noise.
	var four, two vector
	var all float64
	for y := 1; y+1 < f.height(); y++ {
		up, row, down := f.Pix[(y-1)*f.Stride:], f.Pix[y*f.Stride:], f.Pix[(y+1)*f.Stride:]
		for x := 1; x+1 < f.width(); x++ {
			gx, gy := float64(row[x+1])-float64(row[x-1]), float64(down[x])-float64(up[x])
			energy := gx*gx + gy*gy
			if energy < faint {
				continue
			}
			a, b := gx*gx-gy*gy, 2*gx*gy
			two = two.add(vector{a, b}, 1)
			four = four.add(vector{a*a - b*b, 2 * a * b}, 1/energy)
			all += energy
		}
	}
	return grain{math.Atan2(four.y, four.x) / 4, four.length() / max(all, 1), two.length() / max(all, 1)}
}

// upright reads a square symbol that lies askew in its patch: turned upright and,
// if it is small, twice as large.
func upright(w *work, part *frame) []find {
	const leastSquare, mostSingle, smallest, largest, little = 0.2, 0.4, 48, 300, 180
	short, long := min(part.width(), part.height()), max(part.width(), part.height())
	if short < smallest || long > largest {
		return nil
	}
	g := grainOf(part)
	if g.square < leastSquare || g.single > mostSingle {
		return nil
	}
	by := 1.0
	if long < little {
		by = 2
	}
	turned := part.upright(g.angle, by)
	const perPixel = 8
	w.spend(perPixel * area(turned.Rect))
	bits := turned.hybrid()
	if bits == nil {
		return nil
	}
	found := single(turned, bits.BitMatrix, datamatrix.NewDataMatrixReader())
	if len(found) == 0 && bits.mayHaveQR() {
		found = single(turned, bits.BitMatrix, qrcode.NewQRCodeReader())
	}
	return found
}

// upright is the frame turned about its middle and so many times as large, its
// edges going on where it had nothing.
func (f *frame) upright(angle, by float64) *frame {
	side := int(math.Hypot(float64(f.width()), float64(f.height())) * by)
	out := image.NewGray(image.Rect(0, 0, side, side))
	sin, cos := math.Sincos(angle)
	half := float64(side) / 2
	at := func(x, y float64) vector {
		x, y = (x-half)/by, (y-half)/by
		return vector{float64(f.width())/2 + x*cos - y*sin, float64(f.height())/2 + x*sin + y*cos}
	}
	line := make([]float32, side)
	for y := range side {
		sampleLine(f, line, at(0, float64(y)), vector{cos / by, sin / by})
		for x, v := range line {
			out.Pix[y*out.Stride+x] = byte(v)
		}
	}
	return newFrame(out, func(p image.Point) image.Point { return f.back(at(float64(p.X), float64(p.Y)).point()) })
}
