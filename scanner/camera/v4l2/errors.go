package v4l2

import (
	"errors"
	"fmt"
	"syscall"
)

// Why a camera gives no pictures. Each comes wrapped with what was done and with
// what the kernel said.
var (
	// ErrUnsupported: on this system no local camera can be used.
	ErrUnsupported = errors.New("local cameras cannot be used on this system")
	// ErrNotFound: there is no camera by this name.
	ErrNotFound = errors.New("there is no camera by this name")
	// ErrSeveral: more than one camera has this name.
	ErrSeveral = errors.New("several cameras have this name")
	// ErrPermission: this account may not open it.
	ErrPermission = errors.New("this account may not use the camera")
	// ErrBusy: another program streams from it.
	ErrBusy = errors.New("another program uses the camera")
	// ErrBandwidth: the bus has no room left for its pictures.
	ErrBandwidth = errors.New("the USB port has no room for this camera's pictures")
	// ErrUseless: it is no camera, or gives no pictures that can be read here.
	ErrUseless = errors.New("the device gives no pictures that can be read")
	// ErrUnplugged: it went away while it was streaming.
	ErrUnplugged = errors.New("the camera was unplugged")
	// ErrBroken: what the driver says makes no sense, or nothing comes through.
	ErrBroken = errors.New("the camera or its driver is broken")
)

// failed is what an operation on a camera failed with, by what it means.
func failed(doing string, err error) error {
	return fmt.Errorf("%w: %s: %w", meaning(err), doing, err)
}

func meaning(err error) error {
	code, _ := errors.AsType[syscall.Errno](err)
	switch code { //nolint:exhaustive // the others have no word of their own
	case syscall.ENOENT, syscall.ENOTDIR:
		return ErrNotFound
	case syscall.ENODEV, syscall.ENXIO:
		return ErrUnplugged
	case syscall.EACCES, syscall.EPERM:
		return ErrPermission
	case syscall.EBUSY:
		return ErrBusy
	case syscall.ENOSPC:
		return ErrBandwidth
	case syscall.ENOTTY, syscall.EINVAL:
		return ErrUseless
	default:
		return ErrBroken
	}
}

// isAny says whether err is one of the kernel's numbers.
func isAny(err error, numbers ...syscall.Errno) bool {
	for _, n := range numbers {
		if errors.Is(err, n) {
			return true
		}
	}
	return false
}
