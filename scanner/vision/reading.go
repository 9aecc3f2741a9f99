package vision

import (
	"context"
	"image"
	"math"
	"runtime"
	"slices"
)

// maxWorkers bounds the default of Reader.Workers: a station has other things
// to do, and a frame seldom has more regions worth a goroutine each.
const maxWorkers = 4

// A Reader reads pictures; its zero value is usable. It may be used by many
// goroutines at once.
type Reader struct {
	// Workers is how many goroutines look at the regions of one picture at once;
	// they have ended when Decode returns. 0 is one a processor, four at most; 1
	// starts none. What is read does not depend on it.
	Workers int
	// Explain, if set, is told what the stages see while they look, one call at a
	// time. The picture is then read by one worker.
	Explain func(Sight)
}

// Decode gives every code that it finds on a picture, in reading order. It stops
// soon after ctx ends, with what it had found until then.
func (r Reader) Decode(ctx context.Context, img image.Image) []Code {
	if img == nil || img.Bounds().Empty() {
		return nil
	}
	c := newCrew(ctx, r.workers())
	c.lead().witness = newWitness(r.Explain)
	found := inOrder(c.find(wholeOf(img)))
	c.done() // not after a panic
	return found
}

// workers is how many work at once.
func (r Reader) workers() int {
	switch {
	case r.Explain != nil:
		return 1
	case r.Workers > 0:
		return r.Workers
	default:
		return min(runtime.GOMAXPROCS(0), maxWorkers)
	}
}

// wholeOf is the picture in grey, shrunk if it is too large. It may share its pixels.
func wholeOf(img image.Image) *frame {
	whole := newFrame(shared(img), func(p image.Point) image.Point { return p.Add(img.Bounds().Min) })
	if size := whole.width() * whole.height(); size > maxPixels {
		whole = whole.shrunk(int(math.Ceil(math.Sqrt(float64(size) / maxPixels))))
	}
	return whole
}

// find runs the stages. Those that are no rescue wait for nobody, but for blur:
// it is undone where nothing else is read.
func (c *crew) find(whole *frame) []find {
	if c.lead().spent() {
		return nil
	}
	c.lead().witness.frame(whole)
	b := newBars(c, whole)
	c.bars = b
	whole.prepare(c)
	jobs := b.sharp()
	for _, s := range stages() {
		if !s.rescue {
			jobs = append(jobs, s.job(whole))
		}
	}
	seen := c.run(jobs, nil)
	found := slices.Concat(seen[:len(b.bands)]...)
	rest := append(b.threaded(), b.blurred()...)
	found = c.merge(append(found, slices.Concat(c.run(rest, found)...)...))
	for _, more := range seen[len(b.bands):] {
		found = c.merge(append(found, more...))
	}
	for _, s := range stages() {
		if s.rescue && !c.lead().spent() && len(found) == 0 {
			found = c.merge(slices.Concat(c.run([]job{s.job(whole)}, nil)...))
		}
	}
	return found
}

func (c *crew) merge(found []find) []find {
	kept := merge(slices.Clone(found))
	c.lead().witness.merged(found, kept)
	return kept
}
