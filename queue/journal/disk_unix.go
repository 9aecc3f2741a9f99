//go:build unix

package journal

import (
	"errors"
	"os"
)

// syncFolder makes the names in the folder durable.
func syncFolder(folder string) error {
	d, err := os.Open(folder) //nolint:gosec // the data folder is the person's choice
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
