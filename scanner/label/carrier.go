package label

import (
	"strings"

	"pkidstation/scanner"
)

// A carrier is what the symbol that held a text proves about it. Carriers are
// bits, so that a rule can name several.
type carrier uint8

const (
	// retail symbols hold trade numbers and nothing else.
	retail carrier = 1 << iota
	// gs1 symbols hold application identifiers and their values.
	gs1
	// interleaved 2 of 5 has an even number of digits; 13 of them are an
	// ITF-14 whose check digit the scanner kept.
	interleaved
	// general symbols hold anything, but never a GTIN-13 of the till.
	general
	// silent: nobody said what the symbol was, or it proves nothing.
	silent

	plain  = general | silent
	anyone = retail | gs1 | interleaved | general | silent
)

// carrierWords are the carriers' names in rules, and their bits.
func carrierWords() []struct {
	word string
	on   carrier
} {
	return []struct {
		word string
		on   carrier
	}{
		{"anywhere", anyone},
		{"plain", plain},
		{"retail", retail},
		{"gs1", gs1},
		{"itf", interleaved},
		{"general", general},
		{"unknown", silent},
	}
}

func carrierNamed(word string) (carrier, bool) {
	for _, known := range carrierWords() {
		if known.word == word {
			return known.on, true
		}
	}
	return 0, false
}

// String is the carriers as a rule names them.
func (c carrier) String() string {
	var names []string
	for _, known := range carrierWords() {
		if c&known.on == known.on {
			names = append(names, known.word)
			c &^= known.on
		}
	}
	return strings.Join(names, " ")
}

// carrierOf tells the carrier. Where AIM identifier and symbology disagree the
// one that excludes a PKID wins.
func carrierOf(aim string, symbology scanner.Symbology) carrier {
	switch told := carrierOfAIM(aim); {
	case told == retail || symbologyCarrier(symbology) == retail:
		return retail
	case told == gs1:
		return gs1
	case symbology == scanner.Unknown:
		return symbologyCarrier(scanner.SymbologyOf(aim))
	default:
		return symbologyCarrier(symbology)
	}
}

// carrierOfAIM knows only what the symbology alone does not tell.
func carrierOfAIM(aim string) carrier {
	if len(aim) != 3 {
		return silent
	}
	switch aim {
	case "]C1", "]d2", "]d5", "]Q3", "]Q4", "]z1", "]z4":
		return gs1 // FNC1 in first position
	}
	switch aim[1] {
	case 'E', 'X':
		return retail
	case 'e':
		return gs1
	default:
		return silent
	}
}

func symbologyCarrier(symbology scanner.Symbology) carrier {
	switch symbology {
	case scanner.EAN13, scanner.EAN8, scanner.UPCA, scanner.UPCE:
		return retail
	case scanner.DataBar:
		return gs1
	case scanner.ITF:
		return interleaved
	case scanner.Code128, scanner.Code39, scanner.Code93,
		scanner.QR, scanner.DataMatrix, scanner.Aztec, scanner.PDF417:
		return general
	case scanner.Unknown, scanner.Codabar:
		return silent
	default:
		return silent
	}
}
