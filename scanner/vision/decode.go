package vision

import (
	"context"
	"image"
	"math"
)

const (
	// maxPixels is the most that is looked at; a larger picture is shrunk.
	maxPixels = 4 << 20
	// maxWork bounds one picture, in pixels handed to one reader. A full HD
	// frame of plain clutter costs about a third of it.
	maxWork = 200 << 20
)

// Decode gives every code that it finds on a picture, in reading order. It is
// pure: it keeps no state, does no I/O, starts no goroutine, and may be called
// from many goroutines at once as long as nobody writes to the picture.
//
// It reads all pixels: who takes pictures from elsewhere refuses huge ones
// before decoding them (camera.ReadPicture does).
func Decode(img image.Image) []Code {
	return DecodeContext(context.Background(), img)
}

// DecodeContext is Decode that stops soon after ctx ends, with what it had
// found until then.
func DecodeContext(ctx context.Context, img image.Image) []Code {
	if img == nil || img.Bounds().Empty() {
		return nil
	}
	whole := newFrame(grey(img), func(p image.Point) image.Point { return p.Add(img.Bounds().Min) })
	if size := whole.width() * whole.height(); size > maxPixels {
		whole = whole.shrunk(int(math.Ceil(math.Sqrt(float64(size) / maxPixels))))
	}
	w := &work{ctx: ctx, left: maxWork}
	var found []find
	for _, s := range stages() {
		if w.spent() {
			break
		}
		if s.rescue && len(found) > 0 {
			continue
		}
		found = merge(append(found, s.run(w, whole)...))
	}
	return inOrder(found)
}

// A stage looks for codes in one way. This is the seam for better ways: a
// stage with own scan lines and a redraw check goes before the rescues.
type stage struct {
	// rescue stages are tried only while nothing was found.
	rescue bool
	run    func(*work, *frame) []find
}

func stages() []stage {
	return []stage{
		{run: lines},
		{run: squares},
		{run: patches},
		{rescue: true, run: paddedSquares},
		{rescue: true, run: halved},
		{rescue: true, run: inverted},
	}
}

// halved looks at half the size: it takes noise and coarse print away.
func halved(w *work, f *frame) []find {
	const least = 200
	if min(f.width(), f.height()) < least {
		return nil
	}
	half := f.shrunk(2)
	return append(lines(w, half), squares(w, half)...)
}

// inverted reads white print on black, which is rare: a coarse look must do.
func inverted(w *work, f *frame) []find {
	dark := f.inverted()
	return append(sweepBoth(w, dark, maxRows/4), squares(w, dark)...)
}

// work is the budget of one picture, and its caller's patience.
type work struct {
	ctx  context.Context //nolint:containedctx // lives as long as one call of DecodeContext.
	left int
}

func (w *work) spend(pixels int) { w.left -= pixels }

func (w *work) spent() bool { return w.left <= 0 || w.ctx.Err() != nil }
