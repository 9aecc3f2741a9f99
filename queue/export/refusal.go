package export

import (
	"fmt"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// A Reason is a fixed English word that says why a row is refused.
type Reason string

// Why a row is refused.
const (
	Comma      Reason = "comma"
	Quote      Reason = "quote"
	Newline    Reason = "newline"
	NonASCII   Reason = "non-ascii"   // or a control character
	Formula    Reason = "formula"     // a spreadsheet would obey it
	TooLong    Reason = "too-long"    // longer than MaxValue bytes
	NoIdentity Reason = "no-identity" // no PKID, no hash, and no serial with manufacturer and model
	BadPKID    Reason = "bad-pkid"    // not 13 digits, or all equal
	Duplicate  Reason = "duplicate"   // the same device is in the file already
	NoSerial   Reason = "no-serial"   // in a list of serial numbers
	Hash       Reason = "hardware-hash"
	// OtherDevice: the hardware hash is another device's than the PKID or the serial
	// number beside it.
	OtherDevice Reason = "other-device"
)

// Why a file that is read back is none that Write made, beside those.
const (
	OtherHeader Reason = "other-header"
	Columns     Reason = "columns"  // not five
	Mixed       Reason = "mixed"    // something stands beside a PKID
	LineEnd     Reason = "line-end" // the last line has no CRLF
	NoRows      Reason = "no-rows"
	TooManyRows Reason = "too-many-rows" // more than MaxRows
	TooBig      Reason = "too-big"       // more bytes than any such file has
)

// A Refusal is an entry that is not in the file. It stays ready.
type Refusal struct {
	Entry queue.Entry
	// Column is the header's name of the column, in Header's words whatever
	// Options say; empty where the whole row is meant.
	Column string
	Reason Reason
}

// Error says which entry and why, without its values, so that a Refusal can be
// given as an error.
func (r Refusal) Error() string {
	who := fmt.Sprintf("entry %s", r.Entry.ID)
	if _, err := autopilot.ParsePKID(string(r.Entry.PKID)); err == nil {
		who += " (PKID " + r.Entry.PKID.Masked() + ")"
	}
	if r.Column == "" {
		return fmt.Sprintf("%s: %s", who, r.Reason)
	}
	return fmt.Sprintf("%s: %s: %s", who, r.Column, r.Reason)
}
