package manifest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/autopilot/autopilottest"
)

const contoso, fabrikam = "11111111-aaaa-4aaa-8aaa-111111111111", "22222222-bbbb-4bbb-8bbb-222222222222"

// hash is a hardware hash with a PKID in it. No real device's is in the project.
func hash(pkid, serial string) string {
	return string(autopilottest.Hash(autopilot.HashContents{PKID: autopilot.PKID(pkid), Serial: serial, Manufacturer: "Contoso Devices"}))
}

// A cell of a workbook that is more than a value.
type (
	formula struct {
		code  string
		value any
	}
	styled struct {
		value  any
		format string
	}
)

// text is a file of text: lines of strings.
func text(lines ...string) []byte { return []byte(strings.Join(lines, "\r\n") + "\r\n") }

func utf16le(b []byte) []byte {
	out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(b)
	if err != nil {
		panic(err)
	}
	return out
}

func utf16be(b []byte) []byte {
	out, err := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().Bytes(b)
	if err != nil {
		panic(err)
	}
	return out
}

func ansi(b []byte) []byte {
	out, err := charmap.Windows1252.NewEncoder().Bytes(b)
	if err != nil {
		panic(err)
	}
	return out
}

// A page is one sheet of a workbook.
type page struct {
	name   string
	hidden bool
	rows   [][]any
	shut   []int // rows that are hidden
}

// workbook makes an XLSX with excelize, which knows nothing of this package.
func workbook(tb testing.TB, pages ...page) []byte {
	tb.Helper()
	book := excelize.NewFile()
	check := func(err error) {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
	}
	for i, p := range pages {
		if i == 0 {
			check(book.SetSheetName("Sheet1", p.name))
		} else if _, err := book.NewSheet(p.name); err != nil {
			tb.Fatal(err)
		}
		for r, row := range p.rows {
			for c, v := range row {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				check(err)
				check(set(book, p.name, at, v))
			}
		}
		for _, r := range p.shut {
			check(book.SetRowVisible(p.name, r, false))
		}
	}
	for _, p := range pages {
		check(book.SetSheetVisible(p.name, !p.hidden))
	}
	b, err := book.WriteToBuffer()
	check(err)
	check(book.Close())
	return b.Bytes()
}

func set(book *excelize.File, sheet, at string, v any) error {
	switch v := v.(type) {
	case nil:
		return nil
	case formula:
		if err := book.SetCellValue(sheet, at, v.value); err != nil {
			return err
		}
		return book.SetCellFormula(sheet, at, v.code)
	case styled:
		style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &v.format})
		if err != nil {
			return err
		}
		if err := book.SetCellValue(sheet, at, v.value); err != nil {
			return err
		}
		return book.SetCellStyle(sheet, at, at, style)
	default:
		return book.SetCellValue(sheet, at, v)
	}
}

const five = "Device Serial Number,Windows Product ID,Hardware Hash,Manufacturer name,Device model"

// A case is one golden: a file, and how it is read. What it gives is in
// testdata/NAME.golden.
type golden struct {
	file    []byte
	options string // JSON, as settings has it; "" for none
}

