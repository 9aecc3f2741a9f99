package queue

import (
	"fmt"

	"golang.org/x/sys/windows"
)

// FreeBytes is how much this user may still write on a folder's disk.
func FreeBytes(folder string) (uint64, error) {
	var free uint64
	name, err := windows.UTF16PtrFromString(folder)
	if err == nil {
		err = windows.GetDiskFreeSpaceEx(name, &free, nil, nil)
	}
	if err != nil {
		return 0, fmt.Errorf("asking for the room on the disk: %w", err)
	}
	return free, nil
}
