package serial

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/tarm/serial"
)

// readTimeout is the longest that a read of the port waits: silence. Without one, a
// close would wait for the next byte.
const readTimeout = 200 * time.Millisecond

// A port is an open serial port. Read returns after readTimeout at the latest,
// with (0, io.EOF) or (0, nil) when nothing came. A write of nothing fails
// where the port is gone.
type port interface{ io.ReadWriteCloser }

// A sleeper is a port that can be waited for without reading it.
type sleeper interface{ Await(ctx context.Context) }

// openPort takes the device for this process and opens it at 8N1.
func openPort(device string, baud int) (port, error) {
	if !slices.Contains(Bauds(), baud) {
		return nil, &OpenError{Device: device, Reason: ErrBaud}
	}
	node, hold, err := takeDevice(device)
	if err != nil {
		return nil, openError(device, err)
	}
	opened, err := serial.OpenPort(&serial.Config{Name: node, Baud: baud, ReadTimeout: readTimeout})
	if err != nil {
		_ = hold.Close() // the refusal is what counts
		return nil, openError(device, err)
	}
	return &heldPort{Port: opened, hold: hold}, nil
}

func openError(device string, err error) *OpenError {
	return &OpenError{Device: device, Reason: reasonOf(err), Err: err}
}

// A heldPort is an open port with the lock that keeps others from it.
type heldPort struct {
	*serial.Port
	hold io.Closer
}

// Close closes the port and then lets others have it.
func (p *heldPort) Close() error { return errors.Join(p.Port.Close(), p.hold.Close()) }
