//go:build unix

package serial

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sys/unix"
)

// takeDevice locks the device itself, whatever link (/dev/serial/by-id) it was
// named by, and gives its own name: the link may lead elsewhere by the time the
// port is opened. The lock goes with the process.
func takeDevice(device string) (node string, hold io.Closer, err error) {
	if node, err = filepath.EvalSymlinks(device); err != nil {
		return "", nil, err
	}
	info, err := os.Stat(node)
	if err != nil {
		return "", nil, err
	}
	if info.Mode()&os.ModeCharDevice == 0 {
		return "", nil, unix.ENOTTY
	}
	file, err := os.OpenFile(node, os.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK, 0)
	if err != nil {
		return "", nil, err
	}
	if err := lock(file); err != nil {
		_ = file.Close() // the refusal is what counts
		return "", nil, fmt.Errorf("locking it: %w", err)
	}
	return node, file, nil
}

func lock(file *os.File) error {
	raw, err := file.SyscallConn()
	if err != nil {
		return err
	}
	var refused error
	err = raw.Control(func(fd uintptr) { refused = unix.Flock(int(fd), unix.LOCK_EX|unix.LOCK_NB) })
	return errors.Join(err, refused)
}

// reasonOf is the sentinel of what opening a device failed with, nil if none.
func reasonOf(err error) error {
	code, _ := errors.AsType[unix.Errno](err)
	switch {
	case slices.Contains([]unix.Errno{unix.ENOENT, unix.ENOTDIR, unix.ENODEV, unix.ENXIO, unix.EIO}, code):
		return ErrNotFound
	case slices.Contains([]unix.Errno{unix.EACCES, unix.EPERM}, code):
		return ErrPermission
	case slices.Contains([]unix.Errno{unix.ENOTTY, unix.EINVAL}, code):
		return ErrNotSerial
	case slices.Contains([]unix.Errno{unix.EBUSY, unix.EWOULDBLOCK}, code):
		return ErrBusy
	default:
		return nil
	}
}

// vanished is why the device is no longer there, nil if it is.
func vanished(device string) error {
	_, err := os.Stat(device)
	return err
}

// present says whether the device is there.
func present(device string) bool { return vanished(device) == nil }

// same says whether two names are one device.
func same(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}
