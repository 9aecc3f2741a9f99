package wedge

import "time"

// A Stroke is one key press as a window told it: a rune, a key's name, or both.
type Stroke struct {
	// Rune is the character typed, 0 where the stroke is a key's name only.
	Rune rune
	// Key is the key's name, such as "Return", "KP_Enter", "Tab" or "7"; empty
	// where the stroke is a rune only.
	Key string
	// Field says that a text field had the focus: a few characters are a person's,
	// however fast they came.
	Field bool
	// At is when the window got it; the source takes the time itself where it
	// is zero.
	At time.Time
}

// Ends says whether the stroke ends a read.
func (s Stroke) Ends() bool { return s.terminator() != "" }

// terminator is the character by which the stroke ends a read, empty if it
// ends none.
func (s Stroke) terminator() string {
	switch s.Key {
	case "Return", "Enter", "KP_Enter", "KeypadEnter":
		return "\r"
	case "Tab":
		return "\t"
	}
	switch s.Rune {
	case '\r', '\n', '\t':
		return string(s.Rune)
	default:
		return ""
	}
}

// digit is the digit that the key is named for, 0 if none.
func (s Stroke) digit() rune {
	if len(s.Key) == 1 && s.Key[0] >= '0' && s.Key[0] <= '9' {
		return rune(s.Key[0])
	}
	return 0
}
