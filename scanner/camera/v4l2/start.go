package v4l2

import (
	"fmt"
	"slices"
	"unsafe"
)

const (
	// buffers is how many are asked for: one is filled, one is looked at, two wait.
	buffers    = 4
	maxBuffers = 32
	// maxLength bounds one buffer of the driver's.
	maxLength = 64 << 20
	// maxPixels bounds a frame.
	maxPixels = 16_000_000
	// wantedRate is asked for even where half of the frames are not looked at: with
	// fewer a camera exposes each longer, and a moving label is smeared.
	wantedRate = 30
)

// Start chooses the best mode and starts the stream. It gives the mode that the
// camera is in.
func (d *Device) Start() (Mode, error) {
	wanted, ok := Best(d.modes())
	if !ok {
		return Mode{}, fmt.Errorf("%w: no format that is known", ErrUseless)
	}
	if err := d.choose(wanted); err != nil {
		return Mode{}, err
	}
	speed := rate{kind: bufferTypeCapture, seconds: 1, divisor: wantedRate}
	_ = d.ask(setRate, unsafe.Pointer(&speed)) // many cannot; they come as they come
	if err := d.share(); err != nil {
		d.stop()
		return Mode{}, err
	}
	kind := uint32(bufferTypeCapture)
	if err := d.ask(streamOn, unsafe.Pointer(&kind)); err != nil {
		d.stop()
		return Mode{}, failed("starting it", err)
	}
	d.flowing = true
	return d.mode, nil
}

// choose sets the mode, and takes what the driver made of it.
func (d *Device) choose(m Mode) error {
	f := format{kind: bufferTypeCapture, pixels: pixels{
		width: uint32(m.Width), height: uint32(m.Height), format: m.Format, field: fieldAny, //nolint:gosec // at most maxSide
	}}
	if err := d.ask(setFormat, unsafe.Pointer(&f)); err != nil {
		return failed("choosing "+m.String(), err)
	}
	if !slices.Contains(known(), f.format) {
		return fmt.Errorf("%w: asked for %s it gives %s", ErrUseless, m, f.format)
	}
	if f.width == 0 || f.height == 0 || f.width > maxPixels/f.height {
		return fmt.Errorf("%w: asked for %s it gives %d x %d", ErrBroken, m, f.width, f.height)
	}
	if m.Width != int(f.width) || m.Height != int(f.height) || m.Format != f.format {
		m.PerSecond = 0
	}
	d.mode = Mode{Format: f.format, Width: int(f.width), Height: int(f.height), PerSecond: m.PerSecond}
	d.stride = int(f.stride)
	if least := d.mode.row(); d.stride < least { // 0 of drivers that do not tell
		d.stride = least
	}
	if d.stride > maxLength/d.mode.Height {
		return fmt.Errorf("%w: a line of %d bytes", ErrBroken, d.stride)
	}
	return nil
}

// share has the driver make its buffers, sees them, and gives them to be filled.
func (d *Device) share() error {
	r := request{count: buffers, kind: bufferTypeCapture, memory: memoryMapped}
	if err := d.ask(askBuffers, unsafe.Pointer(&r)); err != nil {
		return failed("asking for buffers", err)
	}
	if r.count == 0 || r.count > maxBuffers {
		return fmt.Errorf("%w: it has %d buffers", ErrBroken, r.count)
	}
	for n := range r.count {
		b := buffer{index: n, kind: bufferTypeCapture, memory: memoryMapped}
		if err := d.ask(askBuffer, unsafe.Pointer(&b)); err != nil {
			return failed("asking for a buffer", err)
		}
		if b.length == 0 || b.length > maxLength {
			return fmt.Errorf("%w: a buffer of %d bytes", ErrBroken, b.length)
		}
		memory, err := d.kernel.Map(d.fd, int64(b.offset), int(b.length))
		if err != nil {
			return failed("seeing a buffer", err)
		}
		d.memory = append(d.memory, memory)
	}
	for n := range r.count {
		if err := d.queue(n); err != nil {
			return failed("giving it a buffer", err)
		}
	}
	return nil
}

// queue gives a buffer to be filled.
func (d *Device) queue(index uint32) error {
	b := buffer{index: index, kind: bufferTypeCapture, memory: memoryMapped}
	return d.ask(queueBuffer, unsafe.Pointer(&b))
}
