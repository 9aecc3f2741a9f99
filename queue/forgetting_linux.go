package queue

import (
	"go.etcd.io/bbolt"
	"golang.org/x/sys/unix"
)

// forget has this process hold no page of queue.db any more: a station that runs for
// weeks would else hold the whole file, read or written once, as memory of its own.
// What is looked at again comes out of the system's cache, without a disk. length
// must be mapped, and nobody may map the file anew meanwhile: the caller is the one
// writer. Where it fails, all is as it was.
func forget(db *bbolt.DB, length int64) {
	_, _, _ = unix.Syscall(unix.SYS_MADVISE, db.Info().Data, uintptr(length), unix.MADV_DONTNEED) //nolint:gosec // a length is not negative
}
