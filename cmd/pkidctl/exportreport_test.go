package main_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"pkidstation/queue/queuetest"
)

// reported makes a data folder with one device that was confirmed by hand, one
// that was there already and one that was refused.
func reported(t *testing.T) string {
	t.Helper()
	data := filled(t, 3)
	file := filepath.Join(t.TempDir(), "a.csv")
	runIt(t, data, "", nil, "customers", "set", oneCustomer, "--name", "=Contoso").want(t, 0)
	runIt(t, data, "", nil, "export", "partner-center", "--customer", oneCustomer, "--out", file).want(t, 0)
	there, refused := string(queuetest.PKID(1))+"=806", string(queuetest.PKID(2))+"=808"
	runIt(t, data, "", nil, "export", "confirm", file, "--by", "Ana", "--refused", there, "--refused", refused).want(t, 3)
	return data
}

// TestReportInFrench reads the workbook back: words, types, marks and counts.
func TestReportInFrench(t *testing.T) {
	t.Parallel()
	data, file := reported(t), filepath.Join(t.TempDir(), "liste.xlsx")
	runIt(t, data, "", []string{"LANG=fr_FR.UTF-8"}, "export", "report", "--out", file).want(t, 0, "3 appareils écrits dans")
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	const there = "Déjà inscrit, pas par nous\u00a0: balise de groupe et profil non appliqués"
	for at, want := range map[string]string{
		"A1": "Carton", "B2": string(queuetest.PKID(0)), "F2": "=Contoso", "G2": oneCustomer, "K2": "Inscrit", "K4": "Refusé par Microsoft",
		"M3": "806", "M4": "808", "N2": "STD", "T2": "Confirmé à la main\u00a0: Ana", "T3": there + " · Confirmé à la main\u00a0: Ana", "T4": "",
	} {
		got, err := f.GetCellValue("Appareils", at)
		if err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", at, got, want, err)
		}
		if kind, err := f.GetCellType("Appareils", at); err != nil || want != "" && kind != excelize.CellTypeInlineString {
			t.Errorf("%s is of type %d, %v", at, kind, err)
		}
	}
	counts, err := f.GetRows("Nombres")
	if err != nil || len(counts) != 3 || counts[1][0] != "=Contoso" || counts[1][6] != "1" || counts[1][7] != "1" || counts[1][8] != "1" {
		t.Errorf("%q, %v", counts, err)
	}
}

// TestReportForASpreadsheet reads the CSV back.
func TestReportForASpreadsheet(t *testing.T) {
	t.Parallel()
	data, file := reported(t), filepath.Join(t.TempDir(), "list.csv")
	runIt(t, data, "", nil, "export", "report", "--out", file, "--state", "rejected").want(t, 0, "1 device")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\uFEFF")))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][1] != "'"+string(queuetest.PKID(2)) || rows[1][5] != "'=Contoso" {
		t.Errorf("%q, %v", rows, err)
	}
	if rows[1][11] != "Registered by another organisation. Set the box aside and tell your supervisor." {
		t.Errorf("%q", rows[1][11])
	}
}
