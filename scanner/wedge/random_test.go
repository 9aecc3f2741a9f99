package wedge_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"pkidstation/scanner/wedge"
)

// draw is a code of characters of an alphabet.
func draw(random *rand.Rand, alphabet string, length int) string {
	code := make([]byte, length)
	for n := range code {
		code[n] = alphabet[random.IntN(len(alphabet))]
	}
	return string(code)
}

// TestNoDigitIsWrong: without calibration no PKID is wrong, and of a host of
// whatever layout hardly any is left open.
func TestNoDigitIsWrong(t *testing.T) {
	t.Parallel()
	const codes, mostOpen = 200, 2
	random := rand.New(rand.NewPCG(3, 5))
	for _, keyboard := range both() {
		open, parser := 0, wedge.NewParser(wedge.Options{})
		for range codes {
			code := draw(random, "0123456789", 13)
			got := read(t, parser, keyboard.Type(code))
			if got.Unsure {
				open++
			} else if got.Text != code {
				t.Errorf("%s: %q came as %q and is understood as %q", name(keyboard), code, got.Trace.Raw, got.Text)
			}
		}
		if open > 0 {
			t.Logf("%s: %d of %d are left open", name(keyboard), open, codes)
		}
		if open > mostOpen {
			t.Errorf("%s: %d of %d are left open", name(keyboard), open, codes)
		}
	}
}

// TestNoLetterIsWrongForSure: of the serials of all makers, on hosts of all
// layouts, none is wrong and said to be certain. Calibrated, all are right.
func TestNoLetterIsWrongForSure(t *testing.T) {
	t.Parallel()
	const letters, hp = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789BCDFGHJKLMNPQRSTVWXYZ"
	random := rand.New(rand.NewPCG(8, 13))
	for _, keyboard := range wedge.Keyboards() {
		unsure, free, known := 0, wedge.NewParser(wedge.Options{}), wedge.NewParser(wedge.Options{Layout: keyboard.Name})
		for range 40 {
			for _, code := range []string{
				"5CG" + draw(random, "0123456789", 3) + draw(random, hp, 4), draw(random, letters, 7), "P" + draw(random, letters, 7),
				"NX" + draw(random, letters, 20),
			} {
				got := read(t, free, keyboard.Type(code))
				if got.Unsure {
					unsure++
				} else if !strings.EqualFold(got.Text, code) && hasDigits(code) {
					t.Errorf("%s: %q came as %q and is understood as %q for sure", name(keyboard), code, got.Trace.Raw, got.Text)
				}
				if got := read(t, known, keyboard.Type(code)); !strings.EqualFold(got.Text, code) || got.Unsure {
					t.Errorf("%s, known: %q came as %q and is understood as %q, unsure %v", name(keyboard), code, got.Trace.Raw, got.Text, got.Unsure)
				}
			}
		}
		t.Logf("%s: %d of 160 serials unsure", name(keyboard), unsure)
	}
}

func hasDigits(code string) bool { return strings.ContainsAny(code, "0123456789") }
