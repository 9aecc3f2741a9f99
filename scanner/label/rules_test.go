package label_test

import (
	"strings"
	"testing"

	"pkidstation/scanner/label"
)

// TestExamples: every row of rules.txt has an example, and it is that row which
// decides it, wherever the row stands. So no row can be dead behind another.
func TestExamples(t *testing.T) {
	t.Parallel()
	for _, e := range label.Samples() {
		if e.Scan.Text == "" {
			t.Errorf("rules.txt:%d: no example", e.Line)
			continue
		}
		if row := label.Row(e.Scan); row != e.Line {
			t.Errorf("rules.txt:%d: %q on %q is decided by line %d", e.Line, e.Scan.Text, e.Scan.Symbology, row)
		}
		got := label.Classify(e.Scan)
		if got.Kind != e.Want.Kind || got.Confidence != e.Want.Confidence || got.Reason != e.Want.Reason || got.Text == "" {
			t.Errorf("rules.txt:%d: %q on %q is %+v", e.Line, e.Scan.Text, e.Scan.Symbology, got)
		}
	}
	for shape, examples := range label.ShapeSamples() {
		for _, text := range examples {
			if got := label.ShapeOf(text); got != shape {
				t.Errorf("%q is %s, not %s", text, got, shape)
			}
		}
		if len(examples) == 0 {
			t.Errorf("no example of %s", shape)
		}
	}
}

// TestTableReadable: a person reads the table in a plain editor.
func TestTableReadable(t *testing.T) {
	t.Parallel()
	number := 0
	for line := range strings.Lines(label.Table()) {
		number++
		line = strings.TrimSuffix(line, "\n")
		if strings.Contains(line, "\t") || len(line) > 200 || strings.HasSuffix(line, " ") {
			t.Errorf("rules.txt:%d: a tab, a blank at the end or more than 200 columns", number)
		}
	}
}

// TestRowsRoundTrip: a row that is written out is the same row again.
func TestRowsRoundTrip(t *testing.T) {
	t.Parallel()
	for _, row := range label.Rows() {
		again, err := label.ReadRow(row)
		if err != nil {
			t.Errorf("%s: %v", row, err)
		} else if again.String() != row {
			t.Errorf("%s, then %s", row, again)
		}
	}
}

// TestBrokenTables: what is wrong in the table is told with its line.
func TestBrokenTables(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"== After the site's own rules ==\n\nserial: 8 alnmu\n":                    `rules.txt:3: rule`,
		"== Nowhere ==\nserial: 8 alnum\n":                                         `rules.txt:2: no section is called "Nowhere"`,
		"== Captions ==\nx: 8 alnum\n":                                             "rules.txt:2: a caption is texts",
		"== GS1 application identifiers ==\n2x | serial | 1-20 any\n":              "rules.txt:2: an identifier",
		"== GS1 application identifiers ==\n21 | seriel | 1-20 any\n":              "rules.txt:2: rule",
		"== MH10.8 data identifiers ==\nS | serial | 1-20 anything\n":              "rules.txt:2: rule",
		"== Makers' serials ==\nhp: 1 alnum | nonsense\n":                          "rules.txt:2: rule",
		"== First of all ==\npkid: caption nobody gap (13 digits)\n":               "rules.txt:2: rule",
		"== MH10.8 data identifiers ==\nS | serial | 1-20 any | check nothing\n":   "rules.txt:2: rule",
		"== First of all ==\nother: 8 digits | | | no-such-reason | 12345678\n":    "rules.txt:2: rule",
		"== First of all ==\nserial high high: 8 digits | | | | a | b | c\n":       "rules.txt:2: rule",
		"== First of all ==\nserial: \"A\" or \"B\" 2 digits \"C\" or \"D\" | | |": "rules.txt:2: rule",
	} {
		if err := label.ReadTable(text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s…", text, err, want)
		}
	}
	if err := label.ReadTable(label.Table()); err != nil {
		t.Error(err)
	}
}
