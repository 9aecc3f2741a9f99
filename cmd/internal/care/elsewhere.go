package care

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"pkidstation/queue"
)

// Elsewhere looks into other data folders and tells of those in which entries were
// not sent. They are only looked at. Of one that cannot be opened it says so: what
// is in use, say, is somebody's station.
func Elsewhere(ctx context.Context, folders []string) []*queue.ElsewhereError {
	var all []*queue.ElsewhereError
	for _, folder := range folders {
		if info, err := os.Lstat(filepath.Join(folder, queue.FileName)); err != nil || !info.Mode().IsRegular() {
			continue
		}
		found := &queue.ElsewhereError{Folder: folder}
		if found.Counts, found.Err = countsOf(ctx, folder); found.Err != nil || found.Unsent() > 0 {
			all = append(all, found)
		}
	}
	return all
}

func countsOf(ctx context.Context, folder string) (queue.Counts, error) {
	q, err := queue.Open(folder, queue.Options{ReadOnly: true})
	if err != nil {
		return queue.Counts{}, err
	}
	counts, err := q.Counts(ctx)
	return counts, errors.Join(err, q.Close())
}
