package serial

import (
	"context"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// Await returns when there is something to read, when the port has hung up, or when
// ctx ends; at once where the system cannot tell. It waits as Go waits for a network:
// no thread is kept, and nothing wakes up meanwhile. The port itself cannot be waited
// for like that, because tarm/serial has it block, but the file that holds its lock is
// of the same device.
func (p *heldPort) Await(ctx context.Context) {
	file, is := p.hold.(*os.File)
	if !is || file.SetReadDeadline(time.Time{}) != nil {
		return
	}
	raw, err := file.SyscallConn()
	if err != nil {
		return
	}
	stop := context.AfterFunc(ctx, func() { _ = file.SetReadDeadline(time.Unix(1, 0)) })
	defer stop()
	_ = raw.Read(ready) // whatever ends it, the next read of the port tells why
}

// ready says whether a read of the device would come back at once.
func ready(fd uintptr) bool {
	polled := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}} //nolint:gosec // a file descriptor is small
	n, err := unix.Poll(polled, 0)
	return n != 0 || err != nil
}
