package label

import (
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

// Classify tells what a scan is. It takes any bytes, and a text whose AIM
// identifier is still in front.
func Classify(s scanner.Scan) Code {
	r := newReading(s)
	if holdsKey(r.text[:min(len(r.text), scanner.MaxText)]) {
		return Code{Kind: Secret, Confidence: Certain, Reason: ProductKey}
	}
	if s.Cut || len(r.text) > MaxText {
		return refused(TooLong, "")
	}
	if reason := r.unprintable(); reason != "" {
		return refused(reason, "")
	}
	if code, ok := r.message(); ok {
		return code
	}
	if r.has(groupSeparator + recordSeparator + endOfMessage) {
		return refused(ControlCharacters, "")
	}
	return r.byTable()
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
		case strings.IndexByte(groupSeparator+recordSeparator+endOfMessage, b) >= 0:
		case b < ' ' || b == 0x7f:
			return ControlCharacters
		case b > 0x7f:
			reason = Unknown
		}
	}
	return reason
}

// message reads a text that names its fields itself. A GS1 symbol that holds
// no readable message is still no PKID: nothing else is tried.
func (r reading) message() (Code, bool) {
	if code, ok := envelope(r.text); ok {
		return code, true
	}
	code, ok := applicationMessage(r.text, r.on == gs1)
	if !ok && r.on == gs1 && !r.has(groupSeparator+recordSeparator+endOfMessage) {
		return refused(Unknown, r.text), true
	}
	return code, ok
}

func (r reading) byTable() Code {
	r.upper = strings.ToUpper(r.text)
	for i := range table {
		if code, ok := table[i].read(r); ok {
			return code
		}
	}
	return refused(Unknown, r.text)
}
