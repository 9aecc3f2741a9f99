package diagnostics

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pkidstation/cmd/internal/config"
)

const logFolder = config.LogFolder

// How much of the logs is taken: so many of the files that were written last, of each
// the end.
const (
	logFiles = 6
	// LogBytes is the most of one log.
	LogBytes = 256 << 10
)

// tails are the ends of the logs, the newest first. What cannot be read says so in
// its place.
func tails(folder string) []File {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return []File{{"unread.txt", "the logs cannot be listed: " + err.Error() + "\n"}}
	}
	type found struct {
		name string
		at   time.Time
	}
	var all []found
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || !isLog(e.Name()) {
			continue
		}
		all = append(all, found{e.Name(), info.ModTime()})
	}
	slices.SortStableFunc(all, func(a, b found) int { return b.at.Compare(a.at) })
	var taken []File
	for _, f := range all[:min(len(all), logFiles)] {
		text, err := tail(filepath.Join(folder, f.name))
		if err != nil {
			text = "it cannot be read: " + err.Error() + "\n"
		}
		taken = append(taken, File{f.name, text})
	}
	return taken
}

func isLog(name string) bool {
	return strings.HasSuffix(name, ".log") || strings.HasSuffix(name, ".crash")
}

// tail is the end of a file, from the beginning of a line: half a line could have
// half a PKID, which no mask knows.
func tail(path string) (string, error) {
	f, err := os.Open(path) //nolint:gosec // our own folder
	if err != nil {
		return "", err //nolint:wrapcheck // it says which file
	}
	defer f.Close() //nolint:errcheck // it was only read
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return "", err //nolint:wrapcheck // as above
	}
	from := max(size-LogBytes, 0)
	text := make([]byte, size-from)
	n, err := f.ReadAt(text, from)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err //nolint:wrapcheck // as above
	}
	if text = text[:n]; from > 0 {
		_, text, _ = bytes.Cut(text, []byte("\n"))
		return "[what is older was left out]\n" + string(text), nil
	}
	return string(text), nil
}
