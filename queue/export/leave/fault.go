package leave

import (
	"errors"
	"fmt"
)

// ErrOrder is what every OrderError is.
var ErrOrder = errors.New("the order contradicts itself")

// A Fault is a fixed English word that says what contradicts itself.
type Fault string

// The faults. But for the first two they are of one box.
const (
	MoreBoxes    Fault = "more-boxes-than-announced"
	NoCustomer   Fault = "registered-without-customer"
	Twice        Fault = "twice"                    // the same device under an earlier box
	BadNumber    Fault = "bad-number"               // below zero
	NeverScanned Fault = "registered-never-scanned" // it has no running number
	NoIdentity   Fault = "registered-no-identity"   // neither PKID nor the tuple, nor a serial with a hash
	BadPKID      Fault = "registered-bad-pkid"      // not as autopilot.ParsePKID takes it
	WithReason   Fault = "registered-with-a-reason" // Why says that it is not
)

// An OrderError says why an order has no paper. It is ErrOrder.
type OrderError struct {
	Fault Fault
	// Box is the index of the box that is meant, -1 for the whole order.
	Box int
}

func (e *OrderError) Error() string {
	if e.Box < 0 {
		return fmt.Sprintf("%v: %s", ErrOrder, e.Fault)
	}
	return fmt.Sprintf("%v: box at %d: %s", ErrOrder, e.Box, e.Fault)
}

// Unwrap gives ErrOrder.
func (e *OrderError) Unwrap() error { return ErrOrder }

// check says what contradicts itself in an order.
func (o Order) check() error {
	if o.Announced < len(o.Boxes) {
		return &OrderError{Fault: MoreBoxes, Box: -1}
	}
	seen := newDevices()
	for i, b := range o.Boxes {
		why := b.fault()
		if why == "" && b.Registered && o.Customer == "" {
			return &OrderError{Fault: NoCustomer, Box: -1}
		}
		if why == "" && seen.has(b.Device) {
			why = Twice
		}
		if why != "" {
			return &OrderError{Fault: why, Box: i}
		}
		seen.add(b.Device)
	}
	return nil
}
