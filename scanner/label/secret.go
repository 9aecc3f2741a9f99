package label

import (
	"regexp"
	"strings"
)

// A Windows product key is 25 of these characters, in five groups of five. It
// has no 0, 1, 5, A, E, I, L, O, S, U or Z, so that ordinary words and numbers
// do not look like one.
const keyCharacter = `[BCDFGHJKMNPQRTVWXY2346789]`

var (
	// Five groups, whatever stands between them and around them.
	groupedKey = regexp.MustCompile(`(?i)` + keyCharacter + `{5}(?:[^0-9A-Za-z]{1,4}` + keyCharacter + `{5}){4}`)
	// The same without anything between, glued to whatever else.
	gluedKey = regexp.MustCompile(`(?i)` + keyCharacter + `{25}`)
	bareKey  = regexp.MustCompile(`(?i)^` + keyCharacter + `{25}$`)
	// The same with anything but a field's end between any two characters, as
	// people and labels space it.
	spacedKey = regexp.MustCompile(`(?i)` + keyCharacter + `(?:[^0-9A-Za-z\x00-\x1f]{0,5}` + keyCharacter + `){24}`)
)

// HoldsSecret says whether a product key is in a text of any length, whoever
// wrote it. Nothing of such a text may be kept, printed or logged.
func HoldsSecret(text string) bool { return holdsKey(text) }

// holdsKey says whether a product key is in the text. It rather refuses too
// much: what it refuses would be unknown anyway. Only a long number that
// happens to avoid 0, 1 and 5 is let through.
func holdsKey(text string) bool {
	if !enoughForKey(text) {
		return false
	}
	return groupedKey.MatchString(text) || bareKey.MatchString(text) ||
		someLetter(gluedKey.FindString(text)) || someLetter(spacedKey.FindString(text))
}

// enoughForKey says whether 25 characters of the text can be a key's, so that
// nothing else needs to be searched. What is not ASCII counts as one: some of
// it is the small form of a letter.
func enoughForKey(text string) bool {
	if len(text) < 25 {
		return false
	}
	found := 0
	for i := range len(text) {
		if c := text[i]; c >= 0x80 || strings.IndexByte("BCDFGHJKMNPQRTVWXY2346789bcdfghjkmnpqrtvwxy", c) >= 0 {
			if found++; found == 25 {
				return true
			}
		}
	}
	return false
}

// unswapped is a text as it may have been before the keyboard layout of the
// host swapped its letters: a key that went through an AZERTY or QWERTZ layout
// has A, Z and commas where it should have none.
func unswapped(text string) string {
	return strings.NewReplacer("A", "Q", "a", "q", "Z", "W", "z", "w", ",", "M", ";", "M", "?", "M").Replace(text)
}
