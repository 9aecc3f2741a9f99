//go:build !windows

package replace

import (
	"io/fs"
	"os"
	"syscall"
)

// keepOwner gives a file the owner and the group of the one before it, or the group at
// least: a station reads what an administrator wrote, and the other way round.
func keepOwner(f *os.File, before fs.FileInfo) {
	was, ok := before.Sys().(*syscall.Stat_t)
	if ok && f.Chown(int(was.Uid), int(was.Gid)) != nil {
		_ = f.Chown(-1, int(was.Gid)) // else it has our own, as any file that we make
	}
}
