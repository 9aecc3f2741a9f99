package wedge

import (
	"maps"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"pkidstation/scanner/command"
)

// A reading is one way to understand what a host typed: its layout, what Caps
// Lock does, and whether the scanner was set to an American keyboard or to the
// host's own.
type reading struct {
	// layout is the layout that a calibration would find, host the one that a
	// read is said to be translated from, empty for none.
	layout, host string
	// meant is what the scanner meant by each character.
	meant map[rune]rune
	// open says that characters that are not in meant stand for themselves.
	open bool
	// calibration is what the calibration barcode seems to be.
	calibration string
}

// readings are all there are, the likeliest first. Where nothing else decides,
// the first that fits is taken.
func readings() []reading {
	straight := []reading{
		{layout: "us", open: true, calibration: command.Calibration},
		{layout: "us", meant: swappedCase(), open: true, calibration: command.Calibration},
	}
	var crossed, locked []reading
	for _, l := range layouts()[1:] {
		crossed = append(crossed, crossing(l, capsOff))
		for _, c := range l.caps {
			crossed = append(crossed, crossing(l, c))
			if c != capsLetters {
				locked = append(locked, lockedDown(l, c))
			}
		}
		if l.name == "fr" {
			crossed = append(crossed, keypad(l, capsOff), keypad(l, capsLetters))
		}
	}
	return append(append(straight, crossed...), locked...)
}

// swappedCase is what Caps Lock makes of letters, where the scanner is set to
// the host's layout.
func swappedCase() map[rune]rune {
	meant := map[rune]rune{}
	for r := 'a'; r <= 'z'; r++ {
		meant[r], meant[r-'a'+'A'] = r-'a'+'A', r
	}
	return meant
}

// crossing is an American scanner on a host of another layout.
func crossing(l layout, c caps) reading {
	meant := map[rune]rune{' ': ' '}
	plain, shifted := []rune(american), []rune(americanShifted)
	for n, k := range l.keys() {
		meant[k.types(false, c)] = plain[n]
		meant[k.types(true, c)] = shifted[n]
	}
	if sharp, known := meant['ẞ']; known { // not everywhere is it a capital
		meant['ß'] = sharp
	}
	return reading{layout: l.name, host: l.name, meant: meant, calibration: command.Calibration}
}

// azertyKeypad is the layout of keypad.
const azertyKeypad = "fr-keypad"

// keypad is an American scanner on a French or Belgian host that types digits
// on the key pad, as scanners can be set to. Whether a digit is one, or a
// character above it, is lost: the calibration barcode loses % and #.
func keypad(l layout, c caps) reading {
	r := crossing(l, c)
	r.layout = azertyKeypad
	plain, shifted := []rune(american), []rune(americanShifted)
	var lost []string
	for n, k := range l.keys() {
		if isDigit(plain[n]) {
			delete(r.meant, k.types(false, c))
			r.meant[plain[n]] = plain[n]
			lost = append(lost, string(shifted[n]), string(plain[n]))
		}
	}
	r.calibration = strings.NewReplacer(lost...).Replace(command.Calibration)
	return r
}

// lockedDown is a scanner that is set to the host's layout while Caps Lock
// shifts more than letters there. What AltGr types stays.
func lockedDown(l layout, c caps) reading {
	meant := map[rune]rune{}
	for _, k := range l.keys() {
		meant[k.types(false, c)], meant[k.types(true, c)] = k.plain, k.shifted
	}
	maps.DeleteFunc(meant, func(r, of rune) bool { return r == of })
	return reading{layout: "us", host: l.name, meant: meant, open: true, calibration: command.Calibration}
}

// translate gives what the scanner meant by a text; false if the text cannot
// have come this way.
func (r reading) translate(text string) (string, bool) {
	var to strings.Builder
	to.Grow(len(text))
	for n, typed := range text {
		meant, known := r.meant[typed]
		switch {
		case known:
			to.WriteRune(meant)
		case r.open, typed < ' ', typed == 0x7f:
			to.WriteRune(typed)
		case n == 0 && r.composes(typed):
			dead, base, _ := parted(typed)
			to.WriteRune(r.meant[dead])
			to.WriteRune(r.meant[base])
		default:
			return "", false
		}
	}
	return to.String(), true
}

// composes says that a character was made of two keys. It is looked at in the
// beginning only, for the bracket of an AIM identifier is a dead key in ch:
// elsewhere too much could be explained by it.
func (r reading) composes(typed rune) bool {
	dead, base, ok := parted(typed)
	return ok && r.meant[dead] != 0 && r.meant[base] != 0
}

// parted gives the dead key and the key after it that a character was composed
// from.
func parted(composed rune) (dead, base rune, ok bool) {
	parts := norm.NFD.String(string(composed))
	base, size := utf8.DecodeRuneInString(parts)
	switch parts[size:] {
	case "\u0300":
		return '`', base, true
	case "\u0301":
		return '´', base, true
	case "\u0302":
		return '^', base, true
	case "\u0303":
		return '~', base, true
	case "\u0308":
		return '¨', base, true
	default:
		return 0, 0, false
	}
}
