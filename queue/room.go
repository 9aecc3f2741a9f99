package queue

import (
	"fmt"
)

// Room says how much room there must be on the data folder's disk. A full disk is
// not found out by a capture that fails in the middle: before that nothing new is
// taken, and what is here can still be released, sent and settled, which needs room
// too. When there is room again, captures are taken again.
type Room struct {
	// Least is how many bytes must be free for a capture to be taken, Low below how
	// many a person is warned; 0 means none.
	Least, Low uint64
	// Free gives the bytes that are free for this user on a folder's disk; nil
	// means the system's word.
	Free func(folder string) (uint64, error)
}

// A RoomError says that the data folder's disk is nearly full: Refused says that
// nothing new is taken, else it is a warning.
type RoomError struct {
	Folder     string
	Free, Need uint64
	// Least is with how much nothing new is taken any more.
	Least   uint64
	Refused bool
}

func (e *RoomError) Error() string {
	return fmt.Sprintf("%d bytes are free on the disk of %s, %d are wanted; captures are refused: %v", e.Free, e.Folder, e.Need, e.Refused)
}

// RoomLeft looks how much room there is: nil for enough, else a *RoomError. Where
// the system does not say, there is enough: the disk itself will say otherwise.
func (q *Queue) RoomLeft() error { return q.opts.Room.Left(q.folder) }

// Left is RoomLeft of a folder.
func (r Room) Left(folder string) error {
	if r.Least == 0 && r.Low == 0 {
		return nil
	}
	free, err := r.look(folder)
	switch {
	case err != nil:
		return nil //nolint:nilerr // see above
	case free < r.Least:
		return &RoomError{Folder: folder, Free: free, Need: r.Least, Least: r.Least, Refused: true}
	case free < r.Low:
		return &RoomError{Folder: folder, Free: free, Need: r.Low, Least: r.Least}
	default:
		return nil
	}
}

func (r Room) look(folder string) (uint64, error) {
	if r.Free != nil {
		return r.Free(folder)
	}
	return FreeBytes(folder)
}

// roomFor refuses what is new where there is no room for it. What was kept under
// that event UUID before gets its verdict all the same.
func (q *Queue) roomFor(tx *transaction, event string) error {
	low, ok := q.RoomLeft().(*RoomError) //nolint:errorlint // RoomLeft gives no other
	if !ok || !low.Refused || in(tx, bucketID).Get([]byte(event)) != nil {
		return nil
	}
	return low
}
