package journal

import (
	"errors"
	"fmt"
)

// ErrBroken says that a write or a sync failed, so that what is on the disk is
// unknown. It wraps the first failure. Close the journal, open it again, and
// look with Lines what is there.
var ErrBroken = errors.New("the journal's disk failed: it must be opened again")

// ErrRefused says that a line was not appended because it cannot be one. The
// journal is as before.
var ErrRefused = errors.New("this cannot be a line of the journal")

// ErrReadOnly says that the journal was opened for looking only.
var ErrReadOnly = errors.New("the journal is open for looking only")

// ErrClosed says that the journal was closed.
var ErrClosed = errors.New("the journal is closed")

// A DamageError is a place in the journal where no line can be read. What
// stands there is left as it is.
type DamageError struct {
	// Segment is the name of the file; Offset, in bytes, is where the damage
	// begins, in a packed segment counted in its unpacked text.
	Segment string
	Offset  int64
	// Seq is the first line that cannot be read, and Next the one with which
	// reading goes on: Next - Seq lines are missing. If the two are equal there
	// are foreign bytes and none is missing. Next is 0 if no line follows.
	Seq, Next uint64
}

func (e *DamageError) Error() string {
	at := fmt.Sprintf("the journal's segment %s is damaged at byte %d", e.Segment, e.Offset)
	switch e.Next {
	case 0:
		return fmt.Sprintf("%s: line %d and what followed it cannot be read", at, e.Seq)
	case e.Seq:
		return fmt.Sprintf("%s: foreign bytes before line %d", at, e.Seq)
	default:
		return fmt.Sprintf("%s: lines %d to %d cannot be read", at, e.Seq, e.Next-1)
	}
}
