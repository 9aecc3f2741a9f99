package manifest

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest/table"
)

// A Reason is a fixed English word that says why a row is refused.
type Reason string

// What spreadsheets do to identifiers.
const (
	Scientific    Reason = "scientific"     // 3.30E+12, 3,30E+12
	LostZeros     Reason = "lost-zeros"     // a PKID of 9 to 12 digits, a serial shorter than its fellows
	TrailingZeros Reason = "trailing-zeros" // rounded: 3305120000000
	Decimal       Reason = "decimal"        // 3305123456789.0
	Grouped       Reason = "grouped"        // 3 305 123 456 789
	Precision     Reason = "precision"      // a number of more than 15 digits: the others are gone
	Formula       Reason = "formula"        // a spreadsheet would obey it, or did
	FailedFormula Reason = "failed-formula" // #REF!, #N/A, ######
	DateCell      Reason = "date"           // made of a serial such as MAR5
	BooleanCell   Reason = "boolean"        // TRUE, FALSE
	QuotedText    Reason = "quoted"         // '3305123456789
)

// What stands in a cell instead of what its column is.
const (
	Several     Reason = "several"      // two identifiers in one cell
	WrongColumn Reason = "wrong-column" // another column of the row has the PKID, or has it again
	ArticleCode Reason = "article-code" // the whole column is article numbers (EAN), no PKIDs
	ProductID   Reason = "product-id"   // 00330-80000-00000-AAOEM: of Windows, not of its key
	Placeholder Reason = "placeholder"  // 0000000000000, "To be filled by O.E.M."
	WrongLength Reason = "wrong-length" // digits, but not 13
	NotPKID     Reason = "not-pkid"
	BadSerial   Reason = "serial" // characters that no serial has
	BadHash     Reason = "hardware-hash"
	HashPKID    Reason = "hash-pkid"   // the hash is that of a device with another PKID
	HashSerial  Reason = "hash-serial" // with another serial number
	BadGroupTag Reason = "group-tag"
	BadTenant   Reason = "tenant-id"
	Secret      Reason = "secret" // a product key: Text is empty
	Unprintable Reason = "unprintable"
	TooLong     Reason = "too-long"
)

// What is wrong with a row as a whole, or with it beside others.
const (
	NoIdentity     Reason = "no-identity" // no PKID, no hash, no serial with manufacturer and model
	Duplicate      Reason = "duplicate"   // Other is the row of the first
	Conflict       Reason = "conflict"    // Other is the row that contradicts it
	MixedCustomers Reason = "mixed-customers"
	OtherCustomer  Reason = "other-customer" // than the expected one
	NoCustomer     Reason = "no-customer"    // other rows name one
	AboveHeader    Reason = "above-header"   // a PKID above the header
	HeaderAgain    Reason = "header-again"   // the header once more, in the middle
	Shifted        Reason = "shifted"        // more values than the header has columns
	OpenQuote      Reason = "open-quote"
	LongRow        Reason = "long-row"
	HiddenRow      Reason = "hidden-row"
)

// A Place is where a row stands.
type Place struct {
	// Row is its number as a spreadsheet shows it, the first row of the file being 1.
	Row int
	// Line is that of the text, as an editor shows it; 0 in a workbook.
	Line int
}

// A Refusal is a row that was not taken.
type Refusal struct {
	Place
	// Column is the column's letter, "" where the whole row is meant; Header what
	// the file calls it; Field what it was taken for.
	Column string
	Header string
	Field  Field
	Reason Reason
	// Text is the value: at most 64 characters, all of them printable.
	Text string
	// Other is a row that the reason refers to, or 0.
	Other int
	// Beside is the letter of another column that the reason refers to, or "".
	Beside string
}

// Error says where and why, without the value, so that a Refusal can be given as
// an error.
func (r Refusal) Error() string {
	text := "row " + strconv.Itoa(r.Row)
	if r.Column != "" {
		text += ", column " + r.Column
	}
	return fmt.Sprintf("%s: %s", text, r.Reason)
}

// Masked is the value with all but its last 4 characters hidden.
func (r Refusal) Masked() string { return Masked(r.Text) }

// Masked hides all but the last 4 characters of a value, and all of one that has
// no more.
func Masked(value string) string {
	const shown = 4
	if utf8.RuneCountInString(value) <= shown {
		return strings.Repeat("…", min(len(value), 1))
	}
	runes := []rune(value)
	return "…" + string(runes[len(runes)-shown:])
}

// mostShown is the most characters of a value that are given on.
const mostShown = 64

// shown is a value fit to be given on: clipped, printable, and nothing of a
// product key, also of one that only shows once what stood between is made
// printable. Only so much of it is looked at as a cell can have.
func shown(value string) string {
	value = value[:min(len(value), table.MaxCell)]
	text := clipped(value)
	if !autopilot.LooksHashed(value) && !guid.MatchString(value) && (autopilot.HoldsProductKey(value) || autopilot.HoldsProductKey(text)) {
		return ""
	}
	return text
}

func clipped(value string) string {
	var b strings.Builder
	n := 0
	for _, r := range value {
		if n++; n > mostShown {
			b.WriteRune('…')
			break
		}
		switch {
		case unicode.IsSpace(r):
			r = ' '
		case !strconv.IsPrint(r):
			r = utf8.RuneError
		}
		b.WriteRune(r)
	}
	return b.String()
}
