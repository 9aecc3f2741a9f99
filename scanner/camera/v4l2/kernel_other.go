//go:build !(linux && (amd64 || arm64 || riscv64 || loong64))

package v4l2

import (
	"syscall"
	"time"
	"unsafe"
)

const supported = false

// machine is a system without Video4Linux2.
type machine struct{}

func (machine) Open(string) (int, error) { return -1, syscall.ENOENT }

func (machine) Ioctl(int, uintptr, unsafe.Pointer) error { return syscall.ENOTTY }

func (machine) Map(int, int64, int) ([]byte, error) { return nil, syscall.EINVAL }

func (machine) Unmap([]byte) error { return syscall.EINVAL }

func (machine) Poll(int, time.Duration) (int16, error) { return 0, syscall.EINVAL }

func (machine) Close(int) error { return syscall.EINVAL }
