package makers_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pkidstation/queue/autopilot/makers"
)

func TestJudge(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		manufacturer, model string
		maker               makers.Standing
		suggested           string
		modelIs             makers.Standing
		modelAs             string
	}{
		{"Dell Inc.", "Latitude 7420", makers.Exact, "", makers.Unknown, ""},
		{"Dell Inc.", "Dell Latitude 7420", makers.Exact, "", makers.Unlike, "Latitude 7420"},
		{"DELL INC.", "Latitude 7420", makers.Case, "Dell Inc.", makers.Unknown, ""},
		{" Dell Inc.", "Latitude 7420", makers.Case, "Dell Inc.", makers.Unknown, ""},
		{"Dell", "Latitude 7420", makers.Alias, "Dell Inc.", makers.Unknown, ""},
		{"Dell Inc", "Latitude 7420", makers.Alias, "Dell Inc.", makers.Unknown, ""},
		{"HP", "HP EliteBook 840 G8 Notebook PC", makers.Exact, "", makers.Unknown, ""},
		{"hp", "", makers.Case, "HP,Hewlett-Packard", makers.Unknown, ""},
		{"Hewlett Packard", "", makers.Alias, "HP,Hewlett-Packard", makers.Unknown, ""},
		{"hewlett-packard", "", makers.Case, "Hewlett-Packard,HP", makers.Unknown, ""},
		{"Hewlett-Packard", "", makers.Exact, "", makers.Unknown, ""},
		{"Lenovo", "20XW00ABFR", makers.Case, "LENOVO", makers.Unknown, ""},
		{"LENOVO", "ThinkPad T14 Gen 3", makers.Exact, "", makers.Unlike, ""},
		{"LENOVO", "20xw00abfr", makers.Exact, "", makers.Case, "20XW00ABFR"},
		{"LENOVO", "82QF", makers.Exact, "", makers.Unknown, ""},
		{"LENOVO", "", makers.Exact, "", makers.Unlike, ""},
		{"Asus", "B5402CVA", makers.Alias, "ASUSTeK COMPUTER INC.", makers.Unknown, ""},
		{"ASUSTek COMPUTER INC.", "B5402CVA", makers.Case, "ASUSTeK COMPUTER INC.", makers.Unknown, ""},
		{"Fujitsu", "LIFEBOOK E5411", makers.Case, "FUJITSU,FUJITSU CLIENT COMPUTING LIMITED", makers.Unknown, ""},
		{"Toshiba", "", makers.Case, "TOSHIBA,Dynabook Inc.", makers.Unknown, ""},
		{"MSI", "", makers.Alias, "Micro-Star International Co., Ltd.", makers.Unknown, ""},
		{"Samsung", "", makers.Alias, "SAMSUNG ELECTRONICS CO., LTD.", makers.Unknown, ""},
		{"Panasonic", "CFSR4-1", makers.Alias, "Panasonic Connect Co., Ltd.,Panasonic Corporation", makers.Unknown, ""},
		{"Microsoft Corporation", "Surface Laptop 5", makers.Exact, "", makers.Exact, ""},
		{"Microsoft Corporation", "Surface laptop 5", makers.Exact, "", makers.Case, "Surface Laptop 5"},
		{"Microsoft Corporation", "Microsoft Surface Pro 9", makers.Exact, "", makers.Unlike, "Surface Pro 9"},
		{"Microsoft Corporation", "Microsoft Surface Pro, 11th Edition", makers.Exact, "", makers.Unknown, ""},
		{"Microsoft Corporation", "Laptop 5", makers.Exact, "", makers.Unlike, ""},
		{"Surface", "Surface Pro 9", makers.Alias, "Microsoft Corporation", makers.Exact, ""},
		{"microsoft corporation", "Surface Pro 9", makers.Case, "Microsoft Corporation", makers.Exact, ""},
		{"ACME", "Book", makers.Unknown, "", makers.Unknown, ""},
		{"", "Book", makers.Unknown, "", makers.Unknown, ""},
		{"...", "Book", makers.Unknown, "", makers.Unknown, ""},
	} {
		t.Run(test.manufacturer+"/"+test.model, func(t *testing.T) {
			t.Parallel()
			got := makers.Judge(test.manufacturer, test.model)
			var names []string
			for _, s := range got.Suggested {
				names = append(names, s.Name)
			}
			if got.Manufacturer != test.maker || strings.Join(names, ",") != test.suggested {
				t.Errorf("the manufacturer is %s %q, want %s %q", got.Manufacturer, names, test.maker, test.suggested)
			}
			if got.Model != test.modelIs || got.SuggestedModel != test.modelAs {
				t.Errorf("the model is %s %q, want %s %q", got.Model, got.SuggestedModel, test.modelIs, test.modelAs)
			}
			if sure := test.maker == makers.Exact && (test.modelIs == makers.Exact || test.modelIs == makers.Unknown); got.Sure() != sure {
				t.Errorf("sure: %v", got.Sure())
			}
		})
	}
}