// goodText are lists without damage, as text.
func goodText() map[string]golden {
	return map[string]golden{
		"good-partner-center.csv":    {file: text(five, ",3305123456781,,,", "5CG4071QZ8,,,HP,HP EliteBook 840 G10", ",0000000000123,,,")},
		"good-intune.csv":            {file: text("Device Serial Number,Windows Product ID,Hardware Hash,Group Tag,Assigned User", "5CG4071QZ8,,"+hash("3305123456781", "5CG4071QZ8")+",CONTOSO-STD,anna@contoso.example")},
		"good-get-autopilotinfo.csv": {file: utf16le(text(`"Device Serial Number","Windows Product ID","Hardware Hash"`, `"5CG4071QZ8","3305123456781","`+hash("3305123456781", "5CG4071QZ8")+`"`, `"5CG4071QZ9","","`+hash("3305123456798", "5CG4071QZ9")+`"`))},
		"good-plain-list.txt":        {file: text("3305123456781", "3305123456798", "", "4006381333931")},
		"good-semicolon-french.csv":  {file: ansi(text("N° de série;ID de clé de produit;Fabricant;Modèle;N° de BL;Palette;Carton;Client", "5CG4071QZ8;3305123456781;HP;Élite 840;BL-2026-0117;P3;17;Société Générale d'Eau", "5CG4071QZ9;3305123456798;HP;Élite 840;BL-2026-0117;P3;18;société générale d'eau"))},
		"good-tsv-utf8-mark.tsv":     {file: append([]byte("\xef\xbb\xbf"), text("PKID\tS/N\tMTM", "3305123456781\tPF0ABC12\t20XW00ABFR")...)},
		"good-utf16-no-mark.txt":     {file: utf16be(text("PKID;Serial number", "3305123456781;5CG4071QZ8"))},
		"good-titles-above.csv":      {file: text("Delivery advice", "Contoso Distribution,,2026-11-23", "", "PKID,Serial", "3305123456781,5CG4071QZ8")},
		"good-sep-line.csv":          {file: text("sep=;", "PKID;Serial", "3305123456781;5CG4071QZ8")},
		"good-quotes.csv":            {file: text(`"PKID","Model","Box"`, `"3305123456781","14"" Laptop, black","1"`, `3305123456798,14" Laptop,2`, "3305123456804,\"two\nlines\",3", "3305123456811,plain,4")},
		"good-mac-line-ends.csv":     {file: []byte("PKID,Serial\r3305123456781,5CG4071QZ8\r3305123456798,5CG4071QZ9\r")},
		"good-pipe.txt":              {file: text("Product Key ID|Service Tag|OEM", "3305123456781|7HX2KQ3|Dell Inc.")},
		"good-german.csv":            {file: ansi(text("Seriennummer;PKID;Hersteller;Gerätemodell", "5CG4071QZ8;3305123456781;Wörtmann;Terra 1516"))},
		"good-blank-values.csv":      {file: text("PKID,Serial,Pallet", "3305123456781,n/a,-", "3305123456798,N/A,P1", "3305123456804,,")},
		"good-tenant.csv":            {file: text("PKID,Tenant ID,Group tag", "3305123456781,"+strings.ToUpper(contoso)+",CONTOSO-STD", "3305123456798,"+contoso+",CONTOSO-STD")},
		"good-expected-customer.csv": {file: text("PKID,Customer", "3305123456781,CONTOSO S.A.", "3305123456798,"), options: `{"expected":"` + contoso + `","names":["Contoso SA"]}`},
		"good-profile.csv": {
			file:    text("Ref;Num;PKID old;PKID", "x;5CG4071QZ8;3305123456798;3305123456781"),
			options: `{"profile":{"name":"Acme","separator":";","columns":[{"column":"num","field":"serial"},{"column":"PKID","field":"pkid"}]}}`,
		},
		"good-profile-letters.csv": {
			file:    text("x,5CG4071QZ8,3305123456781", "x,5CG4071QZ9,3305123456798"),
			options: `{"profile":{"name":"Acme","no_header":true,"columns":[{"column":"B","field":"serial"},{"column":"c","field":"pkid"}]}}`,
		},
		"good-serials-suffice.csv": {file: text("Serial", "5CG4071QZ8", "5CG4071QZ9"), options: `{"serials_suffice":true}`},
	}
}

