package wedge

import "strings"

// A keymap is the digit row of a host's keyboard layout: the characters that a
// scanner set to an American keyboard makes there, each at the index of a digit.
// Several characters of one digit (with Caps Lock, say) have an entry each.
type keymap struct {
	layout string
	digits map[rune]byte
}

// keymaps are the digit rows known. Where a text is in more than one, all give
// the same digits.
func keymaps() []keymap {
	return []keymap{
		{"fr", map[rune]byte{
			'&': '1', 'é': '2', 'É': '2', '"': '3', '\'': '4', '(': '5',
			'-': '6', 'è': '7', 'È': '7', '_': '8', 'ç': '9', 'Ç': '9', 'à': '0', 'À': '0',
		}},
		{"be", map[rune]byte{
			'&': '1', 'é': '2', 'É': '2', '"': '3', '\'': '4', '(': '5',
			'§': '6', 'è': '7', 'È': '7', '!': '8', 'ç': '9', 'Ç': '9', 'à': '0', 'À': '0',
		}},
	}
}

// repair translates a text of which every character is in one layout's digit
// row, and says which layout; any other text is given back as it is.
func repair(text string) (repaired, layout string) {
	if text == "" {
		return "", ""
	}
	for _, keymap := range keymaps() {
		if digits, ok := keymap.translate(text); ok {
			return digits, keymap.layout
		}
	}
	return text, ""
}

func (k keymap) translate(text string) (digits string, ok bool) {
	var to strings.Builder
	for _, r := range text {
		digit, known := k.digits[r]
		if !known {
			return "", false
		}
		to.WriteByte(digit)
	}
	return to.String(), true
}
