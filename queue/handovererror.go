package queue

import (
	"errors"
	"fmt"
)

// ErrNothingHandedOver is that none of the entries that were wanted is held or
// ready.
var ErrNothingHandedOver = errors.New("there is nothing to hand over")

// ErrNoHandover is that no handover has that ID.
var ErrNoHandover = errors.New("no such handover")

// A HandoverError refuses a handover or its file, whole: nothing was changed.
type HandoverError struct {
	Fault HandoverFault
	// Place is where in the file, as a path of names and numbers from 0, or ""
	// for the whole of it.
	Place string
	// Station is the code of the station that the file is for, where that is
	// what is wrong.
	Station string
}

func (e *HandoverError) Error() string {
	text := "the handover is refused: " + string(e.Fault)
	if e.Place != "" {
		text += " at " + e.Place
	}
	if e.Station != "" {
		text += fmt.Sprintf(" (it is for station %s)", e.Station)
	}
	return text
}

// A HandoverFault is a fixed word for what is wrong with a handover.
type HandoverFault string

// What can be wrong with a handover.
const (
	FaultSize      HandoverFault = "size"      // more than a handover has
	FaultFormat    HandoverFault = "format"    // not a handover's file, or cut off
	FaultText      HandoverFault = "text"      // not UTF-8
	FaultVersion   HandoverFault = "version"   // of a newer program
	FaultSum       HandoverFault = "checksum"  // not what was written
	FaultOwn       HandoverFault = "own"       // of this very station
	FaultStation   HandoverFault = "station"   // for another station
	FaultChanged   HandoverFault = "changed"   // another file of this ID was taken in
	FaultID        HandoverFault = "id"        // no ID, or one that is something else here
	FaultTwice     HandoverFault = "twice"     // something is in it twice
	FaultPKID      HandoverFault = "pkid"      // no PKID
	FaultState     HandoverFault = "state"     // neither held nor ready, or not as such an entry is
	FaultCustomer  HandoverFault = "customer"  // no tenant id, or no group tag
	FaultReception HandoverFault = "reception" // of a reception that is not in it
	FaultValue     HandoverFault = "value"     // a text that no entry has
)

func faulty(fault HandoverFault, place string) error {
	return &HandoverError{Fault: fault, Place: place}
}
