package morning

import (
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// A Morning is how a station stands.
type Morning struct {
	Station string
	// At is when it was looked at, Since when yesterday began.
	At, Since time.Time

	Orders     Orders
	Refused    Refused
	Unsent     Unsent
	Link       Link
	Held       []Blocked
	Pauses     []Pause
	Strangers  []Stranger
	Exported   []Exported
	Receptions []queue.Reception // open since yesterday or before
	Care       Care

	// Hours are the last ones, the newest last.
	Hours []Hour
	// Failures are why devices are refused now, the most frequent first.
	Failures []Failure
}

// Orders are the orders with boxes here that may not leave.
type Orders struct {
	Staying []Order
	// More may not leave either and are not in Staying; Unknown were not looked at.
	More, Unknown int
	// Leaving is how many of those that were looked at may leave.
	Leaving int
}

// An Order is one that may not leave.
type Order struct {
	Order    string
	Customer autopilot.TenantID
	// Registered of Due are registered.
	Registered, Due int
	// What keeps it: devices that are missing, contradicted or not announced, and of
	// the others those that are refused, held or on their way; rows of its lists that
	// nobody could read; and that it is still being received, where no list says what
	// is due.
	Missing, Conflict, Unexpected, Refused, Held, Way, Unread int
	Open                                                      bool
}

// Refused are the devices that were refused since yesterday and still are.
type Refused struct {
	Count int
	// Entries are the newest of them.
	Entries []queue.Entry
	// Before is how many were refused earlier and still are.
	Before int
}

// Unsent is what was captured and never sent.
type Unsent struct {
	Count int
	// Oldest is when the oldest was captured, zero for none.
	Oldest time.Time
	// Ages counts them by age, as Ages has the bounds.
	Ages [len(bounds) + 1]int
}

// bounds part the ages of what was not sent: the first is below the first of them, the
// last is the last of them or more.
var bounds = [...]time.Duration{time.Hour, 4 * time.Hour, 24 * time.Hour, 48 * time.Hour, 7 * 24 * time.Hour} //nolint:gochecknoglobals // constants

// Bounds are what parts the ages in Unsent.
func Bounds() []time.Duration { return bounds[:] }

// A Link is the connection to Partner Center as whoever has it knows it.
type Link struct {
	// ByHand says that the station registers by the web site's file: there is none.
	ByHand bool
	// Contact is when Partner Center last answered, zero where nobody knows. Where
	// nobody says, it is the last answer in the audit.
	Contact time.Time
	// Offline says that it cannot be reached now.
	Offline bool
	// Needs is why a person must sign in, "" where nobody must.
	Needs queue.Reason
	// Expires is when the sign-in ends by itself, zero where nobody knows.
	Expires time.Time
}

// Blocked is how many boxes are held for a reason.
type Blocked struct {
	Reason queue.Reason
	Count  int
}

// A Pause is why ready boxes wait, and how many.
type Pause struct {
	queue.Pause

	Count int
}

// A Stranger is a customer without relationship who has boxes that wait.
type Stranger struct {
	Customer autopilot.TenantID
	Count    int
}

// Exported is what is in files for the web site and nobody confirmed, of one customer.
type Exported struct {
	Customer autopilot.TenantID
	Count    int
	// Since is when the oldest of it was written.
	Since time.Time
}

// Care is how the station's data are kept.
type Care struct {
	// Backup is when the last backup was made, Copy when that of the last one off this
	// PC was; zero for none. Elsewhere says that there is a place for copies.
	Backup, Copy time.Time
	Elsewhere    bool
	// Wrong is what a person should know of backups and disk.
	Wrong []error
	// Free is how many bytes are free on the disk, 0 where nobody knows.
	Free uint64
}

// An Hour is what happened in one.
type Hour struct {
	From                 time.Time
	Captured, Registered int
}

// A Failure is why devices are refused: Microsoft's code or, where it gave none, the
// station's reason.
type Failure struct {
	Code   autopilot.Code
	Reason queue.Reason
	Count  int
}
