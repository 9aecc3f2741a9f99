package label_test

import (
	"strings"
	"testing"

	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

// usual are the reads of a dock, as often as they come: half of the codes that
// are aimed at are PKIDs and serials.
func usual() []scanner.Scan {
	return []scanner.Scan{
		{Text: "3305123456781", AIM: "]C0", Symbology: scanner.Code128},
		{Text: "3305123456787", AIM: "]C0", Symbology: scanner.Code128},
		{Text: "3305123456781"},
		{Text: "3305123456787"},
		{Text: "PKID: 3305123456787", Symbology: scanner.QR},
		{Text: "5CG1234XYZ", AIM: "]C0", Symbology: scanner.Code128},
		{Text: "5CG1234XYZ"},
		{Text: "AB12CD3", Symbology: scanner.Code39},
		{Text: "PF0ABC12"},
		{Text: "1S20XW0012USPF0ABC12", Symbology: scanner.Code128},
		{Text: "NXABCDE0011234A5B7CD01"},
		{Text: "S/N: 5CG1234XYZ"},
		{Text: "3305123456787", AIM: "]E0", Symbology: scanner.EAN13},
		{Text: "00AA11BB22CC", Symbology: scanner.Code128},
		{Text: "351234567890124"},
		{Text: "%PKID%NEXT", Symbology: scanner.Code128},
	}
}

// BenchmarkClassify is by the read, and beside it the peer: the regular
// expressions that the table was made of before, without the search for
// secrets and messages that the classifier makes first.
func BenchmarkClassify(b *testing.B) {
	scans := usual()
	table := peerTable()
	site := label.NewClassifier(siteRules(b))
	for _, c := range []struct {
		name     string
		classify func(scanner.Scan)
	}{
		{"usual", func(s scanner.Scan) { label.Classify(s) }},
		{"usual with 64 site rules", func(s scanner.Scan) { site.Classify(s) }},
		{"usual by peer", func(s scanner.Scan) { peerClassify(table, peerSymbol(s), s.Text) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				c.classify(scans[i%len(scans)])
				i++
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reads/s")
		})
	}
	for _, c := range []struct{ name, text string }{
		{"pkid", "]C03305123456781"},
		{"serial", "AB12CD3"},
		{"gs1", "]d2010330512345678721AB12"},
		{"unknown", "https//example/" + strings.Repeat("a", 100)},
		{"longest", strings.Repeat("BCDFG-", 700)},
	} {
		b.Run(c.name, func(b *testing.B) {
			s := scanner.Scan{Text: c.text}
			b.ReportAllocs()
			for b.Loop() {
				label.Classify(s)
			}
		})
	}
}

func peerSymbol(s scanner.Scan) string {
	for symbol, symbology := range map[string]scanner.Symbology{"r": scanner.EAN13, "i": scanner.ITF, "s": scanner.Unknown} {
		if s.Symbology == symbology {
			return symbol
		}
	}
	return "g"
}

// TestNoAllocation: the reads of a dock leave nothing for the garbage
// collector.
func TestNoAllocation(t *testing.T) { //nolint:paralleltest // others would allocate meanwhile
	if raceDetector {
		t.Skip("the race detector allocates")
	}
	site := label.NewClassifier(siteRules(t))
	for _, s := range usual() {
		if got := testing.AllocsPerRun(100, func() { label.Classify(s); site.Classify(s) }); got != 0 {
			t.Errorf("%q: %.0f allocations", s.Text, got)
		}
	}
}

// siteRules are as many rules as a site may have, none of which takes a usual
// read.
func siteRules(tb testing.TB) []label.Rule {
	tb.Helper()
	var rules []label.Rule
	for i := range 64 {
		rule, err := label.Teach(label.Serial, "S"+strings.Repeat("Q", 1+i%4), 7+i%17, i%2 == 0)
		if err != nil {
			tb.Fatal(err)
		}
		rules = append(rules, rule)
	}
	return rules
}
