package label

import (
	"regexp"
	"strings"
)

// customerPart is the AI under which makers give the model.
const customerPart = "241"

// An application identifier opens a field of a GS1 message. Its prefix decides
// how many digits the identifier has and how long the value may be.
type application struct {
	prefix  string
	digits  int  // of the whole identifier
	most    int  // characters of the value
	fixed   bool // exactly that many, and no separator needed
	numeric bool
}

// The identifiers that GS1 General Specifications give for goods and logistic
// units. A message with another one cannot be split and tells nothing.
//
//nolint:gochecknoglobals // constant data.
var applications = []application{
	{"00", 2, 18, true, true},    // SSCC
	{"01", 2, 14, true, true},    // GTIN
	{"02", 2, 14, true, true},    // GTIN of the contents
	{"10", 2, 20, false, false},  // lot
	{"11", 2, 6, true, true},     // production date
	{"12", 2, 6, true, true},     // due date
	{"13", 2, 6, true, true},     // packing date
	{"15", 2, 6, true, true},     // best before
	{"16", 2, 6, true, true},     // sell by
	{"17", 2, 6, true, true},     // expiry
	{"20", 2, 2, true, true},     // variant
	{"21", 2, 20, false, false},  // serial
	{"22", 2, 20, false, false},  // consumer variant
	{"240", 3, 30, false, false}, // additional item
	{"241", 3, 30, false, false}, // customer part number
	{"250", 3, 30, false, false}, // secondary serial
	{"251", 3, 30, false, false}, // source entity
	{"30", 2, 8, false, true},    // variable count
	{"31", 4, 6, true, true},     // measures
	{"32", 4, 6, true, true},
	{"33", 4, 6, true, true},
	{"34", 4, 6, true, true},
	{"35", 4, 6, true, true},
	{"36", 4, 6, true, true},
	{"37", 2, 8, false, true},    // count of the contents
	{"400", 3, 30, false, false}, // order
	{"401", 3, 30, false, false}, // consignment
	{"403", 3, 30, false, false}, // routing
	{"41", 3, 13, true, true},    // locations
	{"420", 3, 20, false, false}, // ship to, postal code
	{"421", 3, 12, false, false}, // the same with country
	{"422", 3, 3, true, true},    // country of origin
	{"9", 2, 90, false, false},   // companies' own
}

//nolint:gochecknoglobals // constant data.
var applicationMeanings = []meaning{
	{"21", Serial, nil},
	{"00", SSCC, shipment},
	{"01", TradeNumber, GTIN},
	{"02", TradeNumber, GTIN},
	{customerPart, Model, nil},
	{"400", Order, nil},
	{"37", Quantity, nil},
	{"30", Quantity, nil},
}

var (
	bracketed = regexp.MustCompile(`^(?:\(\d{2,4}\)[^()]+)+$`)
	bracket   = regexp.MustCompile(`\((\d{2,4})\)([^()]+)`)
)

// applicationMessage reads a GS1 message: one in brackets as printed below the
// bars, one from a symbol that is known to be GS1, or one whose separators
// show it. It is false where the text is none.
func applicationMessage(text string, known bool) (Code, bool) {
	var fields []field
	switch {
	case bracketed.MatchString(text):
		fields = bracketFields(text)
	case known && len(text) == 14 && GTIN(text):
		// DataBar without its identifier, as some decoders give it.
		fields = []field{{"01", text}}
	case known || strings.Contains(text, groupSeparator):
		fields = applicationFields(text)
	}
	if len(fields) == 0 || strings.ContainsAny(text, recordSeparator+endOfMessage) {
		return Code{}, false
	}
	return tellFields(fields, applicationMeanings, text), true
}

// bracketFields splits "(01)…(21)…"; none if an identifier is no GS1's.
func bracketFields(text string) []field {
	var fields []field
	for _, match := range bracket.FindAllStringSubmatch(text, -1) {
		known, ok := applicationAt(match[1])
		if !ok || known.digits != len(match[1]) || !known.takes(match[2]) {
			return nil
		}
		fields = append(fields, field{match[1], match[2]})
	}
	return fields
}

// applicationFields splits a message as scanners send it; none if it does not
// come out even.
func applicationFields(text string) []field {
	var fields []field
	for text = strings.TrimPrefix(text, groupSeparator); text != ""; text = strings.TrimPrefix(text, groupSeparator) {
		known, ok := applicationAt(text)
		if !ok || len(text) < known.digits {
			return nil
		}
		id, rest := text[:known.digits], text[known.digits:]
		end := known.end(rest)
		if !known.takes(rest[:end]) {
			return nil
		}
		fields = append(fields, field{id, rest[:end]})
		text = rest[end:]
	}
	return fields
}

func applicationAt(text string) (application, bool) {
	for _, known := range applications {
		if strings.HasPrefix(text, known.prefix) {
			return known, true
		}
	}
	return application{}, false
}

// end is where the value ends that text begins with.
func (a application) end(text string) int {
	if a.fixed {
		return min(a.most, len(text))
	}
	if at := strings.Index(text, groupSeparator); at >= 0 {
		return at
	}
	return len(text)
}

func (a application) takes(value string) bool {
	switch {
	case value == "" || len(value) > a.most || strings.Contains(value, groupSeparator):
		return false
	case a.fixed && len(value) != a.most:
		return false
	default:
		return !a.numeric || digits(value)
	}
}
