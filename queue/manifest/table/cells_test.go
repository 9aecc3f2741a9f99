package table_test

import (
	"archive/zip"
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/manifest/table"
)

// handmade is a workbook as other programs than excelize write it: the strict
// namespace, prefixes, its parts elsewhere.
func handmade(t *testing.T, sheet string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range [][2]string{
		{"_rels/.rels", `<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/Book/Main.xml"/></Relationships>`},
		{"book/_rels/main.xml.rels", `<Relationships><Relationship Id="s" Type="x/worksheet" Target="../sheets/One.xml"/><Relationship Id="t" Type="x/sharedStrings" Target="strings.xml"/>` +
			`<Relationship Id="u" Type="x/styles" Target="styles.xml"/><Relationship Id="v" Type="x/worksheet" TargetMode="External" Target="http://contoso.example/x.xml"/></Relationships>`},
		{"Book/Main.xml", `<w:workbook xmlns:r="r"><w:sheets><w:sheet name="Gone" r:id="v"/><w:sheet name="Deep" state="veryHidden" r:id="s"/><w:sheet name="Liste" sheetId="9" r:id="s"/></w:sheets></w:workbook>`},
		{"Book/strings.xml", `<sst><si><t>PK</t><rPh><t>ignored</t></rPh></si><si><r><t xml:space="preserve">two </t></r><r><t>runs &amp; more</t></r></si></sst>`},
		{"Book/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[Red]&quot;day&quot; 0"/><numFmt numFmtId="165" formatCode="[$-40C]d mmm yyyy"/></numFmts>` +
			`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`},
		{"sheets/one.xml", sheet},
	} {
		w, err := z.Create(p[0])
		if err == nil {
			_, err = w.Write([]byte(p[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestCells: each kind of cell is told, and numbers are their digits.
func TestCells(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]table.Cell{
		`<c t="s"><v>0</v></c>`:                                     {Text: "PK"},
		`<c t="s"><v> 1 </v></c>`:                                   {Text: "two runs & more"},
		`<c t="inlineStr"><is><t>a</t><rPh><t>b</t></rPh></is></c>`: {Text: "a"},
		`<c><v>3305123456781</v></c>`:                               {Text: "3305123456781", Kind: table.Number},
		`<c t="n"><v>3.305123456781E12</v></c>`:                     {Text: "3305123456781", Kind: table.Number},
		`<c><v>3305123456781.0</v></c>`:                             {Text: "3305123456781", Kind: table.Number},
		`<c><v>1.5</v></c>`:                                         {Text: "1.5", Kind: table.Number},
		`<c><v>1.2345678901234568E+18</v></c>`:                      {Text: "1.2345678901234568E+18", Kind: table.Number},
		`<c><v>0x10</v></c>`:                                        {Text: "0x10", Kind: table.Number},
		`<c><v>NaN</v></c>`:                                         {Text: "NaN", Kind: table.Number},
		`<c s="1"><v>45000</v></c>`:                                 {Text: "45000", Kind: table.Date},
		`<c s="2"><v>45000</v></c>`:                                 {Text: "45000", Kind: table.Number},
		`<c s="3"><v>45000</v></c>`:                                 {Text: "45000", Kind: table.Date},
		`<c s="99"><v>45000</v></c>`:                                {Text: "45000", Kind: table.Number},
		`<c t="d"><v>2026-11-23</v></c>`:                            {Text: "2026-11-23", Kind: table.Date},
		`<c t="b"><v>1</v></c>`:                                     {Text: "TRUE", Kind: table.Boolean},
		`<c t="e"><v>#REF!</v></c>`:                                 {Text: "#REF!", Kind: table.Error},
		`<c t="str"><f>A1&amp;"x"</f><v>last</v></c>`:               {Text: "last", Kind: table.Formula},
		`<c><f>A1</f></c>`:                                          {Kind: table.Formula},
	} {
		file := handmade(t, `<worksheet><sheetData><row>`+cell+`</row></sheetData></worksheet>`)
		f, err := table.Open(t.Context(), bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"Liste"}, f.Sheets); diff != "" {
			t.Errorf("sheets (-want +got):\n%s", diff)
		}
		n := 0
		for row, err := range f.Rows(0, "Liste") {
			if err != nil || len(row.Cells) != 1 {
				t.Errorf("%s: %v %v", cell, row, err)
				break
			}
			if n++; row.Cells[0] != want {
				t.Errorf("%s: %+v, want %+v", cell, row.Cells[0], want)
			}
		}
		if n != 1 {
			t.Errorf("%s: %d rows", cell, n)
		}
	}
}

func TestColumnNames(t *testing.T) {
	t.Parallel()
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 255: "IV", 701: "ZZ", 702: "AAA"} {
		if got := table.ColumnName(i); got != want || table.ColumnIndex(want) != i {
			t.Errorf("%d is %s, want %s; and back %d", i, got, want, table.ColumnIndex(want))
		}
	}
	for _, name := range []string{"", "1", "A1", "É", "AAAA", " A"} {
		if got := table.ColumnIndex(name); got != -1 {
			t.Errorf("%q is column %d", name, got)
		}
	}
}

func TestSeparator(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]rune{
		"": ',', "PKID": ',', "a,b;c;d": ';', "a\tb": '\t', `"a,b,c";d`: ';', "a|b": '|', "a;b,c": ',',
	} {
		if got := table.Separator(header); got != want {
			t.Errorf("%q by %q, want %q", header, got, want)
		}
	}
}
