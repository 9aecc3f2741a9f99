// Package replace puts a file in the place of another one, so that whoever reads it
// finds the one or the other, whole, whatever happens meanwhile: power that fails, a
// disk that is full, a program that is killed.
//
// The new one is written beside the old one, synced and renamed. What a crash leaves
// beside it has another name, and is swept away by the next call.
package replace

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// File puts content in the place of a file, whole and durable, or leaves the file as
// it was. Only its owner may read it, or whoever may read the one that was there, whose
// owner and group it has as far as this program may give them.
func File(file string, content []byte) error {
	if there, err := filepath.EvalSymlinks(file); err == nil {
		file = there // the link stays, and leads to the new one
	}
	sweep(file)
	f, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*.partial")
	if err != nil {
		return err
	}
	if before, e := os.Stat(file); e == nil {
		keepOwner(f, before)
		err = f.Chmod(before.Mode().Perm()) // Windows knows none of it, and answers nothing
	}
	if err == nil {
		_, err = f.Write(content)
	}
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
