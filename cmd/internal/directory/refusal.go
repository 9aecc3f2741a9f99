package directory

import (
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"pkidstation/scanner/label"
)

// A Why is a fixed word that says why a row was refused.
type Why string

// Why a row is refused.
const (
	Syntax      Why = "syntax" // the row cannot be read at all
	BadTenant   Why = "tenant-id"
	BadTag      Why = "group-tag"
	BadReseller Why = "reseller"
	NoName      Why = "no-name"
	Duplicate   Why = "duplicate" // the customer is in an earlier row
	TooLong     Why = "too-long"
	Unprintable Why = "control-characters"
	HasSecret   Why = "secret"
)

// A Refusal is a row that was not taken. Row counts the file's lines, its header
// being the first. Value is masked but for its last 4 characters; of a secret
// there is none.
type Refusal struct {
	Row    int
	Column Column
	Value  string
	Why    Why
}

func refuse(column Column, value string, why Why) *Refusal {
	if why == HasSecret || holdsSecret(value) {
		value = ""
	}
	return &Refusal{Column: column, Value: masked(value), Why: why}
}

// holdsSecret says whether a product key is in a value; an ID that has the
// characters of one by chance is what it is.
func holdsSecret(value string) bool { return uuid.Validate(value) != nil && label.HoldsSecret(value) }

// masked hides all but the last 4 characters, and all of what has no more.
func masked(value string) string {
	const shown = 4
	if utf8.RuneCountInString(value) <= shown {
		return strings.Repeat("…", min(len(value), 1))
	}
	runes := []rune(value)
	return "…" + string(runes[len(runes)-shown:])
}
