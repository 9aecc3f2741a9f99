package label_test

import (
	"errors"
	"runtime/metrics"
	"strings"
	"testing"

	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

// FuzzClassify: whatever is read, and whatever rules a site has, one to a line,
// the guarantees of the package hold, and no read costs a megabyte.
func FuzzClassify(f *testing.F) {
	for _, r := range rows(f) {
		f.Add(r.scan.Text, string(r.scan.Symbology), r.scan.AIM, r.scan.Cut, "")
	}
	for i, rule := range greedy() {
		f.Add(reads(f)[i*50].scan.Text, "", "", false, rule)
	}
	f.Add("\xff\xfe3305123456781", "code128", "]C0", true, "serial: 8 alnum")
	f.Add("BCDFG-HJKMN-PQRTV-WXY23-46789", "qr", "]Q1", false, "serial: 1-100 any\npkid: 13 digits")
	f.Add("A2346789234678923467892346", "", "", false, `serial: "A" (25 digits)`)
	f.Fuzz(func(t *testing.T, text, symbology, aim string, cut bool, rules string) {
		s := scanner.Scan{Text: text, Symbology: scanner.Symbology(symbology), AIM: aim, Cut: cut, Unsure: len(rules)%2 == 1}
		before := allocated()
		var site []label.Rule
		for rule := range strings.Lines(rules) {
			if u, err := label.ParseRule(strings.TrimSuffix(rule, "\n")); err == nil && len(site) < 64 {
				site = append(site, u)
			}
		}
		got := label.NewClassifier(site).Classify(s)
		if cost := allocated() - before; cost > 1<<20+uint64(len(rules)*1000) {
			t.Errorf("%d bytes allocated", cost)
		}
		checkWords(t, got)
		checkTexts(t, got)
		if got.Kind == label.PKID {
			checkPKID(t, s, got)
		}
		if bare := label.Classify(s); bare.Kind == label.Secret && got.Kind != label.Secret || bare.Kind == label.Command && got.Kind != label.Command {
			t.Errorf("%+v without the site's rules, %+v with them", bare, got)
		}
		label.Proves(got, text)
		label.Proves(label.Code{Kind: label.Serial, Text: text}, got.Text)
	})
}

// FuzzParseRule: a rule is refused with its place, or it is the same rule when
// it is written out, and takes at once whatever it takes.
func FuzzParseRule(f *testing.F) {
	for _, row := range label.Rows() {
		f.Add(row, "3305123456781")
	}
	for _, rule := range greedy() {
		f.Add(rule, "5CG1234XYZ")
	}
	f.Add("serial: 1-512 any \"A\" or \"AA\" or \"AAA\"", strings.Repeat("A", 512))
	f.Add("serial: caption serial mark (shape hp) | luhn and letters and digits | X | | a ; b", "S/N: 5CG1234XYZ")
	f.Fuzz(func(t *testing.T, line, text string) {
		before := allocated()
		u, err := label.ParseRule(line)
		if err != nil {
			fault, ok := errors.AsType[*label.RuleError](err)
			if !ok || fault.Column < 1 || fault.Column > len(line)+2 || fault.Problem == "" {
				t.Errorf("%q: %#v", line, err)
			}
			return
		}
		again, err := label.ParseRule(u.String())
		if err != nil || again.String() != u.String() {
			t.Fatalf("%q is %q, which is %q, %v", line, u, again, err)
		}
		s := scanner.Scan{Text: text, Symbology: scanner.Code128}
		one, two := label.NewClassifier([]label.Rule{u}).Classify(s), label.NewClassifier([]label.Rule{again}).Classify(s)
		if one != two {
			t.Errorf("%q: %+v, written out %+v", line, one, two)
		}
		if cost := allocated() - before; cost > 1<<20 {
			t.Errorf("%q: %d bytes allocated", line, cost)
		}
	})
}

// allocated is how much the process has ever allocated. It may lag by a few
// pages, which do not count here.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
