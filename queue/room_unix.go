//go:build linux || darwin

package queue

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// FreeBytes is how much this user may still write on a folder's disk.
func FreeBytes(folder string) (uint64, error) {
	var disk unix.Statfs_t
	if err := unix.Statfs(folder, &disk); err != nil {
		return 0, fmt.Errorf("asking for the room on the disk: %w", err)
	}
	return disk.Bavail * uint64(disk.Bsize), nil //nolint:gosec,unconvert,nolintlint // a block's size is not negative
}
