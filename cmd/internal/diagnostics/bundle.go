package diagnostics

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"pkidstation/queue/export"
)

// A Bundle is what is saved: texts that may leave the station.
type Bundle struct {
	// Path is where it goes unless a person says otherwise.
	Path  string
	Made  time.Time
	Files []File
}

// A File is one text of a bundle, as it is saved.
type File struct{ Name, Text string }

// The names of the files, besides those of the logs.
const (
	About      = "about.txt"
	Settings   = "settings.txt"
	Findings   = "findings.txt"
	Queue      = "queue.txt"
	Goroutines = "goroutines.txt"
)

// Gather makes the bundle. It has all files whatever is broken; a context that ends
// cuts short what takes long, and is the only error.
func Gather(ctx context.Context, s Station) (Bundle, error) {
	now := time.Now()
	b := Bundle{Made: now, Path: PathOf(s.Folder, s.Config.Station.Name, now)}
	values, unread := s.values(ctx)
	mask := NewMasker(values)
	add := func(name, text string) { b.Files = append(b.Files, File{name, mask.Mask(plainText(text))}) }
	add(About, s.about(now, unread))
	add(Settings, s.settings())
	add(Findings, s.findings(ctx))
	add(Queue, s.queueText(ctx))
	if s.Working {
		add(Goroutines, goroutines())
	}
	for _, log := range tails(filepath.Join(s.Folder, logFolder)) {
		add(logFolder+"/"+log.Name, log.Text)
	}
	return b, ctx.Err()
}

// PathOf is where the bundle of a station goes unless a person says otherwise.
func PathOf(folder, station string, at time.Time) string {
	name := strings.Map(func(r rune) rune {
		if isWordByte(byte(min(r, 0x7f))) { //nolint:gosec // it is ASCII then
			return r
		}
		return '-'
	}, station)
	if name = strings.Trim(name, "-"); name == "" {
		name = "station"
	}
	return filepath.Join(folder, "diagnostics-"+name+"-"+at.Format("20060102-150405")+".zip")
}

// Save writes the zip to a path where nothing is yet: the whole of it, or no file.
func (b Bundle) Save(path string) error {
	err := export.Create(path, func(to io.Writer) error {
		packed := zip.NewWriter(to)
		for _, f := range b.Files {
			w, err := packed.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: b.Made})
			if err != nil {
				return fmt.Errorf("packing %s: %w", f.Name, err)
			}
			if _, err := io.WriteString(w, f.Text); err != nil {
				return fmt.Errorf("packing %s: %w", f.Name, err)
			}
		}
		return packed.Close()
	})
	if err != nil {
		return fmt.Errorf("saving the diagnostics: %w", err)
	}
	return nil
}

// Text is all of it, one file after the other.
func (b Bundle) Text() string {
	var all strings.Builder
	for _, f := range b.Files {
		fmt.Fprintf(&all, "==> %s <==\n%s\n", f.Name, strings.TrimRight(f.Text, "\n")+"\n")
	}
	return all.String()
}

// plainText is a text that a terminal and a window can show: a log may have been
// written by anything.
func plainText(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r >= ' ' && r != 0x7f && !isFormat(r):
			return r
		case r == '\r':
			return -1
		default:
			return '·'
		}
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// isFormat says whether a character is a control of the second block, or changes how
// those around it are shown.
func isFormat(r rune) bool {
	return r >= 0x80 && r < 0xa0 || r >= 0x200b && r <= 0x200f || r >= 0x2028 && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0xfeff
}
