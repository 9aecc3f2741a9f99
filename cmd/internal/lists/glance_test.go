package lists_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"pkidstation/cmd/internal/lists"
)

// TestGlanceOfTheChosenSheet: what a person sees is the sheet that they chose, not the
// fullest one, also where its name cannot be shown as it is.
func TestGlanceOfTheChosenSheet(t *testing.T) {
	t.Parallel()
	book := excelize.NewFile()
	path := filepath.Join(t.TempDir(), "list.xlsx")
	for sheet, head := range map[string][]any{"Palette\u00a01": {"Code", "Poste"}, "Old": {"Code", "Etiq", "Poste", "Lot", "Date"}} {
		if _, err := book.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		for n, row := range [][]any{head, {"3305123400011", "1"}} {
			if err := book.SetSheetRow(sheet, "A"+string(rune('1'+n)), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	for sheet, columns := range map[string]int{"": 5, "Palette 1": 2, "Old": 5} {
		g, err := lists.Glance(t.Context(), path, sheet)
		if err != nil || len(g.Columns) != columns {
			t.Errorf("%q: %+v, %v", sheet, g.Columns, err)
		}
	}
}

// TestALongHeaderIsSaidToBeCut: by what is left of it no column is found again.
func TestALongHeaderIsSaidToBeCut(t *testing.T) {
	t.Parallel()
	g, err := lists.Glance(t.Context(), written(t, strings.Repeat("Référence ", 12)+";Etiq\n1;2\n"), "")
	if err != nil || !strings.HasSuffix(g.Columns[0].Header, "…") {
		t.Errorf("%+v, %v", g.Columns, err)
	}
}
