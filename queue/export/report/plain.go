package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxText is the most characters of one text; Excel takes 32,767.
const maxText = 1000

// Plain is a foreign text without what cannot be seen or what no file of the
// formats may hold: control characters, marks that turn the direction of text,
// and bytes that are no UTF-8. What is longer than 1000 characters is cut.
func Plain(text string) string {
	if clean(text) {
		return text
	}
	var b strings.Builder
	used := 0
	for _, r := range text {
		if !visible(r) {
			continue
		}
		if used++; used > maxText {
			b.WriteRune('…')
			break
		}
		b.WriteRune(r)
	}
	return b.String()
}

// clean knows at a glance what most texts are: short and plain.
func clean(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return len(text) <= maxText
}

func visible(r rune) bool {
	return r != utf8.RuneError && r != '\uFEFF' && r&0xFFFE != 0xFFFE &&
		!unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
}

// inert is a plain text as a cell of CSV that a spreadsheet leaves alone: with an
// apostrophe in front, which makes it text, where it would be obeyed as a formula
// or turned into another number or a date.
func inert(text string) string {
	if obeyed(text) || turned(text) {
		return "'" + text
	}
	return text
}

// obeyed says whether a spreadsheet may take a text for a formula. Some take off
// spaces first, some know the wide signs too.
func obeyed(text string) bool {
	return strings.IndexAny(strings.TrimLeftFunc(text, unicode.IsSpace), "=+-@＝＋－＠") == 0
}

// turned says whether a spreadsheet may show a text as something else: digits
// with a zero in front or more of them than it shows, and what looks like a
// number with a mark or an exponent, or like a date.
func turned(text string) bool {
	const shown = 11 // digits that Excel shows before it takes to 3.3E+12
	trimmed := strings.TrimSpace(text)
	if trimmed == "" || strings.Trim(trimmed, "0123456789.,:/-+eE \u00a0\u202f") != "" || trimmed[0] < '0' || trimmed[0] > '9' {
		return false
	}
	digits := strings.Trim(trimmed, "0123456789") == "" && len(trimmed) == len(text)
	return !digits || len(text) > shown || len(text) > 1 && text[0] == '0'
}
