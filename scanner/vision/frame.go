package vision

import (
	"image"
	"sync"
)

// A frame is a grey picture in one position (turned, halved, padded …) with
// the way back to the pixels of the picture that was given.
type frame struct {
	*image.Gray
	back func(image.Point) image.Point
	bits lazy[*black] // by local thresholds.
	grey lazy[*tones]
	half lazy[*frame]
}

// A lazy is made on first use, by whichever worker comes first.
type lazy[T any] struct {
	once  sync.Once
	value T
}

func (l *lazy[T]) get(made func() T) T {
	l.once.Do(func() { l.value = made() })
	return l.value
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

// halved is the frame at half the size.
func (f *frame) halved() *frame {
	return f.half.get(func() *frame { return f.shrunk(2) })
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
func (f *frame) hybrid() *black {
	return f.bits.get(func() *black { return f.newHybrid(inTurn) })
}

// prepare has a crew make together what several of its stages look at.
func (f *frame) prepare(c *crew) {
	if min(f.width(), f.height()) >= leastHybrid {
		f.grey.get(func() *tones { return f.newTones(c.share) })
		f.bits.get(func() *black { return f.newHybrid(c.share) })
	}
}
