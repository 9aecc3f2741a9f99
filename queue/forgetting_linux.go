package queue

import (
	"go.etcd.io/bbolt"
	"golang.org/x/sys/unix"
)

// forget has this process hold no page any more of the file that is looked at. What is
// looked at again, here or by another look, comes out of the system's cache without a
// disk. While a look is open bbolt maps the file nowhere else. Where it fails, all is
// as it was.
func forget(look *bbolt.Tx) {
	_, _, _ = unix.Syscall(unix.SYS_MADVISE, look.DB().Info().Data, uintptr(look.Size()), unix.MADV_DONTNEED) //nolint:gosec // a size is not negative
}
