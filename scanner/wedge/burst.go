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
	// empty where it is as it came, and never empty where Text calibrates.
	Layout string
	// Unsure says that letters of Text may be others.
	Unsure bool
	// Cut says that Text is not all that was typed: it was longer, or some of
	// its keys gave no characters.
	Cut bool
	// Ended is when its last character came.
	Ended time.Time
	// Trace is how it came.
	Trace scanner.Trace
}

// A pile is the characters of a burst and their pace.
type pile struct {
	text        []byte
	count       int
	first, last time.Time
	longest     time.Duration
	cut         bool
}

func (p *pile) add(r rune, at time.Time) {
	if p.count == 0 {
		p.first, p.last = at, at
	}
	p.longest = max(p.longest, at.Sub(p.last))
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

// burst judges the pile as a whole, and has what a machine typed repaired.
func (p *pile) burst(options Options, repair *repairer, terminator string) Burst {
	raw := string(p.text)
	burst := Burst{Text: raw, Cut: p.cut, Ended: p.last, Trace: p.trace(terminator)}
	if !p.isFast(options) {
		return burst
	}
	found := repair.understand(raw)
	if burst.Machine = !heldDown(found.text); burst.Machine {
		burst.Text, burst.Layout, burst.Unsure = begin(found.text, scanner.MaxText), found.layout, found.unsure
		burst.Cut = burst.Cut || burst.Text != found.text
	}
	return burst
}

// isFast says that the pile came faster than a hand types.
func (p *pile) isFast(options Options) bool {
	return p.count >= options.Least && p.last.Sub(p.first) <= options.Gap*time.Duration(p.count-1)
}

func (p *pile) trace(terminator string) scanner.Trace {
	return scanner.Trace{
		Raw:        begin(string(p.text), scanner.MaxTrace-len(terminator)) + terminator,
		Terminator: terminator, Keys: p.count, Took: p.last.Sub(p.first), Longest: p.longest,
	}
}

// begin is the beginning of a text, no longer than so many bytes.
func begin(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

// heldDown says that a text is one character that is no digit, over and over.
func heldDown(text string) bool {
	first, size := utf8.DecodeRuneInString(text)
	return (first < '0' || first > '9') && strings.Repeat(text[:size], len(text)/max(size, 1)) == text
}
