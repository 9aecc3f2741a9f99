package trial

import (
	"unicode"
	"unicode/utf8"

	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

// A product key is five groups of five characters.
const (
	group  = 5
	groups = 5
)

// holdsSecret says whether nothing of a scan may be shown. Where the keyboard
// is not known its shape alone tells: the characters may be others.
func holdsSecret(scan scanner.Scan, code label.Code) bool {
	if code.Kind == label.Secret || label.HoldsSecret(scan.Text) || label.HoldsSecret(scan.Trace.Raw) {
		return true
	}
	if grouped([]rune(scan.Text)) {
		return true
	}
	garbled := scan.Unsure || scan.Layout != ""
	return garbled && utf8.RuneCountInString(scan.Text) == group*groups
}

// grouped says whether a text is five groups of five with the same sign
// between them, which is none of a group's own.
func grouped(text []rune) bool {
	const length = groups*group + groups - 1
	if len(text) != length {
		return false
	}
	between, ordinary := text[group], 0
	for i, r := range text {
		if (i%(group+1) == group) != (r == between) {
			return false
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			ordinary++
		}
	}
	return !unicode.IsLetter(between) && !unicode.IsDigit(between) && ordinary >= length/2
}
