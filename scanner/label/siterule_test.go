package label_test

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

func classifier(tb testing.TB, rules ...string) *label.Classifier {
	tb.Helper()
	var site []label.Rule
	for _, rule := range rules {
		u, err := label.ParseRule(rule)
		if err != nil {
			tb.Fatal(err)
		}
		site = append(site, u)
	}
	return label.NewClassifier(site)
}

func TestSiteRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rule, symbol, text string
		want               label.Code
	}{
		{`serial: "FUJ" 7 alnum`, "", "fuj1234abc", label.Code{Kind: label.Serial, Confidence: label.High, Text: "FUJ1234ABC"}},
		{`serial: "FUJ" (7 alnum) | some digit | FUJITSU`, "]C0", "FUJ1234ABC", label.Code{Kind: label.Serial, Confidence: label.High, Text: "1234ABC", Maker: "FUJITSU"}},
		{`pkid certain: "ACME" (13 digits)`, "", "ACME3305123456787", label.Code{Kind: label.PKID, Confidence: label.Certain, Text: "3305123456787"}},
		{`pkid: (13 digits) "-P"`, "]Q1", "3305123456787-P", label.Code{Kind: label.PKID, Confidence: label.High, Text: "3305123456787"}},
		{`model: "MDL-" (3-20 code)`, "", "MDL-T4/X#1", label.Code{Kind: label.Model, Confidence: label.High, Text: "T4/X#1"}},
		{`part general: 3 letters "." 4 digits`, "]A0", "ABC.1234", label.Code{Kind: label.Part, Confidence: label.High, Text: "ABC.1234"}},
		{`order: caption serial mark (10 digits)`, "", "S/N: 4500123456", label.Code{Kind: label.Order, Confidence: label.High, Text: "4500123456"}},
		{`serial: "1S" model(10 alnum) (8 alnum)`, "", "1SAB12345678PF0ABC12", label.Code{Kind: label.Serial, Confidence: label.High, Text: "PF0ABC12", Model: "AB12345678"}},
		{`serial ambiguous: 9 alnum | letters and digits`, "", "AB1234567", label.Code{Kind: label.Serial, Confidence: label.Ambiguous, Reason: label.ShapeOnly, Text: "AB1234567"}},
		{`other: 7 alnum`, "]C0", "AB12CD3", label.Code{Kind: label.Other, Confidence: label.Certain, Reason: label.NoIdentity, Text: "AB12CD3"}},
		{`serial: "99" 11 digits`, "]C0", "9912345678901", label.Code{Kind: label.Serial, Confidence: label.High, Text: "9912345678901"}},
		{`serial itf: "7" 9 digits`, "]I0", "7123456789", label.Code{Kind: label.Serial, Confidence: label.High, Text: "7123456789"}},
		{`serial: 2-4 digits "AX" or "B"`, "", "123ax", label.Code{Kind: label.Serial, Confidence: label.High, Text: "123AX"}},
		{`serial: 2-4 digits "AX" or "B"`, "", "1234B", label.Code{Kind: label.Serial, Confidence: label.High, Text: "1234B"}},
		{`serial: 2-4 digits "AX" or "B"`, "", "12345B", label.Code{Kind: label.Other, Confidence: label.Certain, Reason: label.Unknown, Text: "12345B"}},
		{`pkid: "ACME" (13 digits)`, "", "ACME0000000000000", label.Code{Kind: label.Other, Confidence: label.Certain, Reason: label.Unknown, Text: "ACME0000000000000"}},
		{`part: "A" (25 digits)`, "", "A2346789234678923467892346", label.Code{Kind: label.Secret, Confidence: label.Certain, Reason: label.ProductKey}},
	} {
		if diff := cmp.Diff(c.want, classifier(t, c.rule).Classify(on(c.symbol, c.text))); diff != "" {
			t.Errorf("%s of %q (-want +got):\n%s", c.rule, c.text, diff)
		}
	}
}

