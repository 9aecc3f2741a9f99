package trial

import (
	"log/slog"
	"time"

	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

// A Finding is what one scan shows of a scanner.
type Finding struct {
	// Raw is what came, made readable: <CR> is a carriage return. It is empty
	// for a product key.
	Raw string
	// AIM is the AIM identifier, empty if none came, and Symbology what is
	// known of the symbol by it or otherwise.
	AIM       string
	Symbology scanner.Symbology
	// Terminator is what ended the read.
	Terminator Terminator
	// Keys is how many characters were typed, Average the time from one to the
	// next, Longest the longest pause between two. They are zero for whatever is
	// no keyboard.
	Keys             int
	Average, Longest time.Duration
	// Layout is the keyboard layout that the text was translated from, empty
	// where it is as it came; Unsure says that its letters may be others.
	Layout string
	Unsure bool
	// Code is what the scan was taken for. It has no text for a product key.
	Code label.Code
	// Source is the source's name.
	Source string
	// Advice is what this one scan gives cause for, in its order; empty where
	// all is well.
	Advice []Advice
}

// LogValue keeps what was read out of logs.
func (f Finding) LogValue() slog.Value {
	return slog.GroupValue(slog.String("source", f.Source), slog.Any("code", f.Code), slog.Any("advice", f.Advice))
}

// A Grade says in one word how a scan went.
type Grade string

// The grades.
const (
	Good     Grade = "good"     // nothing to change
	ToChange Grade = "change"   // it works better when something is changed
	Withheld Grade = "withheld" // a product key: nothing of it is shown
)

// Grade is how the scan went.
func (f Finding) Grade() Grade {
	if f.Code.Kind == label.Secret {
		return Withheld
	}
	for _, a := range f.Advice {
		if a.Change() {
			return ToChange
		}
	}
	return Good
}

// Look finds out what a scan, and the code that it was taken for, show.
func Look(scan scanner.Scan, code label.Code) Finding {
	if holdsSecret(scan, code) {
		code = label.Code{Kind: label.Secret, Confidence: label.Certain, Reason: label.ProductKey}
	}
	f := Finding{
		AIM: scan.AIM, Symbology: scan.Symbology, Terminator: terminatorOf(scan.Trace), Keys: scan.Trace.Keys,
		Longest: scan.Trace.Longest, Layout: scan.Layout, Unsure: scan.Unsure, Code: code, Source: scan.Source,
	}
	if f.Keys > 1 {
		f.Average = scan.Trace.Took / time.Duration(f.Keys-1)
	}
	if code.Kind != label.Secret {
		f.Raw = readable(rawOf(scan))
	}
	f.Advice = advise(scan, f)
	return f
}

// rawOf is what came, or what is left of it where the source does not tell.
func rawOf(scan scanner.Scan) string {
	if scan.Trace.Raw == "" {
		return scan.AIM + scan.Text
	}
	return scan.Trace.Raw
}
