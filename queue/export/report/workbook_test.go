package report_test

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export/report"
)

// opened reads a workbook back.
func opened(t *testing.T, text []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// cell is what a cell shows, and of what type it is.
func cell(t *testing.T, f *excelize.File, sheet, at string) (shown string, kind excelize.CellType) {
	t.Helper()
	shown, err := f.GetCellValue(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	if kind, err = f.GetCellType(sheet, at); err != nil {
		t.Fatal(err)
	}
	if formula, err := f.GetCellFormula(sheet, at); err != nil || formula != "" {
		t.Errorf("%s has the formula %q, %v", at, formula, err)
	}
	return shown, kind
}

// TestWorkbookCells: what is text is a text cell whatever it looks like, counts
// and times are numbers that are shown as the language does.
func TestWorkbookCells(t *testing.T) {
	t.Parallel()
	f := opened(t, write(t, report.XLSX, "fr", serials(hostileTexts()...)))
	for i, h := range hostile {
		at := "C" + strconv.Itoa(i+2)
		if shown, kind := cell(t, f, "Appareils", at); shown != h.shown || kind != excelize.CellTypeInlineString {
			t.Errorf("%q is %q, of type %d", h.text, shown, kind)
		}
	}
	for at, want := range map[string]struct {
		shown string
		kind  excelize.CellType
	}{
		"A1": {"Carton", excelize.CellTypeInlineString},
		"A2": {"1,234", excelize.CellTypeUnset}, // grouped as Excel's own language does
		"B2": {"3305123456781", excelize.CellTypeInlineString},
		"F2": {"Contoso & Cie", excelize.CellTypeInlineString},
		"G2": {string(contoso), excelize.CellTypeInlineString},
		"K2": {"Inscrit", excelize.CellTypeInlineString},
		"Q2": {"03/11/2026 14:05", excelize.CellTypeUnset},
		"R2": {"Léa", excelize.CellTypeInlineString},
	} {
		if shown, kind := cell(t, f, "Appareils", at); shown != want.shown || kind != want.kind {
			t.Errorf("%s is %q of type %d, want %q of type %d", at, shown, kind, want.shown, want.kind)
		}
	}
	raw, err := f.GetCellValue("Appareils", "Q2", excelize.Options{RawCellValue: true})
	days, perr := strconv.ParseFloat(raw, 64)
	if err != nil || perr != nil || int(days) != 46329 {
		t.Errorf("captured on day %q, %v", raw, err)
	}
}

func TestWorkbookIsFrozenAndFiltered(t *testing.T) {
	t.Parallel()
	text := write(t, report.XLSX, "en", serials("a", "b"))
	f := opened(t, text)
	panes, err := f.GetPanes("Devices")
	if err != nil || !panes.Freeze || panes.YSplit != 1 || panes.TopLeftCell != "A2" {
		t.Errorf("%+v, %v", panes, err)
	}
	names := f.GetDefinedName()
	if len(names) != 1 || names[0].Name != "_xlnm._FilterDatabase" || names[0].RefersTo != "'Devices'!$A$1:$T$3" {
		t.Errorf("the filter: %+v", names)
	}
	if sheet := part(t, text, "xl/worksheets/sheet1.xml"); !strings.Contains(sheet, `<autoFilter ref="$A$1:$T$3">`) {
		t.Error("the sheet has no filter")
	}
	if width, err := f.GetColWidth("Devices", "G"); err != nil || width != 38 {
		t.Errorf("width %v, %v", width, err)
	}
	if sheets := f.GetSheetList(); !cmp.Equal(sheets, []string{"Devices", "Counts"}) {
		t.Errorf("%v", sheets)
	}
}

// part is a file of the workbook.
func part(t *testing.T, workbook []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	text, err := fs.ReadFile(z, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWorkbookCounts(t *testing.T) {
	t.Parallel()
	entries := []queue.Entry{
		box(func(*queue.Entry) {}),
		box(func(e *queue.Entry) { e.State, e.Code = queue.Rejected, "808" }),
		box(func(e *queue.Entry) { e.Customer, e.State = "other.example", queue.Ready }),
	}
	for _, e := range marked() { // one more by us, two there already, two by hand
		entries = append(entries, e)
	}
	f := opened(t, write(t, report.XLSX, "en", of(entries...)))
	rows, err := f.GetRows("Counts")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{
			"Customer", "Customer's Microsoft ID", "Held", "Ready to send", "Being sent", "Submitted to Microsoft", "Registered",
			"Registered, already there", "Rejected by Microsoft", "In a file for the web site", "Registration being removed",
			"Registration removed", "Handed over to another station", "Discarded", "Total",
		},
		{"Contoso & Cie", string(contoso), "0", "0", "0", "0", "3", "2", "1", "0", "0", "0", "0", "0", "6"},
		{"", "other.example", "0", "1", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "1"},
		{"Total", "", "0", "1", "0", "0", "3", "2", "1", "0", "0", "0", "0", "0", "7"},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, kind := cell(t, f, "Counts", "O2"); kind != excelize.CellTypeUnset {
		t.Errorf("a count is of type %d", kind)
	}
}

// TestWorkbookWithoutValues: what is empty is no cell, also a time that is not
// known.
func TestWorkbookWithoutValues(t *testing.T) {
	t.Parallel()
	f := opened(t, write(t, report.XLSX, "en", of(queue.Entry{State: queue.Held, Device: autopilot.Device{Serial: "\x00\x01"}})))
	rows, err := f.GetRows("Devices")
	if err != nil || len(rows) != 2 || rows[1][1] != "" || rows[1][2] != "" || rows[1][16] != "" {
		t.Errorf("%q, %v", rows, err)
	}
	if _, kind := cell(t, f, "Devices", "C2"); kind != excelize.CellTypeUnset {
		t.Errorf("a cell for nothing, of type %d", kind)
	}
}

// TestWorkbookLeavesNoTemporaryFiles: a large workbook passes through one.
func TestWorkbookLeavesNoTemporaryFiles(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	t.Setenv("TMP", folder)
	entries := many(9_000)
	var out bytes.Buffer
	if n, err := report.Write(&out, entries, report.Options{Format: report.XLSX, Words: speak(t, "en")}); n != 9_000 || err != nil {
		t.Fatal(n, err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}
