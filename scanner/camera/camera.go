package camera

import (
	"context"
	"image"
	"iter"
	"time"

	"pkidstation/scanner"
	"pkidstation/scanner/camera/v4l2"
	"pkidstation/scanner/vision"
)

const (
	// DefaultForget is how long a code stays known after it was last seen.
	DefaultForget = 3 * time.Second
	// DefaultStall is how long a live camera may give no picture.
	DefaultStall = 10 * time.Second
)

// Options of a camera; the zero value is usable.
type Options struct {
	// Forget is the forget window, DefaultForget if 0.
	Forget time.Duration
	// Stall is how long a live camera may give no picture, DefaultStall if 0.
	Stall time.Duration
	// Watch, if set, is given every frame before its scans are given. It is
	// called by the goroutine that takes the scans, and must not change the
	// picture.
	Watch func(Frame)
	// Arrived, if set, is given every picture of a live camera when it comes, looked
	// at or not: for a preview, which must not wait for the decoding. It is called by
	// the goroutine that receives, must not wait and must not change the picture.
	Arrived func(image.Image)
	// System is where local cameras are; the zero value is this machine.
	System v4l2.System
}

// A Frame is one picture that was looked at.
type Frame struct {
	// Number counts from 1.
	Number uint64
	// At is when it was taken, as far as that is known: on arrival.
	At    time.Time
	Image image.Image
	Codes []vision.Code
	// Took is how long looking for the codes took.
	Took time.Duration
}

// A shot is a picture on its way to being a frame. Time is its place on the
// forget window's clock; a shot of its own is a box of its own.
type shot struct {
	image image.Image
	time  time.Duration
	own   bool
}

// A camera plays what its grab gives.
type camera struct {
	name string
	opts Options
	grab func(context.Context) iter.Seq2[shot, error]
}

var _ scanner.Source = (*camera)(nil)

func (c *camera) Name() string { return c.name }

func (c *camera) Scans(ctx context.Context) iter.Seq2[scanner.Scan, error] {
	return func(yield func(scanner.Scan, error) bool) {
		e := &eye{tracker: vision.NewTracker(vision.Reader{}), seen: newMemory(c.opts.Forget)}
		number := uint64(0)
		for s, err := range c.grab(ctx) {
			if ctx.Err() != nil {
				return
			}
			if err != nil {
				yield(scanner.Scan{}, err)
				return
			}
			number++
			if !c.give(ctx, number, s, e, yield) {
				return
			}
		}
	}
}

// An eye is what one play of a camera remembers.
type eye struct {
	tracker *vision.Tracker
	seen    *memory
}

// read gives the codes on a shot: those of a video and of a live camera follow from
// the shots before, a picture of its own from nothing.
func (e *eye) read(ctx context.Context, s shot) []vision.Code {
	if s.own {
		return vision.Reader{}.Decode(ctx, s.image)
	}
	return e.tracker.Next(ctx, s.image, s.time)
}

// give decodes one shot and gives its scans; false when no more are wanted.
func (c *camera) give(ctx context.Context, number uint64, s shot, e *eye, yield func(scanner.Scan, error) bool) bool {
	at := time.Now()
	codes := e.read(ctx, s)
	if ctx.Err() != nil {
		return false
	}
	if c.opts.Watch != nil {
		c.opts.Watch(Frame{Number: number, At: at, Image: s.image, Codes: codes, Took: time.Since(at)})
	}
	if s.own {
		e.seen.clear()
	}
	for _, code := range codes {
		scan := scanner.Scan{
			Text: code.Text, Symbology: code.Symbology, AIM: code.AIM, Corners: code.Corners,
			Source: c.name, At: at, Frame: number, Of: len(codes), Repeat: e.seen.again(code, s.time),
		}
		if len(scan.Text) > scanner.MaxText {
			scan.Text, scan.Cut = scan.Text[:scanner.MaxText], true
		}
		if !yield(scan, nil) {
			return false
		}
	}
	return true
}
