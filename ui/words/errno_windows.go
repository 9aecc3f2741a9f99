package words

import (
	"syscall"

	"golang.org/x/sys/windows"
)

// diskFullNumbers and readOnlyNumbers are what Windows calls ENOSPC and EROFS:
// the syscall package does not translate them.
func diskFullNumbers() []syscall.Errno {
	return []syscall.Errno{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL, windows.ERROR_DISK_QUOTA_EXCEEDED}
}

func readOnlyNumbers() []syscall.Errno { return []syscall.Errno{windows.ERROR_WRITE_PROTECT} }
