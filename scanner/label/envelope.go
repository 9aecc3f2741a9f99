package label

import "strings"

// The head of an ISO/IEC 15434 message. Format 06 holds MH10.8 data
// identifiers, format 05 GS1 application identifiers.
const (
	envelopeHead   = "[)>" + recordSeparator
	formatData     = "06" + groupSeparator
	formatGS1      = "05" + groupSeparator
	envelopeFooter = recordSeparator + endOfMessage
)

// envelope reads a message in an MH10.8 envelope. It is false where the text
// has none; a broken envelope is refused.
func (d *dictionary) envelope(text string) (Code, bool) {
	inside, ok := strings.CutPrefix(text, envelopeHead)
	if !ok {
		return Code{}, false
	}
	inside = strings.TrimRight(inside, envelopeFooter)
	if strings.ContainsAny(inside, envelopeFooter) {
		return refused(Unknown, printable(text)), true
	}
	if message, ok := strings.CutPrefix(inside, formatGS1); ok {
		return d.tellFields(d.applicationFields(message), d.ofGS1, text), true
	}
	message, ok := strings.CutPrefix(inside, formatData)
	if !ok {
		return refused(Unknown, printable(text)), true
	}
	return d.tellFields(dataFields(message), d.ofMH10, text), true
}

func dataFields(message string) []field {
	var fields []field
	for part := range strings.SplitSeq(message, groupSeparator) {
		if size := dataIdentifier(part); size > 0 && size < len(part) {
			fields = append(fields, field{part[:size], part[size:]})
		}
	}
	return fields
}

// dataIdentifier is the length of the data identifier that a text begins with,
// up to three digits and a letter; 0 for none.
func dataIdentifier(text string) int {
	for i := range min(4, len(text)) {
		switch c := text[i]; {
		case c >= 'A' && c <= 'Z':
			return i + 1
		case c < '0' || c > '9':
			return 0
		}
	}
	return 0
}
