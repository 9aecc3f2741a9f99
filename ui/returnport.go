package ui

import (
	"context"
	"strings"
	"time"

	"pkidstation/queue"
)

// Returns looks boxes up that come back.
type Returns interface {
	// Begin has every scan of every source looked up, in the place of the intake,
	// until End: nothing of it is kept. What is found is told to on, which may be
	// called by any goroutine and must not wait.
	Begin(on func(Returned))
	// End gives scans back to the intake. Of a scan that is under way just then on
	// may still tell.
	End()
	// Again looks at what was found again, as it stands now.
	Again(ctx context.Context, r Returned) (Returned, error)
}

// A Returned is one code that was read of a box that comes back, and what is known
// of it here.
type Returned struct {
	// Text is what was read, "" for a product key; Kind is scanner/label's word for
	// it. Known says that the kind can identify a box.
	Text, Kind string
	Known      bool
	// Or is the other reading of a serial that may begin with a data identifier.
	Or string
	// Found are the entries that have it, the newest first, gone ones too.
	Found []queue.Entry
	// RegisteredAt is when the one that stands for it was registered, zero for
	// never or nobody knows.
	RegisteredAt time.Time
	// Frame numbers the camera's frame that it was seen on, 0 for any other source:
	// what is on one frame is one label's.
	Frame uint64
	// Err is why it could not be looked up.
	Err error
}

// Entry is the entry that stands for the box, or stood for it last.
func (r Returned) Entry() (queue.Entry, bool) {
	return queue.StandsFor(r.Found)
}

// is says whether what was read is this serial; some labels print what others spell
// in small letters, and some a data identifier before it.
func (r Returned) is(serial string) bool {
	for _, text := range []string{r.Text, r.Or, "S" + r.Text, "SN" + r.Text} {
		if text != "" && strings.EqualFold(text, serial) {
			return true
		}
	}
	return false
}
