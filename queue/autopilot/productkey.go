package autopilot

import (
	"regexp"
	"strings"
)

// A Windows product key is 25 of these characters, in five groups of five. It
// has no 0, 1, 5, A, E, I, L, O, S, U or Z.
const keyCharacter = `[BCDFGHJKMNPQRTVWXY2346789]`

var (
	bareKey   = regexp.MustCompile(`(?i)` + keyCharacter + `{25}`)
	spacedKey = regexp.MustCompile(`(?i)` + keyCharacter + `(?:[^0-9A-Za-z\x00-\x1f]{0,5}` + keyCharacter + `){24}`)
	linedKey  = regexp.MustCompile(`(?i)` + keyCharacter + `{5}(?:[^0-9A-Za-z]{1,4}` + keyCharacter + `{5}){4}`)
)

// HoldsProductKey says whether a Windows product key is in a text: the secret
// that a PKID stands for, of which nothing may be kept, shown or logged. It
// rather finds too much; a long number that happens to avoid 0, 1 and 5 is none.
// What reads barcodes has the same rule for labels.
func HoldsProductKey(text string) bool {
	if len(text) < 25 || !enoughForKey(text) {
		return false
	}
	if linedKey.MatchString(text) || len(text) == 25 && bareKey.MatchString(text) {
		return true
	}
	return someLetter(bareKey.FindString(text)) || someLetter(spacedKey.FindString(text))
}

func someLetter(text string) bool {
	return strings.ContainsAny(strings.ToUpper(text), "BCDFGHJKMNPQRTVWXY")
}

// enoughForKey says whether 25 characters of the text can be a key's, so that
// nothing else needs to be searched. What is not ASCII counts as one: some of it
// is the small form of a letter.
func enoughForKey(text string) bool {
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
