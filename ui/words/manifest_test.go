package words_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest"
	"pkidstation/queue/manifest/table"
)

var update = flag.Bool("update", false, "write the goldens anew")

const lists, listsTable = "../../queue/manifest", "../../queue/manifest/table"

// TestEveryReasonOfAListHasWords, of its own, in each language, with a next step.
func TestEveryReasonOfAListHasWords(t *testing.T) {
	t.Parallel()
	reasons := constants[manifest.Reason](t, lists, "Reason")
	for _, w := range speakAll(t) {
		said := map[string]manifest.Reason{}
		for _, reason := range reasons {
			r := manifest.Refusal{Place: manifest.Place{Row: 12, Line: 13}, Column: "B", Header: "PKID", Field: manifest.PKID, Reason: reason, Text: "3.30E+12", Other: 7}
			text := w.ListRefusal(r)
			whole(t, string(reason), text)
			if other, ok := said[text]; ok {
				t.Errorf("%s and %s say the same", reason, other)
			}
			if said[text] = reason; strings.Count(text, ". ")+strings.Count(text, " ; ") == 0 {
				t.Errorf("%s says no next step: %s", reason, text)
			}
			for _, want := range []string{"12", "13", "B", "PKID"} {
				if !strings.Contains(text, want) {
					t.Errorf("%s does not say where: %s", reason, text)
				}
			}
		}
		for _, field := range append(manifest.Fields(), "") {
			whole(t, string(field), w.ListField(field))
		}
	}
}

// TestEveryFaultOfAListHasWords: formats and faults of profiles.
func TestEveryFaultOfAListHasWords(t *testing.T) {
	t.Parallel()
	var all []error
	for _, format := range constants[table.Format](t, listsTable, "Format") {
		if format != table.Text && format != table.Workbook {
			all = append(all, &table.FormatError{Format: format})
		}
	}
	for _, fault := range constants[manifest.ProfileFault](t, lists, "ProfileFault") {
		all = append(all, &manifest.ProfileError{Fault: fault, Value: "x"})
	}
	all = append(all, &manifest.HashesError{}, &manifest.HashesError{Hashes: 2}, &manifest.HashesError{Hashes: 3, Fitting: 2})
	all = append(all, &manifest.SheetsError{Wanted: "Lyon"}, &manifest.SheetsError{Sheets: slices.Repeat([]string{"A"}, 64)})
	for _, w := range speakAll(t) {
		said := map[string]error{}
		for _, err := range all {
			text := w.Error(err)
			whole(t, err.Error(), text)
			if other, ok := said[text]; ok {
				t.Errorf("%v and %v say the same: %s", err, other, text)
			}
			said[text] = err
		}
	}
}

// TestListsInBothLanguages: what the goldens of lists are refused for, as a
// person reads it.
func TestListsInBothLanguages(t *testing.T) {
	t.Parallel()
	goldens, err := filepath.Glob(filepath.Join(lists, "testdata", "*.golden"))
	if err != nil || len(goldens) < 40 {
		t.Fatalf("%d goldens, %v", len(goldens), err)
	}
	var b strings.Builder
	for _, g := range goldens {
		file := strings.TrimSuffix(g, ".golden")
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m, whole := manifest.Read(t.Context(), bytes.NewReader(raw), int64(len(raw)), listOptions(t, file))
		if whole == nil && len(m.Refused) == 0 {
			continue
		}
		b.WriteString("== " + filepath.Base(file) + "\n")
		for _, language := range []string{"en", "fr"} {
			w := speak(t, language)
			if whole != nil {
				b.WriteString(w.Error(whole) + "\n")
				continue
			}
			for _, r := range m.Refused {
				b.WriteString(w.ListRefusal(r) + "\n")
			}
		}
	}
	path := filepath.Join("testdata", "lists.golden")
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// listOptions are those that a golden of a list is read with.
func listOptions(t *testing.T, file string) manifest.Options {
	t.Helper()
	var o struct {
		Profile        *manifest.Profile
		Sheet          string
		Expected       autopilot.TenantID
		Names          []string
		SerialsSuffice bool `json:"serials_suffice"`
	}
	raw, err := os.ReadFile(file + ".options.json")
	if err == nil {
		err = json.Unmarshal(raw, &o)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return manifest.Options{
		Profile: o.Profile, Sheet: o.Sheet, SerialsSuffice: o.SerialsSuffice,
		Expected: manifest.Expected{ID: o.Expected, Names: o.Names},
	}
}
