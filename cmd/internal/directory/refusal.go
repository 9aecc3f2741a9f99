package directory

import (
	"github.com/google/uuid"

	"pkidstation/queue/manifest"
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

// A Refusal is a row that was not taken. Row counts as a spreadsheet does, the
// header being the first. Value is masked but for its last 4 characters; of a secret
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
	return &Refusal{Column: column, Value: manifest.Masked(value), Why: why}
}

// holdsSecret says whether a product key is in a value; an ID that has the
// characters of one by chance is what it is.
func holdsSecret(value string) bool { return uuid.Validate(value) != nil && label.HoldsSecret(value) }
