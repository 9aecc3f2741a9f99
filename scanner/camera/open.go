package camera

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"pkidstation/scanner"
)

// Open gives the camera that a SOURCE names: an http(s) address, a picture or
// Y4M file, a folder of pictures, else a camera's name, which is ErrNoCamera.
// A file or folder must exist; nothing is connected before Scans.
func Open(ctx context.Context, source string, opts Options) (scanner.Source, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if lower := strings.ToLower(source); strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") {
		return openStream(source, opts)
	}
	c := &camera{name: "camera:" + source, opts: opts}
	info, err := os.Stat(source)
	switch {
	case err != nil && errors.Is(err, fs.ErrNotExist) && isName(source):
		return nil, fmt.Errorf("%q: %w", source, ErrNoCamera)
	case err != nil:
		return nil, fileError(source, err)
	case info.IsDir():
		c.grab = playFolder(source)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%q: %w", source, ErrNoCamera)
	case isY4M(source):
		c.grab = playY4M(source)
	default:
		c.grab = playPicture(source)
	}
	return c, nil
}

// isName says whether a source that is no file can have been meant as the
// name of a camera, rather than as a file.
func isName(source string) bool {
	return !strings.ContainsAny(source, `/\`) && !isPicture(source) && !strings.EqualFold(filepath.Ext(source), ".y4m")
}

// isY4M looks at the first bytes of a file.
func isY4M(file string) bool {
	f, err := os.Open(file) //nolint:gosec // the file that the user named.
	if err != nil {
		return false
	}
	defer f.Close() //nolint:errcheck // it was only read.
	head := make([]byte, len(y4mMagic))
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == y4mMagic
}

// fileError says which file, once.
func fileError(file string, err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		err = p.Err
	}
	return &FileError{file, err}
}
