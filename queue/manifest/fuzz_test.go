package manifest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest"
	"pkidstation/queue/manifest/table"
)

// FuzzText: whatever a text holds, what is taken is whole, and each row is in one
// place.
func FuzzText(f *testing.F) {
	for _, some := range []map[string]golden{goodText(), badText()} {
		for _, g := range some {
			if len(g.file) < 8<<10 {
				f.Add(g.file)
			}
		}
	}
	f.Add([]byte("PKID,Serial\n\"a\"b\"\n\"\"\"\n"))
	f.Add([]byte("\xff\xfeP\x00K\x00"))
	f.Fuzz(func(t *testing.T, file []byte) { held(t, file, manifest.Options{}) })
}

// FuzzWorkbook is FuzzText for the XML of a workbook's parts: what is packed
// around it would only keep the fuzzer from them.
func FuzzWorkbook(f *testing.F) {
	f.Add("<worksheet><sheetData>"+rowOf(1, "PKID", "Serial")+rowOf(2, "3305123456781", "5CG4071QZ8")+"</sheetData></worksheet>", "<sst><si><t>x</t></si></sst>", `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>`, book)
	f.Add(`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="3" hidden="1"><c r="A3" s="1"><v>3.305123456781E12</v></c></row></sheetData></worksheet>`, "<sst><si><t>PKID</t></si></sst>", "", book)
	f.Add(`<x:worksheet><x:sheetData><x:row><x:c><x:f>A1</x:f><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`, "", "", book)
	f.Fuzz(func(t *testing.T, sheet, strings, styles, workbook string) {
		file := zipped(t, "_rels/.rels", rels, "xl/workbook.xml", workbook, "xl/_rels/workbook.xml.rels", refs,
			sheet1, sheet, "xl/sharedStrings.xml", strings, "xl/styles.xml", styles)
		held(t, file, manifest.Options{})
	})
}

// FuzzZip is FuzzWorkbook for the zip around it.
func FuzzZip(f *testing.F) {
	for _, g := range workbooks(f) {
		f.Add(g.file)
	}
	f.Fuzz(func(t *testing.T, file []byte) { held(t, file, manifest.Options{}) })
}

// FuzzProfile: whatever is kept as a profile, what passes reads lists as it says,
// and is the same when it is kept again.
func FuzzProfile(f *testing.F) {
	for _, some := range []map[string]golden{goodText(), refusedWhole(f)} {
		for _, g := range some {
			var s settings
			if json.Unmarshal([]byte(or(g.options, "{}")), &s) == nil && s.Profile != nil {
				raw, err := json.Marshal(s.Profile)
				if err != nil {
					f.Fatal(err)
				}
				f.Add(raw, g.file)
			}
		}
	}
	f.Fuzz(func(t *testing.T, raw, file []byte) {
		p, err := manifest.ParseProfile(raw)
		if err != nil {
			if _, ok := errors.AsType[*manifest.ProfileError](err); !ok {
				t.Errorf("%v", err)
			}
			return
		}
		kept, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := manifest.ParseProfile(kept); err != nil {
			t.Errorf("%s does not pass again: %v", kept, err)
		}
		held(t, file, manifest.Options{Profile: &p})
	})
}

// held reads a file and wants of it what the package promises of any.
func held(t *testing.T, file []byte, o manifest.Options) {
	t.Helper()
	m, err := manifest.Read(t.Context(), bytes.NewReader(file), int64(len(file)), o)
	if err != nil {
		if m != nil {
			t.Errorf("%v, and a manifest", err)
		}
		return
	}
	places, pkids, taken := map[int]bool{}, map[autopilot.PKID]bool{}, 0
	place := func(n int) {
		if n < 1 || places[n] {
			t.Errorf("row %d is in two places, or nowhere", n)
		}
		places[n] = true
	}
	for d := range m.Rows() {
		taken++
		place(d.Row)
		if _, err := autopilot.ParsePKID(string(d.PKID)); d.PKID != "" && (err != nil || pkids[d.PKID]) {
			t.Errorf("taken: %q", d.PKID)
		}
		pkids[d.PKID] = true
		if !d.Identified() {
			t.Errorf("taken without identity: %+v", d)
		}
		for _, text := range []string{d.Serial, d.Manufacturer, d.Model, d.Order, d.Pallet, d.Box, d.Customer} {
			safe(t, text)
		}
		// Nothing is made up: the PKID stands in the file, but where a workbook has
		// a number in another notation or a text is of two bytes a character.
		if m.Format == table.Text && (m.Encoding == table.UTF8 || m.Encoding == table.Windows1252) && !bytes.Contains(file, []byte(d.PKID)) {
			t.Errorf("%q is not in the file", d.PKID)
		}
	}
	if taken != m.Taken() || taken+len(m.Refused) == 0 {
		t.Errorf("%d rows, said to be %d, and %d refused", taken, m.Taken(), len(m.Refused))
	}
	last := 0
	for _, r := range m.Refused {
		place(r.Row)
		if r.Row < last || r.Reason == "" {
			t.Errorf("%+v after row %d", r, last)
		}
		last = r.Row
		safe(t, r.Text, r.Header)
	}
	for _, p := range m.Preview {
		safe(t, p.Cells...)
	}
	if p := m.Profile("Acme"); o.Profile == nil {
		if err := p.Check(); err != nil && !strings.Contains(err.Error(), "column") && !strings.Contains(err.Error(), "twice") {
			t.Errorf("what was found is no profile: %v: %+v", err, p)
		}
	}
}

// safe wants texts that can be shown and that hold no product key.
func safe(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.ContainsAny(text, "\x00\x1b\n\r\t\u202e") || len(text) > 512 {
			t.Errorf("%q is shown", text)
		}
		if autopilot.HoldsProductKey(text) && !strings.HasPrefix(text, "T0") && len(text) != 36 {
			t.Errorf("%q holds a product key", text)
		}
	}
}
