package label

import (
	"strings"

	"pkidstation/scanner"
)

// What the tests need of the inside: which row of rules.txt decided.

// A Sample is a text of a row of rules.txt, on one carrier of that row.
type Sample struct {
	Line int
	Scan scanner.Scan
	Want Code // without texts
}

// Samples are the examples of all rows; a row without any has one without
// text.
func Samples() []Sample {
	var all []Sample
	for _, rules := range [][]Rule{builtin().first, builtin().then} {
		for i := range rules {
			u := &rules[i]
			want := Code{Kind: u.kind, Confidence: u.confidence, Reason: u.reason}
			if len(u.examples) == 0 {
				all = append(all, Sample{Line: u.line, Want: want})
			}
			for _, text := range u.examples {
				for on, symbology := range map[carrier]scanner.Symbology{
					retail: scanner.EAN13, interleaved: scanner.ITF, general: scanner.Code128, silent: scanner.Unknown,
				} {
					if u.on&on != 0 {
						all = append(all, Sample{u.line, scanner.Scan{Text: text, Symbology: symbology}, want})
					}
				}
			}
		}
	}
	return all
}

// ShapeSamples are the examples of the makers' serials, by the shape's name.
func ShapeSamples() map[string][]string {
	all := map[string][]string{}
	for _, s := range builtin().shapes {
		all[s.name] = s.rule.examples
	}
	return all
}

// ShapeOf is the name of the shape that a serial has.
func ShapeOf(text string) string {
	s, _ := builtin().shapeOf(text)
	return s.name
}

// Row is the line of the row that decides a scan which is no message; 0 for
// none.
func Row(s scanner.Scan) int {
	r := newReading(s)
	r.upper = strings.ToUpper(r.text)
	for _, rules := range [][]Rule{builtin().first, builtin().then} {
		for i := range rules {
			if _, ok := rules[i].read(&r, builtin()); ok {
				return rules[i].line
			}
		}
	}
	return 0
}

// Rows are the rules of rules.txt as String gives them.
func Rows() []string {
	var all []string
	for _, rules := range [][]Rule{builtin().first, builtin().then} {
		for i := range rules {
			all = append(all, rules[i].String())
		}
	}
	return all
}

// ReadRow reads a rule as rules.txt may have it.
func ReadRow(line string) (Rule, error) { return parseRow(line, builtin()) }

// ReadTable reads a whole table.
func ReadTable(text string) error {
	_, err := readDictionary(text)
	return err
}

// Table is rules.txt.
func Table() string { return rulesText }