// TestSiteRuleOrder: the first of a site's rules decides, and what none takes is
// decided by the built-in ones.
func TestSiteRuleOrder(t *testing.T) {
	t.Parallel()
	c := classifier(t, `model: "AB" 5 alnum`, `serial: 7 alnum`)
	for text, want := range map[string]label.Kind{"AB12CD3": label.Model, "XB12CD3": label.Serial, "5CG1234XYZ": label.Serial, "3305123456781": label.PKID} {
		if got := c.Classify(scanner.Scan{Text: text}); got.Kind != want {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

// greedy are rules that a site could write to take everything.
func greedy() []string {
	var rules []string
	for _, kind := range []string{"serial", "model", "part", "order", "other"} {
		rules = append(rules, kind+" general unknown itf: 1-512 any", kind+": 13 alnum")
	}
	return append(rules, "pkid: 13 digits", `pkid: "33" 11 digits`, `pkid: "3" (13 digits)`, `pkid: (13 digits) "3"`, `pkid: "0" (13 digits)`)
}

// TestSitesTellNotAll: whatever a site's rules say, of the corpus no product
// key passes, nothing retail or GS1 becomes a PKID, no EAN of an unknown symbol
// does, a command stays one, and a PKID that is known as one stays one.
func TestSitesTellNotAll(t *testing.T) {
	t.Parallel()
	for _, rule := range greedy() {
		c := classifier(t, rule)
		for _, r := range reads(t) {
			got := c.Classify(r.scan)
			digits := label.GTIN(r.scan.Text) && r.scan.AIM == "" && r.scan.Symbology == scanner.Unknown
			switch {
			case r.want.Kind == label.Secret && (got.Kind != label.Secret || got.Text != ""):
				t.Errorf("%s: lets %q through as %+v", rule, r.scan.Text, got)
			case r.want.Kind == label.Command && got.Kind != label.Command, r.want.Reason == label.ProductID && got.Reason != label.ProductID:
				t.Errorf("%s: takes %q as %+v", rule, r.scan.Text, got)
			case got.Kind == label.PKID && got.Confidence != label.Ambiguous && (r.want.Kind == label.TradeNumber && r.want.Confidence == label.Certain || digits):
				t.Errorf("%s: makes a PKID of %q on %q%q", rule, r.scan.Text, r.scan.AIM, r.scan.Symbology)
			case r.want.Kind == label.PKID && got.Kind != label.PKID:
				t.Errorf("%s: refuses the PKID %q as %+v", rule, r.scan.Text, got)
			}
		}
		for _, aim := range []string{"]C1", "]d2", "]Q3", "]e0", "]E0", "]X0"} {
			for _, text := range []string{"3305123456787", "03305123456787", "330512345678712", "3ACME"} {
				if got := c.Classify(scanner.Scan{Text: text, AIM: aim}); got != label.Classify(scanner.Scan{Text: text, AIM: aim}) {
					t.Errorf("%s: %q on %s is %+v", rule, text, aim, got)
				}
			}
		}
	}
}

// A mistake is where a rule is wrong, and what is said of it.
type mistake struct {
	column int
	says   string
}

func badHeads() map[string]mistake {
	return map[string]mistake{
		``:                         {1, "no colon"},
		`serial`:                   {1, "no colon"},
		`: 8 alnum`:                {1, "no kind"},
		`seriel: 8 alnum`:          {1, `"seriel" is no kind`},
		`secret: 8 alnum`:          {1, "is no kind"},
		`imei: 15 digits`:          {1, "a site's rule cannot say imei"},
		`serial sure: 8 alnum`:     {8, `"sure" is no confidence and no place`},
		`serial retail: 8 alnum`:   {1, "retail"},
		`serial anywhere: 8 alnum`: {1, "EAN, UPC and GS1"},
		`pkid itf: 13 digits`:      {1, "no PKID is in ITF"},
		`pkid: 12 digits`:          {6, "13 digits"},
		`pkid: 13 alnum`:           {6, "13 digits"},
		`pkid: "ACME" 13 digits`:   {6, "13 digits"},
		`pkid: 12-13 digits`:       {6, "13 digits"},
		`serial: 13 digits`:        {8, "take every PKID"},
	}
}

func badPatterns() map[string]mistake {
	return map[string]mistake{
		`serial:`:                                   {8, "there is no pattern"},
		`serial: 8 alnmu`:                           {11, `"alnmu" is no kind of character`},
		`serial: 8`:                                 {10, "no kind of character"},
		`serial: 0 alnum`:                           {9, "no number of characters"},
		`serial: 9-3 alnum`:                         {9, "no number of characters"},
		`serial: 999 alnum`:                         {9, "no number of characters"},
		`serial: 3-4 or 7 alnum`:                    {9, "cannot be mixed"},
		`serial: 3 or 4-7 alnum`:                    {14, "cannot be mixed"},
		`serial: eight alnum`:                       {9, `"eight" is no part`},
		`serial: "AB 8 alnum`:                       {9, "never closed"},
		`serial: ("AB" 8 alnum`:                     {9, "never closed"},
		`serial: "AB") 8 alnum`:                     {13, "no bracket is open"},
		`serial: "AB" () 8 alnum`:                   {14, "nothing between"},
		`serial: (2 alnum) (8 alnum)`:               {19, "a second ("},
		`serial: "" 8 alnum`:                        {9, "cannot be on a label"},
		`serial: "A,B" 8 alnum`:                     {9, "cannot be on a label"},
		`serial: "é" 8 alnum`:                       {9, "cannot be on a label"},
		`serial: 2 of 8`:                            {14, "quotation marks"},
		`serial: 2 of "Z-A"`:                        {14, "runs backwards"},
		`serial: "A" or "B" 2 alnum "C" or "D"`:     {8, "two choices"},
		`serial: 1-2 alnum "-" 1-2 alnum`:           {8, "two parts without a fixed length"},
		`serial: 1-2 alnum mark 2 alnum`:            {8, "cannot follow"},
		`serial: caption nobody 2 alnum`:            {9, `no caption "nobody"`},
		`serial: shape nobody`:                      {15, `no shape "nobody"`},
		`serial: 8 alnum | some digits`:             {18, `no check "some digits"`},
		`serial: 8 alnum | | é`:                     {20, "no name of a manufacturer"},
		`serial: 8 alnum | | | shape-only`:          {22, "no reason"},
		`serial: 8 alnum | | | | AB`:                {1, `the example "AB" does not fit`},
		`serial: 8 alnum | | | | | `:                {27, "columns are too many"},
		`model: model(2 alnum) 2 alnum`:             {1, "are for serials"},
		`serial: ` + strings.Repeat("1 alnum ", 60): {8, "60 parts are too many"},
		strings.Repeat("x", 600):                    {513, "too long"},
		"serial: 8 alnum\n| some":                   {11, "is no kind of character"},
	}
}

func TestParseRuleRefuses(t *testing.T) {
	t.Parallel()
	all := badHeads()
	maps.Copy(all, badPatterns())
	for rule, want := range all {
		_, err := label.ParseRule(rule)
		fault, ok := errors.AsType[*label.RuleError](err)
		if !ok || !strings.Contains(err.Error(), want.says) || fault.Column != want.column {
			t.Errorf("%.60q: %v; want column %d: …%s…", rule, err, want.column, want.says)
		}
	}
}

func TestRuleString(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		`serial:8 alnum`: `serial: 8 alnum`,
		`  serial  high  plain :  8  alnum  |  |  |  | AB12CD34`:              `serial: 8 alnum`,
		`serial ambiguous: 8 alnum | some digit | ACME | shape-only`:          `serial ambiguous: 8 alnum | some digit | ACME | shape-only`,
		`serial unknown general: 8 alnum`:                                     `serial: 8 alnum`,
		`serial itf general:8 digit`:                                          `serial itf general: 8 digit`,
		`part: ( "ab"or"cd" 3-7 code )`:                                       `part: ("AB" or "CD" 3-7 code)`,
		`serial: "S" maybe( 6 alnum ) | letters  and  digits and  some digit`: `serial: "S" maybe(6 alnum) | letters and digits and some digit`,
		`pkid certain: 7 or 13 of "0-9"`:                                      "",
	} {
		u, err := label.ParseRule(written)
		if want == "" {
			if err == nil {
				t.Errorf("%s: taken", written)
			}
			continue
		}
		if err != nil || u.String() != want {
			t.Errorf("%s: %s, %v; want %s", written, u, err, want)
			continue
		}
		if again, err := label.ParseRule(u.String()); err != nil || again.String() != u.String() {
			t.Errorf("%s: again %s, %v", u, again, err)
		}
	}
}

func TestTeach(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind   label.Kind
		prefix string
		length int
		keep   bool
		rule   string // empty: refused
		text   string
		value  string
	}{
		{label.Serial, "fuj", 10, true, `serial: "FUJ" 7 code`, "FUJ1234ABC", "FUJ1234ABC"},
		{label.Serial, "SER-", 12, false, `serial: "SER-" (8 code)`, "SER-ABC-1234", "ABC-1234"},
		{label.Serial, "", 9, false, `serial ambiguous: 9 code | some digit`, "AB1234567", "AB1234567"},
		{label.PKID, "MSP", 16, false, `pkid: "MSP" (13 digits)`, "MSP3305123456787", "3305123456787"},
		{label.PKID, "", 13, false, `pkid: 13 digits`, "3305123456781", "3305123456781"},
		{label.PKID, "33", 13, true, `pkid: "33" 11 digits`, "3305123456781", "3305123456781"},
		{label.Model, `A\B`, 6, true, `model: "A\B" 3 code`, `A\B123`, `A\B123`},
		{label.Part, "P", 4, false, `part: "P" (3 code)`, "PA#1", "A#1"},
		{label.PKID, "MSP", 16, true, "", "", ""},
		{label.PKID, "MSP", 15, false, "", "", ""},
		{label.Secret, "X", 9, false, "", "", ""},
		{label.Order, "X", 9, false, "", "", ""},
		{label.Serial, "ABC", 3, false, "", "", ""},
		{label.Serial, "ABC", 2, false, "", "", ""},
		{label.Serial, "A", 65, false, "", "", ""},
		{label.Serial, `A"`, 9, false, "", "", ""},
		{label.Serial, "A,", 9, false, "", "", ""},
		{label.Serial, "É", 9, false, "", "", ""},
		{label.Serial, "99", 13, true, `serial: "99" 11 code`, "9912345678901", "9912345678901"},
	} {
		u, err := label.Teach(c.kind, c.prefix, c.length, c.keep)
		if c.rule == "" {
			if _, ok := errors.AsType[*label.RuleError](err); !ok {
				t.Errorf("%s %q %d: %v, %v", c.kind, c.prefix, c.length, u, err)
			}
			continue
		}
		if err != nil || u.String() != c.rule {
			t.Errorf("%s %q %d: %q, %v; want %s", c.kind, c.prefix, c.length, u, err, c.rule)
			continue
		}
		if got := label.NewClassifier([]label.Rule{u}).Classify(scanner.Scan{Text: c.text}); got.Kind != c.kind || got.Text != c.value {
			t.Errorf("%s of %q: %+v", u, c.text, got)
		}
	}
}

// ExampleParseRule shows what a site writes and how a mistake is told.
func ExampleParseRule() {
	for _, line := range []string{`serial: "FUJ" 7 alnum | | FUJITSU`, `serial: "FUJ" 7 alnmu`} {
		rule, err := label.ParseRule(line)
		fmt.Println(rule, err)
	}
	// Output:
	// serial: "FUJ" 7 alnum |  | FUJITSU <nil>
	//  rule "serial: \"FUJ\" 7 alnmu", column 17: "alnmu" is no kind of character; allowed: digits, letters, alnum, hex, code (letters, digits and # . / -), any, of "0-9A-F"
}
