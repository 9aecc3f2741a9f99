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
	// Few says that it came and ended as fast as only a scanner types, and has too
	// few characters for Machine.
	Few bool
	// Layout is the host's layout that Text was translated from ("fr", "be"),
	// empty where it is as it came, and never empty where Text calibrates.
	Layout string
	// Unsure says that letters of Text may be others.
	Unsure bool
	// Cut says that Text is not all that was typed: it was longer, or some of
	// its keys gave no characters.
	Cut bool
	// Field says that some of it was typed in a text field.
	Field bool
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
	field       bool // some of it was typed in a text field
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
func (p *pile) burst(options Options, repair *repairer, end ending) Burst {
	raw := string(p.text)
	burst := Burst{Text: raw, Cut: p.cut, Field: p.field, Ended: p.last, Trace: p.trace(end.terminator)}
	fast, few := p.isFast(options), p.isFew(options, end)
	if !fast && !few {
		return burst
	}
	found := repair.understand(raw)
	if heldDown(found.text) {
		return burst
	}
	burst.Machine, burst.Few = fast, few
	burst.Text, burst.Layout, burst.Unsure = begin(found.text, scanner.MaxText), found.layout, found.unsure
	burst.Cut = burst.Cut || burst.Text != found.text
	return burst
}

// isFast says that the pile came faster than a hand types.
func (p *pile) isFast(options Options) bool {
	return p.count >= options.Least && p.last.Sub(p.first) <= options.Gap*time.Duration(p.count-1)
}

// fewest is how many characters can be a scan at all: two fingers can come down
// together.
const fewest = 3

// An ending is the key that ended a pile, if one did, and when it came.
type ending struct {
	terminator string
	at         time.Time
}

// isFew says that too few characters for a scan came, and were ended by a key, twice
// as fast as isFast asks, and in no text field.
func (p *pile) isFew(options Options, end ending) bool {
	return p.count >= fewest && p.count < options.Least && !p.field &&
		end.terminator != "" && end.at.Sub(p.first) <= options.Gap/2*time.Duration(p.count)
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
