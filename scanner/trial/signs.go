package trial

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"pkidstation/scanner"
	"pkidstation/scanner/command"
	"pkidstation/scanner/label"
)

// A scanner is slow when its keys are so far apart that the wedge may take them
// for a hand's (its limit is 50 ms on average), or when it stops in between (at
// 300 ms the wedge parts a read).
const (
	slowAverage = 35 * time.Millisecond
	slowPause   = 100 * time.Millisecond
)

var (
	// An AIM identifier that does not stand at the beginning.
	lateAIM = regexp.MustCompile(`^[^\]]{1,8}\][ACEFGILQXdez][0-9]`)
	// The one letter by which makers tell the symbology in their own ways,
	// before thirteen digits.
	ownIdentifier = regexp.MustCompile(`^[ABDbdjsw#*]\d{13}$`)
	// An AIM identifier under Caps Lock: these letters mean nothing when small.
	smallAIM = regexp.MustCompile(`^\][acfgilq][0-9]$`)
	// A GS1 message with a GTIN in front.
	applications = regexp.MustCompile(`^01\d{14}(?:10|11|17|21|24[01]|37|400)`)
	// A separator that the scanner spells out.
	spelledSeparator = regexp.MustCompile(`(?i)[<{\[](?:GS|RS|FNC1)[>}\]]|~d029|\\x1d`)
)

// american is the layout under which nothing needs a repair but what Caps Lock
// did.
const american = "us"

// noReads are the words by which scanners say that they read nothing.
func noReads() []string {
	return []string{"NR", "<NR>", "NOREAD", "NO READ", "NO-READ", "NO_READ", "<NOREAD>", "NO CODE", "NO BARCODE", "NG", "ERROR", "FAIL"}
}

// advise goes through all advice; a row is a sign and what it gives cause for.
func advise(scan scanner.Scan, f Finding) []Advice {
	noRead := slices.Contains(noReads(), strings.ToUpper(strings.TrimSpace(scan.Text)))
	prefix := prefixed(scan, f)
	calibrates := scan.Text == command.Calibration && scan.Layout != "" && !scan.Unsure
	given := map[Advice]bool{
		NoRead:            noRead,
		Cut:               scan.Cut,
		Secret:            f.Code.Kind == label.Secret,
		LettersUnsure:     f.Unsure,
		LayoutRepaired:    f.Layout != "" && f.Layout != american && !f.Unsure,
		CapsLock:          smallAIM.MatchString(f.AIM) || f.Layout == american && !f.Unsure && !calibrates,
		Prefix:            prefix,
		ControlCharacters: f.Code.Reason == label.ControlCharacters && !prefix,
		NoSeparators:      separatorsLost(scan, f.Code),
		NoTerminator:      f.Terminator == Silence,
		NoAIM:             f.AIM == "" && f.Symbology == scanner.Unknown && !noRead && !calibrates && !lateAIM.MatchString(scan.Text),
		Slow:              pace(scan.Trace) > slowAverage,
		Calibrated:        calibrates,
	}
	var all []Advice
	for _, a := range AllAdvice() {
		if given[a] {
			all = append(all, a)
		}
	}
	return all
}

// pace is the average time from one key to the next, without the longest: one
// pause may be the computer's, which was measured to hold strokes back for up to
// 215 ms while it drew without a graphics card.
func pace(trace scanner.Trace) time.Duration {
	if trace.Keys <= 2 {
		return trace.Took
	}
	return (trace.Took - trace.Longest) / time.Duration(trace.Keys-2)
}

// prefixed says whether something stands before the code that belongs neither
// to it nor to its framing.
func prefixed(scan scanner.Scan, f Finding) bool {
	raw := strings.TrimLeft(rawOf(scan), "\r\n\t") // of the end of the read before
	if f.Terminator == ETX {
		raw = strings.TrimPrefix(raw, "\x02")
	}
	if raw != "" && raw[0] < ' ' && raw[0] != '\x1d' {
		return true
	}
	return f.AIM == "" && (lateAIM.MatchString(scan.Text) || ownIdentifier.MatchString(scan.Text))
}

// separatorsLost says whether a message has lost what parts its fields.
func separatorsLost(scan scanner.Scan, code label.Code) bool {
	if inside, ok := strings.CutPrefix(scan.Text, "[)>"); ok {
		return !strings.HasPrefix(inside, "\x1e") || !strings.Contains(inside, "\x1d")
	}
	if spelledSeparator.MatchString(scan.Text) {
		return true
	}
	unread := code.Kind == label.Other || code.Confidence == label.Ambiguous
	if !unread || strings.Contains(scan.Text, "\x1d") {
		return false
	}
	return isGS1(scan.AIM) || applications.MatchString(scan.Text) && label.GTIN(scan.Text[2:16])
}

// isGS1 says whether an AIM identifier promises a GS1 message.
func isGS1(aim string) bool {
	return slices.Contains([]string{"]C1", "]d2", "]Q3", "]z1"}, aim) || strings.HasPrefix(aim, "]e")
}
