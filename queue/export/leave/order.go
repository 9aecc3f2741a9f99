package leave

import (
	"time"

	"pkidstation/queue/autopilot"
)

// An Order is what a customer ordered, as far as it is known when the paper is
// made.
type Order struct {
	// Order is its number, as the delivery note has it.
	Order string
	// Customer may be empty only where nothing is registered.
	Customer     autopilot.TenantID
	CustomerName string
	GroupTag     autopilot.GroupTag
	// Announced is how many devices must be registered before it may leave. Where
	// it is more than the boxes, the others are on no list, and keep the order.
	Announced int
	// Boxes are these devices, each once, in any order: also those that were
	// never scanned.
	Boxes []Box
}

// A Box is one device of an order.
type Box struct {
	autopilot.Device

	// Pallet is what is written on its pallet, an SSCC or a number; it may be
	// empty.
	Pallet string
	// Number is the box's running number. Zero is one that was announced and
	// never scanned.
	Number int
	// GroupTag is the box's, where the order's boxes have several.
	GroupTag autopilot.GroupTag
	// ByHash says that it was registered by its hardware hash: PKID or serial number
	// call it, and identify it no further.
	ByHash bool
	// FromList says that it was registered from a list, without a scan: the running
	// number is on no box, and is not told.
	FromList bool
	// Registered says that Microsoft confirmed it; RegisteredAt may be zero.
	Registered   bool
	RegisteredAt time.Time
	// Why is a short sentence that says why it is not registered, or empty.
	Why string
}

func (b Box) scanned() bool { return b.Number > 0 }
