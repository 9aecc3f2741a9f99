package manifest

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest/table"
)

// maxValue is the longest value of a cell that is kept, in bytes; a hardware hash
// may be longer.
const maxValue = 200

// value is the text of a cell without what surrounds it, and whatever is wrong
// with it in any column. A cell that says that it has nothing is empty.
func value(c table.Cell, field Field) (string, Reason) {
	text := trim(c.Text)
	if field == Hash && len(text) >= autopilot.MinHardwareHash {
		return text, ofKind(c.Kind) // of 4,000 characters some look like a product key
	}
	if why := ofKind(c.Kind); why != "" {
		if autopilot.HoldsProductKey(text) {
			why = Secret
		}
		return text, why
	}
	switch {
	case text == "" || wordless(text):
		return "", ""
	case autopilot.LooksHashed(text):
		return text, WrongColumn
	case autopilot.HoldsProductKey(text) && !guid.MatchString(text):
		return "", Secret
	case failed(text):
		return text, FailedFormula
	case c.Kind == table.Plain && strings.IndexAny(text, "=+-@") == 0:
		return text, Formula
	case c.Kind == table.Plain && isBoolean(text):
		return text, BooleanCell
	case (field == PKID || field == Serial) && lined(text):
		return text, Several
	case !printable(text):
		return text, Unprintable
	case len(text) > maxValue:
		return text, TooLong
	default:
		return text, ""
	}
}

// ofKind is what is wrong with a cell that is no text and no number.
func ofKind(kind table.Kind) Reason {
	switch kind {
	case table.Date:
		return DateCell
	case table.Boolean:
		return BooleanCell
	case table.Error:
		return FailedFormula
	case table.Formula:
		return Formula
	case table.Long:
		return TooLong
	case table.Plain, table.Number:
		return ""
	default:
		return Unprintable
	}
}

func isBoolean(text string) bool {
	switch strings.ToUpper(text) {
	case "TRUE", "FALSE", "VRAI", "FAUX":
		return true
	}
	return false
}

// lined says whether there are two lines with something in each.
func lined(text string) bool {
	return len(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })) > 1
}

// trim takes off what nobody sees around a value. Within it everything counts.
func trim(text string) string {
	return strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' || r == '\u2060' || r == '\u200e'
	})
}

// printable says whether a person sees all of a text.
func printable(text string) bool {
	for _, r := range text {
		if r == '\ufffd' || !strconv.IsPrint(r) && !unicode.Is(unicode.Zs, r) {
			return false
		}
	}
	return true
}

// serial is what is wrong with a serial number, or "".
func serial(text string, kind table.Kind) Reason {
	if why := damaged(text, kind); why != "" {
		return why
	}
	switch {
	case placeholder(text):
		return Placeholder
	case severalSerials(text):
		return Several
	case strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' || r == '"' || r == ',' || r == ';' }):
		return BadSerial
	default:
		return ""
	}
}

// severalSerials says whether two serials stand in one cell. Makers write none
// shorter than 5, and each has a digit.
func severalSerials(text string) bool {
	n := 0
	for _, token := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(";,/|&", r) }) {
		if len(token) >= 5 && strings.ContainsAny(token, "0123456789") {
			n++
		}
	}
	return n > 1
}

var guid = regexp.MustCompile(`^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

// tenant is the customer's Microsoft ID that a cell holds: a GUID or a domain. A
// word alone is a name in the wrong column.
func tenant(text string) (autopilot.TenantID, Reason) {
	id, err := autopilot.ParseTenantID(text)
	if err != nil || !guid.MatchString(text) && !strings.Contains(text, ".") {
		return "", BadTenant
	}
	return id, ""
}
