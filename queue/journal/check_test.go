package journal_test

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"pkidstation/queue/journal"
)

// folder is the journal's on a simulated disk.
var folder = filepath.Join(base, journal.FolderName)

// small makes segments that are soon full.
const small = 4096

// event is the body number n; each is its own, most are short, and some longer
// than a sector, a segment's rest or a segment.
func event(n int) []byte {
	length := 20 + n*37%400
	switch {
	case n%23 == 22:
		length = small + 700
	case n%7 == 6:
		length = 1500
	}
	return fmt.Appendf(nil, `{"event":%d,"pad":"%s"}`, n, strings.Repeat("x", length))
}

// eventOf is the number of a body, -1 if it is not one of event's.
func eventOf(body []byte) int {
	digits, _, _ := strings.Cut(strings.TrimPrefix(string(body), `{"event":`), ",")
	n, err := strconv.Atoi(digits)
	if err != nil || string(event(n)) != string(body) {
		return -1
	}
	return n
}

// An expectation is what a journal must hold: the events of which a Sync said so.
type expectation struct {
	told    map[int]uint64 // event to line
	retired uint64         // lines before this one may be gone
	grouped bool           // several lines were synced together, and a crash may keep the later ones
}

// holds tells what is wrong with what is read: each told event is there under
// its number, in order, once; and nothing that is no event. Damage there may only
// be where lines were synced together.
func (e expectation) holds(j *journal.Journal) error {
	last := uint64(0)
	at := map[int]uint64{}
	for l, err := range j.Lines(0) {
		if d, ok := err.(*journal.DamageError); ok && e.grouped && d.Next > d.Seq { //nolint:errorlint // as it is
			continue
		}
		if err != nil {
			return err
		}
		n := eventOf(l.Body)
		switch first, twice := at[n]; {
		case n < 0:
			return fmt.Errorf("line %d is not of the test: %.60q", l.Seq, l.Body)
		case twice:
			return fmt.Errorf("event %d is there twice: lines %d and %d", n, first, l.Seq)
		case l.Seq <= last:
			return fmt.Errorf("line %d comes behind %d", l.Seq, last)
		}
		last, at[n] = l.Seq, l.Seq
	}
	for n, seq := range e.told {
		if at[n] != seq && seq >= e.retired {
			return fmt.Errorf("event %d was told to be line %d and is %d", n, seq, at[n])
		}
	}
	if j.Last() != last && last != 0 {
		return fmt.Errorf("the last line is %d, Last says %d", last, j.Last())
	}
	return nil
}
