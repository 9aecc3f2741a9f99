package label

import (
	"strings"

	"pkidstation/scanner/command"
)

// A check is what must hold beside the pattern.
type check struct {
	name string
	// holds is asked of the value, or of the whole text.
	holds func(text string) bool
	whole bool
}

// checks are all that a rule can name. "no serial by itself" is the table's,
// see dictionary.
func checks() []check {
	return []check{
		{name: "mod10", holds: modTen},
		{name: "luhn", holds: Luhn},
		{name: "all equal", holds: same},
		{name: "not all equal", holds: someDifferent},
		{name: "some digit", holds: someDigit},
		{name: "some letter", holds: someLetter},
		{name: "letters and digits", holds: mixed},
		{name: "express code", holds: isExpressCode},
		{name: "snid", holds: isSNID},
		{name: "command", holds: command.Is, whole: true},
	}
}

// mixed says whether text has both a letter and a digit, as words, dates and
// plain numbers have not.
func mixed(text string) bool { return someDigit(text) && someLetter(text) }

func someDigit(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= '0' && c <= '9' {
			return true
		}
	}
	return false
}

func someLetter(text string) bool {
	for i := range len(text) {
		if c := text[i] | 0x20; c >= 'a' && c <= 'z' {
			return true
		}
	}
	return false
}

// someDifferent says that the characters are not all the same: those are
// placeholders such as 0000000000000.
func someDifferent(text string) bool { return !same(text) }

func same(text string) bool { return text != "" && strings.Count(text, text[:1]) == len(text) }