// TestTable: no name stands for two makers, each is judged as what it is, and all of
// it can stand on a line.
func TestTable(t *testing.T) {
	t.Parallel()
	owner := map[string]string{}
	claim := func(name, maker string) {
		t.Helper()
		if other, twice := owner[name]; twice && other != maker {
			t.Errorf("%q is %s and %s", name, other, maker)
		}
		owner[name] = maker
	}
	for _, m := range makers.All() {
		for _, s := range append([]makers.Spelling{m.Spelling}, m.Also...) {
			claim(strings.ToLower(s.Name), m.Name)
			if got := makers.Judge(s.Name, ""); got.Manufacturer != makers.Exact || len(got.Suggested) > 0 {
				t.Errorf("%q: %+v", s.Name, got)
			}
			if got := makers.Judge(strings.ToUpper(s.Name)+" ", ""); got.Manufacturer != makers.Case || got.Suggested[0].Name != s.Name {
				t.Errorf("%q in capitals: %+v", s.Name, got)
			}
			if strings.TrimSpace(s.Name) != s.Name || s.Proof == "" || strings.ContainsFunc(s.Name, func(r rune) bool { return r < ' ' || r > '~' }) {
				t.Errorf("%q, proved %q", s.Name, s.Proof)
			}
		}
		for _, name := range m.Typed {
			claim(name, m.Name)
			if strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsDigit(r) && !unicode.IsLower(r) }) {
				t.Errorf("%q could never be found", name)
			}
			if got := makers.Judge(name, ""); len(got.Suggested) == 0 || !slices.ContainsFunc(got.Suggested, func(s makers.Spelling) bool { return s.Name == m.Name }) {
				t.Errorf("%q: %+v", name, got)
			}
		}
	}
	first := makers.All()
	first[0].Name = "changed"
	if makers.All()[0].Name == "changed" {
		t.Error("the table can be changed")
	}
}

func TestSame(t *testing.T) {
	t.Parallel()
	for names, want := range map[[2]string]bool{
		{"HP", "Hewlett-Packard"}: true, {"hp inc.", "HP"}: true, {"Lenovo", "LENOVO"}: true, {"HP", "Dell Inc."}: false,
		{"ACME", "ACME"}: false, {"", ""}: false, {"HP", ""}: false,
	} {
		if got := makers.Same(names[0], names[1]); got != want {
			t.Errorf("%q: %v", names, got)
		}
	}
}

func TestSurface(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		manufacturer, model string
		want                bool
	}{
		{"Microsoft Corporation", "Surface Pro 9", true},
		{"Microsoft Corporation", "", true},
		{"Microsoft Corporation", "Laptop 5", true},
		{"Microsoft Corporation", "Virtual Machine", false},
		{"MICROSOFT", "Surface Go", true},
		{"Surface", "Go", true},
		{"", "Surface Go", true},
		{"", "Microsoft Surface Go", true},
		{"", "Latitude Surface", false},
		{"", "", false},
		{"HP", "Surface", false},
		{"ACME", "Surface Go", false},
	} {
		if got := makers.Surface(test.manufacturer, test.model); got != test.want {
			t.Errorf("%q %q: %v", test.manufacturer, test.model, got)
		}
	}
}

// FuzzJudge: whatever is typed is judged, and what is suggested is itself exact.
func FuzzJudge(f *testing.F) {
	f.Add("Dell", "Dell Latitude")
	f.Add("lenovo", "20xw00abfr")
	f.Add("Surface", "microsoft surface pro 9")
	f.Fuzz(func(t *testing.T, manufacturer, model string) {
		got := makers.Judge(manufacturer, model)
		for _, s := range got.Suggested {
			if again := makers.Judge(s.Name, model); again.Manufacturer != makers.Exact {
				t.Fatalf("%q was suggested, and is %s", s.Name, again.Manufacturer)
			}
		}
		if got.SuggestedModel == "" {
			return
		}
		name := manufacturer
		if len(got.Suggested) > 0 {
			name = got.Suggested[0].Name
		}
		if again := makers.Judge(name, got.SuggestedModel); again.Model == makers.Case || again.Model == makers.Unlike && got.Model == makers.Case {
			t.Fatalf("%q was suggested, and is %s", got.SuggestedModel, again.Model)
		}
	})
}
