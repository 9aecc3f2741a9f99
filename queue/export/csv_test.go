package export_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
)

// entry is one that is ready for a customer.
func entry(id string, device autopilot.Device) queue.Entry {
	return queue.Entry{ID: id, Device: device, Customer: "fabrikam.example", GroupTag: "Dock", State: queue.Ready}
}

func pkids(n int) []queue.Entry {
	entries := make([]queue.Entry, n)
	for i := range entries {
		entries[i] = entry(fmt.Sprint(i), autopilot.Device{PKID: autopilot.PKID(fmt.Sprintf("33%011d", i))})
	}
	return entries
}

func surface() autopilot.Device {
	return autopilot.Device{Serial: "012345 67", Manufacturer: "Microsoft Corporation", Model: "Surface Laptop"}
}

func ids(entries []queue.Entry) []string {
	var all []string
	for _, e := range entries {
		all = append(all, e.ID)
	}
	return all
}

const header = "Device Serial Number,Windows Product ID,Hardware Hash,Manufacturer name,Device model\r\n"

func TestWriteByteForByte(t *testing.T) {
	t.Parallel()
	both := surface()
	both.PKID = "0000000000017"
	for name, test := range map[string]struct {
		entries []queue.Entry
		opts    export.Options
		want    string
	}{
		"nothing":        {nil, export.Options{}, ""},
		"one PKID":       {[]queue.Entry{entry("a", autopilot.Device{PKID: "3300000000001"})}, export.Options{}, header + ",3300000000001,,,\r\n"},
		"PKID alone":     {[]queue.Entry{entry("a", both)}, export.Options{}, header + ",0000000000017,,,\r\n"},
		"a tuple":        {[]queue.Entry{entry("a", surface())}, export.Options{}, header + "012345 67,,,Microsoft Corporation,Surface Laptop\r\n"},
		"in order":       {pkids(3), export.Options{}, header + ",3300000000000,,,\r\n,3300000000001,,,\r\n,3300000000002,,,\r\n"},
		"another header": {pkids(1), export.Options{Header: "Device serial number,Windows product ID,Hardware hash,Manufacturer name,Device model"}, "Device serial number,Windows product ID,Hardware hash,Manufacturer name,Device model\r\n,3300000000000,,,\r\n"},
		"bad beside it":  {append([]queue.Entry{entry("bad", autopilot.Device{Serial: "x"})}, pkids(1)...), export.Options{}, header + ",3300000000000,,,\r\n"},
	} {
		var got bytes.Buffer
		if _, _, _, err := export.Write(&got, test.entries, test.opts); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(test.want, got.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestWriteRefusesRows(t *testing.T) {
	t.Parallel()
	tuple := func(change func(*autopilot.Device)) autopilot.Device {
		d := surface()
		change(&d)
		return d
	}
	serial := func(text string) autopilot.Device { return tuple(func(d *autopilot.Device) { d.Serial = text }) }
	const columnSerial, columnPKID = "Device Serial Number", "Windows Product ID"
	for _, test := range []struct {
		device autopilot.Device
		column string
		reason export.Reason
	}{
		{serial("a,b"), columnSerial, export.Comma},
		{serial(`a"b`), columnSerial, export.Quote},
		{serial("a\nb"), columnSerial, export.Newline},
		{serial("a\r"), columnSerial, export.Newline},
		{serial("é"), columnSerial, export.NonASCII},
		{serial("a\tb"), columnSerial, export.NonASCII},
		{serial("a\x00"), columnSerial, export.NonASCII},
		{serial("\x7f"), columnSerial, export.NonASCII},
		{serial("\xff"), columnSerial, export.NonASCII},
		{serial("=1+1"), columnSerial, export.Formula},
		{serial("+1"), columnSerial, export.Formula},
		{serial("-1"), columnSerial, export.Formula},
		{serial("@SUM(A1)"), columnSerial, export.Formula},
		{serial("\tx"), columnSerial, export.Formula},
		{serial("\rx"), columnSerial, export.Formula},
		{serial("  =1"), columnSerial, export.Formula},
		{serial(strings.Repeat("x", 129)), columnSerial, export.TooLong},
		{tuple(func(d *autopilot.Device) { d.Manufacturer = "ACME, Inc." }), "Manufacturer name", export.Comma},
		{tuple(func(d *autopilot.Device) { d.Model = `14" Laptop` }), "Device model", export.Quote},
		{tuple(func(d *autopilot.Device) { d.Model = "" }), "", export.NoIdentity},
		{tuple(func(d *autopilot.Device) { d.Manufacturer = "  " }), "", export.NoIdentity},
		{serial(""), "", export.NoIdentity},
		{autopilot.Device{}, "", export.NoIdentity},
		{tuple(func(d *autopilot.Device) { d.PKID = "330000000000" }), columnPKID, export.BadPKID},
		{autopilot.Device{PKID: "3,30E+12"}, columnPKID, export.BadPKID},
		{autopilot.Device{PKID: "7777777777777"}, columnPKID, export.BadPKID},
		{autopilot.Device{PKID: "330000000000٣"}, columnPKID, export.BadPKID},
	} {
		var out bytes.Buffer
		bad := entry("bad", test.device)
		taken, refused, rest, err := export.Write(&out, []queue.Entry{bad}, export.Options{})
		want := []export.Refusal{{Entry: bad, Column: test.column, Reason: test.reason}}
		if diff := cmp.Diff(want, refused); diff != "" || len(taken)+len(rest)+out.Len() > 0 || err != nil {
			t.Errorf("%+v: taken %d, rest %d, written %q, %v (-want +got):\n%s", test.device, len(taken), len(rest), out.String(), err, diff)
		}
	}
}

func TestRefusalKeepsThePKIDMasked(t *testing.T) {
	t.Parallel()
	for text, want := range map[autopilot.PKID]string{
		"3300000000123": "entry a (PKID …0123): Windows Product ID: bad-pkid",
		"7777777777777": "entry a: Windows Product ID: bad-pkid",
		"ABCDE-FGHIJ":   "entry a: Windows Product ID: bad-pkid",
	} {
		refusal := export.Refusal{Entry: entry("a", autopilot.Device{PKID: text}), Column: "Windows Product ID", Reason: export.BadPKID}
		if got := refusal.Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestWriteIsFullAtAThousand(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ entries, rows, taken int }{
		{999, 0, 999}, {1000, 0, 1000}, {1001, 0, 1000}, {2500, 5000, 1000}, {7, 3, 3}, {7, -1, 7},
	} {
		entries := pkids(test.entries)
		var out bytes.Buffer
		taken, refused, rest, err := export.Write(&out, entries, export.Options{Rows: test.rows})
		if err != nil || len(refused) > 0 {
			t.Fatal(err, refused)
		}
		if diff := cmp.Diff(ids(entries), append(ids(taken), ids(rest)...)); diff != "" || len(taken) != test.taken {
			t.Errorf("%+v: %d taken, %d left", test, len(taken), len(rest))
		}
		if lines := strings.Count(out.String(), "\r\n"); lines != test.taken+1 {
			t.Errorf("%+v: %d lines", test, lines)
		}
	}
	mixed := append([]queue.Entry{entry("bad", autopilot.Device{})}, pkids(1000)...)
	taken, refused, rest, _ := export.Write(&bytes.Buffer{}, mixed, export.Options{})
	if len(taken) != 1000 || len(refused) != 1 || len(rest) != 0 {
		t.Errorf("a refused row takes up room: %d, %d, %d", len(taken), len(refused), len(rest))
	}
}

func TestWriteRefusesTheWhole(t *testing.T) {
	t.Parallel()
	change := func(do func(*queue.Entry)) []queue.Entry {
		entries := pkids(1500)
		do(&entries[1400]) // beyond what one file takes: still no one's to mix
		return entries
	}
	for name, test := range map[string]struct {
		entries []queue.Entry
		opts    export.Options
		want    error
	}{
		"another customer": {change(func(e *queue.Entry) { e.Customer = "other.example" }), export.Options{}, export.ErrSeveralCustomers},
		"another tag":      {change(func(e *queue.Entry) { e.GroupTag = "dock" }), export.Options{}, export.ErrSeveralGroupTags},
		"no tag":           {change(func(e *queue.Entry) { e.GroupTag = "" }), export.Options{}, export.ErrSeveralGroupTags},
		"no customer":      {change(func(e *queue.Entry) { e.Customer = "" }), export.Options{}, export.ErrNoCustomer},
		"held":             {change(func(e *queue.Entry) { e.State = queue.Held }), export.Options{}, export.ErrNotReady},
		"exported":         {change(func(e *queue.Entry) { e.State = queue.Exported }), export.Options{}, export.ErrNotReady},
		"four columns":     {pkids(1), export.Options{Header: "a,b,c,d"}, export.ErrHeader},
		"two lines":        {pkids(1), export.Options{Header: "a,b,c,d,e\r\n"}, export.ErrHeader},
		"quoted":           {pkids(1), export.Options{Header: `"a",b,c,d,e`}, export.ErrHeader},
		"byte order mark":  {pkids(1), export.Options{Header: "\uFEFFa,b,c,d,e"}, export.ErrHeader},
		"empty column":     {pkids(1), export.Options{Header: "a,b,,d,e"}, export.ErrHeader},
	} {
		var out bytes.Buffer
		taken, refused, rest, err := export.Write(&out, test.entries, test.opts)
		if !errors.Is(err, test.want) || len(taken)+len(refused)+len(rest)+out.Len() > 0 {
			t.Errorf("%s: %v, taken %d, written %d bytes", name, err, len(taken), out.Len())
		}
	}
}

// brokenWriter fails half way, as a full disk does.
type brokenWriter struct{}

func (brokenWriter) Write(p []byte) (int, error) { return len(p) / 2, errors.New("disk full") }

func TestWriteTakesNothingThatIsNotWritten(t *testing.T) {
	t.Parallel()
	taken, _, _, err := export.Write(brokenWriter{}, pkids(3), export.Options{})
	if err == nil || taken != nil {
		t.Errorf("%d taken, %v", len(taken), err)
	}
}
