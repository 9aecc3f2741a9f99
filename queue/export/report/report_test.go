package report_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export/report"
)

const contoso autopilot.TenantID = "11111111-aaaa-4aaa-8aaa-111111111111"

// captured is a local time that comes as another zone's.
func captured() time.Time {
	return time.Date(2026, 11, 3, 14, 5, 9, 0, time.Local).In(time.FixedZone("far", 5*60*60))
}

// box is an entry with everything in it.
func box(change func(*queue.Entry)) queue.Entry {
	e := queue.Entry{
		ID: "e1", Seq: 1, Number: 1234, Customer: contoso, GroupTag: "STD", Order: "BL-1", Pallet: "P3", State: queue.Registered,
		Batch: "STD", TrackingID: "t-1", DeviceID: "d-1", CapturedAt: captured(), Operator: "Léa", Station: "Quai 3",
		Device: autopilot.Device{PKID: "3305123456781", Serial: "0012345", Manufacturer: "Microsoft Corporation", Model: "Surface Pro"},
	}
	change(&e)
	return e
}

func of(entries ...queue.Entry) iter.Seq2[queue.Entry, error] {
	return func(yield func(queue.Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func serials(texts ...string) iter.Seq2[queue.Entry, error] {
	var all []queue.Entry
	for _, text := range texts {
		all = append(all, box(func(e *queue.Entry) { e.Serial = text }))
	}
	return of(all...)
}

func write(t *testing.T, format report.Format, language string, entries iter.Seq2[queue.Entry, error]) []byte {
	t.Helper()
	var out bytes.Buffer
	_, err := report.Write(&out, entries, report.Options{
		Format: format, Words: speak(t, language), Station: "Quai <3>", Made: captured(),
		ConfirmedBy: func(queue.Entry) (string, error) { return "Ana", nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// hostile are texts of labels, and what of them is shown; in CSV with what is
// before them there.
var hostile = []struct{ text, shown, csv string }{
	{"=1+1", "=1+1", "'=1+1"},
	{"=cmd|'/c calc'!A0", "=cmd|'/c calc'!A0", "'=cmd|'/c calc'!A0"},
	{"+33", "+33", "'+33"},
	{"-5", "-5", "'-5"},
	{"@SUM(A1)", "@SUM(A1)", "'@SUM(A1)"},
	{"\t=1", "=1", "'=1"},
	{"\r=1", "=1", "'=1"},
	{"  =1", "  =1", "'  =1"},
	{"\u00a0=1", "\u00a0=1", "'\u00a0=1"},
	{"＝1", "＝1", "'＝1"},
	{"\x00=1", "=1", "'=1"},
	{"\u202e=1", "=1", "'=1"},
	{"\xff=1", "=1", "'=1"},
	{"a\x1bb\x07c\nd\ufffe", "abcd", "abcd"},
	{"0012345", "0012345", "'0012345"},
	{"330512345678", "330512345678", "'330512345678"},
	{"12345", "12345", "12345"},
	{"12E5", "12E5", "'12E5"},
	{"1/2", "1/2", "'1/2"},
	{"1-2-26", "1-2-26", "'1-2-26"},
	{"5CG1234XYZ", "5CG1234XYZ", "5CG1234XYZ"},
	{"a;b,c\"d", "a;b,c\"d", "a;b,c\"d"},
	{"Ünïcode ✓", "Ünïcode ✓", "Ünïcode ✓"},
	{"<script>alert(1)</script>", "<script>alert(1)</script>", "<script>alert(1)</script>"},
	{"_x003D_1", "_x003D_1", "_x003D_1"},
	{strings.Repeat("é", 1200), strings.Repeat("é", 1000) + "…", strings.Repeat("é", 1000) + "…"},
}

func hostileTexts() []string {
	var texts []string
	for _, h := range hostile {
		texts = append(texts, h.text)
	}
	return texts
}

func TestCSV(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		language string
		comma    rune
		first    string
		captured string
		number   string
	}{
		{"en", ',', "Box", "2026-11-03 14:05", "1,234"}, {"fr", ';', "Carton", "03/11/2026 14:05", "1\u202f234"},
	} {
		text, ok := bytes.CutPrefix(write(t, report.CSV, tt.language, serials(hostileTexts()...)), []byte("\uFEFF"))
		if !ok || bytes.Count(text, []byte("\r\n")) != len(hostile)+1 || bytes.Count(text, []byte("\n")) != len(hostile)+1 {
			t.Errorf("%s: mark %t, %d lines", tt.language, ok, bytes.Count(text, []byte("\r\n")))
		}
		r := csv.NewReader(bytes.NewReader(text))
		r.Comma = tt.comma
		records, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if records[0][0] != tt.first || len(records[0]) != 20 {
			t.Errorf("%s: head %q", tt.language, records[0])
		}
		for i, h := range hostile {
			row := records[i+1]
			if row[2] != h.csv || row[1] != "'3305123456781" || row[16] != tt.captured || row[0] != tt.number {
				t.Errorf("%s: %q: %q", tt.language, h.text, row)
			}
		}
	}
}

func TestHTML(t *testing.T) {
	t.Parallel()
	text := string(write(t, report.HTML, "fr", serials(hostileTexts()...)))
	for _, want := range []string{
		`<html lang="fr">`, "&lt;script&gt;alert(1)&lt;/script&gt;", "<td>3305123456781</td>", "Contoso &amp; Cie", "Quai &lt;3&gt;",
		"<td>03/11/2026 14:05</td>", "<td class=\"n\">1\u202f234</td>", "@media print", "default-src 'none'", "</html>",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("it has no %s", want)
		}
	}
	for _, bad := range []string{"<script", "src=", "href=", "\x00", "\x1b", "\u202e"} {
		if strings.Contains(text, bad) {
			t.Errorf("it has %q", bad)
		}
	}
}

// marked are entries whose registration is particular, and what is said of it:
// only of those confirmed by hand is it asked by whom.
func marked() map[string]queue.Entry {
	there := func(why queue.Reason) queue.Entry {
		return box(func(e *queue.Entry) { e.Reason, e.Code = why, autopilot.CodeAlreadyHere })
	}
	return map[string]queue.Entry{
		"outcome 806: by":                       there(""), // in a batch of ours
		"outcome 806: already-there by":         there(queue.AlreadyThere),
		"outcome : confirmed-by-hand by Ana":    box(func(e *queue.Entry) { e.Reason = queue.ConfirmedByHand }),
		"outcome 806: confirmed-by-hand by Ana": there(queue.ConfirmedByHand),
	}
}

func TestOutcomesAndMarks(t *testing.T) {
	t.Parallel()
	for want, e := range marked() {
		records, err := csv.NewReader(bytes.NewReader(write(t, report.CSV, "en", of(e)))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if got := records[1][11] + ": " + records[1][19]; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestWriteFile(t *testing.T) {
	t.Parallel()
	for _, format := range report.Formats() {
		folder := t.TempDir()
		path := filepath.Join(folder, "r."+strings.ToUpper(string(format)))
		found, err := report.FormatOf(path)
		if err != nil || found != format {
			t.Fatal(found, err)
		}
		o := report.Options{Format: format, Words: speak(t, "en")}
		if n, err := report.WriteFile(path, of(), o); n != 0 || err != nil {
			t.Errorf("%s: of nothing: %d, %v", format, n, err)
		}
		if _, err := report.WriteFile(path, of(), o); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: over a file: %v", format, err)
		}
		// What fails half way leaves nothing.
		broken := errors.New("the queue broke")
		half := func(yield func(queue.Entry, error) bool) {
			_ = yield(box(func(*queue.Entry) {}), nil) && yield(queue.Entry{}, broken)
		}
		other := filepath.Join(folder, "other."+string(format))
		if _, err := report.WriteFile(other, half, o); !errors.Is(err, broken) {
			t.Errorf("%s: %v", format, err)
		}
		o.ConfirmedBy = func(queue.Entry) (string, error) { return "", broken }
		if _, err := report.WriteFile(other, of(marked()["outcome : confirmed-by-hand by Ana"]), o); !errors.Is(err, broken) {
			t.Errorf("%s: %v", format, err)
		}
		if made, err := os.ReadDir(folder); err != nil || len(made) != 1 {
			t.Errorf("%s: left behind: %v, %v", format, made, err)
		}
	}
	if _, err := report.FormatOf("report.pdf"); !errors.Is(err, report.ErrFormat) {
		t.Error(err)
	}
	if _, err := report.Write(&bytes.Buffer{}, of(), report.Options{Format: "pdf"}); !errors.Is(err, report.ErrFormat) {
		t.Error(err)
	}
}

// full fails at once, or at the end of a long file.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errors.New("disk full")
	}
	return len(p), nil
}

func TestFullDisk(t *testing.T) {
	t.Parallel()
	for _, format := range report.Formats() {
		for _, room := range []int{0, 2000} {
			texts := make([]string, 200)
			_, err := report.Write(&full{room}, serials(texts...), report.Options{Format: format, Words: speak(t, "en")})
			if err == nil || !strings.Contains(err.Error(), "disk full") {
				t.Errorf("%s, %d bytes: %v", format, room, err)
			}
		}
	}
}

func TestColumnsInBothLanguages(t *testing.T) {
	t.Parallel()
	heads := map[string][]string{
		"en": {
			"Box", "PKID", "Serial number", "Manufacturer", "Model", "Customer", "Customer's Microsoft ID", "Group tag", "Order", "Pallet",
			"State", "Outcome", "Code", "Batch", "Tracking ID", "Device ID", "Captured on", "By", "Station", "Mark",
		},
		"fr": {
			"Carton", "PKID", "Numéro de série", "Fabricant", "Modèle", "Client", "ID Microsoft du client", "Balise de groupe", "BL", "Palette",
			"État", "Résultat", "Code", "Lot", "ID de suivi", "ID de l'appareil", "Lu le", "Par", "Poste", "Mention",
		},
	}
	for language, want := range heads {
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(write(t, report.CSV, language, of()), []byte("\uFEFF"))))
		if language == "fr" {
			r.Comma = ';'
		}
		got, err := r.Read()
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
}
