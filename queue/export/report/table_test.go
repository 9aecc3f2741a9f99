package report_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"pkidstation/queue/export/report"
)

// table has what labels may hold in its first column.
func table() report.Table {
	rows := [][]report.Cell{{{Text: "0012345"}, {At: captured()}}, {{}, {}}}
	for _, h := range hostile {
		rows = append(rows, []report.Cell{{Text: h.text}, {At: captured()}})
	}
	return report.Table{
		Title: "A title", Sheet: "Some", Rows: slices.Values(rows),
		Columns: []report.Column{{Name: "What", Width: 20}, {Name: "When", Width: 17}},
	}
}

func TestTableAsCSV(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := report.WriteTable(&b, table(), report.CSV, speak(t, "fr")); err != nil {
		t.Fatal(err)
	}
	text, marked := bytes.CutPrefix(b.Bytes(), []byte("\uFEFF"))
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = ';'
	got, err := r.ReadAll()
	want := [][]string{{"What", "When"}, {"'0012345", "03/11/2026 14:05"}, {"", ""}}
	for _, h := range hostile {
		want = append(want, []string{h.csv, "03/11/2026 14:05"})
	}
	if diff := cmp.Diff(want, got); err != nil || !marked || diff != "" {
		t.Errorf("mark %t, %v (-want +got):\n%s", marked, err, diff)
	}
}

func TestTableAsWorkbook(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := report.WriteTable(&b, table(), report.XLSX, speak(t, "fr")); err != nil {
		t.Fatal(err)
	}
	f := opened(t, b.Bytes())
	if sheets := f.GetSheetList(); !cmp.Equal(sheets, []string{"Some"}) {
		t.Errorf("sheets %q", sheets)
	}
	for i, h := range hostile {
		at := strconv.Itoa(i + 4)
		if shown, kind := cell(t, f, "Some", "A"+at); shown != h.shown || kind != excelize.CellTypeInlineString {
			t.Errorf("%q is %q, of type %d", h.text, shown, kind)
		}
		if shown, kind := cell(t, f, "Some", "B"+at); shown != "03/11/2026 14:05" || kind != excelize.CellTypeUnset {
			t.Errorf("a time is %q, of type %d", shown, kind)
		}
	}
	if panes, err := f.GetPanes("Some"); err != nil || !panes.Freeze {
		t.Errorf("%+v, %v", panes, err)
	}
}

func TestTableIsRefused(t *testing.T) {
	t.Parallel()
	if err := report.WriteTable(&bytes.Buffer{}, table(), report.HTML, speak(t, "en")); !errors.Is(err, report.ErrFormat) {
		t.Error(err)
	}
	for _, format := range []report.Format{report.XLSX, report.CSV} {
		short := table()
		short.Rows = slices.Values([][]report.Cell{{{Text: "one"}}})
		if err := report.WriteTable(&bytes.Buffer{}, short, format, speak(t, "en")); err == nil || !strings.Contains(err.Error(), "1 cells for 2 columns") {
			t.Errorf("%s: %v", format, err)
		}
		for _, room := range []int{0, 200} {
			if err := report.WriteTable(&full{room}, table(), format, speak(t, "en")); err == nil || !strings.Contains(err.Error(), "disk full") {
				t.Errorf("%s, %d bytes: %v", format, room, err)
			}
		}
	}
}
