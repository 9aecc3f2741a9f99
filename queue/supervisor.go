package queue

import (
	"errors"
	"fmt"
	"time"
)

// ErrNeedsSupervisor is that an act wants a supervisor who unlocked the station
// with their PIN, and nobody did, or too long ago.
var ErrNeedsSupervisor = errors.New("only a supervisor may do this")

// A PINError is that a PIN was not taken.
type PINError struct {
	// Wait is how long no PIN of this supervisor is looked at now; it grows with
	// each wrong one.
	Wait time.Duration
	// Early says that this PIN was not looked at, for the wait was not over.
	Early bool
}

func (e *PINError) Error() string {
	if e.Early {
		return fmt.Sprintf("no PIN is looked at for another %v", e.Wait)
	}
	return fmt.Sprintf("the PIN is wrong; the next one is looked at in %v", e.Wait)
}

// ErrWeakPIN is that a PIN to be set has fewer than 4 or more than 64
// characters, or is one digit again and again, or digits in a row.
var ErrWeakPIN = errors.New("the PIN is too easy to guess")

// A Pass says that a supervisor unlocked the station. It is given out by Unlock
// alone, is worth nothing to another Queue, and ends with idleness, Lock and
// Close. The zero Pass is nobody's.
type Pass struct{ token [16]byte }

// A ReviewPolicy says which captures wait for a person.
type ReviewPolicy string

// The review policies.
const (
	ReviewExceptions ReviewPolicy = "exceptions" // what is in doubt; the default
	ReviewAll        ReviewPolicy = "all"        // each
	ReviewNone       ReviewPolicy = "none"       // none but what cannot be sent as it is
)
