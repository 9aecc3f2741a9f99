package manifest

import (
	"regexp"
	"strings"
	"unicode"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest/table"
)

// What spreadsheets leave of values. In French the decimal sign is a comma, and
// groups are set apart by a narrow or an ordinary unbreakable space.
var (
	scientificNumber = regexp.MustCompile(`^[+-]?\d{1,15}(?:[.,]\d*)?[eE][+-]?\d{1,3}$`)
	// The same as a spreadsheet writes it: always with a sign or a fraction. A serial
	// may well be 5E12345.
	scientificShown = regexp.MustCompile(`^[+-]?\d(?:[.,]\d+)?[eE][+-]\d{1,3}$|^[+-]?\d[.,]\d+[eE]\d{1,3}$`)
	decimalNumber   = regexp.MustCompile(`^\d{5,}[.,]\d{1,2}$|^\d{5,}[.,]0+$`)
	groupedNumber   = regexp.MustCompile(`^\d{1,3}(?:[\s\x{a0}\x{202f}\x{2009}.,'’]\d{3})+$`)
	numericDate     = regexp.MustCompile(`^\d{1,2}[/.]\d{1,2}[/.]\d{2}(?:\d{2})?(?: \d{1,2}:\d{2}(?::\d{2})?)?$|^\d{4}-\d{2}-\d{2}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$`)
	monthDate       = regexp.MustCompile(`(?i)^\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|mars|avr|mai|juin|juil|août|sept|déc)\.?(?:-(?:19|20)?\d{2})?$|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|mars|avr|mai|juin|juil|août|sept|déc)\.?-(?:19|20)?\d{2}$`)
	windowsProduct  = regexp.MustCompile(`^\d{5}-\d{5}-\d{5}-[A-Za-z0-9]{5}$|^\d{5}-(?:OEM|\d{3})-\d{7}-\d{5}$`)
	longDigits      = regexp.MustCompile(`\d{13,}`)
)

// leastLost is the shortest run of digits that is taken for a PKID without its
// leading zeros; what is shorter is no PKID at all. leastRounded is how many
// zeros no PKID ends in by chance: one in ten million does.
const (
	leastLost    = 9
	leastRounded = 7
	longestDate  = len("30-sept.-2026") + 1 // a byte more for août and févr
)

// pkid is the PKID that a cell holds, or why there is none.
func pkid(text string, kind table.Kind) (autopilot.PKID, Reason) {
	id, err := autopilot.ParsePKID(text)
	switch {
	case err == nil && strings.HasSuffix(text, strings.Repeat("0", leastRounded)):
		return "", TrailingZeros
	case err == nil:
		return id, ""
	case err == autopilot.ErrPKIDAllEqual: //nolint:errorlint // our own, unwrapped
		return "", Placeholder
	case windowsProduct.MatchString(text):
		return "", ProductID
	case scientificNumber.MatchString(text):
		return "", Scientific
	case several(text):
		return "", Several
	}
	return "", bent(text, kind)
}

// bent says what was done to the digits of a PKID.
func bent(text string, kind table.Kind) Reason {
	switch bare := strings.Trim(text, "'’‘\"“”«»` \u00a0"); {
	case bare != text && digitsOnly(bare):
		return QuotedText
	case decimalNumber.MatchString(text):
		return Decimal
	case kind != table.Number && isGrouped(text):
		return Grouped
	case !digitsOnly(text):
		return NotPKID
	case len(text) < leastLost || len(text) > autopilot.PKIDLength:
		return WrongLength
	default:
		return LostZeros
	}
}

// isGrouped says whether a text is a number whose digits are set apart.
func isGrouped(text string) bool {
	apart := false
	n := 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			n++
		case unicode.IsSpace(r) || strings.ContainsRune(".,'’-_", r):
			apart = true
		default:
			return false
		}
	}
	return apart && n >= leastLost && n <= autopilot.PKIDLength
}

func digitsOnly(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// several says whether two identifiers stand in one cell: two numbers as long as
// a PKID, or one with something as long as a serial beside it.
func several(text string) bool {
	tokens := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(";,/|+&", r) })
	long, others := 0, 0
	for _, token := range tokens {
		switch {
		case longDigits.MatchString(token):
			long += len(longDigits.FindAllString(token, -1))
		case len(token) >= 5 && strings.ContainsAny(token, "0123456789"):
			others++
		}
	}
	return long > 1 || long == 1 && others > 0
}

// damaged is what a spreadsheet did to a value that is no PKID, or "".
func damaged(text string, kind table.Kind) Reason {
	if !numeric(text) {
		if len(text) <= longestDate && strings.Contains(text, "-") && strings.ContainsAny(text[:1], "0123JFMASONDjfmasond") && monthDate.MatchString(text) {
			return DateCell
		}
		return ""
	}
	switch {
	case scientificShown.MatchString(text):
		return Scientific
	case imprecise(text, kind):
		return Precision
	case decimalNumber.MatchString(text):
		return Decimal
	case kind != table.Number && groupedNumber.MatchString(text):
		return Grouped
	case numericDate.MatchString(text):
		return DateCell
	default:
		return ""
	}
}

// numeric says whether a text can be a number or a date in digits at all, so
// that most values are not searched for all that those become.
func numeric(text string) bool {
	for i, r := range text {
		switch {
		case r >= '0' && r <= '9':
		case i == 0 && r != '+' && r != '-':
			return false
		case !unicode.IsSpace(r) && !strings.ContainsRune("+-.,eE'’/:T", r):
			return false
		}
	}
	return text != ""
}

// imprecise says whether a number lost what is behind its 15th digit, which is
// where spreadsheets stop. Of a number cell nobody can rely on those digits.
func imprecise(text string, kind table.Kind) bool {
	const kept = 15
	return digitsOnly(text) && len(text) > kept && (kind == table.Number || strings.Trim(text[kept:], "0") == "")
}

// failed are what spreadsheets show where a formula came to nothing, in English
// and French.
func failed(text string) bool {
	switch strings.ToUpper(text) {
	case "#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA",
		"#NOM?", "#VALEUR!", "#NOMBRE!", "#NUL!", "#PROPAGATION!", "#NV", "#WERT!", "#BEZUG!", "ERR:502", "ERR:509":
		return true
	}
	return len(text) > 2 && strings.Trim(text, "#") == ""
}

// wordless says whether a value says that there is none.
func wordless(text string) bool {
	switch strings.ToLower(text) {
	case "n/a", "na", "none", "null", "nil", "nc", "n.c.", "néant", "aucun", "aucune", "(null)", "(none)":
		return true
	}
	return !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '#' || r == '=' || !unicode.IsPrint(r) && !unicode.IsSpace(r)
	})
}

// placeholder says whether a value is what firmware has before somebody fills it
// in.
func placeholder(text string) bool {
	switch strings.ToLower(strings.TrimRight(text, ".")) {
	case "to be filled by o.e.m", "to be filled by oem", "default string", "system serial number", "serial number", "not specified",
		"not applicable", "system manufacturer", "system product name", "chassis serial number", "123456789", "0123456789":
		return true
	}
	return len(text) > 3 && strings.Trim(text, text[:1]) == ""
}
