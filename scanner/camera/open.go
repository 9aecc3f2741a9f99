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
	"pkidstation/scanner/camera/v4l2"
)

// Open gives the camera that a SOURCE names: an http(s) address, a picture or
// Y4M file, a folder of pictures, else a local camera by one of its names (see
// Locals). It must be there; nothing is connected or started before Scans.
func Open(ctx context.Context, source string, opts Options) (scanner.Source, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if lower := strings.ToLower(source); strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") {
		return openStream(source, opts)
	}
	if strings.Contains(source, "://") {
		return nil, fmt.Errorf("%w (the address is of no kind that is known)", ErrUnsupported) // it may hold a password
	}
	c := &camera{name: "camera:" + source, opts: opts}
	info, err := os.Stat(source)
	switch {
	case opts.System.Names(source):
		return c.local(source)
	case err != nil && errors.Is(err, fs.ErrNotExist) && isName(source):
		return c.local(source)
	case err != nil:
		return nil, fileError(source, err)
	case info.IsDir():
		c.grab = playFolder(source)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%w: it is no file", ErrNoCamera)
	case isY4M(source):
		c.grab = playY4M(source)
	default:
		c.grab = playPicture(source)
	}
	return c, nil
}

// IsLocal says whether a source, as far as can be seen without asking for it, is a
// local camera's name and nothing else.
func IsLocal(source string) bool {
	if (v4l2.System{}).Names(source) {
		return true
	}
	_, err := os.Stat(source)
	return errors.Is(err, fs.ErrNotExist) && isName(source) && source != ""
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
