package queue

import (
	"fmt"
	"os"
	"path/filepath"
)

// A SpareError says that a backup or a clean-up was not begun: what it needs for
// a while would leave captures without room.
type SpareError struct {
	Folder string
	// Free bytes there are, Need there must be.
	Free, Need uint64
}

func (e *SpareError) Error() string {
	return fmt.Sprintf("%d bytes are free on the disk of %s, and %d are needed for a while", e.Free, e.Folder, e.Need)
}

// Spare looks whether work in a folder may need so many bytes for a while and
// still leave the room that captures must have; else it is a *SpareError.
func (r Room) Spare(folder string, work uint64) error {
	free, err := r.look(folder)
	if need := r.Least + work; err == nil && free < need {
		return &SpareError{Folder: folder, Free: free, Need: need}
	}
	return nil // where the system does not say, the disk itself will
}

// spareFor is Spare for as many copies of queue.db.
func (q *Queue) spareFor(copies int) error {
	return q.opts.Room.Spare(q.folder, uint64(copies)*indexSize(q.folder)) //nolint:gosec // a handful
}

// indexSize is how long queue.db is; 0 where there is none.
func indexSize(folder string) uint64 {
	info, err := os.Stat(filepath.Join(folder, FileName))
	if err != nil {
		return 0
	}
	return uint64(info.Size()) //nolint:gosec // never negative
}
