package v4l2

import (
	"errors"
	"fmt"
	"unsafe"
)

// A Device is an open camera. It is used by one goroutine at a time.
type Device struct {
	// Card is what the camera calls itself, Bus where it is plugged in.
	Card, Bus string

	kernel  Kernel
	fd      int
	memory  [][]byte // the driver's buffers
	mode    Mode
	stride  int
	flowing bool
}

// Open opens a camera by its node or a link to it. What is no camera is
// ErrUseless.
func (s System) Open(path string) (*Device, error) {
	if !s.Supported() {
		return nil, ErrUnsupported
	}
	d := &Device{kernel: s.kernel()}
	var err error
	if d.fd, err = d.kernel.Open(path); err != nil {
		if err = failed("opening it", err); errors.Is(err, ErrUnplugged) { // it went between being found and being opened
			err = fmt.Errorf("%w: %w", ErrNotFound, err)
		}
		return nil, err
	}
	if err := d.look(); err != nil {
		return nil, errors.Join(err, d.kernel.Close(d.fd))
	}
	return d, nil
}

// look asks what the device is.
func (d *Device) look() error {
	var c capability
	if err := d.ask(askCapability, unsafe.Pointer(&c)); err != nil {
		return failed("asking what it is", err)
	}
	d.Card, d.Bus = called(c.card[:]), printable(c.bus[:])
	can := c.capabilities
	if can&capDeviceCaps != 0 { // of this node, not of all that the camera has
		can = c.deviceCaps
	}
	if can&capCapture == 0 || can&capStreaming == 0 {
		return fmt.Errorf("%w: it does not stream pictures", ErrUseless)
	}
	return nil
}

func (d *Device) ask(request uintptr, arg unsafe.Pointer) error {
	return d.kernel.Ioctl(d.fd, request, arg)
}

// Close ends the stream and gives the camera back.
func (d *Device) Close() error {
	d.stop()
	return d.kernel.Close(d.fd)
}

// stop ends the stream. What goes wrong then changes nothing: the descriptor is
// closed next.
func (d *Device) stop() {
	if d.flowing {
		kind := uint32(bufferTypeCapture)
		_ = d.ask(streamOff, unsafe.Pointer(&kind))
		d.flowing = false
	}
	for _, m := range d.memory {
		_ = d.kernel.Unmap(m)
	}
	d.memory = nil
}
