package upload

import (
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// A Status says where the uploader stands, for screens and progress lines. It
// is a copy: nobody else changes it.
type Status struct {
	// Online is Yes only after an authenticated call succeeded.
	Online Online
	// Since is when Online last changed.
	Since time.Time
	// Counts are the entries by state.
	Counts queue.Counts
	// Marks are numbers that Counts does not tell apart: registered devices that
	// Microsoft had before are in both.
	Marks queue.Marks
	// Later is how many ready entries are not due yet: their reception is open.
	Later int
	// Next is when the next call is due; zero when nothing is.
	Next time.Time
	// Waits say what holds things up: one a customer and reason, and one with
	// an empty Customer for the whole station. They are sorted by customer.
	Waits []Wait
	// Progress says how far each customer is for whom anything is under way,
	// sorted by customer.
	Progress []Progress
	// LastContact is when Partner Center last answered.
	LastContact time.Time
}

// Online is what is known of the connection to Partner Center.
type Online string

// The states of the connection.
const (
	OnlineUnknown Online = "unknown"
	OnlineYes     Online = "online"
	OnlineNo      Online = "offline"
	// OnlineNever: the station registers by CSV, there is no connection.
	OnlineNever Online = "csv-only"
)

// A Wait is a reason why entries wait that is not the entries' own.
type Wait struct {
	Customer autopilot.TenantID
	Reason   queue.Reason
	// Entries is how many wait for it.
	Entries int
	// Until is when it is tried again; zero when a person must act.
	Until time.Time
	// Err is the last error, for the log and for ui/words.
	Err error
}

// Progress is how far a customer's devices are.
type Progress struct {
	Customer autopilot.TenantID
	// Ready, Planned and Submitted count entries. Planned are on their way,
	// Submitted were taken, and nobody knows yet what became of them.
	Ready, Planned, Submitted int
	// Next is when something is tried or asked next; zero when nothing is,
	// before a person acts.
	Next time.Time
	// Reason is what holds the customer back, or the station, empty for nothing;
	// Since is when that began, Attempt how many failures it has seen, and the
	// IDs are the last one's, for Microsoft's support.
	Reason                   queue.Reason
	Since                    time.Time
	Attempt                  int
	RequestID, CorrelationID string
}