// badText are lists with each damage, between good rows.
func badText() map[string]golden {
	return map[string]golden{
		"bad-scientific.csv":      {file: text("PKID,Serial,Order", "3.30E+12,5CG4071QZ1,A1", "\"3,30512E+12\",5CG4071QZ2,A1", "3305123456781,5.00E+12,A1", "3305123456798,5E12345,A1", "3305123456804,5CG4071QZ4,4.5E+09", "3E12,5CG4071QZ5,A1")},
		"bad-scientific-list.txt": {file: text("PKID", "3305123456781", "3,30512E+12", "3305123456798")},
		"bad-lost-zeros.csv":      {file: text("PKID,Serial", "305123456781,5CG4071QZ1", "5123456781,5CG4071QZ2", "51234,5CG4071QZ3", "33051234567812,5CG4071QZ4", "3305123456781,5CG4071QZ5")},
		"bad-trailing-zeros.csv":  {file: text("PKID", "3305120000000", "3300000000000", "3305123400000", "3305123456781")},
		"bad-all-rounded.csv":     {file: text("PKID", "3305123456000", "3305123457000", "3305123458000")},
		"bad-decimal.csv":         {file: text("PKID;Serial", "3305123456781.0;5CG4071QZ1", "3305123456798,00;5CG4071QZ2", "3305123456804;45201993453.0", "3305123456811;5CG4071QZ4")},
		"bad-grouped.csv":         {file: text("PKID;Serial", "3 305 123 456 781;5CG4071QZ1", "3\u00a0305\u00a0123\u00a0456\u00a0798;5CG4071QZ2", "3\u202f305\u202f123\u202f456\u202f804;5CG4071QZ3", "3.305.123.456.811;5CG4071QZ4", "3305-1234-56828;5CG4071QZ5", "3305123456835;045\u202f201\u202f993\u202f453")},
		"bad-grouped-ansi.csv":    {file: ansi(text("PKID;Modèle", "3\u00a0305\u00a0123\u00a0456\u00a0781;Élite", "3305123456798;Élite"))},
		"bad-several.csv":         {file: text("PKID,Serial", "3305123456781/3305123456798,5CG4071QZ1", "\"3305123456804\n3305123456811\",5CG4071QZ2", "3305123456828 5CG4071QZ3,", "33051234567813305123456798,5CG4071QZ4", "3305123456835,5CG4071QZ5 / 5CG4071QZ6", "3305123456842,5CG4071QZ7")},
		"bad-wrong-column.csv":    {file: text("PKID,Serial,Note", "5CG4071QZ1,3305123456781,", "5CG4071QZ2,,3305123456798", "3305123456804,3305123456804,", "laptop,5CG4071QZ3,", "00330-80000-00000-AAOEM,5CG4071QZ4,", "3305123456811,"+hash("3305123456811", "x")+",", "3305123456828,5CG4071QZ6,")},
		"bad-article-codes.csv":   {file: text("PKID", "4006381333931", "4006381333948", "4006381333955", "4006381333962", "4006381333979", "4006381333986")},
		"bad-duplicates.csv":      {file: text("PKID,Serial,Model", "3305123456781,5CG4071QZ1,A", "3305123456798,5CG4071QZ2,A", "3305123456781,5CG4071QZ1,A", "3305123456798,,", ",5cg4071qz2,")},
		"bad-conflicts.csv":       {file: text("PKID,Serial", "3305123456781,5CG4071QZ1", "3305123456781,5CG4071QZ2", "3305123456798,5CG4071QZ3", "3305123456804,5CG4071QZ3", "3305123456811,5CG4071QZ4", "3305123456781,5CG4071QZ1")},
		"bad-mixed-customers.csv": {file: text("PKID,Customer", "3305123456781,Contoso", "3305123456798,Fabrikam", "3305123456804,", "3305123456811,contoso")},
		"bad-no-customer.csv":     {file: text("PKID,Tenant ID", "3305123456781,"+contoso, "3305123456798,", "3305123456804,Contoso")},
		"bad-other-customer.csv":  {file: text("PKID,Tenant ID,Customer", "3305123456781,"+contoso+",Contoso", "3305123456798,"+fabrikam+",Contoso", "3305123456804,,Fabrikam", "3305123456811,,"), options: `{"expected":"` + contoso + `","names":["Contoso"]}`},
		"bad-secret.csv":          {file: text("PKID,Serial,Note", "VK7JG-NPHTM-C97JM-9MPGT-3V66T,5CG4071QZ1,", "3305123456781,VK7JG-NPHTM-C97JM-9MPGT-3V66T,", "3305123456798,5CG4071QZ3,VK7JG-NPHTM-C97JM-9MPGT-3V66T")},
		"bad-formula.csv":         {file: text("PKID,Serial,Order", `"=""3305123456781""",5CG4071QZ1,A`, "3305123456798,=cmd|'/c calc'!A0,A", "3305123456804,5CG4071QZ3,@SUM(A1)", "+3305123456811,5CG4071QZ4,A", "'3305123456828,5CG4071QZ5,A", "3305123456835,5CG4071QZ6,A")},
		"bad-failed-formula.csv":  {file: text("PKID;Serial", "#REF!;5CG4071QZ1", "#NOM?;5CG4071QZ2", "########;5CG4071QZ3", "3305123456781;#N/A", "VRAI;5CG4071QZ5", "3305123456798;5CG4071QZ6")},
		"bad-dates.csv":           {file: text("PKID,Serial", "3305123456781,05-mars", "3305123456798,12/05/2026", "3305123456804,2026-05-12", "3305123456811,Mar-05", "3305123456828,5CG4071QZ5")},
		"bad-precision.csv":       {file: text("PKID,Serial", "3305123456781,123456789012345000", "3305123456798,123456789012345678")},
		"bad-short-serials.csv":   {file: text("PKID,Serial", "3305123456781,452019934531", "3305123456798,452019934548", "3305123456804,52019934555", "3305123456811,452019934562")},
		"bad-placeholders.csv":    {file: text("PKID,Serial,Manufacturer,Model", "0000000000000,5CG4071QZ1,HP,A", "3305123456781,To be filled by O.E.M.,HP,A", "3305123456798,XXXXXXXX,HP,A", "3305123456804,5CG4071QZ4,Default string,A", "3305123456811,5CG4071QZ5,HP,A")},
		"bad-identity.csv":        {file: text("Serial,Manufacturer,Model,PKID,Box", "5CG4071QZ1,HP,EliteBook,,1", "5CG4071QZ2,HP,,,2", "5CG4071QZ3,,EliteBook,,3", ",HP,EliteBook,,4", "Total,,,,5", "5CG4071QZ6,,,3305123456781,6")},
		"bad-characters.csv":      {file: text("PKID,Serial,Order", "3305123456781,5CG\x1b[2J,A", "3305123456798,\u202e5CG4071QZ2,A", "3305123456804,5CG4071QZé,A", "3305123456811,5CG4071QZ4,"+strings.Repeat("é", 150), "33051\u200b23456828,5CG4071QZ5,A", "3305123456835,5CG4071QZ6,A")},
		"bad-tags.csv":            {file: text("PKID,Group tag", "3305123456781,STD/1", "3305123456798,STD 1", "3305123456804,STD-1")},
		"bad-hash.csv":            {file: text("Device Serial Number,Windows Product ID,Hardware Hash", "S12345,3305123456781,"+hash("3305123456798", "S12345"), "S12346,,"+hash("3305123456804", "S12346")[:2000]+"!", "S12347,,T0short", "S12348,3305123456811,"+hash("3305123456811", "S12348"), "S12349,,"+hash("3305123456828", "OTHER1"), ",3305123456835,", ",,"+hash("3305123456835", "S12350"), "s12351,3305123456842,"+hash("", "S12351"))},
		"good-makers.csv":         {file: text(five, "5CG4071QZ1,,,hp,EliteBook", "5CG4071QZ2,,,hp,EliteBook", "PF0ABC12,,,Lenovo,ThinkPad T14", "PF0ABC13,,,LENOVO,20XW00ABFR", "S1,3305123456781,,dell,Latitude", "S2,,,dell,Dell Latitude 7420", "S3,,,ACME,Book", "012345678957,,,Microsoft Corporation,surface laptop 5", "012345678964,,,Surface,Surface Pro 9", "S4,,,getac inc,B360")},
		"bad-shifted.csv":         {file: text("PKID,Manufacturer,Model", "3305123456781,ACME, Inc.,Book", "3305123456798,ACME,Book,,", "3305123456804,ACME")},
		"bad-open-quote.csv":      {file: text("PKID,Serial", "3305123456781,5CG4071QZ1", "\"3305123456798,5CG4071QZ2", "3305123456804,5CG4071QZ3", "3305123456811,5CG4071QZ4")},
		"bad-headers.csv":         {file: text("3305123456781,5CG4071QZ0", "PKID,Serial", "3305123456798,5CG4071QZ1", "PKID,Serial", "3305123456804,5CG4071QZ2")},
		"bad-list.txt":            {file: text("Delivery of 23 November", "3305123456781", "3305123456781", "330512345679", "end")},
		"bad-long-row.csv":        {file: text("PKID,Serial", "3305123456781,"+strings.Repeat("A", 300<<10), "3305123456798,5CG4071QZ2", "3305123456804"+strings.Repeat(",", 300))},
	}
}

