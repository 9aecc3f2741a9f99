package table

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Key is a column's name as it is compared with others: in lower case, without
// accents and with single spaces for whatever is neither letter nor digit. The
// raised letters of "Nº" count as signs, as "N°" has one.
func Key(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'º' || r == 'ª':
			b.WriteByte(' ')
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
