package serial

import (
	"context"
	"iter"
)

// OpenedPort is the seam that the tests stand in for.
type OpenedPort = port

// ReadTimeout is the longest that an OpenedPort's Read waits.
const ReadTimeout = readTimeout

// OpenPort opens a real port, as a Source does.
func OpenPort(device string, baud int) (OpenedPort, error) { return openPort(device, baud) }

// SetOpen puts open in the place of OpenPort.
func (s *Source) SetOpen(open func(device string, baud int) (OpenedPort, error)) { s.open = open }

// OpenFailed is what a Source says when opening a device failed with err.
func OpenFailed(device string, err error) error { return openError(device, err) }

// SetPresent puts present in the place of looking for the device.
func (s *Source) SetPresent(present func(device string) bool) { s.present = present }

// Present says whether a device is there, as a Source does.
func Present(device string) bool { return present(device) }

// Comparing tells what has changed from one list of ports to the next.
func Comparing() func([]Port) []Change { return newSightings().compare }

// Looks gives what each look at the ports finds.
func (f Finder) Looks(ctx context.Context) iter.Seq[[]Port] { return f.looks(ctx) }
