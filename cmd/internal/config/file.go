package config

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"unicode/utf8"
)

// maxFile is far longer than any station.toml.
const maxFile = 64 << 10

var errNoFile = errors.New("it is no regular file")

// readText gives the file's text, or none where there is no file. It opens
// nothing but a regular file, so that no pipe or device can make it wait.
func readText(file string) ([]byte, *Error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, &Error{Problem: Unreadable, File: file, Err: cause(err)}
	case !info.Mode().IsRegular():
		return nil, &Error{Problem: Unreadable, File: file, Err: errNoFile}
	}
	text, err := readBounded(file)
	switch {
	case err != nil:
		return nil, &Error{Problem: Unreadable, File: file, Err: cause(err)}
	case len(text) > maxFile:
		return nil, &Error{Problem: TooBig, File: file, Allowed: "at most 64 KiB"}
	}
	return checkUTF8(file, text)
}

func readBounded(file string) ([]byte, error) {
	f, err := os.Open(file) //nolint:gosec // the data folder is the person's choice
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	return io.ReadAll(io.LimitReader(f, maxFile+1))
}

// checkUTF8 takes off the mark that Windows' Notepad writes, and refuses what
// is not UTF-8.
func checkUTF8(file string, text []byte) ([]byte, *Error) {
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 || r == 0 {
			return nil, &Error{Problem: NotText, File: file, Line: 1 + bytes.Count(text[:i], []byte("\n"))}
		}
		i += size
	}
	return text, nil
}

// cause leaves the path out of the system's error: the Error has it.
func cause(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err
	}
	return err
}
