package wedge

import (
	"regexp"
	"strings"

	"pkidstation/scanner"
	"pkidstation/scanner/command"
)

// How unlikely it is that a label carries something, the lower the likelier.
// Only differences count: a reading that is worse than another by no more than
// margin is as good. A character counts once, however often it comes.
const (
	margin    = 4
	common    = 2     // a character that labels have between letters and digits
	rare      = 5     // one that they seldom have
	odd       = 8     // any other of ASCII
	foreign   = 12    // anything else
	lowerCase = 6     // letters that are small for the most part
	known     = -3    // an AIM identifier before what such a code holds
	number    = -5    // nothing but digits
	prefixed  = -1000 // the prefix of commands, which no label carries
	commanded = -2000 // a command that is known
	nonsense  = 30    // so much is no label's
)

// unlikely says how unlikely it is that a label carries a text.
func unlikely(text string) int {
	sum, text := unlikelyHead(text)
	if strings.HasPrefix(text, command.Prefix) {
		if _, known := command.Parse(text); known {
			return commanded
		}
		return prefixed
	}
	switch {
	case allDigits(text):
		return sum + number
	case small(text):
		sum += lowerCase
	}
	bracketed := elements.MatchString(text)
	var seen [0x80 + 1]bool // all that is not ASCII is one
	for _, r := range strings.TrimPrefix(text, envelope) {
		r = min(r, 0x80)
		switch {
		case seen[r]:
		case bracketed && (r == '(' || r == ')'):
			sum += common
		default:
			sum += unlikelyRune(r)
		}
		seen[r] = true
	}
	return sum
}

// small says that the letters of a text are small for the most part.
func small(text string) bool {
	surplus := 0
	for _, r := range text {
		switch {
		case r >= 'a' && r <= 'z':
			surplus++
		case r >= 'A' && r <= 'Z':
			surplus--
		}
	}
	return surplus > 0
}

// envelope begins a label of ISO/IEC 15434.
const envelope = "[)>"

// elements begin a GS1 code as it is written for people.
var elements = regexp.MustCompile(`^\(\d{2,4}\)`)

// unlikelyHead judges the AIM identifier, if there is one, and cuts it off.
func unlikelyHead(text string) (sum int, rest string) {
	aim, rest, symbology := scanner.SplitAIM(text)
	switch {
	case aim == "":
		return 0, text
	case symbology == scanner.Unknown, !holds(aim, rest):
		return odd, rest
	default:
		return known, rest
	}
}

func unlikelyRune(r rune) int {
	switch {
	case isDigit(r), r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r < ' ', r == 0x7f:
		return 0
	case strings.ContainsRune(" -./:#", r):
		return common
	case strings.ContainsRune(`\|^~{}[]`+"`", r):
		return odd
	case r < 0x80:
		return rare
	default:
		return foreign
	}
}

// holds says whether a code of an AIM identifier can hold a text. An EAN is
// "]E", GS1 DataBar "]e": with Caps Lock on only their lengths tell them apart.
func holds(aim, text string) bool {
	const ean = 13
	switch aim[1] {
	case 'E':
		return len(text) <= ean
	case 'e':
		return len(text) > ean
	default:
		return true
	}
}