// workbooks are lists as XLSX, good and damaged.
func workbooks(tb testing.TB) map[string]golden {
	tb.Helper()
	head := []any{"PKID", "Serial", "Model"}
	list := func(rows ...[]any) page { return page{name: "List", rows: append([][]any{head}, rows...)} }
	return map[string]golden{
		"good-workbook.xlsx":           {file: workbook(tb, list([]any{"3305123456781", "5CG4071QZ1", "EliteBook"}, []any{3305123456798, "5CG4071QZ2", "EliteBook"}, []any{nil}, []any{"0000000000123", "5CG4071QZ3", "Élite"}))},
		"good-workbook-sheets.xlsx":    {file: workbook(tb, page{name: "Read me", rows: [][]any{{"Delivery of 23 November"}}}, page{name: "Old", hidden: true, rows: [][]any{head, {"3305123456798"}}}, list([]any{"3305123456781", "5CG4071QZ1"}))},
		"good-workbook-beside.xlsx":    {file: workbook(tb, page{name: "A", rows: [][]any{{"Advice"}, nil, {nil, "Serial", "PKID"}, {nil, "5CG4071QZ1", "3305123456781", nil, "note"}, {nil, "5CG4071QZ2", 3305123456798.0}}})},
		"good-workbook-list.xlsx":      {file: workbook(tb, page{name: "A", rows: [][]any{{"3305123456781"}, {3305123456798}}})},
		"good-workbook-profile.xlsx":   {file: workbook(tb, list([]any{"3305123456781", "5CG4071QZ1"}), page{name: "Other", rows: [][]any{{"Clé", "SN"}, {"3305123456798", "5CG4071QZ2"}}}), options: `{"profile":{"name":"Acme","sheet":"other","columns":[{"column":"cle","field":"pkid"}]}}`},
		"bad-workbook-numbers.xlsx":    {file: workbook(tb, list([]any{305123456781, "5CG4071QZ1"}, []any{3.3e12, "5CG4071QZ2"}, []any{3305123456781.5, "5CG4071QZ3"}, []any{styled{305123456798, "0000000000000"}, "5CG4071QZ4"}, []any{3305123456804, 1234567890123456789}, []any{3305123456811, 452019934531}, []any{-3305123456828, "5CG4071QZ7"}))},
		"bad-workbook-cells.xlsx":      {file: workbook(tb, list([]any{formula{`3305*10^9+123456781`, 3305123456781}, "5CG4071QZ1"}, []any{true, "5CG4071QZ2"}, []any{"3305123456798", styled{45000, "dd/mm/yyyy"}}, []any{"3305123456804", styled{45000, "mmm-yy"}}, []any{"3305123456811", formula{"A1", ""}}, []any{"3305123456828", "5CG4071QZ6", styled{7, `0" days"`}}))},
		"bad-workbook-hidden.xlsx":     {file: workbook(tb, page{name: "A", shut: []int{3}, rows: [][]any{head, {"3305123456781", "5CG4071QZ1"}, {"3305123456798", "5CG4071QZ2"}, {"3305123456804", "5CG4071QZ3"}}})},
		"bad-workbook-two-in-one.xlsx": {file: workbook(tb, list([]any{"3305123456781\n3305123456798", "5CG4071QZ1"}, []any{"3305123456804", "5CG4071QZ2"}))},
	}
}

