package trial

import "pkidstation/scanner"

// A Terminator is what ended a read, as a fixed word.
type Terminator string

// The terminators.
const (
	// Untold: the source does not tell.
	Untold Terminator = "untold"
	// Silence: nothing ended it but that nothing more came.
	Silence Terminator = "none"
	CR      Terminator = "cr"
	LF      Terminator = "lf"
	CRLF    Terminator = "crlf"
	Tab     Terminator = "tab"
	ETX     Terminator = "etx"
	// Another: some other character that the source takes for an end.
	Another Terminator = "other"
)

// Terminators are all of them.
func Terminators() []Terminator {
	return []Terminator{Untold, Silence, CR, LF, CRLF, Tab, ETX, Another}
}

func terminatorOf(trace scanner.Trace) Terminator {
	switch trace.Terminator {
	case "":
		if trace.Raw == "" {
			return Untold
		}
		return Silence
	case "\r":
		return CR
	case "\n":
		return LF
	case "\r\n":
		return CRLF
	case "\t":
		return Tab
	case "\x03":
		return ETX
	default:
		return Another
	}
}
