package keyring

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// replace puts content in the place of a file, whole and durable, or leaves the
// file as it was. Only its owner may read it.
func replace(file string, content []byte) error {
	sweep(file)
	f, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*.partial")
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return durable(filepath.Dir(file))
}

// durable makes a rename outlive a power cut. Windows does so by itself.
func durable(folder string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(folder) //nolint:gosec // the data folder is the person's choice
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// sweep removes what a crash left half written. What is young may be another
// process's.
func sweep(file string) {
	const old = time.Minute
	left, _ := filepath.Glob(file + ".*.partial") // a name that is no pattern has nothing left
	for _, name := range left {
		if there, err := os.Lstat(name); err == nil && time.Since(there.ModTime()) > old {
			_ = os.Remove(name) // the next one tries again
		}
	}
}
