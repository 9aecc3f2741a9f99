package label

import (
	"regexp"
	"strings"
)

// The head of an ISO/IEC 15434 message. Format 06 holds MH10.8 data
// identifiers, format 05 GS1 application identifiers.
const (
	envelopeHead   = "[)>" + recordSeparator
	formatData     = "06" + groupSeparator
	formatGS1      = "05" + groupSeparator
	envelopeFooter = recordSeparator + endOfMessage
)

// identified parts a data identifier from its value.
var identified = regexp.MustCompile(`^(\d{0,3}[A-Z])(.+)$`)

//nolint:gochecknoglobals // constant data.
var dataMeanings = []meaning{
	{"S", Serial, nil},
	{"1S", Serial, nil},
	{"23S", MAC, regexp.MustCompile(`^[0-9A-F]{12}$`).MatchString},
	{"43S", ICCID, Luhn},
	{"1P", Part, nil},
	{"P", Part, nil},
	{"30P", Part, nil},
	{"K", Order, nil},
	{"Q", Quantity, digits},
}

// envelope reads a message in an MH10.8 envelope. It is false where the text
// has none; a broken envelope is refused.
func envelope(text string) (Code, bool) {
	inside, ok := strings.CutPrefix(text, envelopeHead)
	if !ok {
		return Code{}, false
	}
	inside = strings.TrimRight(inside, envelopeFooter)
	if strings.ContainsAny(inside, envelopeFooter) {
		return refused(Unknown, printable(text)), true
	}
	if message, ok := strings.CutPrefix(inside, formatGS1); ok {
		return tellFields(applicationFields(message), applicationMeanings, text), true
	}
	message, ok := strings.CutPrefix(inside, formatData)
	if !ok {
		return refused(Unknown, printable(text)), true
	}
	return tellFields(dataFields(message), dataMeanings, text), true
}

func dataFields(message string) []field {
	var fields []field
	for part := range strings.SplitSeq(message, groupSeparator) {
		if match := identified.FindStringSubmatch(part); match != nil {
			fields = append(fields, field{match[1], match[2]})
		}
	}
	return fields
}
