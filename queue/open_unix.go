//go:build unix

package queue

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

func readOnlyFS(err error) bool { return errors.Is(err, syscall.EROFS) }

// letGo closes a file that bbolt left locked and mapped. The mapping alone
// would keep the lock.
func letGo(f *os.File) error {
	return errors.Join(syscall.Flock(int(f.Fd()), syscall.LOCK_UN), f.Close())
}

// syncFolder makes a rename in the folder durable.
func syncFolder(folder string) error {
	d, err := os.Open(folder) //nolint:gosec // the data folder is the person's choice
	if err != nil {
		return fmt.Errorf("syncing %s: %w", folder, err)
	}
	return errors.Join(d.Sync(), d.Close())
}
