package directory_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"pkidstation/cmd/internal/directory"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest/table"
)

const contoso, fabrikam = "11111111-aaaa-4aaa-8aaa-111111111111", "22222222-bbbb-4bbb-8bbb-222222222222"

func read(t *testing.T, text string) directory.Sheet {
	t.Helper()
	sheet, err := directory.ReadCSV(t.Context(), strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

// utf16le is text as a Windows program writes "Unicode".
func utf16le(text string) string {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return string(out)
}

// TestReadCSV: the same customer, however the file is written.
func TestReadCSV(t *testing.T) {
	t.Parallel()
	want := []queue.CustomerSetting{{
		ID: contoso, Name: "Société Générale d'Eau", Domain: "eau.example", GroupTag: "STD", Tags: []autopilot.GroupTag{"KIOSK"},
		Reseller: fabrikam, Source: queue.FromFile,
	}}
	english := "Name,Tenant ID,Domain,Group tags,Reseller\nSociété Générale d'Eau," + contoso + ",eau.example,STD KIOSK," + fabrikam + "\n"
	french := "ID Microsoft ; Nom ; Domaine ; Balises de groupe ; Revendeur\r\n" + strings.ToUpper(contoso) + ";Société Générale d'Eau;eau.example;STD|KIOSK;" + fabrikam + "\r\n"
	for name, text := range map[string]string{
		"english":         english,
		"no end of line":  strings.TrimSpace(english),
		"french":          french,
		"mark":            "\ufeff" + french,
		"utf-16":          utf16le(french),
		"windows-1252":    strings.ReplaceAll(french, "é", "\xe9"),
		"tabs, quotes":    "\"tenant_id\"\t\"NOM DU CLIENT\"\t\"Primary domain name\"\t\"tags\"\t\"reseller\"\n\"" + contoso + "\"\t\"Société Générale d'Eau\"\teau.example\t\" STD  | KIOSK \"\t" + fabrikam + "\n",
		"partner center":  "Microsoft ID,Company name,Primary domain name,Relationship,Tags,Reseller\n" + contoso + ",Société Générale d'Eau,eau.example,Cloud Reseller,STD KIOSK," + fabrikam + "\n\n,,,,\n",
		"a column twice":  "tenant id,name,name,domain,tags,reseller\n" + contoso + ",Société Générale d'Eau,other,eau.example,STD KIOSK," + fabrikam,
		"empty lines too": "\r\n" + english,
	} {
		sheet, err := directory.ReadCSV(t.Context(), strings.NewReader(text))
		if name == "empty lines too" { // the first line is the header, also when it is empty
			if !errors.Is(err, directory.ErrHeader) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, sheet.Customers); diff != "" || len(sheet.Refused) > 0 {
			t.Errorf("%s: refused %v (-want +got):\n%s", name, sheet.Refused, diff)
		}
	}
}

// TestBadRows: each is refused with its row, column and reason, and no other
// with it.
func TestBadRows(t *testing.T) {
	t.Parallel()
	const good = "33333333-cccc-4ccc-8ccc-333333333333,Adatum,,,\n"
	for name, tt := range map[string]struct {
		row  string
		want directory.Refusal
	}{
		"no id":          {",Contoso,,,", directory.Refusal{Column: directory.TenantColumn, Why: directory.BadTenant}},
		"damaged id":     {"11111111-aaaa-4aaa-8aaa-11111111111,Contoso,,,", directory.Refusal{Column: directory.TenantColumn, Value: "…1111", Why: directory.BadTenant}},
		"path for id":    {"../v1/x,Contoso,,,", directory.Refusal{Column: directory.TenantColumn, Value: "…v1/x", Why: directory.BadTenant}},
		"no name":        {contoso + ",,,,", directory.Refusal{Column: directory.NameColumn, Why: directory.NoName}},
		"short row":      {contoso, directory.Refusal{Column: directory.NameColumn, Why: directory.NoName}},
		"tag":            {contoso + ",Contoso,,STD K/1,", directory.Refusal{Column: directory.TagsColumn, Value: "…", Why: directory.BadTag}},
		"reseller":       {contoso + ",Contoso,,,a b cd", directory.Refusal{Column: directory.ResellerColumn, Value: "…b cd", Why: directory.BadReseller}},
		"long name":      {contoso + "," + strings.Repeat("é", 300) + ",,,", directory.Refusal{Column: directory.NameColumn, Value: "…éééé", Why: directory.TooLong}},
		"escape":         {contoso + ",Con\x1b[2Jtoso,,,", directory.Refusal{Column: directory.NameColumn, Value: "…toso", Why: directory.Unprintable}},
		"domain":         {contoso + ",Contoso,\u202eeau,,", directory.Refusal{Column: directory.DomainColumn, Value: "…", Why: directory.Unprintable}},
		"product key":    {contoso + ",VK7JG-NPHTM-C97JM-9MPGT-3V66T,,,", directory.Refusal{Column: directory.NameColumn, Why: directory.HasSecret}},
		"key for id":     {"VK7JG-NPHTM-C97JM-9MPGT-3V66T,Contoso,,,", directory.Refusal{Column: directory.TenantColumn, Value: "", Why: directory.HasSecret}},
		"key for tag":    {contoso + ",Contoso,,VK7JG-NPHTM-C97JM-9MPGT-3V66T,", directory.Refusal{Column: directory.TagsColumn, Why: directory.HasSecret}},
		"an open quote":  {"\"" + contoso + ",Contoso,,,", directory.Refusal{Why: directory.Syntax}},
		"a stray quote":  {contoso + ",Con\"toso,,,", directory.Refusal{Why: directory.Syntax}},
		"the same again": {"33333333-CCCC-4ccc-8ccc-333333333333,Adatum,,,", directory.Refusal{Column: directory.TenantColumn, Value: "…3333", Why: directory.Duplicate}},
	} {
		sheet := read(t, "tenant id,name,domain,tags,reseller\n"+good+tt.row+"\n"+fabrikam+",Fabrikam,,,\n")
		tt.want.Row = 3
		if diff := cmp.Diff([]directory.Refusal{tt.want}, sheet.Refused); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if len(sheet.Customers) != 2 || sheet.Customers[1].Name != "Fabrikam" {
			t.Errorf("%s: the good rows: %v", name, sheet.Customers)
		}
	}
}

func TestFilesThatAreNoDirectory(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]error{
		"":                                      directory.ErrEmpty,
		"\ufeff":                                directory.ErrEmpty,
		"tenant id,name\n":                      directory.ErrEmpty,
		"tenant id,name\n,\n\n":                 directory.ErrEmpty,
		"name,domain\nContoso,x\n":              directory.ErrHeader,
		"PK\x03\x04":                            table.ErrBroken,
		strings.Repeat("x", 9<<20):              directory.ErrTooBig,
		"id\n" + strings.Repeat("x\n", 300_000): directory.ErrTooBig,
	} {
		if _, err := directory.ReadCSV(t.Context(), strings.NewReader(text)); !errors.Is(err, want) {
			t.Errorf("%.20q: %v, want %v", text, err, want)
		}
	}
}

// TestOtherFiles are refused by what they are.
func TestOtherFiles(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]table.Format{"\x00\x01\x02": table.Binary, "%PDF-1.7": table.PDF, "<html>": table.HTML} {
		_, err := directory.ReadCSV(t.Context(), strings.NewReader(text))
		if e, ok := errors.AsType[*table.FormatError](err); !ok || e.Format != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// FuzzReadCSV: whatever the file has, what is taken can be kept and sent to.
func FuzzReadCSV(f *testing.F) {
	f.Add("tenant id,name\n" + contoso + ",Contoso\n")
	f.Add("\ufeffID Microsoft;Nom;Balises de groupe\n" + contoso + ";\"a\"\"b\";STD|X\n\"")
	f.Add(utf16le("id\tnom\n" + contoso + "\té"))
	f.Fuzz(func(t *testing.T, text string) {
		sheet, err := directory.ReadCSV(t.Context(), strings.NewReader(text))
		if err != nil {
			return
		}
		seen := map[autopilot.TenantID]bool{}
		for _, c := range sheet.Customers {
			id, err := autopilot.ParseTenantID(string(c.ID))
			if err != nil || id != c.ID || seen[id] || c.Name == "" || strings.ContainsAny(c.Name+c.Domain, "\x00\x1b\n") {
				t.Errorf("taken: %+v", c)
			}
			seen[id] = true
			for _, tag := range c.Choices() {
				if _, err := autopilot.ParseGroupTag(string(tag)); err != nil {
					t.Errorf("tag %q: %v", tag, err)
				}
			}
		}
	})
}
