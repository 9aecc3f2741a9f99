package leave_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
	"pkidstation/queue/export/leave"
	"pkidstation/queue/export/report"
)

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

// records reads a CSV for people back.
func records(t *testing.T, text []byte, comma rune) [][]string {
	t.Helper()
	text, ok := bytes.CutPrefix(text, []byte("\uFEFF"))
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = comma
	all, err := r.ReadAll()
	if err != nil || !ok {
		t.Fatalf("%v, mark %t", err, ok)
	}
	return all
}

// sheet reads a workbook back, and holds it to have texts alone.
func sheet(t *testing.T, text []byte, name string) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // it is only read
	rows, err := f.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	for y, row := range rows {
		for x := range row {
			at, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				t.Fatal(err)
			}
			if formula, err := f.GetCellFormula(name, at); err != nil || formula != "" {
				t.Errorf("%s has the formula %q, %v", at, formula, err)
			}
		}
	}
	return rows
}

// small has one box of each kind.
func small() leave.Order {
	o := miss(keep(registered(4), "Refused.", 1), 2)
	o.Boxes[3].Serial, o.Boxes[3].Model = "0012345", "=1+1"
	return o
}

func TestRegisteredList(t *testing.T) {
	t.Parallel()
	model := small().Boxes[0].Model
	for _, language := range languages() {
		comma, at, heads := ',', "2026-11-29 13:05", []string{"Serial number", "Manufacturer", "Model", "PKID", "Group tag", "Order", "Registered on"}
		if language == "fr" {
			comma, at, heads = ';', "29/11/2026 13:05", []string{"Numéro de série", "Fabricant", "Modèle", "PKID", "Balise de groupe", "BL", "Inscrit le"}
		}
		first := []string{"5CG0000000", "HP", model, "0000000012345", "FR-LAPTOP-STD", "BL-2026-1042", at}
		last := []string{"0012345", "HP", "=1+1", "0000000012348", "FR-LAPTOP-STD", "BL-2026-1042", at}
		sheetName := map[string]string{"en": "Devices", "fr": "Appareils"}[language]
		got := map[report.Format][][]string{}
		for _, format := range []report.Format{report.XLSX, report.CSV} {
			var b bytes.Buffer
			if n, err := leave.WriteRegistered(&b, small(), format, options(t, language, leave.Label)); n != 2 || err != nil {
				t.Fatal(n, err)
			}
			if format == report.CSV {
				got[format] = records(t, b.Bytes(), comma)
			} else {
				got[format] = sheet(t, b.Bytes(), sheetName)
			}
		}
		if diff := cmp.Diff([][]string{heads, first, last}, got[report.XLSX]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", language, diff)
		}
		first[3], last[0], last[2], last[3] = "'"+first[3], "'"+last[0], "'"+last[2], "'"+last[3]
		if diff := cmp.Diff([][]string{heads, first, last}, got[report.CSV]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", language, diff)
		}
	}
}

