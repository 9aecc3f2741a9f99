package words

import (
	"errors"
	"time"

	"pkidstation/queue"
)

// care are the errors of backups and of the room on the disk that carry more than
// their name.
func (w *Words) care(err error) (text string, ok bool) {
	if e, ok := errors.AsType[*queue.CareError](err); ok {
		return w.Care(e, time.Now()), true
	}
	if e, ok := errors.AsType[*queue.RoomError](err); ok {
		return w.room(e), true
	}
	if e, ok := errors.AsType[*queue.SpareError](err); ok {
		return w.Say("room.spare", "Free", w.Number(megabytes(e.Free)), "Need", w.Number(megabytes(e.Need))), true
	}
	if e, ok := errors.AsType[*queue.ElsewhereError](err); ok {
		return w.Elsewhere(e), true
	}
	return "", false
}

const megabyte = 1 << 20

func (w *Words) room(e *queue.RoomError) string {
	id := "room.low"
	if e.Refused {
		id = "room.refused"
	}
	return w.Say(id, "Free", w.Number(megabytes(e.Free)), "Least", w.Number(megabytes(max(e.Least, megabyte))))
}

func megabytes(n uint64) int { return int(n / megabyte) } //nolint:gosec // no disk has so much

// Elsewhere is what lies in another data folder on this PC.
func (w *Words) Elsewhere(e *queue.ElsewhereError) string {
	if n := e.Unsent(); n > 0 {
		return w.Count("elsewhere", n, "Folder", Shown(e.Folder))
	}
	return w.Say("elsewhere.unknown", "Folder", Shown(e.Folder))
}

// Care is what a person should know of the backups.
func (w *Words) Care(e *queue.CareError, now time.Time) string {
	switch e.What {
	case queue.CareSecondNone:
		return w.Say("backup.second.none")
	case queue.CareSecondFailed:
		return w.Say("backup.second.failed", "Folder", Shown(e.Folder))
	case queue.CareSecondSilent:
		return w.Say("backup.second.silent", "Folder", Shown(e.Folder))
	case queue.CareFailed:
		return w.Say("backup.failed", "Why", w.Error(e.Err))
	case queue.CareNever:
		return w.Say("backup.never")
	case queue.CareOld:
		return w.Say("backup.old", "Age", w.Duration(now.Sub(e.Last)))
	}
	return w.Say("error.unknown", "Text", Shown(string(e.What)))
}
