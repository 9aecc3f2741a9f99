package label

import (
	"regexp"
	"strings"
)

var (
	thirteen    = regexp.MustCompile(`^\d{13}$`)
	dellShape   = regexp.MustCompile(`^[0-9A-Z]{7}$`)
	lenovoShape = regexp.MustCompile(`^[A-Z][0-9A-Z]{7}$`)
	// Plant (3), year and week (3), then base 31 without vowels.
	hpShape = regexp.MustCompile(`^[0-9A-Z][A-Z]{2}[0-9A-Z][0-5]\d[0-9B-DF-HJ-NP-TV-Z]{4}$`)
	// Part number (10), year and week (3), hexadecimal number, plant, version.
	acerShape = regexp.MustCompile(`^[A-Z]{2}[0-9A-Z]{8}\d[0-5]\d[0-9A-F]{5}[0-9A-Z]{4}$`)
	// The lengths of Dell, Lenovo, HP and Acer, whatever the characters.
	looseShape = regexp.MustCompile(`^(?:[0-9A-Z]{7}|[0-9A-Z]{8}|[0-9A-Z]{10}|[A-Z]{2}[0-9A-Z]{20})$`)
)

// serialShape says whether text as it stands has the shape of a maker's
// serial, so that no data identifier may be cut from it.
func serialShape(text string) bool {
	return mixed(text) && (dellShape.MatchString(text) || lenovoShape.MatchString(text)) ||
		hpShape.MatchString(text) || acerShape.MatchString(text)
}

// mixed says whether text has both a letter and a digit, as words, dates and
// plain numbers have not.
func mixed(text string) bool { return someDigit(text) && someLetter(text) }

func someDigit(text string) bool { return strings.ContainsAny(text, "0123456789") }

func someLetter(text string) bool { return letter.MatchString(text) }

// someDifferent says that the digits are not all the same: those are
// placeholders such as 0000000000000.
func someDifferent(text string) bool { return !same(text) }

func same(text string) bool { return strings.Trim(text, text[:1]) == "" }
