package label

import (
	"slices"
	"strings"

	"pkidstation/scanner"
)

// MaxText is the most bytes that a code of a device box can have. What is
// longer is refused.
const MaxText = 512

// framing is what may stand around a text as it comes over the wire.
const framing = "\r\n\t \x00\x02\x03"

// Control characters that part the fields of GS1 and MH10.8 messages.
const (
	groupSeparator  = "\x1d"
	recordSeparator = "\x1e"
	endOfMessage    = "\x04"
)

// Classify tells what a scan is, by the built-in rules alone. It takes any
// bytes, and a text whose AIM identifier is still in front.
func Classify(s scanner.Scan) Code { return builtin().classifier.Classify(s) }

// A Classifier tells what scans are, by the built-in rules and a site's own.
// It does not change and is safe for concurrent use.
type Classifier struct {
	known             *dictionary
	first, site, then *table
}

// NewClassifier gives a Classifier with a site's own rules. They are asked in
// order, after whatever no site can tell: secrets, refusals, EAN, UPC and GS1,
// commands and the PKID behind its caption; and before all shapes.
func NewClassifier(site []Rule) *Classifier { return newClassifier(builtin(), site) }

func newClassifier(known *dictionary, site []Rule) *Classifier {
	return &Classifier{known: known, first: newTable(known.first), site: newTable(slices.Clone(site)), then: newTable(known.then)}
}

// Classify tells what a scan is. It takes any bytes, and a text whose AIM
// identifier is still in front.
func (c *Classifier) Classify(s scanner.Scan) Code {
	r := newReading(s)
	if isHardwareHash(r.text) {
		return refused(HardwareHash, "")
	}
	if head := r.text[:min(len(r.text), scanner.MaxText)]; holdsKey(head) || s.Unsure && holdsKey(unswapped(head)) {
		return secret()
	}
	if s.Cut || len(r.text) > MaxText {
		return refused(TooLong, "")
	}
	if reason := r.unprintable(); reason != "" {
		return refused(reason, "")
	}
	code := c.printable(&r)
	if holdsKey(code.Text) {
		return secret() // 25 digits that a caption hid
	}
	if s.Unsure {
		code = layoutOpen(code)
	}
	return code
}

func secret() Code { return Code{Kind: Secret, Confidence: Certain, Reason: ProductKey} }

// printable tells what a text is that can be shown, but for the separators of
// messages.
func (c *Classifier) printable(r *reading) Code {
	if code, ok := c.message(r); ok {
		return code
	}
	if r.has(groupSeparator + recordSeparator + endOfMessage) {
		return refused(ControlCharacters, "")
	}
	r.upper = strings.ToUpper(r.text)
	return c.byRules(r)
}

// byRules goes down the rules; what fits none is refused as unknown.
func (c *Classifier) byRules(r *reading) Code {
	for u, i := c.first.next(0, r); u != nil; u, i = c.first.next(i, r) {
		if code, ok := u.read(r, c.known); ok {
			return c.completed(code)
		}
	}
	for u, i := c.site.next(0, r); u != nil; u, i = c.site.next(i, r) {
		if code, ok := u.read(r, c.known); ok && u.mayTake(r, code) {
			return c.completed(code)
		}
	}
	for u, i := c.then.next(0, r); u != nil; u, i = c.then.next(i, r) {
		if code, ok := u.read(r, c.known); ok {
			return c.completed(code)
		}
	}
	return refused(Unknown, r.text)
}

// completed adds what follows from the text: who made a device with such a
// serial, and what another number stands for.
func (c *Classifier) completed(code Code) Code {
	if code.Kind == Serial && code.Maker == "" && code.Reason != TwoReadings {
		code.Maker = c.known.makerOf(code.Text)
	}
	if code.Kind == Other {
		code.Stands = stands(code.Reason, code.Text)
	}
	return code
}

// layoutOpen doubts a code whose letters may be others. Digits are sure, and a
// PKID has nothing else.
func layoutOpen(code Code) Code {
	switch code.Kind {
	case Serial, Model, Part, Order, MAC:
		if someLetter(code.Text) || someLetter(code.Model) {
			code.Confidence, code.Reason = Ambiguous, LayoutOpen
		}
	case PKID, TradeNumber, IMEI, ICCID, SSCC, Quantity, Command, Secret, Other:
	}
	return code
}

// SeveralPKIDs says whether two different PKIDs are among codes, as when a
// camera sees two boxes at once.
func SeveralPKIDs(codes []Code) bool {
	first := ""
	for _, code := range codes {
		switch {
		case code.Kind != PKID:
		case first == "":
			first = code.Text
		case code.Text != first:
			return true
		}
	}
	return false
}

// A reading is a scan's text freed from its framing.
type reading struct {
	text  string // as read
	upper string // in upper case, for the rules
	on    carrier
}

func newReading(s scanner.Scan) reading {
	text, aim := strings.Trim(s.Text, framing), s.AIM
	if aim == "" {
		aim, text, _ = scanner.SplitAIM(text)
		text = strings.Trim(text, framing)
	}
	return reading{text: text, on: carrierOf(aim, s.Symbology)}
}

func (r reading) has(characters string) bool { return strings.ContainsAny(r.text, characters) }

// unprintable is the reason to refuse a text for its characters, else empty.
// The separators of messages pass here and are looked at later.
func (r reading) unprintable() Reason {
	reason := Reason("")
	for i := range len(r.text) {
		switch b := r.text[i]; {
		case b >= ' ' && b < 0x7f:
		case strings.IndexByte(groupSeparator+recordSeparator+endOfMessage, b) >= 0:
		case b <= 0x7f:
			return ControlCharacters
		default:
			reason = Unknown
		}
	}
	return reason
}

// message reads a text that names its fields itself. A GS1 symbol that holds
// no readable message is still no PKID: nothing else is tried.
func (c *Classifier) message(r *reading) (Code, bool) {
	if code, ok := c.known.envelope(r.text); ok {
		return code, true
	}
	code, ok := c.known.applicationMessage(r.text, r.on == gs1)
	if !ok && r.on == gs1 && !r.has(groupSeparator+recordSeparator+endOfMessage) {
		return refused(Unknown, r.text), true
	}
	return code, ok
}
