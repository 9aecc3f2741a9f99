package care

import (
	"context"
	"time"

	"pkidstation/queue"
)

// A Place is a data folder to look at, from beside the work or without any.
type Place struct {
	// Folder is the data folder, Station the queue's id; empty where nobody knows.
	Folder, Station string
	// Second is where backups go besides, or empty.
	Second string
	// Room is what there must be on the disk.
	Room queue.Room
	// Others are data folders that could have unsent boxes.
	Others []string
}

// Found is what a person should know of a place: its disk, its backups, and other
// data folders on this PC.
func Found(ctx context.Context, p Place) []error {
	var all []error
	room := p.Room
	if free, err := queue.FreeBytes(p.Folder); err == nil {
		room.Free = func(string) (uint64, error) { return free, nil }
		if err := room.Left(p.Folder); err != nil {
			all = append(all, err)
		}
	}
	all = append(all, Backups(p.Folder, p.Station, p.Second, time.Now())...)
	for _, other := range Elsewhere(ctx, p.Others) {
		all = append(all, other)
	}
	return all
}
