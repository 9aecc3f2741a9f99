package export_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/autopilot/autopilottest"
	"pkidstation/queue/export"
)

var update = flag.Bool("update", false, "write the goldens anew")

// otherHeader is one as OOF1 has it in its other printing.
const otherHeader = "Device serial number,Windows product ID,Hardware hash,Manufacturer name,Device model"

// goldens are the files of testdata: what is exported, and what of it is refused.
func goldens() map[string]struct {
	entries []queue.Entry
	opts    export.Options
	refused []export.Reason
} {
	both := surface()
	both.PKID = "3300000000017"
	with := func(change func(*autopilot.Device)) autopilot.Device {
		d := surface()
		change(&d)
		return d
	}
	serial := func(text string) autopilot.Device { return with(func(d *autopilot.Device) { d.Serial = text }) }
	lenovo := autopilot.Device{Serial: "PF0ABC12", Manufacturer: "LENOVO", Model: "20XW00ABFR"}
	return map[string]struct {
		entries []queue.Entry
		opts    export.Options
		refused []export.Reason
	}{
		"pkid.csv":  {entries: pkids(3)},
		"tuple.csv": {entries: []queue.Entry{entry("a", surface()), entry("b", lenovo)}},
		"mixed.csv": {entries: []queue.Entry{entry("a", both), entry("b", surface()), entry("c", autopilot.Device{PKID: "0000000000123"})}},
		"hash.csv": {
			entries: []queue.Entry{
				entry("alone", autopilot.Device{Hash: hashOf("3300000000001", "S1")}),
				entry("with all", autopilot.Device{PKID: "3300000000002", Serial: "S2", Manufacturer: "HP", Model: "HP EliteBook", Hash: hashOf("3300000000002", "S2")}),
				entry("a PKID", autopilot.Device{PKID: "3300000000003"}),
				entry("another PKID", autopilot.Device{PKID: "3300000000009", Hash: hashOf("3300000000004", "S4")}),
				entry("another serial", autopilot.Device{Serial: "S9", Hash: hashOf("3300000000005", "S5")}),
				entry("cut", autopilot.Device{Serial: "S6", Hash: hashOf("3300000000006", "S6")[:256]}),
				entry("a comma", autopilot.Device{Serial: "S,7", Hash: hashOf("3300000000007", "S,7")}),
				entry("no PKID", autopilot.Device{PKID: "17", Hash: hashOf("", "S8")}),
				entry("again", autopilot.Device{Hash: hashOf("3300000000001", "S1")}),
			},
			refused: []export.Reason{export.OtherDevice, export.OtherDevice, export.Hash, export.Comma, export.BadPKID, export.Duplicate},
		},
		"header.csv": {entries: pkids(1), opts: export.Options{Header: otherHeader}},
		"full.csv":   {entries: pkids(1003)},
		// Each reason once, between two good rows.
		"refused.csv": {
			entries: []queue.Entry{
				entry("first", autopilot.Device{PKID: "3300000000001"}),
				entry("comma", with(func(d *autopilot.Device) { d.Manufacturer = "ACME, Inc." })),
				entry("quote", with(func(d *autopilot.Device) { d.Model = `14" Laptop` })),
				entry("newline", serial("A1\nB2")), entry("non-ascii", serial("Köln-1")),
				entry("equals", serial("=1+1")), entry("plus", serial("+33")), entry("minus", serial("-5")), entry("at", serial("@SUM(A1)")),
				entry("tab", serial("\tx")), entry("return", serial("\rx")),
				entry("no model", with(func(d *autopilot.Device) { d.Model = "" })),
				entry("pkid", autopilot.Device{PKID: "3.30000E+12"}),
				entry("again", autopilot.Device{PKID: "3300000000001", Serial: "other"}),
				entry("last", surface()),
				entry("tuple again", surface()),
			},
			refused: []export.Reason{
				export.Comma, export.Quote, export.Newline, export.NonASCII, export.Formula, export.Formula, export.Formula, export.Formula,
				export.Formula, export.Formula, export.NoIdentity, export.BadPKID, export.Duplicate, export.Duplicate,
			},
		},
	}
}

// hashOf is a hardware hash that is longer than what the row has beside it.
func hashOf(pkid autopilot.PKID, serial string) autopilot.HardwareHash {
	return autopilottest.Hash(autopilot.HashContents{PKID: pkid, Serial: serial, Model: strings.Repeat("x", 120)})
}

func golden(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestGoldens compares the files byte for byte, refused rows by their reasons,
// and reads each back.
func TestGoldens(t *testing.T) {
	t.Parallel()
	for name, want := range goldens() {
		var out bytes.Buffer
		taken, refused, rest, err := export.Write(&out, want.entries, want.opts)
		if err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(filepath.Join("testdata", name), out.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(golden(t, name), out.Bytes()) {
			t.Errorf("%s (-want +got):\n%s", name, cmp.Diff(string(golden(t, name)), out.String()))
		}
		var why []export.Reason
		for _, r := range refused {
			why = append(why, r.Reason)
		}
		if diff := cmp.Diff(want.refused, why); diff != "" {
			t.Errorf("%s: refused (-want +got):\n%s", name, diff)
		}
		if len(taken)+len(refused)+len(rest) != len(want.entries) {
			t.Errorf("%s: %d taken, %d refused, %d left", name, len(taken), len(refused), len(rest))
		}
		devices, err := export.ReadFile(filepath.Join("testdata", name), want.opts)
		if diff := cmp.Diff(rowsOf(taken), devices); err != nil || diff != "" {
			t.Errorf("%s read back: %v (-want +got):\n%s", name, err, diff)
		}
	}
}

// rowsOf are the entries' devices as their rows have them.
func rowsOf(entries []queue.Entry) []autopilot.Device {
	var all []autopilot.Device
	for _, e := range entries {
		d := e.Device
		if d.Hash != "" {
			d = d.Hashed()
		} else if d.PKID != "" {
			d = autopilot.Device{PKID: d.PKID}
		}
		all = append(all, d)
	}
	return all
}
