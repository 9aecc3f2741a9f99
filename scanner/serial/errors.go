package serial

import "errors"

// Why a port could not be opened or went away.
var (
	// ErrNotFound: there is no such device, or nothing answers at it.
	ErrNotFound = errors.New("no such device: plug the scanner in and check the name")
	// ErrPermission: the user may not open the device.
	ErrPermission = errors.New("no permission: add the user to the group that owns the device (often dialout)")
	// ErrNotSerial: the name is something else than a serial port.
	ErrNotSerial = errors.New("not a serial port: check the name")
	// ErrBusy: another process, or another source of this one, has the port.
	ErrBusy = errors.New("in use by another program: close it")
	// ErrBaud: the port does not do this speed; see Bauds.
	ErrBaud = errors.New("speed not supported")
	// ErrLost: the port was open and went away.
	ErrLost = errors.New("lost: plug the scanner in again")
)

// An OpenError says that a port could not be opened. It is one of ErrNotFound,
// ErrPermission, ErrNotSerial, ErrBusy and ErrBaud where the reason is known.
type OpenError struct {
	// Device is the port as it was asked for.
	Device string
	// Reason is the sentinel, nil where the system's word is all there is.
	Reason error
	// Err is what the system said, if anything.
	Err error
}

func (e *OpenError) Error() string {
	return "opening serial port " + e.Device + words(e.Reason) + words(e.Err)
}

// Unwrap gives the reason and what the system said.
func (e *OpenError) Unwrap() []error { return both(e.Reason, e.Err) }

// A LostError says that an open port went away (unplugged, hung up). It is
// ErrLost.
type LostError struct {
	// Device is the port as it was asked for.
	Device string
	// Err is what the system said.
	Err error
}

func (e *LostError) Error() string {
	return "serial port " + e.Device + words(ErrLost) + words(e.Err)
}

// Unwrap gives ErrLost and what the system said.
func (e *LostError) Unwrap() []error { return both(ErrLost, e.Err) }

func words(err error) string {
	if err == nil {
		return ""
	}
	return ": " + err.Error()
}

func both(reason, err error) []error {
	var all []error
	for _, e := range []error{reason, err} {
		if e != nil {
			all = append(all, e)
		}
	}
	return all
}
