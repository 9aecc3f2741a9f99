//go:build linux && (amd64 || arm64 || riscv64 || loong64)

package v4l2

import (
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

const supported = true

// machine is the kernel of this machine.
type machine struct{}

func (machine) Open(path string) (int, error) {
	return unix.Open(path, unix.O_RDWR|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
}

func (machine) Ioctl(fd int, request uintptr, arg unsafe.Pointer) error {
	for {
		_, _, code := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), request, uintptr(arg))
		switch code { //nolint:exhaustive // every other is the answer
		case 0:
			return nil
		case unix.EINTR:
		default:
			return code
		}
	}
}

func (machine) Map(fd int, offset int64, length int) ([]byte, error) {
	return unix.Mmap(fd, offset, length, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
}

func (machine) Unmap(memory []byte) error { return unix.Munmap(memory) }

func (machine) Poll(fd int, wait time.Duration) (int16, error) {
	asked := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}} //nolint:gosec // a descriptor is small
	_, err := unix.Poll(asked, int(wait.Milliseconds()))
	if err == unix.EINTR {
		return 0, nil
	}
	return asked[0].Revents, err
}

func (machine) Close(fd int) error { return unix.Close(fd) }
