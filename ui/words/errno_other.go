//go:build !windows

package words

import "syscall"

// diskFullNumbers and readOnlyNumbers are more names of ENOSPC and EROFS; only
// Windows has them.
func diskFullNumbers() []syscall.Errno { return nil }

func readOnlyNumbers() []syscall.Errno { return nil }
