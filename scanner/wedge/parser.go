package wedge

import (
	"cmp"
	"slices"
	"time"
)

// Options are what tells a scanner from a hand. A zero field is its default.
type Options struct {
	// Gap is the longest average time between a scanner's characters: 50 ms.
	Gap time.Duration
	// Idle is the pause that ends a burst: 300 ms.
	Idle time.Duration
	// Least is the fewest characters of a scan: 6.
	Least int
	// Layout is the host's keyboard layout, one of Layouts: the station is
	// calibrated. Empty, or anything else: it is not, until the calibration
	// barcode is read.
	Layout string
}

func (o Options) complete() Options {
	if !slices.Contains(Layouts(), o.Layout) {
		o.Layout = ""
	}
	return Options{
		Gap:    cmp.Or(o.Gap, 50*time.Millisecond),
		Idle:   cmp.Or(o.Idle, 300*time.Millisecond),
		Least:  cmp.Or(o.Least, 6),
		Layout: o.Layout,
	}
}

// A Parser parts strokes into bursts. It is pure: it has no clock and no
// timer; whoever feeds it calls Flush when the time of Idle has come. It may be
// used by one goroutine at a time.
type Parser struct {
	options Options
	repair  *repairer
	runes   pile
	digits  pile // by key name
	last    time.Time
	alt     altCode
}

// NewParser is a parser with nothing pending.
func NewParser(options Options) *Parser {
	options = options.complete()
	return &Parser{options: options, repair: newRepairer(options.Layout)}
}

// Feed takes the next stroke and gives the bursts that it ends, in order: the
// one that a pause before it ended, and the one that it terminates.
func (p *Parser) Feed(stroke Stroke) []Burst {
	bursts := p.Flush(stroke.At)
	if terminator := stroke.terminator(); terminator != "" {
		return append(bursts, p.end(ending{terminator, stroke.At})...)
	}
	if stroke.Rune != 0 {
		p.runes.add(stroke.Rune, stroke.At)
		p.runes.field = p.runes.field || stroke.Field
		p.alt.rune(stroke.Rune)
		p.last = stroke.At
	} else if digit := stroke.digit(); digit != 0 {
		p.digits.add(digit, stroke.At)
		p.digits.field = p.digits.field || stroke.Field
		p.alt.digit(digit)
		p.last = stroke.At
	}
	return bursts
}

// Idle is when the pending burst ends unless more comes; the zero time when
// nothing is pending.
func (p *Parser) Idle() time.Time {
	if p.runes.count+p.digits.count == 0 {
		return time.Time{}
	}
	return p.last.Add(p.options.Idle)
}

// Flush gives the pending burst if by that time it has ended: one or none.
func (p *Parser) Flush(at time.Time) []Burst {
	if idle := p.Idle(); idle.IsZero() || at.Before(idle) {
		return nil
	}
	return p.end(ending{})
}

// end gives the pending burst, if there is one.
func (p *Parser) end(end ending) []Burst {
	runes, digits, alt := p.runes, p.digits, p.alt
	p.runes, p.digits, p.alt, p.last = pile{}, pile{}, altCode{}, time.Time{}
	switch {
	case runes.count+digits.count == 0:
		return nil
	case runes.count == 0:
		return []Burst{digits.burst(p.options, p.repair, end)}
	case runes.count < digits.count && alt.runes != runes.count:
		return []Burst{p.halfKnown(runes, digits, end.terminator)}
	default:
		return []Burst{runes.burst(p.options, p.repair, end)}
	}
}

// halfKnown is the burst of which some digits gave no runes: whose it is, is
// told by all of its strokes. Nothing is repaired of it.
func (p *Parser) halfKnown(runes, digits pile, terminator string) Burst {
	text := string(runes.text)
	return Burst{
		Text: text, Machine: runes.isFast(p.options) && !heldDown(text) || digits.isFast(p.options), Cut: true,
		Ended: runes.last, Trace: runes.trace(terminator),
	}
}

// An altCode counts the characters that were entered by Alt and their code on
// the key pad: the digits of the code come before the character.
type altCode struct {
	code  rune
	runes int
}

func (a *altCode) digit(digit rune) { a.code = a.code%1000*10 + digit - '0' }

func (a *altCode) rune(r rune) {
	if a.code == r {
		a.runes++
	}
	a.code = 0
}
