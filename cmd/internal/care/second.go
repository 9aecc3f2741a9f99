package care

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// copyTo copies a backup into another folder, which must be there: one that is not
// is a stick that was pulled, and making it would fill the wrong disk. It is read
// back before it gets its name.
func copyTo(file, folder string) error {
	info, err := os.Stat(folder)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is no folder", folder)
	}
	if err != nil {
		return fmt.Errorf("looking for the second place: %w", err)
	}
	to := filepath.Join(folder, filepath.Base(file))
	if _, err := os.Lstat(to); err == nil {
		return nil // an earlier try was too slow, and came through
	}
	fresh := to + ".new"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("copying the backup: %w", err)
	}
	sum, err := write(file, fresh)
	if err == nil {
		var back []byte
		if back, err = sumOf(fresh); err == nil && !bytes.Equal(sum, back) {
			err = fmt.Errorf("%s reads otherwise than it was written", fresh)
		}
	}
	if err == nil {
		err = os.Rename(fresh, to)
	}
	if err != nil {
		_ = os.Remove(fresh) // what failed is told
		return fmt.Errorf("copying the backup: %w", err)
	}
	return nil
}

// write copies a file and gives the sum of what it read.
func write(file, fresh string) ([]byte, error) {
	from, err := os.Open(file) //nolint:gosec // ours
	if err != nil {
		return nil, err
	}
	defer from.Close()                                                      //nolint:errcheck // nothing was written
	to, err := os.OpenFile(fresh, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the station's setting
	if err != nil {
		return nil, err
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(to, sum), from)
	return sum.Sum(nil), errors.Join(err, to.Sync(), to.Close())
}

func sumOf(file string) ([]byte, error) {
	f, err := os.Open(file) //nolint:gosec // ours
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return nil, err
	}
	return sum.Sum(nil), nil
}
