package serial

import (
	"errors"
	"io"
	"slices"
	"strings"

	"golang.org/x/sys/windows"
)

// takeDevice does nothing: Windows opens a port for one process only.
func takeDevice(device string) (node string, hold io.Closer, err error) {
	return device, io.NopCloser(nil), nil
}

// reasonOf is the sentinel of what opening a device failed with, nil if none.
// A port that is open elsewhere is "access denied".
func reasonOf(err error) error {
	code, _ := errors.AsType[windows.Errno](err)
	switch {
	case slices.Contains([]windows.Errno{
		windows.ERROR_FILE_NOT_FOUND, windows.ERROR_PATH_NOT_FOUND, windows.ERROR_GEN_FAILURE,
		windows.ERROR_SEM_TIMEOUT, windows.ERROR_BAD_COMMAND, windows.ERROR_DEVICE_NOT_CONNECTED,
	}, code):
		return ErrNotFound
	case slices.Contains([]windows.Errno{
		windows.ERROR_ACCESS_DENIED, windows.ERROR_SHARING_VIOLATION, windows.ERROR_BUSY,
	}, code):
		return ErrBusy
	case slices.Contains([]windows.Errno{
		windows.ERROR_INVALID_FUNCTION, windows.ERROR_INVALID_PARAMETER, windows.ERROR_INVALID_NAME,
	}, code):
		return ErrNotSerial
	default:
		return nil
	}
}

// vanished cannot be told by a COM port's name; reading it tells.
func vanished(string) error { return nil }

// same says whether two names are one device.
func same(a, b string) bool { return strings.EqualFold(a, b) }