// whole are files that are refused as they are.
func refusedWhole(tb testing.TB) map[string]golden {
	tb.Helper()
	return map[string]golden{
		"refused-two-columns.csv":    {file: text("PKID,Windows Product ID,Serial", "3305123456781,3305123456798,5CG4071QZ1")},
		"refused-no-header.csv":      {file: text("alpha,beta", "3305123456781,5CG4071QZ1")},
		"refused-no-devices.csv":     {file: text(five, "", ",,,,")},
		"refused-empty.csv":          {file: []byte{}},
		"refused-pdf.csv":            {file: []byte("%PDF-1.7\n1 0 obj\n")},
		"refused-page.xls":           {file: []byte("<html><table><tr><td>PKID</td></tr></table></html>")},
		"refused-old-workbook.xls":   {file: append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 1024)...)},
		"refused-binary.csv":         {file: []byte("\x00\x01\x02\x03PKID")},
		"refused-two-sheets.xlsx":    {file: workbook(tb, page{name: "Paris", rows: [][]any{{"PKID"}, {"3305123456781"}}}, page{name: "Lyon", rows: [][]any{{"PKID"}, {"3305123456798"}}})},
		"refused-cut-off.xlsx":       {file: cut(workbook(tb, page{name: "A", rows: [][]any{{"PKID"}, {"3305123456781"}}}))},
		"refused-profile-column.csv": {file: text("PKID,Serial", "3305123456781,5CG4071QZ1"), options: `{"profile":{"name":"Acme","columns":[{"column":"PKID","field":"pkid"},{"column":"Lot","field":"order"}]}}`},
		"refused-missing-sheet.xlsx": {file: workbook(tb, page{name: "Paris", rows: [][]any{{"PKID"}, {"3305123456781"}}}), options: `{"sheet":"Lyon"}`},
		"refused-protected.xlsx":     {file: protected(tb)},
		"refused-open-document.ods":  {file: zipped(tb, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<a/>")},
	}
}

func cut(b []byte) []byte { return b[:len(b)*2/3] }

func protected(tb testing.TB) []byte {
	tb.Helper()
	b, err := excelize.Encrypt(workbook(tb, page{name: "A", rows: [][]any{{"PKID"}, {"3305123456781"}}}), &excelize.Options{Password: "secret"})
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// all are the goldens by the names of their files.
func all(tb testing.TB) map[string]golden {
	tb.Helper()
	found := map[string]golden{}
	for _, some := range []map[string]golden{goodText(), badText(), workbooks(tb), refusedWhole(tb)} {
		for name, g := range some {
			if _, again := found[name]; again {
				tb.Fatal(fmt.Errorf("%s is twice among the goldens", name))
			}
			found[name] = g
		}
	}
	return found
}