// TestRegisteredListOnPaper: it has every registered device once, and none that
// is not.
func TestRegisteredListOnPaper(t *testing.T) {
	t.Parallel()
	o := typical("fr")
	opts := options(t, "fr", leave.Label) // and on A4 all the same
	var b bytes.Buffer
	n, err := leave.WriteRegistered(&b, o, leave.PDF, opts)
	if err != nil || n != 192 || !bytes.Contains(b.Bytes(), []byte("[0 0 595.28 841.89]")) {
		t.Fatal(n, err)
	}
	text := ""
	for _, stream := range streams(t, b.Bytes()) {
		text += strings.Join(drawn(t, stream), "\n") + "\n"
	}
	for _, box := range o.Boxes {
		want := 0
		if box.Registered {
			want = 1
		}
		if got := strings.Count(text, box.Serial+"\n"); got != want {
			t.Errorf("%s is there %d times, want %d", box.Serial, got, want)
		}
	}
	for _, want := range []string{"Appareils inscrits\n", "192 sur 200 inscrits\n", "BL-2026-1042\n", "Inscrit le\n", "29/11/2026\n", "Page 5 sur 5\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
	for _, bad := range []string{"Peut partir", "Ne pas"} {
		if strings.Contains(text, bad) {
			t.Errorf("the list says %q", bad)
		}
	}
}

func TestContents(t *testing.T) {
	t.Parallel()
	o := small()
	o.Customer, o.CustomerName = "", "" // a reseller's customer is not known
	for i := range o.Boxes {
		o.Boxes[i].Registered, o.Boxes[i].Why = false, ""
	}
	var b bytes.Buffer
	n, err := leave.WriteContents(&b, o, report.XLSX, options(t, "en", leave.A4))
	if n != 3 || err != nil {
		t.Fatal(n, err)
	}
	want := [][]string{{"PKID", "Serial number", "Manufacturer", "Model", "Order", "Pallet", "Box"}}
	for _, i := range []int{0, 1, 3} {
		x := o.Boxes[i]
		want = append(want, []string{string(x.PKID), x.Serial, x.Manufacturer, x.Model, o.Order, x.Pallet, fmt.Sprint(x.Number)})
	}
	if diff := cmp.Diff(want, sheet(t, b.Bytes(), "Devices")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, format := range []report.Format{report.HTML, leave.PDF} {
		if _, err := leave.WriteContents(&b, o, format, options(t, "en", leave.A4)); !errors.Is(err, report.ErrFormat) {
			t.Errorf("%s: %v", format, err)
		}
	}
}

// TestUpload: the web site's files have every box that was scanned once, PKIDs
// with their zeros, and at most as many rows as the site takes.
func TestUpload(t *testing.T) {
	t.Parallel()
	o := miss(all(2003), 5)
	o.Boxes[1].Device = autopilot.Device{Serial: "5CGX", Manufacturer: "HP", Model: "EliteBook"}
	o.Boxes[2].PKID = "17"
	boxes, err := leave.Contents(o)
	if err != nil || len(boxes) != 2002 {
		t.Fatal(len(boxes), err)
	}
	var want, got []string
	for i, b := range o.Boxes {
		switch i {
		case 1:
			want = append(want, "5CGX,,,HP,EliteBook")
		case 2, 5:
		default:
			want = append(want, ","+string(b.PKID)+",,,")
		}
	}
	var counts []int
	for len(boxes) > 0 {
		var b bytes.Buffer
		taken, refused, rest, err := leave.WriteUpload(&b, boxes, export.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range refused {
			if r.Box.PKID != "17" || r.Reason != export.BadPKID || r.Column != "Windows Product ID" {
				t.Errorf("%+v", r)
			}
		}
		lines := strings.Split(b.String(), "\r\n")
		if lines[0] != export.Header || lines[len(lines)-1] != "" || len(lines) != taken+2 {
			t.Errorf("%d lines for %d boxes, first %q", len(lines), taken, lines[0])
		}
		got, counts, boxes = append(got, lines[1:len(lines)-1]...), append(counts, taken, len(refused)), rest
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int{1000, 1, 1000, 0, 1, 0}, counts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, _, _, err := leave.WriteUpload(full{}, o.Boxes, export.Options{}); err == nil {
		t.Error("a full disk took it")
	}
}

// TestListsRefuseOtherFormats: and say so before anything is written.
func TestListsRefuseOtherFormats(t *testing.T) {
	t.Parallel()
	for _, format := range []report.Format{"", report.HTML, "docx"} {
		var b bytes.Buffer
		if _, err := leave.WriteRegistered(&b, small(), format, options(t, "en", leave.A4)); !errors.Is(err, report.ErrFormat) || b.Len() > 0 {
			t.Errorf("%q: %v, %d bytes", format, err, b.Len())
		}
	}
}
