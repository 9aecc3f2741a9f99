//go:build unix

package export

import "syscall"

// withoutWaiting keeps the opening of a pipe that took the file's name from
// waiting for its other end.
const withoutWaiting = syscall.O_NONBLOCK
