package ui_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/assets"
	"pkidstation/ui"
)

// teacher writes down what was taught.
type teacher struct {
	taught  []string
	failure error
}

func (x *teacher) Teach(_ context.Context, kind, prefix string, length int) error {
	x.taught = append(x.taught, fmt.Sprint(kind, " ", prefix, " ", length))
	return x.failure
}

func TestTeach(t *testing.T) {
	for _, c := range []struct{ name, code, kind, prefix, want string }{
		{"a serial", "FUJ1234ABC", "Serial number", "fuj", "serial FUJ 10"},
		{"a part number", "X-4711-07", "Part number", "X-", "part X- 9"},
		{"a model", "MDL7", "Model", "MDL", "model MDL 4"},
		{"a PKID", "ACME3305123456781", "PKID", "ACME", "pkid ACME 17"},
		{"a PKID of 12 digits", "ACME330512345678", "PKID", "ACME", ""},
		{"a PKID with a letter", "ACME330512345678X", "PKID", "ACME", ""},
		{"no kind", "FUJ1234ABC", "", "FUJ", ""},
		{"no beginning", "FUJ1234ABC", "Serial number", "", ""},
		{"another beginning", "FUJ1234ABC", "Serial number", "FUK", ""},
		{"all of it", "FUJ1", "Serial number", "FUJ1", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := &teacher{}
			b := newBench(t, ui.Options{Teach: x})
			b.OpenTeach(c.code)
			if c.kind != "" {
				b.tap(t, c.kind)
			}
			b.FyneWindow().Canvas().Focus(b.Fields()[0])
			b.hand(c.prefix)
			if b.Confirmable() != (c.want != "") {
				t.Errorf("confirmable: %v", b.Confirmable())
			}
			b.ConfirmPanel()
			var want []string
			if c.want != "" {
				want = []string{c.want}
			}
			if diff := cmp.Diff(want, x.taught); diff != "" {
				t.Errorf("taught (-want +got):\n%s", diff)
			}
			if open := b.PanelTitle() != ""; open != (c.want == "") {
				t.Errorf("still open: %v", open)
			}
		})
	}
}

func TestTeachFails(t *testing.T) {
	b := newBench(t, ui.Options{Teach: &teacher{failure: errors.New("the file is read-only")}})
	b.OpenTeach("FUJ1234ABC")
	b.tap(t, "Serial number")
	b.FyneWindow().Canvas().Focus(b.Fields()[0])
	b.hand("FUJ")
	b.ConfirmPanel()
	if b.Notice() == "" {
		t.Error("nothing was said")
	}
}

func TestTeachNeedsAPort(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.OpenTeach("FUJ1234ABC")
	if b.PanelTitle() != "" {
		t.Error("the panel opened")
	}
}

// TestAScanTeachesNothing: a scan into the panel presses nothing in it, and
// leaves what was typed.
func TestAScanTeachesNothing(t *testing.T) {
	x := &teacher{}
	b := newBench(t, ui.Options{Teach: x})
	b.OpenTeach("FUJ1234ABC")
	b.tap(t, "Serial number")
	b.FyneWindow().Canvas().Focus(b.Fields()[0])
	b.hand("FUJ")
	b.scan("3305123456781\r\t")
	if got := ui.FieldText(b.Fields()[0]); got != "FUJ" || len(x.taught) > 0 {
		t.Errorf("field %q, taught %v", got, x.taught)
	}
	if diff := cmp.Diff([]string{"3305123456781"}, b.scanned()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTeachIsNotCut(t *testing.T) {
	for _, language := range languages() {
		for longer, least := range map[bool]float32{false: 12, true: 9} {
			b := newBench(t, ui.Options{Language: language, Teach: &teacher{}})
			b.OpenTeach("A-CODE-OF-THIRTY-TWO-CHARACTERS1")
			if longer {
				lengthen(b)
			}
			settle(b)
			checkWhole(t, b, fmt.Sprintf("%s longer:%v", language, longer), least)
		}
	}
}

// TestTeachTexts: the panel's texts are in every language, with the same
// placeholders, and none is left over.
func TestTeachTexts(t *testing.T) {
	source, err := os.ReadFile("teachpanel.go")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, found := range regexp.MustCompile(`"(label\.[a-z.]*[a-z])"`).FindAllSubmatch(source, -1) {
		used[string(found[1])] = true
	}
	placeholder := regexp.MustCompile(`\{\{[^}]*\}\}`)
	var before map[string]string
	for _, language := range languages() {
		data, err := assets.Translations.ReadFile("translations/label." + language + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var all map[string]string
		if err := json.Unmarshal(data, &all); err != nil {
			t.Fatal(err)
		}
		maps.DeleteFunc(all, func(id, _ string) bool { return !strings.HasPrefix(id, "label.") }) // ui/words has the others
		if diff := cmp.Diff(slices.Sorted(maps.Keys(used)), slices.Sorted(maps.Keys(all))); diff != "" {
			t.Errorf("%s: used (-) and there (+) differ:\n%s", language, diff)
		}
		for id, text := range all {
			got, want := placeholder.FindAllString(text, -1), placeholder.FindAllString(before[id], -1)
			slices.Sort(got)
			slices.Sort(want)
			if before != nil && !slices.Equal(got, want) {
				t.Errorf("%s: %v and %v", id, got, want)
			}
		}
		before = all
	}
}
