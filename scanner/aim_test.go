package scanner_test

import (
	"testing"

	"pkidstation/scanner"
)

func TestSplitAIM(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]struct {
		aim, text string
		symbology scanner.Symbology
	}{
		"]C03305123456781": {"]C0", "3305123456781", scanner.Code128},
		"]C1010950600":     {"]C1", "010950600", scanner.Code128},
		"]A05CG4071QZ8":    {"]A0", "5CG4071QZ8", scanner.Code39},
		"]G0AB":            {"]G0", "AB", scanner.Code93},
		"]F0A1B":           {"]F0", "A1B", scanner.Codabar},
		"]I001":            {"]I0", "01", scanner.ITF},
		"]E02004512300014": {"]E0", "2004512300014", scanner.EAN13},
		"]E496385074":      {"]E4", "96385074", scanner.EAN8},
		"]Q1text":          {"]Q1", "text", scanner.QR},
		"]d2text":          {"]d2", "text", scanner.DataMatrix},
		"]z0text":          {"]z0", "text", scanner.Aztec},
		"]L0text":          {"]L0", "text", scanner.PDF417},
		"]e0text":          {"]e0", "text", scanner.DataBar},
		"]X0text":          {"]X0", "text", scanner.Unknown},
		"]C0":              {"]C0", "", scanner.Code128},
		"]C0]C0x":          {"]C0", "]C0x", scanner.Code128}, // only the first is the scanner's
		"":                 {"", "", scanner.Unknown},
		"]":                {"", "]", scanner.Unknown},
		"]C":               {"", "]C", scanner.Unknown},
		"]00x":             {"", "]00x", scanner.Unknown},
		"]C-x":             {"", "]C-x", scanner.Unknown},
		"]\x00\x00x":       {"", "]\x00\x00x", scanner.Unknown},
		"C03305123456781":  {"", "C03305123456781", scanner.Unknown},
		"x]C0y":            {"", "x]C0y", scanner.Unknown},
	} {
		aim, text, symbology := scanner.SplitAIM(raw)
		if aim != want.aim || text != want.text || symbology != want.symbology {
			t.Errorf("SplitAIM(%q) gave %q, %q, %q, want %+v", raw, aim, text, symbology, want)
		}
	}
}

func TestSymbologyOfNoIdentifier(t *testing.T) {
	t.Parallel()
	for _, aim := range []string{"", "C0", "C00", "]C", "]C00", "]É"} {
		if got := scanner.SymbologyOf(aim); got != scanner.Unknown {
			t.Errorf("SymbologyOf(%q) is %q", aim, got)
		}
	}
}

// FuzzSplitAIM wants nothing of a read to be lost.
func FuzzSplitAIM(f *testing.F) {
	for _, seed := range []string{"]C03305123456781", "", "]", "]C", "]C0]C0", "]\x00\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		aim, text, symbology := scanner.SplitAIM(raw)
		if aim+text != raw {
			t.Errorf("SplitAIM(%q) gave %q and %q", raw, aim, text)
		}
		if aim == "" && symbology != scanner.Unknown {
			t.Errorf("SplitAIM(%q) knows %q without an identifier", raw, symbology)
		}
	})
}
