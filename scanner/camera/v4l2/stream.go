package v4l2

import (
	"context"
	"fmt"
	"iter"
	"syscall"
	"time"
	"unsafe"
)

const (
	// pollTime is how long the end of a context may go unseen.
	pollTime = 100 * time.Millisecond
	// restTime is what a driver is let rest that wakes for nothing.
	restTime = 10 * time.Millisecond
	// maxDamaged is how many damaged frames in a row a camera may give, and how
	// often in a row it may fail with EIO.
	maxDamaged = 30
)

// A Frame is one picture as the camera gave it.
type Frame struct {
	Mode
	// Stride is how many bytes a line has.
	Stride int
	// Data is the driver's, and changes when the next frame is asked for.
	Data []byte
}

// Frames gives the newest frame each time one is asked for, until ctx ends or the
// camera fails; why is the last thing it gives. Start comes before it. It ends
// within 100 ms of its context as long as the driver answers.
func (d *Device) Frames(ctx context.Context) iter.Seq2[Frame, error] {
	return func(yield func(Frame, error) bool) {
		for damaged := 0; ctx.Err() == nil; {
			got, err := d.newest(ctx)
			switch {
			case isAny(err, syscall.EIO) && damaged < maxDamaged: // a frame that was lost on the way
				damaged++
				rest(ctx)
				continue
			case err != nil:
				yield(Frame{}, failed("taking a picture", err))
				return
			case got.any:
				damaged = 0
			default:
				damaged += got.damaged
			}
			if damaged > maxDamaged {
				yield(Frame{}, fmt.Errorf("%w: %d damaged pictures in a row", ErrBroken, damaged))
				return
			}
			if got.any && !d.give(got, yield) {
				return
			}
		}
	}
}

// give gives a frame and its buffer back to the driver; false when that is all.
func (d *Device) give(got taken, yield func(Frame, error) bool) bool {
	if !yield(Frame{d.mode, d.stride, d.memory[got.index][:got.used]}, nil) {
		return false
	}
	if err := d.queue(got.index); err != nil {
		yield(Frame{}, failed("giving a buffer back", err))
		return false
	}
	return true
}

// taken is what the driver had: the newest good frame, if any, and how many bad ones.
type taken struct {
	any         bool
	index, used uint32
	damaged     int
}

// newest waits a while for a frame and takes all that are there: of the good ones it
// keeps the last. A driver that wakes for nothing is let rest.
func (d *Device) newest(ctx context.Context) (taken, error) {
	var got taken
	events, err := d.kernel.Poll(d.fd, pollTime)
	if err != nil || events == 0 {
		return got, err
	}
	for range d.memory {
		err := d.take(&got)
		switch {
		case err == nil:
			continue
		case got.any: // what is wrong comes again
		case isAny(err, syscall.EAGAIN):
			if got.damaged == 0 {
				rest(ctx)
			}
		default:
			return got, err
		}
		break
	}
	return got, nil
}

// take takes one frame; one that it takes the place of goes back.
func (d *Device) take(got *taken) error {
	b := buffer{kind: bufferTypeCapture, memory: memoryMapped}
	if err := d.ask(takeBuffer, unsafe.Pointer(&b)); err != nil {
		return err
	}
	if b.index >= uint32(len(d.memory)) || got.any && b.index == got.index { //nolint:gosec // at most maxBuffers
		return fmt.Errorf("%w: it gives buffer %d of %d", ErrBroken, b.index, len(d.memory))
	}
	if b.flags&flagError != 0 || !d.whole(b) {
		got.damaged++
		return d.queue(b.index)
	}
	older := *got
	got.any, got.index, got.used = true, b.index, b.used
	if older.any {
		return d.queue(older.index)
	}
	return nil
}

// whole says whether as many bytes were used as can be and must be.
func (d *Device) whole(b buffer) bool {
	most := uint32(len(d.memory[b.index])) //nolint:gosec // at most maxLength
	if d.mode.Format.Compressed() {
		return b.used > 0 && b.used <= most
	}
	return b.used <= most && int(b.used) >= d.mode.least(d.stride)
}

// rest waits a moment, so that nothing here ever spins.
func rest(ctx context.Context) {
	pause := time.NewTimer(restTime)
	defer pause.Stop()
	select {
	case <-pause.C:
	case <-ctx.Done():
	}
}
