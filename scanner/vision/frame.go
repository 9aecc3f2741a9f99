package vision

import (
	"image"

	"github.com/makiuchi-d/gozxing"
)

// A frame is a grey picture in one position (turned, halved, padded …) with
// the way back to the pixels of the picture that was given.
type frame struct {
	*image.Gray
	back func(image.Point) image.Point
	bits *gozxing.BitMatrix // the Hybrid matrix, made on first use.
}

func newFrame(g *image.Gray, back func(image.Point) image.Point) *frame {
	return &frame{Gray: g, back: back}
}

func (f *frame) width() int  { return f.Rect.Dx() }
func (f *frame) height() int { return f.Rect.Dy() }

// turned is the frame a quarter turn counter-clockwise: a symbol that ran
// from top to bottom runs from left to right on it.
func (f *frame) turned() *frame {
	w := f.width()
	return newFrame(turn(f.Gray), func(p image.Point) image.Point {
		return f.back(image.Pt(w-1-p.Y, p.X))
	})
}

func (f *frame) padded(margin int) *frame {
	return newFrame(pad(f.Gray, margin), func(p image.Point) image.Point {
		return f.back(p.Sub(image.Pt(margin, margin)))
	})
}

func (f *frame) shrunk(n int) *frame {
	return newFrame(shrink(f.Gray, n), func(p image.Point) image.Point {
		return f.back(p.Mul(n).Add(image.Pt(n/2, n/2)))
	})
}

func (f *frame) inverted() *frame { return newFrame(invert(f.Gray), f.back) }

// tile is the part of the frame inside r.
func (f *frame) tile(r image.Rectangle) *frame {
	part := image.NewGray(image.Rect(0, 0, r.Dx(), r.Dy()))
	copyRows(part, f.Pix[f.PixOffset(r.Min.X, r.Min.Y):], f.Stride)
	return newFrame(part, func(p image.Point) image.Point { return f.back(p.Add(r.Min)) })
}

// hybrid is the frame in black and white by local thresholds; nil where that
// cannot be told.
func (f *frame) hybrid() *gozxing.BitMatrix {
	if f.bits == nil {
		f.bits = matrix(gozxing.NewHybridBinarizer(luminance{f.Gray}))
	}
	return f.bits
}

// global is the frame in black and white by one threshold; nil where the
// frame has no two tones.
func (f *frame) global() *gozxing.BitMatrix {
	return matrix(gozxing.NewGlobalHistgramBinarizer(luminance{f.Gray}))
}

func matrix(b gozxing.Binarizer) *gozxing.BitMatrix {
	bits, err := guard(b.GetBlackMatrix)
	if err != nil {
		return nil
	}
	return bits
}
