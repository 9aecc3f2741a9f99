package label_test

import (
	"testing"

	"pkidstation/scanner/label"
)

func TestGTIN(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"33051239": true, "330512345673": true, "3305123456787": true, "03305123456787": true,
		"33051230": false, "3305123456781": false, // wrong digit
		"330512345678901234": false, // an SSCC has the same check digit, but 18 digits
		"":                   false, "0": false, "330512345678X": false, "33051234567８": false,
	} {
		if got := label.GTIN(text); got != want {
			t.Errorf("GTIN(%q) = %t", text, got)
		}
	}
}

func TestLuhn(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"351234567890124": true, "8933012345678901231": true,
		"351234567890125": false, "": false, "35123456789012A": false,
	} {
		if got := label.Luhn(text); got != want {
			t.Errorf("Luhn(%q) = %t", text, got)
		}
	}
}
