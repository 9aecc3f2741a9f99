package report_test

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"pkidstation/queue/export/report"
)

func bulletin() report.Bulletin {
	b := report.Bulletin{Title: "Morning <b>", Made: "=Quai & 3", Sections: []report.Section{
		{
			Title: "What <i>labels</i> hold", Sheet: "Some", None: "Nothing.",
			Columns: []report.Column{{Name: "What", Width: 20}, {Name: "Count", Width: 10}},
		},
		{Title: "Empty", Sheet: "None", Columns: []report.Column{{Name: "What", Width: 20}}, None: "Nothing is refused."},
	}}
	for n, h := range hostile {
		b.Sections[0].Rows = append(b.Sections[0].Rows, []report.Value{report.Text(h.text), report.Count(1000*n, 25000)})
	}
	b.Sections[0].Rows[0][0].Strong = true
	return b
}

func TestBulletinAsWorkbook(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := report.WriteBulletin(&out, bulletin(), report.XLSX, speak(t, "fr")); err != nil {
		t.Fatal(err)
	}
	f := opened(t, out.Bytes())
	if sheets := f.GetSheetList(); !cmp.Equal(sheets, []string{"Some", "None"}) {
		t.Errorf("sheets %q", sheets)
	}
	for i, h := range hostile {
		at := strconv.Itoa(i + 2)
		if shown, kind := cell(t, f, "Some", "A"+at); shown != h.shown || kind != excelize.CellTypeInlineString && h.shown != "" {
			t.Errorf("%q is %q, of type %d", h.text, shown, kind)
		}
		raw, err := f.GetCellValue("Some", "B"+at, excelize.Options{RawCellValue: true})
		if err != nil || raw != strconv.Itoa(1000*i) {
			t.Errorf("a count is %q, %v", raw, err)
		}
	}
	if shown, _ := cell(t, f, "None", "A2"); shown != "Nothing is refused." {
		t.Errorf("an empty sheet says %q", shown)
	}
}

func TestBulletinAsPage(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := report.WriteBulletin(&out, bulletin(), report.HTML, speak(t, "fr")); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	for _, want := range []string{
		`<html lang="fr">`, "Morning &lt;b&gt;", "=Quai &amp; 3", "default-src &#39;none&#39;", "<p>Nothing is refused.</p>", `<td class="s">=1&#43;1</td>`,
		`<meter max="100" value="40"></meter>10` + "\u202f" + `000</td>`, "&lt;script&gt;alert(1)&lt;/script&gt;",
	} {
		if !strings.Contains(page, want) && !strings.Contains(page, strings.ReplaceAll(want, "&#39;", "'")) {
			t.Errorf("%q is missing", want)
		}
	}
	if strings.Contains(page, "<script") || strings.Contains(page, "\x1b") || strings.Contains(page, "\u202e") {
		t.Errorf("the page has what a label held:\n%s", page)
	}
}

func TestBulletinRefuses(t *testing.T) {
	t.Parallel()
	b := bulletin()
	if err := report.WriteBulletin(&bytes.Buffer{}, b, report.CSV, speak(t, "fr")); !errors.Is(err, report.ErrFormat) {
		t.Errorf("as CSV: %v", err)
	}
	b.Sections[0].Rows = append(b.Sections[0].Rows, []report.Value{report.Text("alone")})
	if err := report.WriteBulletin(&bytes.Buffer{}, b, report.HTML, speak(t, "fr")); err == nil {
		t.Error("a row of one value is taken")
	}
}
