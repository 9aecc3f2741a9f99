package wedge

import "strings"

// A Keyboard is a host's keyboard with Caps Lock one way, and a scanner set to
// an American keyboard or to the host's own.
type Keyboard struct {
	Name, Caps string
	// Host is true where the scanner is set to the host's layout.
	Host bool
	// Pad is true where the scanner types digits on the key pad.
	Pad bool

	layout layout
	caps   caps
}

// Keyboards are all hosts on which an American scanner types.
func Keyboards() []Keyboard {
	var all []Keyboard
	for _, l := range layouts() {
		for _, c := range append([]caps{capsOff}, l.caps...) {
			all = append(all, Keyboard{Name: l.name, Caps: [...]string{"off", "letters", "digits", "all"}[c], layout: l, caps: c})
		}
	}
	return all
}

// OfHost is the same host with a scanner that is set to its layout.
func (k Keyboard) OfHost() Keyboard {
	k.Host = true
	return k
}

// WithKeypad is the same host with a scanner that types digits on the key pad.
func (k Keyboard) WithKeypad() Keyboard {
	k.Pad = true
	return k
}

// Type is what the host makes of a text that the scanner types: of characters
// that no key has, itself, as AltGr does.
func (k Keyboard) Type(text string) string {
	keys := layouts()[0].keys()
	if k.Host {
		keys = k.layout.keys()
	}
	return strings.Map(func(r rune) rune {
		if k.Pad && isDigit(r) {
			return r
		}
		for n, key := range keys {
			if key.plain == r || key.shifted == r {
				return k.layout.keys()[n].types(key.shifted == r && key.plain != r, k.caps)
			}
		}
		return r
	}, text)
}

// Rows are the keys of the layouts, plain and with Shift.
func Rows() map[string][2]string {
	rows := map[string][2]string{}
	for n, l := range layouts() {
		name := l.name
		if n > 0 && layouts()[n-1].name == name {
			name += ", French"
		}
		rows[name] = [2]string{l.plain, l.shifted}
	}
	return rows
}

// Unlikely is unlikely.
func Unlikely(text string) int { return unlikely(text) }
