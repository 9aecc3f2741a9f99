package queue

import "slices"

// A State says where an entry stands. See the chart in the package comment:
// each state lists its only exits.
type State string

// The states of an entry.
const (
	// Held waits for a person. Exits: Ready (release), Moved, Discarded.
	Held State = "held"
	// Ready waits for its reception to close, or for [upload] after. Exits:
	// Held (hold), Planned (uploader), Exported (by hand), Moved, Discarded.
	Ready State = "ready"
	// Planned is in a plan on disk that may be on its way. Exits: Submitted,
	// Ready (only when it is known that it was not sent). Given up, it passes
	// through Submitted.
	Planned State = "planned"
	// Submitted was taken by Partner Center; nobody knows the outcome yet.
	// Exits: Registered, Rejected.
	Submitted State = "submitted"
	// Registered: Microsoft answered for this very device. Exit: Removing.
	Registered State = "registered"
	// Rejected: Microsoft refused this very device, or, where the reason is
	// NoOutcome, a person gave up waiting. Exits: Ready (retry), Discarded.
	Rejected State = "rejected"
	// Exported is in a file for the web site. Exits: Registered, Rejected, by
	// hand.
	Exported State = "exported"
	// Removing is being taken back. Exit: Removed.
	Removing State = "removing"
	// Removed was taken back. No exit; its PKID may come anew.
	Removed State = "removed"
	// Moved went to another station. No exit; its PKID may come anew.
	Moved State = "moved"
	// Discarded was put away by a person. No exit; its PKID may come anew.
	Discarded State = "discarded"
)

// States are all states, in the order that an entry goes through them.
func States() []State {
	return []State{Held, Ready, Planned, Submitted, Registered, Rejected, Exported, Removing, Removed, Moved, Discarded}
}

// Valid says whether s is one of States.
func (s State) Valid() bool { return slices.Contains(States(), s) }

// exits are the only ways between states.
func (s State) exits() []State {
	switch s {
	case Held:
		return []State{Ready, Moved, Discarded}
	case Ready:
		return []State{Held, Planned, Exported, Moved, Discarded}
	case Planned:
		return []State{Submitted, Ready}
	case Submitted, Exported:
		return []State{Registered, Rejected}
	case Registered:
		return []State{Removing}
	case Rejected:
		return []State{Ready, Discarded}
	case Removing:
		return []State{Removed}
	case Removed, Moved, Discarded:
		return nil
	default:
		return nil
	}
}

// CanBecome says whether an entry may go from s to next.
func (s State) CanBecome(next State) bool { return slices.Contains(s.exits(), next) }

// Gone says whether an entry in s no longer stands for its PKID, so that the
// PKID is accepted anew.
func (s State) Gone() bool { return s == Discarded || s == Removed || s == Moved }

// NeverSent says whether nothing of an entry in s can have left the station.
func (s State) NeverSent() bool { return s == Held || s == Ready }
