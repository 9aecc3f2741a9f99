package v4l2

import (
	"path/filepath"
	"time"
	"unsafe"
)

// A Kernel is what is asked of the operating system. Errors are, or wrap, a
// syscall.Errno. Calls for one descriptor come from one goroutine at a time.
type Kernel interface {
	// Open opens a device for reading and writing, without waiting for it.
	Open(path string) (fd int, err error)
	// Ioctl asks the driver; arg points at the structure that belongs to request. A
	// signal does not end it.
	Ioctl(fd int, request uintptr, arg unsafe.Pointer) error
	// Map shows a buffer of the driver's, Unmap gives it back.
	Map(fd int, offset int64, length int) ([]byte, error)
	Unmap(memory []byte) error
	// Poll waits until something happens at a device, and says what (POLLIN,
	// POLLERR …); 0 when the time is over.
	Poll(fd int, wait time.Duration) (events int16, err error)
	Close(fd int) error
}

// A System is where cameras are looked for and opened; the zero value is this
// machine.
type System struct {
	// Root is put before /dev and /sys.
	Root string
	// Kernel is the operating system's if nil.
	Kernel Kernel
}

func (s System) kernel() Kernel {
	if s.Kernel != nil {
		return s.Kernel
	}
	return machine{}
}

// Supported says whether local cameras can be used at all.
func (s System) Supported() bool { return s.Kernel != nil || supported }

func (s System) dev() string { return filepath.Join(s.Root, "/dev") }

func (s System) sys() string { return filepath.Join(s.Root, "/sys/class/video4linux") }
