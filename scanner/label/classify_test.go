package label_test

import (
	_ "embed"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

//go:embed testdata/labels.txt
var labels string

// A row is one line of testdata/labels.txt.
type row struct {
	name string
	scan scanner.Scan
	want label.Code
}

// rows reads the table; its head says how it is written.
func rows(tb testing.TB) []row {
	tb.Helper()
	var table []row
	section := ""
	for line := range strings.Lines(labels) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "=="):
			section = strings.Trim(line, "= ")
		default:
			table = append(table, parse(tb, section, line))
		}
	}
	return table
}

func parse(tb testing.TB, section, line string) row {
	tb.Helper()
	cells := strings.Split(line, "|")
	if len(cells) != 6 {
		tb.Fatalf("%d cells, want 6: %s", len(cells), line)
	}
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
		if i > 1 && cells[i] == "-" {
			cells[i] = ""
		}
	}
	return row{
		name: section + "/" + cells[0],
		scan: scan(cells[1]),
		want: label.Code{
			Kind: label.Kind(cells[2]), Confidence: label.Confidence(cells[3]),
			Text: cells[4], Reason: label.Reason(cells[5]),
		},
	}
}

// scan makes the scan that a cell of the table describes.
func scan(cell string) scanner.Scan {
	text := strings.NewReplacer(
		"{CR}", "\r", "{LF}", "\n", "{TAB}", "\t", "{STX}", "\x02", "{ETX}", "\x03", "{NUL}", "\x00",
		"{ESC}", "\x1b", "{GS}", "\x1d", "{RS}", "\x1e", "{EOT}", "\x04", "{DEL}", "\x7f", "{FF}", "\x0c",
	).Replace(cell)
	symbologies := []scanner.Symbology{
		scanner.Code128, scanner.QR, scanner.DataMatrix, scanner.EAN13, scanner.UPCA, scanner.DataBar,
	}
	if before, after, ok := strings.Cut(text, ":"); ok && slices.Contains(symbologies, scanner.Symbology(before)) {
		return scanner.Scan{Text: after, Symbology: scanner.Symbology(before)}
	}
	return scanner.Scan{Text: text}
}

func TestClassify(t *testing.T) {
	t.Parallel()
	for _, r := range rows(t) {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			got := label.Classify(r.scan)
			got.Model, got.Or, got.Maker, got.Stands = "", "", "", "" // not in the table, see TestBeside and TestCorpus
			if diff := cmp.Diff(r.want, got); diff != "" {
				t.Errorf("%q (-want +got):\n%s", r.scan.Text, diff)
			}
		})
	}
}

// TestSplitAIM: a source that takes the AIM identifier off the text, as all of
// ours do, gets the same answers as one that leaves it there.
func TestSplitAIM(t *testing.T) {
	t.Parallel()
	for _, r := range rows(t) {
		split := r.scan
		if split.AIM, split.Text, split.Symbology = scanner.SplitAIM(r.scan.Text); split.AIM == "" {
			continue
		}
		if diff := cmp.Diff(label.Classify(r.scan), label.Classify(split)); diff != "" {
			t.Errorf("%s: with and without AIM differ:\n%s", r.name, diff)
		}
	}
}

// TestTable: every kind, confidence and reason is in the table, so that no
// rule can be lost unnoticed.
func TestTable(t *testing.T) {
	t.Parallel()
	kinds, words := map[label.Kind]bool{}, map[string]bool{}
	for _, r := range rows(t) {
		kinds[r.want.Kind] = true
		words[string(r.want.Confidence)], words[string(r.want.Reason)] = true, true
	}
	for _, kind := range label.Kinds() {
		if !kinds[kind] {
			t.Errorf("no row for kind %s", kind)
		}
	}
	for _, word := range []string{
		"certain", "high", "ambiguous", "secret", "product-id", "all-equal",
		"control-characters", "unknown", "could-be-gtin", "two-readings", "shape-only",
	} {
		if !words[word] {
			t.Errorf("no row for %s", word)
		}
	}
}

