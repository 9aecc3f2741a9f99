package diagnostics

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"
)

// sizes are those of the data folder's files, one folder deep.
func sizes(folder string, row func(...any)) {
	const most = 60
	rows := 0
	_ = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		name, e := filepath.Rel(folder, path)
		switch {
		case err != nil || e != nil:
			return nil //nolint:nilerr // what cannot be read is left out
		case d.IsDir():
			if strings.Count(filepath.ToSlash(name), "/") > 0 {
				return fs.SkipDir
			}
			return nil
		case rows == most:
			return fs.SkipAll
		}
		if info, err := d.Info(); err == nil {
			rows++
			row(filepath.ToSlash(name), info.Size(), info.ModTime().UTC().Format(time.RFC3339))
		}
		return nil
	})
}

// goroutines are what this program does right now, as much as fits.
func goroutines() string {
	const most = 128 << 10
	text := make([]byte, most)
	n := runtime.Stack(text, true)
	if n == most {
		return string(text) + "\n[the rest was left out]\n"
	}
	return string(text[:n])
}

// table lines up what stands below each other.
func table(fill func(row func(...any))) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fill(func(cells ...any) {
		for i, c := range cells {
			if i > 0 {
				fmt.Fprint(w, "\t") //nolint:errcheck // it writes into memory
			}
			fmt.Fprint(w, c) //nolint:errcheck // as above
		}
		fmt.Fprintln(w) //nolint:errcheck // as above
	})
	_ = w.Flush() // as above
	return b.String()
}
