package export

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"pkidstation/queue"
)

// ErrFileName says that a path does not end in a name that a file can have.
var ErrFileName = errors.New("not a file name")

// An ExistsError refuses to write over what is there. It is fs.ErrExist.
type ExistsError struct{ Path string }

func (e *ExistsError) Error() string { return e.Path + " exists; a file is never written over" }

// Unwrap gives fs.ErrExist.
func (e *ExistsError) Unwrap() error { return fs.ErrExist }

// WriteFile is Write into a new file, readable by its owner only, in a folder
// that exists. When it returns without an error and something was taken, the
// whole file is on disk under its name; see the package comment for what the
// caller does next. Where nothing is taken there is no file. A path that exists,
// even as a link to nothing, fails with *ExistsError and is left alone.
func WriteFile(path string, entries []queue.Entry, opts Options) (taken []queue.Entry, refused []Refusal, rest []queue.Entry, err error) {
	s, err := compose(entries, opts)
	if err != nil || len(s.taken) == 0 {
		return nil, s.refused, s.rest, err
	}
	err = Create(path, func(w io.Writer) error {
		_, err := io.WriteString(w, s.text)
		return err
	})
	if err != nil {
		return nil, nil, nil, err
	}
	return s.taken, s.refused, s.rest, nil
}

// Create makes a new file, readable by its owner only, of what write writes:
// the whole of it is on disk under its name, or there is no such file. What is
// written does not stay in memory. A path that exists, even as a link to
// nothing, fails with *ExistsError and is left alone; one that ends in no name
// with ErrFileName. All is done inside the file's folder: no name leads out.
func Create(path string, write func(io.Writer) error) error {
	root, name, err := place(path)
	if err != nil {
		return err
	}
	defer root.Close() //nolint:errcheck // nothing is written through it any more
	if err := reserve(root, name); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return &ExistsError{Path: path}
		}
		return fmt.Errorf("making the file: %w", err)
	}
	if err := fill(root, name, 0o600, write); err != nil {
		return errors.Join(fmt.Errorf("writing the file: %w", err), root.Remove(name))
	}
	return nil
}

// Replace is Create for a file that others read, and in the place of the one that is
// there: that stays whole until the new one is.
func Replace(path string, write func(io.Writer) error) error {
	root, name, err := place(path)
	if err != nil {
		return err
	}
	defer root.Close() //nolint:errcheck // nothing is written through it any more
	if err := fill(root, name, 0o644, write); err != nil {
		return fmt.Errorf("writing the file: %w", err)
	}
	return nil
}

// place is the folder of a path, and the name in it.
func place(path string) (*os.Root, string, error) {
	folder, name := filepath.Split(path)
	if name == "" || name == "." || !filepath.IsLocal(name) {
		return nil, "", fmt.Errorf("%w: %q", ErrFileName, path)
	}
	root, err := os.OpenRoot(filepath.Clean(folder))
	if err != nil {
		return nil, "", fmt.Errorf("opening the folder for the file: %w", err)
	}
	return root, name, nil
}

// reserve makes the empty file, which nobody else then can. Links would do so
// too, but not on a memory stick.
func reserve(root *os.Root, name string) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// fill puts the whole text in the place of the file, at once.
func fill(root *os.Root, name string, mode fs.FileMode, write func(io.Writer) error) error {
	partial := name + "." + rand.Text() + ".partial"
	if err := writeSynced(root, partial, mode, write); err != nil {
		return err
	}
	if err := root.Rename(partial, name); err != nil {
		return errors.Join(err, root.Remove(partial))
	}
	return syncFolder(root)
}

// writeSynced makes a file that is wholly on disk, or none.
func writeSynced(root *os.Root, name string, mode fs.FileMode, write func(io.Writer) error) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(f)
	if err = write(b); err == nil {
		err = b.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, root.Remove(name))
	}
	return nil
}

// syncFolder makes the new name last. Windows has no way to, and needs none.
func syncFolder(root *os.Root) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := root.Open(".")
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
