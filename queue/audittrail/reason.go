package audittrail

import (
	"errors"
	"fmt"
)

// A Reason says what is wrong with a place of an export.
type Reason string

// The reasons.
const (
	// NotAnExport: the text does not begin as one does.
	NotAnExport Reason = "not-an-export"
	// Newer: a newer version of the program wrote it.
	Newer Reason = "newer"
	// Malformed: this is no line of an audit.
	Malformed Reason = "malformed"
	// TooLong: the line is longer than any that a station writes.
	TooLong Reason = "too-long"
	// Changed: the line is not what its hash was made of.
	Changed Reason = "changed"
	// Missing: lines before this one are missing.
	Missing Reason = "missing"
	// Misplaced: the line stood further up: it was moved, or is there twice.
	Misplaced Reason = "misplaced"
	// Unlinked: the line before this one is another than the one it followed.
	Unlinked Reason = "unlinked"
	// CutOff: the end is missing.
	CutOff Reason = "cut-off"
	// WrongHead: it ends with another line than it says.
	WrongHead Reason = "wrong-head"
	// BadTrailer: the last line does not say what a trailer says.
	BadTrailer Reason = "bad-trailer"
	// Trailing: there is something behind the end.
	Trailing Reason = "trailing"
	// BadSignature: the text was changed after it was signed.
	BadSignature Reason = "bad-signature"
	// ForeignKey: it is signed with another key than the one that was expected.
	ForeignKey Reason = "foreign-key"
	// UnknownKey: the audit itself records another key as the station's last one.
	UnknownKey Reason = "unknown-key"
	// TooMany: so much is wrong that nobody read on.
	TooMany Reason = "too-many"
)

// A Finding is one thing that is wrong, and where.
type Finding struct {
	// Line is the line of the text, from 1; 0 for the whole.
	Line uint64
	// Number is the audit line that stands there, 0 for none.
	Number uint64
	Reason Reason
}

func (f Finding) String() string {
	switch {
	case f.Number > 0:
		return fmt.Sprintf("line %d, audit line %d: %s", f.Line, f.Number, f.Reason)
	case f.Line > 0:
		return fmt.Sprintf("line %d: %s", f.Line, f.Reason)
	default:
		return string(f.Reason)
	}
}

var errMalformed = errors.New("this is no audit line")

// A ChainError refuses to sign a chain that is broken.
type ChainError struct{ Finding Finding }

func (e *ChainError) Error() string { return "the audit chain is broken: " + e.Finding.String() }
