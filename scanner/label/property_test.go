package label_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

// TestFraming: what a scanner may put around a code, in any mixture, never
// changes what the code is.
func TestFraming(t *testing.T) {
	t.Parallel()
	frames := [][2]string{
		{"", "\r"},
		{"", "\n"},
		{"", "\r\n"},
		{"", "\t"},
		{"\x02", "\x03"},
		{"\x02", "\x03\r\n"},
		{"  ", "  "},
		{"\x00\x00", "\x00"},
		{"\r\n", "\r\n\r\n"},
		{" \t\x02", "\x03\x00 \r"},
	}
	for _, r := range rows(t) {
		want := label.Classify(r.scan)
		for _, frame := range frames {
			framed := r.scan
			framed.Text = frame[0] + framed.Text + frame[1]
			if diff := cmp.Diff(want, label.Classify(framed)); diff != "" {
				t.Errorf("%s framed by %q (-bare +framed):\n%s", r.name, frame, diff)
			}
		}
	}
}

// TestOwnTextAgain: a value read again from the same kind of symbol is the
// same thing, where its kind shows in the value itself; and what was refused
// is never taken the second time.
func TestOwnTextAgain(t *testing.T) {
	t.Parallel()
	lasting := []label.Kind{label.PKID, label.IMEI, label.ICCID, label.Command}
	for _, r := range rows(t) {
		first := label.Classify(r.scan)
		if first.Text == "" {
			continue
		}
		again := label.Classify(scanner.Scan{Text: first.Text, Symbology: r.scan.Symbology, AIM: aimOf(r.scan)})
		if slices.Contains(lasting, first.Kind) && (again.Kind != first.Kind || again.Text != first.Text) {
			t.Errorf("%s: %+v, read again %+v", r.name, first, again)
		}
		if first.Kind == label.Other && first.Reason != label.AllEqual && again.Kind == label.PKID {
			t.Errorf("%s: refused as %s, then taken as %+v", r.name, first.Reason, again)
		}
	}
}

func aimOf(s scanner.Scan) string {
	if s.AIM != "" {
		return s.AIM
	}
	aim, _, _ := scanner.SplitAIM(strings.Trim(s.Text, "\r\n\t \x00\x02\x03"))
	return aim
}

// TestCapsLock: a wedge under CapsLock swaps the case of all letters, and that
// changes no kind. Messages with identifiers of their own stay as read.
func TestCapsLock(t *testing.T) {
	t.Parallel()
	swap := func(text string) string {
		return strings.Map(func(r rune) rune {
			switch {
			case r >= 'a' && r <= 'z':
				return r - 'a' + 'A'
			case r >= 'A' && r <= 'Z':
				return r - 'A' + 'a'
			default:
				return r
			}
		}, text)
	}
	for _, r := range rows(t) {
		if strings.ContainsAny(r.scan.Text, "]()\x1d\x1e") {
			continue
		}
		swapped := r.scan
		swapped.Text = swap(swapped.Text)
		want, got := label.Classify(r.scan), label.Classify(swapped)
		if want.Kind != got.Kind || want.Confidence != got.Confidence || want.Reason != got.Reason || want.Or != got.Or {
			t.Errorf("%s: %+v, under CapsLock %+v", r.name, want, got)
		}
	}
}

// TestSymbologyOrIdentifier: a camera's word for a symbol and a scanner's AIM
// identifier say the same.
func TestSymbologyOrIdentifier(t *testing.T) {
	t.Parallel()
	for aim, symbology := range map[string]scanner.Symbology{
		"]C0": scanner.Code128, "]A0": scanner.Code39, "]G0": scanner.Code93, "]F0": scanner.Codabar, "]I0": scanner.ITF,
		"]E0": scanner.EAN13, "]E4": scanner.EAN8, "]Q1": scanner.QR, "]d1": scanner.DataMatrix, "]z0": scanner.Aztec,
		"]L0": scanner.PDF417, "]e0": scanner.DataBar,
	} {
		for _, r := range rows(t) {
			if r.scan.Symbology != scanner.Unknown || aimOf(r.scan) != "" {
				continue
			}
			byCamera, byScanner, byBoth := r.scan, r.scan, r.scan
			byCamera.Symbology, byScanner.AIM = symbology, aim
			byBoth.Symbology, byBoth.AIM = symbology, aim
			want := label.Classify(byCamera)
			for _, s := range []scanner.Scan{byScanner, byBoth} {
				if diff := cmp.Diff(want, label.Classify(s)); diff != "" {
					t.Errorf("%s as %s and as %s (-camera +scanner):\n%s", r.name, symbology, aim, diff)
				}
			}
		}
	}
}

// TestRefusedTexts: what must not be kept has no text to keep.
func TestRefusedTexts(t *testing.T) {
	t.Parallel()
	for _, r := range rows(t) {
		got := label.Classify(r.scan)
		forbidden := got.Reason == label.ProductKey || got.Reason == label.ControlCharacters || got.Reason == label.TooLong ||
			got.Reason == label.HardwareHash
		if forbidden && (got.Text != "" || got.Model != "" || got.Or != "" || got.Stands != "") {
			t.Errorf("%s: %+v keeps something", r.name, got)
		}
	}
}
