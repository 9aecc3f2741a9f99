package manifest_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest"
)

var update = flag.Bool("update", false, "write the goldens and their files anew")

// settings are a golden's options, in NAME.options.json beside its file, so that
// the tests of the words read it in the same way.
type settings struct {
	Profile        *manifest.Profile  `json:"profile,omitempty"`
	Sheet          string             `json:"sheet,omitempty"`
	Expected       autopilot.TenantID `json:"expected,omitempty"`
	Names          []string           `json:"names,omitempty"`
	SerialsSuffice bool               `json:"serials_suffice,omitempty"`
}

func options(t *testing.T, file string) manifest.Options {
	t.Helper()
	raw, err := os.ReadFile(file + ".options.json")
	if errors.Is(err, fs.ErrNotExist) {
		return manifest.Options{}
	}
	var s settings
	if err == nil {
		err = json.Unmarshal(raw, &s)
	}
	if err != nil {
		t.Fatal(err)
	}
	return manifest.Options{
		Profile: s.Profile, Sheet: s.Sheet, SerialsSuffice: s.SerialsSuffice,
		Expected: manifest.Expected{ID: s.Expected, Names: s.Names},
	}
}

// TestGoldens: of each file exactly these rows, and exactly these refusals.
func TestGoldens(t *testing.T) {
	t.Parallel()
	cases := all(t)
	if len(cases) < 40 {
		t.Errorf("%d goldens, want 40", len(cases))
	}
	for name, g := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join("testdata", name)
			if *update {
				write(t, file, g)
			}
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(name, ".xlsx") && !bytes.Equal(raw, g.file) {
				t.Error("the file is not what the test says")
			}
			got := told(t, raw, options(t, file))
			if *update {
				put(t, file+".golden", []byte(got))
			}
			want, err := os.ReadFile(file + ".golden")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func write(t *testing.T, file string, g golden) {
	t.Helper()
	put(t, file, g.file)
	if g.options != "" {
		put(t, file+".options.json", []byte(g.options+"\n"))
	}
}

func put(t *testing.T, file string, content []byte) {
	t.Helper()
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// told is everything of a manifest as text.
func told(t *testing.T, raw []byte, o manifest.Options) string {
	t.Helper()
	m, err := manifest.Read(t.Context(), bytes.NewReader(raw), int64(len(raw)), o)
	if err != nil {
		return fmt.Sprintf("refused: %v\n", err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s separator %q sheet %q header in row %d\n", m.Format, m.Encoding, m.Separator, m.Sheet, m.HeaderRow)
	for _, c := range m.Columns {
		fmt.Fprintf(&b, "column %s %q: %s\n", c.Letter, c.Header, or(string(c.Field), "passed over"))
	}
	for d := range m.Rows() {
		fmt.Fprintf(&b, "taken: %s\n", row(d))
	}
	for _, r := range m.Refused {
		fmt.Fprintf(&b, "refused: row %d line %d: %s", r.Row, r.Line, r.Reason)
		if r.Column != "" {
			fmt.Fprintf(&b, " in %s %q", r.Column, r.Header)
		}
		if r.Text != "" {
			fmt.Fprintf(&b, " text %q", r.Text)
		}
		if r.Other != 0 {
			fmt.Fprintf(&b, " other row %d", r.Other)
		}
		if r.Beside != "" {
			fmt.Fprintf(&b, " beside %s", r.Beside)
		}
		b.WriteByte('\n')
	}
	for _, w := range m.Warnings {
		fmt.Fprintf(&b, "warning: row %d line %d and %d more: %s in %s %q", w.Row, w.Line, w.Rows-1, w.Caution, w.Column, w.Header)
		if w.Text != "" {
			fmt.Fprintf(&b, " text %q", w.Text)
		}
		if len(w.Wanted) > 0 {
			fmt.Fprintf(&b, " wanted %q proved %v", w.Wanted, w.Proved)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func row(d *manifest.Row) string {
	var b strings.Builder
	fmt.Fprintf(&b, "row %d line %d", d.Row, d.Line)
	hash := ""
	if d.Hash != "" {
		hash = fmt.Sprintf("%d characters", len(d.Hash))
	}
	for _, v := range []struct{ name, text string }{
		{"pkid", string(d.PKID)},
		{"serial", d.Serial},
		{"manufacturer", d.Manufacturer},
		{"model", d.Model},
		{"hash", hash},
		{"group tag", string(d.GroupTag)},
		{"order", d.Order},
		{"pallet", d.Pallet},
		{"box", d.Box},
		{"tenant", string(d.Tenant)},
		{"customer", d.Customer},
	} {
		if v.text != "" {
			fmt.Fprintf(&b, " %s %q", v.name, v.text)
		}
	}
	if d.CouldBeGTIN {
		b.WriteString(" could be an article number")
	}
	return b.String()
}

func or(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// zipped is a zip of parts: names and contents by turns.
func zipped(tb testing.TB, parts ...string) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}
