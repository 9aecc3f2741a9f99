package autopilot

import (
	"errors"
	"log/slog"
)

// PKIDLength is the number of digits of a PKID.
const PKIDLength = 13

// Why a text is no PKID.
var (
	ErrPKIDShape    = errors.New("a PKID is 13 digits")
	ErrPKIDAllEqual = errors.New("a PKID of 13 equal digits is a placeholder")
)

// A PKID is a Product Key ID: 13 digits that stand for the Windows product key
// in a device's firmware. It is text, never a number: leading zeros count.
// Partner Center calls it productKey in the API and "Windows Product ID" in
// the CSV.
type PKID string

// ParsePKID gives the PKID that text is. It fails with ErrPKIDShape or
// ErrPKIDAllEqual. There is no public check digit: any other 13 digits pass.
func ParsePKID(text string) (PKID, error) {
	if len(text) != PKIDLength {
		return "", ErrPKIDShape
	}
	equal := true
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return "", ErrPKIDShape
		}
		equal = equal && text[i] == text[0]
	}
	if equal {
		return "", ErrPKIDAllEqual
	}
	return PKID(text), nil
}

// Masked is the PKID with all but its last 4 digits hidden, for logs.
func (p PKID) Masked() string {
	if len(p) < 4 {
		return ""
	}
	return "…" + string(p[len(p)-4:])
}

// LogValue keeps whole PKIDs out of logs.
func (p PKID) LogValue() slog.Value { return slog.StringValue(p.Masked()) }
