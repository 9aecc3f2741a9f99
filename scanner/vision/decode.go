package vision

import (
	"context"
	"image"
)

const (
	// maxPixels is the most that is looked at; a larger picture is shrunk.
	maxPixels = 4 << 20
	// maxWork bounds one picture, in pixels handed to one reader. A full HD
	// frame of plain clutter costs about a third of it.
	maxWork = 200 << 20
)

// Decode gives every code that it finds on a picture, in reading order. It is
// pure: it keeps nothing of a picture, does no I/O, starts no goroutine (a
// Reader may), and may be called from many goroutines at once as long as nobody
// writes to the picture.
//
// It reads all pixels: who takes pictures from elsewhere refuses huge ones
// before decoding them (camera.ReadPicture does).
func Decode(img image.Image) []Code {
	return DecodeContext(context.Background(), img)
}

// DecodeContext is Decode that stops soon after ctx ends, with what it had
// found until then.
func DecodeContext(ctx context.Context, img image.Image) []Code {
	return Reader{Workers: 1}.Decode(ctx, img)
}

// A stage looks for codes on a whole frame in one way. This is the seam for
// better ways.
type stage struct {
	// rescue stages are tried only while nothing was found.
	rescue bool
	run    func(*work, *frame) []find
}

// stages are those beside the bars'.
func stages() []stage {
	return []stage{
		{run: squares},
		{run: patches},
		{rescue: true, run: linesOfSmall},
		{rescue: true, run: paddedSquares},
		{rescue: true, run: halved},
		{rescue: true, run: inverted},
	}
}

func (s stage) job(f *frame) job {
	return job{long: true, look: func(w *work) []find { return s.run(w, f) }}
}

// large is how many pixels a frame has whose rescues look at half the size: what
// needs them are wide bars and big squares.
const large = 1 << 19

func (f *frame) large() bool { return f.width()*f.height() > large }

// halved looks at half the size: it takes noise and coarse print away.
func halved(w *work, f *frame) []find {
	const least = 200
	if min(f.width(), f.height()) < least {
		return nil
	}
	half := f.halved()
	return append(lines(w, half), squares(w, half)...)
}

// inverted reads white print on black, which is rare: a coarse look must do.
func inverted(w *work, f *frame) []find {
	if f.large() {
		f = f.halved()
	}
	dark := f.inverted()
	return append(sweepBoth(w, dark, maxRows/4), squares(w, dark)...)
}

// work is the budget of one picture, and its caller's patience.
type work struct {
	ctx  context.Context //nolint:containedctx // lives as long as one call of DecodeContext.
	left int

	witness *witness
	past    *past // nil where pictures do not follow each other.
	*scratch
}

// newWork takes a scratch that an earlier picture has left, if there is one.
func newWork(ctx context.Context) *work {
	s, _ := scratches.Get().(*scratch)
	return &work{ctx: ctx, left: maxWork, scratch: s}
}

// done leaves the scratch to the next picture.
func (w *work) done() {
	w.release(0, 0)
	scratches.Put(w.scratch)
}

func (w *work) spend(pixels int) { w.left -= pixels }

func (w *work) spent() bool { return w.left <= 0 || w.ctx.Err() != nil }
