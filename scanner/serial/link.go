package serial

import "errors"

// A State is how a scanner is connected.
type State string

// The states of a Link.
const (
	// Connected: the port is open, and what is read now arrives.
	Connected State = "connected"
	// Lost: the port was open and went away. It is waited for.
	Lost State = "lost"
	// Refused: the port could not be opened. It is tried again.
	Refused State = "refused"
)

// A Link is what has become of the connection to a scanner.
type Link struct {
	// Device is the port as it was asked for.
	Device string
	State  State
	// Err is the *LostError or *OpenError of Lost and Refused.
	Err error
}

// after says whether l is news after last. That a port which was lost is not
// there is none.
func (l Link) after(last Link) bool {
	if last.State == Lost && l.State == Refused && errors.Is(l.Err, ErrNotFound) {
		return false
	}
	return l.State != last.State || l.why() != last.why()
}

// why tells one reason from another.
func (l Link) why() string {
	switch refused, ok := errors.AsType[*OpenError](l.Err); {
	case l.Err == nil:
		return ""
	case ok && refused.Reason != nil:
		return refused.Reason.Error()
	default:
		return l.Err.Error()
	}
}
