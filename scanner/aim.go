package scanner

// SplitAIM parts a leading AIM identifier ("]cm", ISO/IEC 15424) from the text
// that a scanner sent, and says what symbology it means. Without one, aim is
// empty and the symbology Unknown.
//
// "]E0" is EAN-13, UPC-A or UPC-E: a scanner sends all three as 13 digits with
// that one identifier, so it is given as EAN13. "]E4" is EAN-8.
func SplitAIM(raw string) (aim, text string, symbology Symbology) {
	if len(raw) < 3 || raw[0] != ']' || !aimLetter(raw[1]) || !aimModifier(raw[2]) {
		return "", raw, Unknown
	}
	return raw[:3], raw[3:], SymbologyOf(raw[:3])
}

// SymbologyOf is the symbology that an AIM identifier means, Unknown where it
// means none of ours.
func SymbologyOf(aim string) Symbology {
	if len(aim) != 3 || aim[0] != ']' {
		return Unknown
	}
	switch aim[1] {
	case 'A':
		return Code39
	case 'C':
		return Code128
	case 'E':
		if aim[2] == '4' {
			return EAN8
		}
		return EAN13
	case 'F':
		return Codabar
	case 'G':
		return Code93
	case 'I':
		return ITF
	case 'L':
		return PDF417
	case 'Q':
		return QR
	case 'd':
		return DataMatrix
	case 'e':
		return DataBar
	case 'z':
		return Aztec
	default:
		return Unknown
	}
}

func aimLetter(c byte) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }

func aimModifier(c byte) bool { return c >= '0' && c <= '9' || aimLetter(c) }
