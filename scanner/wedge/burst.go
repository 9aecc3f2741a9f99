package wedge

import (
	"strings"
	"time"
	"unicode/utf8"

	"pkidstation/scanner"
)

// A Burst is what was typed without a pause or up to a terminator.
type Burst struct {
	// Text is at most scanner.MaxText bytes, AIM identifier included, in the
	// layout that the scanner meant.
	Text string
	// Machine says that a scanner typed it and no hand.
	Machine bool
	// Layout is the host's layout that Text was translated from ("fr", "be"),
	// empty where it is as it came.
	Layout string
	// Cut says that Text is not all that was typed: it was longer, or some of
	// its keys gave no characters.
	Cut bool
	// Ended is when its last character came.
	Ended time.Time
}

// A pile is the characters of a burst and their pace.
type pile struct {
	text        []byte
	count       int
	first, last time.Time
	cut         bool
}

func (p *pile) add(r rune, at time.Time) {
	if p.count == 0 {
		p.first = at
	}
	p.count++
	p.last = at
	if p.cut = p.cut || len(p.text)+utf8.RuneLen(valid(r)) > scanner.MaxText; !p.cut {
		p.text = utf8.AppendRune(p.text, r)
	}
}

func valid(r rune) rune {
	if !utf8.ValidRune(r) {
		return utf8.RuneError
	}
	return r
}

// burst judges the pile as a whole.
func (p *pile) burst(options Options) Burst {
	text, layout := repair(string(p.text))
	fast := p.count >= options.Least && p.last.Sub(p.first) <= options.Gap*time.Duration(p.count-1)
	return Burst{Text: text, Machine: fast && !heldDown(text), Layout: layout, Cut: p.cut, Ended: p.last}
}

// heldDown says that a text is one character that is no digit, over and over.
func heldDown(text string) bool {
	first, size := utf8.DecodeRuneInString(text)
	return (first < '0' || first > '9') && strings.Repeat(text[:size], len(text)/max(size, 1)) == text
}
