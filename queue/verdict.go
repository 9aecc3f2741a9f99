package queue

import "time"

// A Word is the verdict on one read.
type Word string

// The six verdicts. Accepted, Attached, Seen and Held are given only after the
// commit; Refused and Ignored store nothing.
const (
	// Accepted: a new entry is on disk and will be sent.
	Accepted Word = "accepted"
	// Attached: a serial or model opened or joined a box on disk.
	Attached Word = "attached"
	// Seen: already here for the same customer, tag and order.
	Seen Word = "seen"
	// OnHold: on disk, and a person must decide.
	OnHold Word = "held"
	// NotTaken: refused, not stored.
	NotTaken Word = "refused"
	// Ignored: a known code that is no identity of the device.
	Ignored Word = "ignored"
)

// A Verdict is the one answer to one read.
type Verdict struct {
	Word Word
	// Entry is the entry it made, joined or met; zero for NotTaken and Ignored.
	Entry Entry
	// Other is the entry it collides with, where Reason is OtherCustomer or
	// Conflict.
	Other Entry
	// Kind is what the code was taken for: scanner/label's word.
	Kind string
	// Text is what was read, empty for a secret.
	Text string
	// Reason is empty for a plain Accepted or Attached; for Seen it is the
	// state of the first.
	Reason Reason
	// Layout is the keyboard layout that the text was translated from.
	Layout string
	// Unsure says that the keyboard may have swapped letters of the text.
	Unsure bool
	// Count and Of are the devices counted in a carton, and how many it says.
	Count, Of int
	// Beside is how many of Count boxes no list has for the reception that was closed.
	Beside int
	// Held is how many boxes of the reception that was closed are held, or of one for
	// nobody that a change of customer leaves.
	Held int
	// Name is what the verdict names: an operator, a pallet, a layout.
	Name string
	// Layer is the layer of the pallet that is being taken off, or was just ended.
	Layer Layer
	// Unfinished is the work that a shift takes over.
	Unfinished Unfinished
	// Repeated says that it was given before and is only told again.
	Repeated bool
	// Work is what a change of customer would be for.
	Work Work
	At   time.Time
}
