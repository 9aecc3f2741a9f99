package camera

import (
	"cmp"
	"context"
	"errors"
	"image"
	"io"
	"iter"
	"time"
)

// leaveTime is how long a receiver may take to end after its context. Only a driver
// that never comes back takes longer; it is left behind then, and gives the camera
// back if it ever does.
const leaveTime = 400 * time.Millisecond

// A receiver gives each picture of a live camera as it comes, until the context ends
// or the camera does; io.EOF where that is as it should be.
type receiver func(ctx context.Context, give func(image.Image)) error

// live gives the newest frame each time one is asked for. Its receiver runs beside it
// and has ended when live has.
func (c *camera) live(receive receiver) func(context.Context) iter.Seq2[shot, error] {
	return func(outer context.Context) iter.Seq2[shot, error] {
		return func(yield func(shot, error) bool) {
			ctx, cancel := context.WithCancelCause(outer)
			newest, ended := newLatest(), make(chan struct{})
			go func() {
				defer close(ended)
				newest.end(c.receive(ctx, cancel, newest, receive))
			}()
			defer leave(ended)
			defer cancel(nil)
			for {
				s, err := newest.take(outer)
				if errors.Is(err, io.EOF) || outer.Err() != nil {
					return
				}
				if !yield(s, err) || err != nil {
					return
				}
			}
		}
	}
}

func leave(ended <-chan struct{}) {
	patience := time.NewTimer(leaveTime)
	defer patience.Stop()
	select {
	case <-ended:
	case <-patience.C:
	}
}

// receive receives until the camera ends, breaks or stalls. That it stalls is told
// also where the receiver does not come back.
func (c *camera) receive(ctx context.Context, cancel context.CancelCauseFunc, newest *latest, receive receiver) error {
	after := cmp.Or(c.opts.Stall, DefaultStall)
	watchdog := time.AfterFunc(after, func() {
		cancel(ErrStalled)
		newest.end(ErrStalled)
	})
	defer watchdog.Stop()
	err := receive(ctx, func(img image.Image) {
		watchdog.Reset(after)
		if c.opts.Arrived != nil {
			c.opts.Arrived(img)
		}
		newest.put(img)
	})
	if cause := context.Cause(ctx); errors.Is(cause, ErrStalled) {
		return cause
	}
	return err
}

// decodeLive decodes one picture of a camera's.
func decodeLive(ctx context.Context, content []byte) (image.Image, error) {
	return decodePicture(ctx, withTables(content), limits{maxLivePixels, maxLiveMemory})
}
