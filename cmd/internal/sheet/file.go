package sheet

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrNotFile says that what has the file's name is a folder, a device or a
// link: it is never written over.
var ErrNotFile = errors.New("not an ordinary file")

// WriteFile puts the whole PDF under a name at once, or leaves everything as it
// was. Over a file that exists it writes only if replace says so; else it fails
// with fs.ErrExist.
func WriteFile(path string, pdf []byte, replace bool) error {
	made, err := reserve(path, replace)
	if err != nil {
		return fmt.Errorf("making the PDF's file: %w", err)
	}
	if err := fill(path, pdf); err != nil {
		if made {
			err = errors.Join(err, os.Remove(path))
		}
		return fmt.Errorf("writing the PDF: %w", err)
	}
	return nil
}

// reserve makes the empty file, which nobody else then can, or finds one that
// may be replaced.
func reserve(path string, replace bool) (made bool, err error) {
	f, err := os.OpenFile(filepath.Clean(path), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		return true, f.Close()
	}
	there, lerr := os.Lstat(path)
	switch {
	case lerr != nil || !errors.Is(err, fs.ErrExist):
		return false, err
	case !there.Mode().IsRegular():
		return false, fmt.Errorf("%w: %s", ErrNotFile, path)
	case !replace:
		return false, err
	default:
		return false, nil
	}
}

// fill puts the PDF in the place of the file.
func fill(path string, pdf []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.partial")
	if err != nil {
		return err
	}
	_, err = f.Write(pdf)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
