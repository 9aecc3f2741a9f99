package queue

import (
	"fmt"
)

// A Recovery says what a start had to put right; the zero Recovery is nothing.
type Recovery struct {
	// Rebuilt says that queue.db was made anew from the journal, and Aside where
	// the old one is, if there was one; Why is what was wrong with it.
	Rebuilt bool
	Aside   string
	Why     error
	// Torn says that the end of a write that was cut off was put aside: of it no
	// verdict was given.
	Torn bool
	// Missing is how many lines of the journal cannot be read. Rebased says that
	// queue.db still had what they said.
	Missing uint64
	Rebased bool
}

// Nothing says whether nothing had to be put right.
func (r Recovery) Nothing() bool { return !r.Rebuilt && !r.Torn && r.Missing == 0 && !r.Rebased }

// A RecoveredError tells a person what a start had to put right. Nothing failed.
type RecoveredError struct{ Recovery Recovery }

func (e *RecoveredError) Error() string {
	r := e.Recovery
	return fmt.Sprintf("put right: index made anew %v (%s), write cut off %v, lines missing %d, journal begun anew %v",
		r.Rebuilt, r.Aside, r.Torn, r.Missing, r.Rebased)
}

func (e *RecoveredError) Unwrap() error { return e.Recovery.Why }

// and is both, of which the later one counts for the file.
func (r Recovery) and(later Recovery) Recovery {
	if later.Rebuilt {
		r.Rebuilt, r.Aside, r.Why = true, later.Aside, later.Why
	}
	r.Torn = r.Torn || later.Torn
	r.Rebased = r.Rebased || later.Rebased
	r.Missing = max(r.Missing, later.Missing)
	return r
}

// Recovery says what had to be put right since the queue was opened.
func (q *Queue) Recovery() Recovery {
	q.using.RLock()
	defer q.using.RUnlock()
	return q.recovery
}
