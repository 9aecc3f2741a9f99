package camera

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// maxFaults is how many unreadable pictures of a folder are named.
const maxFaults = 20

// isPicture goes by the name: a folder holds other files too.
func isPicture(name string) bool {
	return slices.Contains([]string{".png", ".jpg", ".jpeg", ".pgm"}, strings.ToLower(filepath.Ext(name)))
}

// playPicture gives one picture.
func playPicture(file string) func(context.Context) iter.Seq2[shot, error] {
	return func(ctx context.Context) iter.Seq2[shot, error] {
		return func(yield func(shot, error) bool) {
			img, err := ReadPicture(ctx, file)
			yield(shot{image: img, own: true}, err)
		}
	}
}

// playFolder gives a folder's pictures by name, then what was wrong with those
// that could not be read.
func playFolder(folder string) func(context.Context) iter.Seq2[shot, error] {
	return func(ctx context.Context) iter.Seq2[shot, error] {
		return func(yield func(shot, error) bool) {
			files, err := pictures(folder)
			if err != nil {
				yield(shot{}, err)
				return
			}
			var faults []error
			for _, file := range files {
				img, err := ReadPicture(ctx, file)
				switch {
				case ctx.Err() != nil:
					return
				case err != nil:
					faults = append(faults, err)
				case !yield(shot{image: img, own: true}, nil):
					return
				}
			}
			if len(faults) > 0 {
				yield(shot{}, fmt.Errorf("%d of %d pictures could not be read: %w",
					len(faults), len(files), errors.Join(faults[:min(len(faults), maxFaults)]...)))
			}
		}
	}
}

// pictures lists a folder's pictures, sorted by name.
func pictures(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fileError(folder, err)
	}
	var files []string
	for _, e := range entries {
		if !e.IsDir() && isPicture(e.Name()) {
			files = append(files, filepath.Join(folder, e.Name()))
		}
	}
	if len(files) == 0 {
		return nil, &FileError{folder, fmt.Errorf("%w: no PNG, JPEG or PGM in this folder", ErrUnreadable)}
	}
	return files, nil
}
