//go:build unix

package queue

import (
	"errors"
	"fmt"
	"os"
	"syscall"

	bolterrors "go.etcd.io/bbolt/errors"
)

func readOnlyFS(err error) bool { return errors.Is(err, syscall.EROFS) }

// letGo closes a file that bbolt left locked and mapped. The mapping alone
// would keep the lock.
func letGo(f *os.File) error {
	return errors.Join(unlock(f), f.Close())
}

// unlock gives up the lock on a file now. To close it is not enough: a process that
// was just begun has the file too, until it runs its own program.
func unlock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }

// owned fails where another process has the file, such as a program of an earlier
// version, which knows no lock but bbolt's own.
func owned(f *os.File) error {
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return fmt.Errorf("%w: %w", bolterrors.ErrTimeout, err)
	}
	return nil
}

// syncFolder makes a rename in the folder durable.
func syncFolder(folder string) error {
	d, err := os.Open(folder) //nolint:gosec // the data folder is the person's choice
	if err != nil {
		return fmt.Errorf("syncing %s: %w", folder, err)
	}
	return errors.Join(d.Sync(), d.Close())
}
