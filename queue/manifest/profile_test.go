package manifest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/manifest"
)

// TestProfiles: each fault is refused by its name, and a profile that passes is
// the same when it was kept.
func TestProfiles(t *testing.T) {
	t.Parallel()
	columns := `"columns":[{"column":"PKID","field":"pkid"}]`
	for text, want := range map[string]manifest.ProfileFault{
		`{"name":"Acme",` + columns + `}`:                                                  "",
		`{"name":"Acme","header_row":25,"separator":"\t","sheet":"Liste",` + columns + `}`: "",
		`{"name":"Acme","no_header":true,"columns":[{"column":"iv","field":"serial"}]}`:    "",
		``:                                   manifest.ProfileSyntax,
		`[]`:                                 manifest.ProfileSyntax,
		`{"name":"Acme",` + columns + `} {}`: manifest.ProfileSyntax,
		`{"name":"Acme","colums":[],` + columns + `}`:                 manifest.ProfileSyntax,
		"{\"name\":\"A\xff\"," + columns + "}":                        manifest.ProfileSyntax,
		`{` + columns + `}`:                                           manifest.ProfileName,
		`{"name":"A\u001b[2J",` + columns + `}`:                       manifest.ProfileName,
		`{"name":"VK7JG-NPHTM-C97JM-9MPGT-3V66T",` + columns + `}`:    manifest.ProfileName,
		`{"name":"` + strings.Repeat("é", 101) + `",` + columns + `}`: manifest.ProfileName,
		`{"name":"Acme","header_row":-1,` + columns + `}`:             manifest.ProfileHeaderRow,
		`{"name":"Acme","header_row":26,` + columns + `}`:             manifest.ProfileHeaderRow,
		`{"name":"Acme","separator":"x",` + columns + `}`:             manifest.ProfileSeparator,
		`{"name":"Acme","separator":",;",` + columns + `}`:            manifest.ProfileSeparator,
		`{"name":"Acme","sheet":" A",` + columns + `}`:                manifest.ProfileSheet,
		`{"name":"Acme"}`: manifest.ProfileNoColumns,
		`{"name":"Acme","columns":[{"column":"A","field":"model"}]}`:                                    manifest.ProfileNoColumns,
		`{"name":"Acme","columns":[{"column":"","field":"pkid"}]}`:                                      manifest.ProfileColumn,
		`{"name":"Acme","columns":[{"column":"--","field":"pkid"}]}`:                                    manifest.ProfileColumn,
		`{"name":"Acme","no_header":true,"columns":[{"column":"PKID","field":"pkid"}]}`:                 manifest.ProfileColumn,
		`{"name":"Acme","no_header":true,"columns":[{"column":"IW","field":"pkid"}]}`:                   manifest.ProfileColumn,
		`{"name":"Acme","columns":[{"column":"A","field":"colour"}]}`:                                   manifest.ProfileField,
		`{"name":"Acme","columns":[{"column":"S/N","field":"pkid"},{"column":"s n","field":"serial"}]}`: manifest.ProfileTwice,
		`{"name":"Acme","columns":[{"column":"A","field":"pkid"},{"column":"B","field":"pkid"}]}`:       manifest.ProfileTwice,
	} {
		p, err := manifest.ParseProfile([]byte(text))
		if want == "" {
			kept, failed := json.Marshal(p)
			again, unread := manifest.ParseProfile(kept)
			if diff := cmp.Diff(p, again); err != nil || failed != nil || unread != nil || diff != "" {
				t.Errorf("%s: %v, kept %v, read again %v %s", text, err, failed, unread, diff)
			}
			continue
		}
		if e, ok := errors.AsType[*manifest.ProfileError](err); !ok || e.Fault != want || strings.Contains(e.Value, "VK7JG") {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// TestFoundProfileReadsTheSame: what was found by itself can be saved for the
// supplier, and reads their lists in the same way.
func TestFoundProfileReadsTheSame(t *testing.T) {
	t.Parallel()
	n := 0
	for name, g := range all(t) {
		if g.options != "" {
			continue
		}
		read := func(o manifest.Options) (*manifest.Manifest, string) {
			m, err := manifest.Read(t.Context(), bytes.NewReader(g.file), int64(len(g.file)), o)
			if err != nil {
				return nil, err.Error()
			}
			var b strings.Builder
			for d := range m.Rows() {
				c := *d
				c.CouldBeGTIN = false // a profile says that it is a PKID
				fmt.Fprintln(&b, row(&c))
			}
			for _, r := range m.Refused {
				fmt.Fprintln(&b, r.Error())
			}
			return m, b.String()
		}
		m, want := read(manifest.Options{})
		if m == nil {
			continue
		}
		n++
		p := m.Profile("Acme")
		if m, got := read(manifest.Options{Profile: &p}); m == nil || got != want {
			t.Errorf("%s by %+v: %s", name, p, cmp.Diff(want, got))
		}
	}
	if n < 40 {
		t.Errorf("%d lists only", n)
	}
}

// TestPreview shows the first rows as they are, every column, and no secret.
func TestPreview(t *testing.T) {
	t.Parallel()
	file := text("PKID,Note", "3.30E+12,VK7JG-NPHTM-C97JM-9MPGT-3V66T", "3305123456781, a\x1bb ", "3305123456798,c", "3305123456804,d")
	m, err := manifest.Read(t.Context(), bytes.NewReader(file), int64(len(file)), manifest.Options{Preview: 3})
	if err != nil {
		t.Fatal(err)
	}
	want := []manifest.Preview{
		{Place: manifest.Place{Row: 2, Line: 2}, Cells: []string{"3.30E+12", ""}},
		{Place: manifest.Place{Row: 3, Line: 3}, Cells: []string{"3305123456781", "a\ufffdb"}},
		{Place: manifest.Place{Row: 4, Line: 4}, Cells: []string{"3305123456798", "c"}},
	}
	if diff := cmp.Diff(want, m.Preview); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if id, name := m.Customer(); id != "" || name != "" {
		t.Errorf("a customer from nowhere: %q %q", id, name)
	}
}
