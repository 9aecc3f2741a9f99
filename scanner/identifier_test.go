package scanner_test

import (
	"strings"
	"testing"

	"pkidstation/scanner"
)

// codeCharacters are the code characters of ISO/IEC 15424 and what they mean
// here. Those of symbologies that no device label has are Unknown, but they
// are identifiers all the same and no part of the text.
func codeCharacters() map[byte]scanner.Symbology {
	return map[byte]scanner.Symbology{
		'A': scanner.Code39, 'C': scanner.Code128, 'E': scanner.EAN13, 'F': scanner.Codabar, 'G': scanner.Code93,
		'I': scanner.ITF, 'L': scanner.PDF417, 'Q': scanner.QR, 'd': scanner.DataMatrix, 'e': scanner.DataBar, 'z': scanner.Aztec,

		'B': scanner.Unknown, // Telepen
		'D': scanner.Unknown, // Code One
		'H': scanner.Unknown, // Code 11
		'K': scanner.Unknown, // Code 16K
		'M': scanner.Unknown, // MSI
		'N': scanner.Unknown, // Anker
		'O': scanner.Unknown, // Codablock
		'P': scanner.Unknown, // Plessey
		'R': scanner.Unknown, // 2 of 5 with two start bars
		'S': scanner.Unknown, // 2 of 5 with three
		'T': scanner.Unknown, // Code 49
		'U': scanner.Unknown, // MaxiCode
		'X': scanner.Unknown, // others
		'Z': scanner.Unknown, // no barcode
		'c': scanner.Unknown, // Channel Code
		'o': scanner.Unknown, // OCR
		's': scanner.Unknown, // SuperCode
	}
}

func among(c byte, all string) bool { return strings.IndexByte(all, c) >= 0 }

// TestEveryIdentifier goes through all pairs of ASCII characters after "]": an
// identifier is a letter and a letter or digit, and what it means is its
// letter's alone, but for "]E4".
func TestEveryIdentifier(t *testing.T) {
	t.Parallel()
	const letters, digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "0123456789"
	known := codeCharacters()
	for code := range byte(128) {
		for modifier := range byte(128) {
			id := string([]byte{']', code, modifier})
			aim, text, symbology := scanner.SplitAIM(id + "3305123456781")
			if !among(code, letters) || !among(modifier, letters+digits) {
				if aim != "" || text != id+"3305123456781" || symbology != scanner.Unknown {
					t.Errorf("%q was split off as %q, %q", id, aim, symbology)
				}
				continue
			}
			want := known[code]
			if code == 'E' && modifier == '4' {
				want = scanner.EAN8
			}
			if aim != id || text != "3305123456781" || symbology != want || scanner.SymbologyOf(id) != want {
				t.Errorf("%q: got %q, %q, %q, want %q", id, aim, text, symbology, want)
			}
		}
	}
}

// TestNoIdentifierFromBeyondASCII: bytes above 127 are never part of an
// identifier, whatever letters they make elsewhere.
func TestNoIdentifierFromBeyondASCII(t *testing.T) {
	t.Parallel()
	for high := range 128 {
		for _, raw := range []string{string([]byte{']', byte(128 + high), '0', 'x'}), string([]byte{']', 'C', byte(128 + high), 'x'})} {
			if aim, text, symbology := scanner.SplitAIM(raw); aim != "" || text != raw || symbology != scanner.Unknown {
				t.Errorf("%q gave %q, %q, %q", raw, aim, text, symbology)
			}
		}
	}
}
