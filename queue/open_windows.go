package queue

import (
	"errors"
	"os"
	"syscall"
)

// errWriteProtect is ERROR_WRITE_PROTECT, which package syscall does not name.
const errWriteProtect syscall.Errno = 19

func readOnlyFS(err error) bool { return errors.Is(err, errWriteProtect) }

// syncFolder does nothing: Windows cannot sync a folder, and NTFS journals the
// rename.
func syncFolder(string) error { return nil }

// letGo closes a file that bbolt left locked; the lock ends with its handle.
func letGo(f *os.File) error { return f.Close() }

func unlock(*os.File) error { return nil }

// owned trusts that Windows refuses to write what another process has locked.
func owned(*os.File) error { return nil }
