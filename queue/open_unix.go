//go:build unix

package queue

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

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

// owned waits a moment for the file, and fails where another process keeps it: a
// program of an earlier version, which knows no lock but bbolt's own. Whoever looks,
// or was just begun and has all that we have, lets go of it soon.
func owned(f *os.File) error {
	again := time.NewTicker(lockWait / 30)
	defer again.Stop()
	for until := time.Now().Add(lockWait); ; <-again.C {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case err == nil:
			return nil
		case !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR), time.Now().After(until):
			return fmt.Errorf("%w: %w", bolterrors.ErrTimeout, err)
		}
	}
}

// syncFolder makes a rename in the folder durable.
func syncFolder(folder string) error {
	d, err := os.Open(folder) //nolint:gosec // the data folder is the person's choice
	if err != nil {
		return fmt.Errorf("syncing %s: %w", folder, err)
	}
	return errors.Join(d.Sync(), d.Close())
}
