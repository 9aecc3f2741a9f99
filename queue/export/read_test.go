package export_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
)

const (
	firstRow = ",3300000000001,,,\r\n"
	tupleRow = "012345 67,,,Microsoft Corporation,Surface Laptop\r\n"
)

func TestReadRefusesWhatIsNotOurs(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", export.MaxValue+1)
	for name, test := range map[string]struct {
		text string
		want export.ReadError
	}{
		"nothing":                 {"", export.ReadError{Line: 1, Reason: export.OtherHeader}},
		"no header":               {firstRow, export.ReadError{Line: 1, Reason: export.OtherHeader}},
		"header in capitals":      {strings.ToUpper(header) + firstRow, export.ReadError{Line: 1, Reason: export.OtherHeader}},
		"more columns":            {strings.TrimSpace(header) + ",Group Tag\r\n" + firstRow, export.ReadError{Line: 1, Reason: export.OtherHeader}},
		"byte order mark":         {"\uFEFF" + header + firstRow, export.ReadError{Line: 1, Reason: export.OtherHeader}},
		"UTF-16":                  {"\xff\xfeD\x00e\x00", export.ReadError{Line: 1, Reason: export.OtherHeader}},
		"Unix lines":              {strings.ReplaceAll(header+firstRow, "\r\n", "\n"), export.ReadError{Line: 1, Reason: export.OtherHeader}},
		"semicolons":              {strings.ReplaceAll(header+firstRow, ",", ";"), export.ReadError{Line: 1, Reason: export.OtherHeader}},
		"header alone":            {header, export.ReadError{Reason: export.NoRows}},
		"header without its end":  {strings.TrimSpace(header), export.ReadError{Line: 1, Reason: export.OtherHeader}},
		"cut off":                 {header + firstRow + ",33000", export.ReadError{Line: 3, Reason: export.LineEnd}},
		"last line's end":         {header + strings.TrimSpace(firstRow), export.ReadError{Line: 2, Reason: export.LineEnd}},
		"a Unix line":             {header + ",3300000000001,,,\n" + firstRow, export.ReadError{Line: 2, Reason: export.Newline}},
		"a line of nothing":       {header + firstRow + "\r\n", export.ReadError{Line: 3, Reason: export.Columns}},
		"four columns":            {header + ",3300000000001,,\r\n", export.ReadError{Line: 2, Reason: export.Columns}},
		"six columns":             {header + ",3300000000001,,,,\r\n", export.ReadError{Line: 2, Reason: export.Columns}},
		"quotes":                  {header + "\"\",\"3300000000001\",,,\r\n", export.ReadError{Line: 2, Reason: export.Quote}},
		"as a spreadsheet has it": {header + ",3.3E+12,,,\r\n", export.ReadError{Line: 2, Column: "Windows Product ID", Reason: export.BadPKID}},
		"zeros lost":              {header + ",17,,,\r\n", export.ReadError{Line: 2, Column: "Windows Product ID", Reason: export.BadPKID}},
		"a hash":                  {header + ",3300000000001,T0FF,,\r\n", export.ReadError{Line: 2, Column: "Hardware Hash", Reason: export.Hash}},
		"a hash's maker":          {header + "S1,," + string(hashOf("3300000000001", "S1")) + ",HP,\r\n", export.ReadError{Line: 2, Reason: export.Mixed}},
		"another's hash":          {header + "S2,," + string(hashOf("3300000000001", "S1")) + ",,\r\n", export.ReadError{Line: 2, Column: "Device Serial Number", Reason: export.OtherDevice}},
		"beside the PKID":         {header + "S1,3300000000001,,,\r\n", export.ReadError{Line: 2, Reason: export.Mixed}},
		"no identity":             {header + "S1,,,,\r\n", export.ReadError{Line: 2, Reason: export.NoIdentity}},
		"nobody":                  {header + firstRow + ",,,,\r\n", export.ReadError{Line: 3, Reason: export.NoIdentity}},
		"a formula":               {header + "=1,,,A,B\r\n", export.ReadError{Line: 2, Column: "Device Serial Number", Reason: export.Formula}},
		"not ASCII":               {header + "é,,,A,B\r\n", export.ReadError{Line: 2, Column: "Device Serial Number", Reason: export.NonASCII}},
		"too long":                {header + "S,,,A," + long + "\r\n", export.ReadError{Line: 2, Column: "Device model", Reason: export.TooLong}},
		"twice":                   {header + firstRow + tupleRow + firstRow, export.ReadError{Line: 4, Reason: export.Duplicate}},
		"a tuple twice":           {header + tupleRow + tupleRow, export.ReadError{Line: 3, Reason: export.Duplicate}},
	} {
		devices, err := export.Read(strings.NewReader(test.text), export.Options{})
		got, ok := errors.AsType[*export.ReadError](err)
		if !ok || devices != nil || !errors.Is(err, export.ErrNotOurs) {
			t.Errorf("%s: %v, %v", name, devices, err)
			continue
		}
		if diff := cmp.Diff(test.want, *got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestReadErrorHasNoValues(t *testing.T) {
	t.Parallel()
	_, err := export.Read(strings.NewReader(header+"S1,3300000000001,,,\r\n"), export.Options{})
	if want := "not a file that this program wrote: line 2: mixed"; err.Error() != want {
		t.Errorf("%q, want %q", err, want)
	}
}

func TestReadHeaders(t *testing.T) {
	t.Parallel()
	theirs := export.Options{Header: otherHeader}
	for name, test := range map[string]struct {
		text string
		opts export.Options
		ok   bool
	}{
		"the other's":                  {otherHeader + "\r\n" + firstRow, theirs, true},
		"the other's, not set":         {otherHeader + "\r\n" + firstRow, export.Options{}, false},
		"ours, written before the day": {header + firstRow, theirs, true},
	} {
		devices, err := export.Read(strings.NewReader(test.text), test.opts)
		if ok := err == nil && len(devices) == 1; ok != test.ok {
			t.Errorf("%s: %v, %v", name, devices, err)
		}
	}
	if _, err := export.Read(strings.NewReader(header+firstRow), export.Options{Header: "a,b"}); !errors.Is(err, export.ErrHeader) {
		t.Errorf("a bad header: %v", err)
	}
}

func TestReadIsBounded(t *testing.T) {
	t.Parallel()
	var rows strings.Builder
	for i := range export.MaxRows {
		fmt.Fprintf(&rows, ",33%011d,,,\r\n", i)
	}
	if devices, err := export.Read(strings.NewReader(header+rows.String()), export.Options{}); err != nil || len(devices) != export.MaxRows {
		t.Errorf("%d devices, %v", len(devices), err)
	}
	for name, test := range map[string]struct {
		r    io.Reader
		want export.Reason
	}{
		"a row more":   {strings.NewReader(header + rows.String() + ",3400000000000,,,\r\n"), export.TooManyRows},
		"short rows":   {strings.NewReader(header + strings.Repeat(",,,,\r\n", 5000)), export.TooManyRows},
		"without end":  {endless{}, export.TooBig},
		"one long row": {strings.NewReader(header + strings.Repeat("x", 20<<20)), export.TooBig},
	} {
		_, err := export.Read(test.r, export.Options{})
		if got, ok := errors.AsType[*export.ReadError](err); !ok || got.Reason != test.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The largest file that Write can write is taken back.
	var all bytes.Buffer
	value := strings.Repeat("x", export.MaxValue)
	all.WriteString(strings.Join([]string{value, value, value, value, value}, ",") + "\r\n")
	hash := base64.StdEncoding.EncodeToString(append([]byte("OA\x04\x00"), make([]byte, autopilot.MaxHardwareHash/4*3-4)...))
	for i := range export.MaxRows {
		fmt.Fprintf(&all, "%04d%s,33%011d,%s,,\r\n", i, value[4:], i, hash)
	}
	opts := export.Options{Header: strings.Join([]string{value, value, value, value, value}, ",")}
	if devices, err := export.Read(&all, opts); err != nil || len(devices) != export.MaxRows {
		t.Errorf("the largest: %d devices, %v", len(devices), err)
	}
}

// endless is a device file that never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestReadFileOpensOnlyFiles(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "real.csv")
	if err := os.WriteFile(file, []byte(header+firstRow), 0o600); err != nil {
		t.Fatal(err)
	}
	if devices, err := export.ReadFile(file, export.Options{}); err != nil || len(devices) != 1 {
		t.Fatal(devices, err)
	}
	link := filepath.Join(folder, "link.csv")
	if err := os.Symlink(file, link); err != nil {
		t.Logf("no links here: %v", err)
		link = folder
	}
	for path, want := range map[string]error{
		folder: export.ErrNotOrdinary, link: export.ErrNotOrdinary, os.DevNull: export.ErrNotOrdinary,
		filepath.Join(folder, "missing"): fs.ErrNotExist,
	} {
		if devices, err := export.ReadFile(path, export.Options{}); !errors.Is(err, want) || devices != nil {
			t.Errorf("%s: %v, %v", path, devices, err)
		}
	}
	huge := filepath.Join(folder, "huge.csv")
	if err := errors.Join(os.WriteFile(huge, nil, 0o600), os.Truncate(huge, 1<<32)); err != nil {
		t.Fatal(err)
	}
	_, err := export.ReadFile(huge, export.Options{})
	if got, ok := errors.AsType[*export.ReadError](err); !ok || got.Reason != export.TooBig {
		t.Errorf("4 GiB: %v", err)
	}
}

// FuzzRead: whatever the file holds, what is taken is exactly what Write would
// have written of these devices.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		"", header, header + firstRow, header + tupleRow + firstRow, otherHeader + "\r\n" + firstRow, header + ",1,,,\r\n", header + "\"a\",,,b,c\r\n",
		header + "a,,,b,c\n", header + "é,,,b,c\r\n", "\uFEFF" + header,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		opts := export.Options{Header: otherHeader}
		devices, err := export.Read(bytes.NewReader(text), opts)
		if err != nil {
			if got, ok := errors.AsType[*export.ReadError](err); !ok || got.Reason == "" || devices != nil {
				t.Fatalf("%v, %v", devices, err)
			}
			return
		}
		if first, _, _ := strings.Cut(string(text), "\r\n"); first != otherHeader {
			opts = export.Options{}
		}
		entries := pkids(0)
		for i, d := range devices {
			entries = append(entries, entry(fmt.Sprint(i), d))
		}
		var again bytes.Buffer
		if _, refused, rest, err := export.Write(&again, entries, opts); err != nil || len(refused)+len(rest) > 0 {
			t.Fatal(refused, rest, err)
		}
		if !bytes.Equal(text, again.Bytes()) {
			t.Errorf("%q was taken, and is written %q", text, again.Bytes())
		}
	})
}

func TestFingerprint(t *testing.T) {
	t.Parallel()
	one, two := []autopilot.Device{{PKID: "3300000000001"}}, []autopilot.Device{{PKID: "3300000000001"}, surface()}
	beside := []autopilot.Device{{PKID: "3300000000001", Serial: "not in the row"}}
	if a, b := export.Fingerprint(one), export.Fingerprint(two); a == b || len(a) != 8 || a != export.Fingerprint(beside) {
		t.Errorf("%q, %q, %q", a, b, export.Fingerprint(beside))
	}
}