func TestBeside(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, model, or string }{
		"Lenovo 1S":                 {text: "1S20XW0012USPF0ABC12", model: "20XW0012US"},
		"GS1 serial and model":      {text: "]C121AB12\x1d24120XW0012US", model: "20XW0012US"},
		"GS1 serial":                {text: "]C121AB12"},
		"Dell behind S, or Lenovo":  {text: "SAB12CD3", or: "AB12CD3"},
		"Dell behind SN, or Lenovo": {text: "SNAB12CD3", or: "AB12CD3"},
		"old Dell behind S":         {text: "S123456", or: "123456"},
		"HP":                        {text: "S5CG1234XYZ"},
	} {
		got := label.Classify(scan(c.text))
		if got.Kind != label.Serial || got.Model != c.model || got.Or != c.or {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestTooLong(t *testing.T) {
	t.Parallel()
	long := label.Code{Kind: label.Other, Confidence: label.Certain, Reason: label.TooLong}
	secret := label.Code{Kind: label.Secret, Confidence: label.Certain, Reason: label.ProductKey}
	const key = "BCDFG-HJKMN-PQRTV-WXY23-46789"
	for name, c := range map[string]struct {
		scan scanner.Scan
		want label.Code
	}{
		"one byte too many":       {scanner.Scan{Text: strings.Repeat("A", label.MaxText+1)}, long},
		"as long as allowed":      {scanner.Scan{Text: strings.Repeat("A", label.MaxText)}, label.Code{Kind: label.Other, Confidence: label.Certain, Reason: label.Unknown, Text: strings.Repeat("A", label.MaxText)}},
		"a megabyte":              {scanner.Scan{Text: strings.Repeat("0", 1<<20)}, long},
		"cut short by the source": {scanner.Scan{Text: "3305123456781", Cut: true}, long},
		"a key in a long text":    {scanner.Scan{Text: strings.Repeat("A", 3000) + key}, secret},
		"a key far behind":        {scanner.Scan{Text: strings.Repeat("A", 1<<16) + key}, long},
		"framing does not count":  {scanner.Scan{Text: strings.Repeat("\n", 600) + "3305123456781"}, label.Code{Kind: label.PKID, Confidence: label.High, Text: "3305123456781"}},
	} {
		if diff := cmp.Diff(c.want, label.Classify(c.scan)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestContradiction: where symbology and AIM identifier disagree, no PKID
// comes of it.
func TestContradiction(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]scanner.Scan{
		"AIM says EAN":       {Text: "3305123456787", AIM: "]E0", Symbology: scanner.Code128},
		"symbology says EAN": {Text: "3305123456787", AIM: "]C0", Symbology: scanner.EAN13},
		"AIM says GS1":       {Text: "3305123456787", AIM: "]C1", Symbology: scanner.Code128},
		"short AIM and EAN":  {Text: "3305123456787", AIM: "]", Symbology: scanner.EAN13},
	} {
		if got := label.Classify(s); got.Kind == label.PKID {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestSeveralPKIDs(t *testing.T) {
	t.Parallel()
	first := label.Code{Kind: label.PKID, Text: "3305123456781"}
	second := label.Code{Kind: label.PKID, Text: "3305123456782"}
	serial := label.Code{Kind: label.Serial, Text: "5CG1234XYZ"}
	for name, c := range map[string]struct {
		codes []label.Code
		want  bool
	}{
		"none":             {nil, false},
		"one":              {[]label.Code{serial, first}, false},
		"the same twice":   {[]label.Code{first, serial, first}, false},
		"two":              {[]label.Code{first, serial, second}, true},
		"two serials only": {[]label.Code{serial, {Kind: label.Serial, Text: "X"}}, false},
	} {
		if got := label.SeveralPKIDs(c.codes); got != c.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

// checkWords holds the words of a code to the fixed lists.
func checkWords(t *testing.T, got label.Code) {
	t.Helper()
	if !slices.Contains(label.Kinds(), got.Kind) {
		t.Errorf("kind %q is none", got.Kind)
	}
	refusal := []label.Reason{
		label.ProductKey, label.ProductID, label.PCID, label.HardwareHash, label.AllEqual, label.ControlCharacters, label.TooLong,
		label.Unknown, label.ExpressCode, label.SNID, label.NoIdentity,
	}
	doubt := []label.Reason{label.CouldBeGTIN, label.TwoReadings, label.ShapeOnly, label.LayoutOpen}
	ok := got.Reason == ""
	switch {
	case got.Kind == label.Secret:
		ok = got == label.Code{Kind: label.Secret, Confidence: label.Certain, Reason: label.ProductKey}
	case got.Kind == label.Other:
		ok = slices.Contains(refusal, got.Reason)
	case got.Confidence == label.Ambiguous:
		ok = slices.Contains(doubt, got.Reason)
	}
	if !ok {
		t.Errorf("unfit reason: %+v", got)
	}
}

// checkTexts holds every text to printable ASCII without a product key in it.
func checkTexts(t *testing.T, got label.Code) {
	t.Helper()
	for _, text := range []string{got.Text, got.Model, got.Or, got.Maker, got.Stands} {
		for i := range len(text) {
			if text[i] < ' ' || text[i] > '~' {
				t.Fatalf("unprintable: %q", text)
			}
		}
		if again := label.Classify(scanner.Scan{Text: text}); again.Kind == label.Secret {
			t.Errorf("a secret in %q", text)
		}
	}
}

// checkPKID: 13 digits, not all equal, word for word in what was read, and
// from no EAN, UPC or GS1 symbol.
func checkPKID(t *testing.T, s scanner.Scan, got label.Code) {
	t.Helper()
	if len(got.Text) != 13 || strings.Trim(got.Text, "0123456789") != "" || strings.Trim(got.Text, got.Text[:1]) == "" {
		t.Errorf("no PKID: %q", got.Text)
	}
	if !strings.Contains(s.Text, got.Text) {
		t.Errorf("%q was not read in %q", got.Text, s.Text)
	}
	aim := s.AIM
	if aim == "" {
		aim, _, _ = scanner.SplitAIM(strings.Trim(s.Text, "\r\n\t \x00\x02\x03"))
	}
	trade := []scanner.Symbology{
		scanner.EAN13, scanner.EAN8, scanner.UPCA, scanner.UPCE, scanner.DataBar, scanner.ITF,
	}
	if slices.Contains(trade, s.Symbology) || slices.Contains(trade, scanner.SymbologyOf(aim)) && s.Symbology == scanner.Unknown {
		t.Errorf("a PKID from %q %q", s.Symbology, aim)
	}
	if len(aim) == 3 && (strings.ContainsRune("EXe", rune(aim[1])) || slices.Contains([]string{"]C1", "]d2", "]Q3"}, aim)) {
		t.Errorf("a PKID from AIM %q", aim)
	}
}
