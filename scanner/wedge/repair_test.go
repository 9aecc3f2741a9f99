package wedge_test

import (
	"strings"
	"testing"

	"pkidstation/scanner/command"
	"pkidstation/scanner/wedge"
)

// TestGuess: what is told where nobody has calibrated, and what is left open.
func TestGuess(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		typed, text, layout string
		unsure              bool
	}{
		"no letter that a layout swaps": {"5CG4071XKP", "5CG4071XKP", "", false},
		"Y and Z":                       {"5CG1234XYZ", "5CG1234XYZ", "", true},
		"A, Q and W":                    {"5CGAQW1234", "5CGAQW1234", "", true}, // digits from the key pad
		"small letters":                 {"5cg4071xkp", "5CG4071XKP", "", false},
		"hyphen":                        {"AB-1234", "AB-1234", "", true}, // German: AB/1234
		"hash":                          {"45A6EA#ABF", "45A6EA#ABF", "", false},
		"pound":                         {"45A6EA£ABF", "45A6EA#ABF", "uk", false},
		"sharp s":                       {"ABß1234Y", "AB-1234Z", "de", false},
		"French digits tell letters":    {"(CG'à-&XKQ", "5CG4061XKA", "fr", false},
		"Belgian digits tell letters":   {"(CG'à§&XKQ", "5CG4061XKA", "be", false},
		"French, Caps Lock under X11":   {"(cgÉÀqz", "5CG20AW", "fr", false},
		"French scanner, Caps Lock":     {"(cg&éqz", "5CG12QZ", "fr", false},
		"French, or a French scanner":   {"(cg-_qz", "5CG68AW", "fr", true},
		"French and Belgian":            {`&é"'(§-_!çà`, "12345?68/90", "fr", true},
		"bépo":                          {`)X,"«»(B`, "5Cg1234Q", "fr-bepo", false},
		"digits of two layouts":         {`"("("("("("("`, `"("("("("("("`, "", true},
		"words":                         {"HELLOA", "HELLOA", "", true},
		"a star is a star":              {"*5CG4071XKP*", "*5CG4071XKP*", "", true},
		"no host knows it":              {"ЖЖ1234567", "ЖЖ1234567", "", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := read(t, wedge.NewParser(wedge.Options{}), test.typed)
			if got.Text != test.text || got.Layout != test.layout || got.Unsure != test.unsure {
				t.Errorf("%q gave %q, layout %q, unsure %v", test.typed, got.Text, got.Layout, got.Unsure)
			}
		})
	}
}

// TestAnotherScanner: what a scanner types that does not fit the calibration.
func TestAnotherScanner(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		calibrated, typed, text, layout string
		unsure                          bool
	}{
		"digits of a French scanner":   {"fr", pkid, pkid, "", false},
		"serial of a French scanner":   {"fr", "5CGAQZWY47", "5cgqawzy47", "fr", true},
		"its letters are the same":     {"fr", "5CG4071XKP", "5CG4071XKP", "fr", false},
		"Caps Lock under Windows":      {"fr", "5cgqaw4071", "5CGAQZ4071", "fr", false},
		"digits of an American":        {"us", `""à(&é"'(-è_&`, pkid, "fr", false},
		"serial of an American":        {"us", "(CGQ&é", "5cgq12", "fr", true},
		"digits of another host":       {"de", `""à(&é"'(-è_&`, pkid, "fr", false},
		"letters of another host":      {"de", "(CGQ&é§", "(CGQ&é§", "", true},
		"digits of bépo":               {"us", `»»*)"«»()@+-"`, pkid, "fr-bepo", false},
		"nonsense":                     {"uk", `»»*)"«»()@+B"`, `»»*)"«»()@+B"`, "", true},
		"an unknown layout is as none": {"dvorak", "5CG1234XYZ", "5CG1234XYZ", "", true},
		"Y and Z are sure":             {"us", "5CG1234XYZ", "5CG1234XYZ", "", false},
		"Y and Z are swapped":          {"de", "5CG1234XYZ", "5CG1234XZY", "de", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := read(t, wedge.NewParser(wedge.Options{Layout: test.calibrated}), test.typed)
			if got.Text != test.text || got.Layout != test.layout || got.Unsure != test.unsure {
				t.Errorf("%q gave %q, layout %q, unsure %v", test.typed, got.Text, got.Layout, got.Unsure)
			}
		})
	}
}

// TestCalibrationOfNoLayout: a calibration on a layout that is not known is
// told from a label, and sets nothing.
func TestCalibrationOfNoLayout(t *testing.T) {
	t.Parallel()
	parser := wedge.NewParser(wedge.Options{Layout: "de"})
	typed := strings.NewReplacer("A", "Ф", "Q", "Й", "5", "%", "%", "5").Replace(command.Calibration)
	if got := read(t, parser, typed); got.Text != typed || !got.Unsure || got.Layout != "" {
		t.Errorf("it gave %+v", got)
	}
	if got := read(t, parser, "5CG1234XYZ"); got.Text != "5CG1234XZY" {
		t.Errorf("then %q is read: the layout was switched", got.Text)
	}
}

func TestRecalibration(t *testing.T) {
	t.Parallel()
	parser := wedge.NewParser(wedge.Options{Layout: "us"})
	for _, keyboard := range wedge.Keyboards() {
		for _, before := range []string{"", "]C0", "]C"} { // the last is what a dead key leaves
			got := read(t, parser, keyboard.Type(before+command.Calibration))
			if got.Text != command.Calibration || got.Layout != keyboard.Name && !undecided(keyboard, got) {
				t.Errorf("%s, after %q: %+v", name(keyboard), before, got)
			}
		}
	}
}

// undecided says that with Caps Lock as Windows has it, France and Belgium type
// the calibration alike, and that it was left open.
func undecided(k wedge.Keyboard, calibration wedge.Burst) bool {
	return (k.Name == "fr" || k.Name == "be") && k.Caps == "all" && calibration.Unsure && calibration.Layout == ""
}
