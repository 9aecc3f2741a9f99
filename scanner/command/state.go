package command

// A State is what the dock is doing.
type State string

// The states of a dock.
const (
	// Idle: no reception is open.
	Idle State = "idle"
	// Receiving: boxes are read. It is within Idle.
	Receiving State = "receiving"
	// Asking: the last code may be the PKID or the EAN, a person must say. It is
	// within Receiving.
	Asking State = "asking"
	// Changing: a change of customer waits for its confirmation.
	Changing State = "changing"
	// Unconfirmed: a person must say that what is open is right: for whom the next
	// box is, or that they take the work over. It is beside Idle, Receiving or
	// Asking: what is valid in these stays so.
	Unconfirmed State = "unconfirmed"
	// Locked: nothing is taken until a badge is read.
	Locked State = "locked"
)

// within says whether what is valid in outer is valid in s too.
func (s State) within(outer State) bool {
	switch s {
	case outer:
		return true
	case Receiving:
		return outer == Idle
	case Asking:
		return outer == Receiving || outer == Idle
	case Idle, Changing, Unconfirmed, Locked:
		return false
	default:
		return false
	}
}

// state is the one state that a command belongs to.
func (w Word) state() State {
	switch w {
	case Undo, Next, Hold, Unreadable, Carton, Close:
		return Receiving
	case IsPKID, NotPKID:
		return Asking
	case Confirm:
		return Changing
	case Calibrate, Repeat, Lock, Badge, Customer:
		return Idle
	default:
		return ""
	}
}

// Valid says whether a command may be carried out in a state. A badge unlocks.
func (w Word) Valid(in State) bool {
	switch in {
	case Locked:
		return w == Badge
	case Unconfirmed:
		return w == Confirm
	case Idle, Receiving, Asking, Changing:
	}
	return in.within(w.state())
}
