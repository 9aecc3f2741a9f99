package label

import (
	"slices"
	"strings"
)

// maxParts is the most parts of a pattern, maxCount the highest number in one.
const (
	maxParts = 24
	maxCount = MaxText
)

// A pattern is what a text must look like from its first character to its
// last: its parts, one after the other. At most one part is a choice of words
// and at most one has no fixed length, so that there is one way at most to lay
// each choice over a text, and no going back.
type pattern struct {
	parts []part
	// choice and loose are the indexes of those two parts, -1 for none.
	choice, loose int
	// behind is the length of all that follows the loose part, without the
	// choice.
	behind int
	// value, model and or are the parts that make up the answer's texts.
	value, model, or span
	// least and most are the lengths that can fit, first what can come first.
	least, most int
	first       charset
}

// A form is a kind of part.
type form uint8

const (
	formWords   form = iota // one of some words
	formClass               // a number of characters of a class
	formGap                 // any number of : = # . and blanks, or none
	formMark                // what parts a caption from its value
	formAddress             // a MAC as labels print it
)

type part struct {
	form form
	// words are the choice, the longest first.
	words []string
	// counts are how many characters of chars there may be: all from least to
	// most, or those of counts alone.
	least, most int
	counts      []int
	chars       charset
}

// A span is the parts from one to before another.
type span struct{ from, to int }

func (s span) is() bool { return s.to > s.from }

// A fit is where the parts of a pattern begin in a text that fits.
type fit [maxParts + 1]int

// text is what the parts of a span hold.
func (f *fit) text(text string, s span) string { return text[f[s.from]:f[s.to]] }

// fits lays the pattern over a text in upper case.
func (p *pattern) fits(text string, at *fit) bool {
	if len(text) < p.least || len(text) > p.most || len(text) > 0 && !p.first.has(text[0]) {
		return false
	}
	if p.choice < 0 {
		return p.laid(text, "", at)
	}
	for _, word := range p.parts[p.choice].words {
		if p.laid(text, word, at) {
			return true
		}
	}
	return false
}

// laid is fits for one choice.
func (p *pattern) laid(text, word string, at *fit) bool {
	pos := 0
	for i := range p.parts {
		at[i] = pos
		n := p.length(i, text, pos, word)
		if n < 0 {
			return false
		}
		pos += n
	}
	at[len(p.parts)] = pos
	return pos == len(text)
}

// length is how much of the text from pos on the part takes; -1 if it does not
// fit.
func (p *pattern) length(i int, text string, pos int, word string) int {
	part := &p.parts[i]
	rest := text[pos:]
	switch part.form {
	case formWords:
		if i != p.choice {
			word = part.words[0]
		}
		if strings.HasPrefix(rest, word) {
			return len(word)
		}
		return -1
	case formClass:
		n := part.least
		if i == p.loose {
			n = len(rest) - p.behind
			if p.choice > i {
				n -= len(word)
			}
		}
		if n < 0 || n > len(rest) || !part.takes(n) || !part.chars.all(rest[:n]) {
			return -1
		}
		return n
	case formGap:
		return gapLength(rest)
	case formMark:
		return markLength(rest)
	case formAddress:
		return addressLength(rest)
	default:
		return -1
	}
}

// takes says whether there may be n characters.
func (t *part) takes(n int) bool {
	return n >= t.least && n <= t.most && (t.counts == nil || slices.Contains(t.counts, n))
}

// gapLength is how many : = # . and blanks a text begins with.
func gapLength(text string) int {
	return len(text) - len(strings.TrimLeft(text, ":=#. "))
}

// markLength is how long the mark between a caption and its value is: a colon,
// an equals sign, a number sign or a blank must part them, and a full stop may
// come first ("SERIAL NO.: …").
func markLength(text string) int {
	rest := strings.TrimPrefix(text, ".")
	spaced := strings.TrimPrefix(rest, " ")
	signed := strings.TrimLeft(spaced[:min(1, len(spaced))], ":=#") == "" && spaced != ""
	if signed {
		spaced = strings.TrimPrefix(spaced[1:], " ")
	}
	if len(spaced) == len(rest) {
		return -1
	}
	return len(text) - len(spaced)
}

// addressLength is the length of the twelve hexadecimal digits that a text
// begins with, with a colon or hyphen or none between each two, or a full stop
// between each four; -1 if there are none.
func addressLength(text string) int {
	if len(text) >= 14 && text[4] == '.' && text[9] == '.' && isHex(text[:4]) && isHex(text[5:9]) && isHex(text[10:14]) {
		return 14
	}
	pos := 0
	for pair := range 6 {
		if pair > 0 && pos < len(text) && (text[pos] == ':' || text[pos] == '-') {
			pos++
		}
		if pos+2 > len(text) || !isHex(text[pos:pos+2]) {
			return -1
		}
		pos += 2
	}
	return pos
}

func isHex(text string) bool {
	for i := range len(text) {
		if c := text[i]; (c < '0' || c > '9') && (c < 'A' || c > 'F') {
			return false
		}
	}
	return true
}

// minimum and maximum are how much the part can take.
func (t *part) minimum() int {
	switch t.form {
	case formWords:
		return len(t.words[len(t.words)-1])
	case formClass:
		return t.least
	case formMark:
		return 1
	case formAddress:
		return 12
	case formGap:
		return 0
	default:
		return 0
	}
}

func (t *part) maximum() int {
	switch t.form {
	case formWords:
		return len(t.words[0])
	case formClass:
		return t.most
	case formMark:
		return 4
	case formAddress:
		return 17
	case formGap:
		return MaxText
	default:
		return 0
	}
}

// begins are the characters that the part can begin with.
func (t *part) begins() charset {
	var s charset
	switch t.form {
	case formWords:
		for _, word := range t.words {
			if word != "" {
				s.add(word[0])
			}
		}
	case formClass:
		s = t.chars
	case formGap, formMark:
		for _, c := range []byte(":=#. ") {
			s.add(c)
		}
	case formAddress:
		s, _ = classNamed("hex")
	}
	return s
}
