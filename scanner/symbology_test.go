package scanner_test

import (
	"testing"

	"pkidstation/scanner"
)

// TestSymbologyWords: pkidctl prints these words and scripts look for them.
func TestSymbologyWords(t *testing.T) {
	t.Parallel()
	for symbology, word := range map[scanner.Symbology]string{
		scanner.Code128: "code128", scanner.Code39: "code39", scanner.Code93: "code93", scanner.Codabar: "codabar",
		scanner.ITF: "itf", scanner.EAN13: "ean13", scanner.EAN8: "ean8", scanner.UPCA: "upca", scanner.UPCE: "upce",
		scanner.QR: "qr", scanner.DataMatrix: "datamatrix", scanner.Aztec: "aztec", scanner.DataBar: "databar",
		scanner.Unknown: "",
	} {
		if string(symbology) != word {
			t.Errorf("the word is %q, the contract's is %q", symbology, word)
		}
	}
}
