package export_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
)

// FuzzWrite: whatever the labels held, the file is five plain columns that say
// what the entries said, and each entry is either in it or refused.
func FuzzWrite(f *testing.F) {
	f.Add("3300000000001", "S1", "Contoso", "Book 1")
	f.Add("", "=cmd|'/c calc'!A0", "ACME, Inc.", "14\" é")
	f.Add("", "a\r\nb", " x ", "#comment")
	f.Add("", `\.`, "'", ";")
	f.Add("", "S1", "", "")
	f.Add("3300000000001", "S1", "", "T0EEAAAA")
	f.Fuzz(func(t *testing.T, pkid, serial, manufacturer, model string) {
		fuzzed := autopilot.Device{PKID: autopilot.PKID(pkid), Serial: serial, Manufacturer: manufacturer, Model: model}
		tuple := fuzzed
		tuple.PKID = ""
		hashed := fuzzed
		hashed.Hash = hashOf("3300000000001", "S1")
		if strings.HasPrefix(model, "T0") {
			hashed.Hash = autopilot.HardwareHash(model)
		}
		entries := []queue.Entry{entry("a", fuzzed), entry("b", tuple), entry("c", autopilot.Device{PKID: "3300000000001"}), entry("d", hashed)}
		var out bytes.Buffer
		taken, refused, rest, err := export.Write(&out, entries, export.Options{})
		if err != nil || len(taken)+len(refused) != len(entries) || len(rest) > 0 {
			t.Fatalf("%d taken, %d refused, %v", len(taken), len(refused), err)
		}
		checkBytes(t, out.Bytes())
		records, err := csv.NewReader(&out).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		want := [][]string{strings.Split(strings.TrimSuffix(header, "\r\n"), ",")}
		for _, e := range taken {
			switch {
			case e.Hash != "":
				want = append(want, []string{e.Serial, string(e.PKID), string(e.Hash), "", ""})
			case e.PKID != "":
				want = append(want, []string{"", string(e.PKID), "", "", ""})
			default:
				want = append(want, []string{e.Serial, "", "", e.Manufacturer, e.Model})
			}
		}
		if diff := cmp.Diff(want, records); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func checkBytes(t *testing.T, text []byte) {
	t.Helper()
	for line := range bytes.SplitSeq(bytes.TrimSuffix(text, []byte("\r\n")), []byte("\r\n")) {
		if bytes.Count(line, []byte(",")) != 4 {
			t.Errorf("not five columns: %q", line)
		}
		for _, c := range line {
			if c < ' ' || c > '~' || c == '"' {
				t.Errorf("%q in %q", c, line)
			}
		}
		for value := range strings.SplitSeq(string(line), ",") {
			if value != "" && strings.ContainsRune("=+-@", rune(value[0])) {
				t.Errorf("a spreadsheet obeys %q", value)
			}
		}
	}
}
