package main_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// found is one line of doctor scanner --json.
type found struct {
	Scan                                               int
	Grade, Raw, AIM, Terminator, Kind, Text, Symbology string
	Advice                                             []string
	Change                                             *bool
}

func findings(t *testing.T, out string) []found {
	t.Helper()
	var all []found
	for line := range strings.Lines(out) {
		var f found
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("%q is no JSON: %v", line, err)
		}
		all = append(all, f)
	}
	return all
}

// TestDoctorScannerOfLines: what each line is taken for, what to change, and the
// exit code that says whether there is anything.
func TestDoctorScannerOfLines(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		lines  string
		args   string
		code   int
		kinds  string
		advice string
	}{
		"nothing to change":      {"]C03305123456781\n]C05CG1234XYZ\n]E05901234123457\n", "", 0, "pkid serial gtin", "fine"},
		"no AIM identifier":      {"3305123456781\n]C05CG1234XYZ\n]E05901234123457\n", "", 3, "pkid serial gtin", "no-aim"},
		"a product key":          {"]C0" + productKey + "\n", "", 0, "secret", "secret fine"},
		"a prefix, and no read":  {"AB]C03305123456781\nNOREAD\n", "", 3, "other other", "no-read prefix"},
		"the fourth is not read": {strings.Repeat("]C03305123456781\n", 4), "", 0, "pkid pkid pkid", "fine"},
		"as many as asked for":   {strings.Repeat("]C03305123456781\n", 9), "--count 5", 0, "pkid pkid pkid pkid pkid", "fine"},
		"CR LF":                  {"]C03305123456781\r\n", "--stdin", 0, "pkid", "fine"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := t.TempDir()
			got := runIt(t, data, tt.lines, nil, append([]string{"doctor", "scanner", "--json"}, strings.Fields(tt.args)...)...)
			got.want(t, tt.code)
			all := findings(t, got.out)
			var kinds []string
			for n, f := range all[:len(all)-1] {
				kinds = append(kinds, f.Kind)
				if f.Scan != n+1 || f.Change != nil {
					t.Errorf("line %d is %+v", n+1, f)
				}
			}
			last := all[len(all)-1]
			if strings.Join(kinds, " ") != tt.kinds || strings.Join(last.Advice, " ") != tt.advice || last.Change == nil || *last.Change != (tt.code == 3) {
				t.Errorf("kinds %v, want %s; advice %v, want %s", kinds, tt.kinds, last.Advice, tt.advice)
			}
			if strings.Contains(got.out+got.errors, productKey[:11]) {
				t.Errorf("the product key is printed:\n%s", got.out)
			}
			if made, err := os.ReadDir(data); err != nil || len(made) > 0 {
				t.Errorf("something was kept: %v, %v", made, err)
			}
		})
	}
}

func TestDoctorScannerKeys(t *testing.T) {
	t.Parallel()
	got := runIt(t, t.TempDir(), "]C03305123456781\n", nil, "doctor", "scanner", "--json")
	first, last, _ := strings.Cut(got.out, "\n")
	for line, want := range map[string]string{
		first: "advice aim average_ms confidence grade keys kind layout longest_ms raw reason scan symbology terminator text unsure",
		last:  "advice change",
	} {
		var object map[string]any
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			t.Fatal(err)
		}
		var keys []string
		for key := range object {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		if got := strings.Join(keys, " "); got != want {
			t.Errorf("keys %s, want %s", got, want)
		}
	}
	if f := findings(t, got.out)[0]; f.Raw != "]C03305123456781<LF>" || f.Terminator != "lf" || f.Symbology != "code128" {
		t.Errorf("%+v", f)
	}
}

func TestDoctorScannerInWords(t *testing.T) {
	t.Parallel()
	const lines = "]C03305123456781\n5CG1234XYZ\n" + productKey + "\n"
	for language, want := range map[string]string{"en_GB.UTF-8": englishDoctor, "fr_FR.UTF-8": frenchDoctor} {
		got := runIt(t, t.TempDir(), lines, []string{"LANG=" + language, "LC_ALL=", "LC_MESSAGES="}, "doctor", "scanner")
		got.want(t, 3)
		wantText(t, want, got.out)
	}
	english := runIt(t, t.TempDir(), "\x1b[2J\u202e\xff\x07\n", nil, "doctor", "scanner")
	if strings.ContainsAny(english.out, "\x1b\x07\u202e") || !strings.Contains(english.out, "<ESC>[2J<U+202E><FF><BEL><LF>") {
		t.Errorf("printed as it is: %q", english.out)
	}
}

const englishDoctor = `
Code 1 of 3 · Good
  Taken for  PKID · 3305123456781
  Received   ]C03305123456781<LF>
  AIM        ]C0 · Code 128
  End        Line feed (LF)
  Timing     Not measured
  Keyboard   Not a keyboard
Code 2 of 3 · To adjust
  Taken for  Serial number · 5CG1234XYZ
  Received   5CG1234XYZ<LF>
  AIM        None
  End        Line feed (LF)
  Timing     Not measured
  Keyboard   Not a keyboard
Code 3 of 3 · Hidden
  Taken for  Windows product key
  Received   Hidden: nothing of it is shown.
  AIM        None
  End        Line feed (LF)
  Timing     Not measured
  Keyboard   Not a keyboard
- That was a Windows product key. Nothing of it is shown or kept. Do not show it to anybody.
- Turn “Transmit AIM ID” on: the scanner then says whether 13 digits are an EAN or a PKID.
`

const frenchDoctor = `
Code 1 sur 3 · Bien
  Pris pour  PKID · 3305123456781
  Reçu       ]C03305123456781<LF>
  AIM        ]C0 · Code 128
  Fin        Saut de ligne (LF)
  Cadence    Non mesurée
  Clavier    Pas un clavier
Code 2 sur 3 · À régler
  Pris pour  Numéro de série · 5CG1234XYZ
  Reçu       5CG1234XYZ<LF>
  AIM        Aucun
  Fin        Saut de ligne (LF)
  Cadence    Non mesurée
  Clavier    Pas un clavier
Code 3 sur 3 · Masqué
  Pris pour  Clé de produit Windows
  Reçu       Masqué~: rien n'en est montré.
  AIM        Aucun
  Fin        Saut de ligne (LF)
  Cadence    Non mesurée
  Clavier    Pas un clavier
- C'était une clé de produit Windows. Rien n'en est montré ni gardé. Ne la montrez à personne.
- Activez «~Transmit AIM ID~»~: la douchette dira alors si 13 chiffres sont un EAN ou un PKID.
`

func TestDoctorRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args string
		code int
		say  string
	}{
		{"doctor", 2, "scanner"},
		{"doctor teeth", 2, "teeth"},
		{"doctor scanner extra", 2, "extra"},
		{"doctor scanner --count 0", 2, "--count"},
		{"doctor scanner --keyboard", 2, "terminal"},
		{"doctor scanner --stdin --keyboard", 2, "stdin"},
		{"doctor scanner --stdin --serial x", 2, "stdin"},
		{"doctor scanner --serial /dev/null@fast", 2, "speed"},
		{"doctor scanner --serial /dev/null", 1, "not a serial port"},
		{"doctor scanner --stdin", 1, "plugged in"},
		{"doctor scanner --stdin --json", 1, "plugged in"},
	} {
		got := runIt(t, t.TempDir(), "", nil, strings.Fields(tt.args)...)
		got.want(t, tt.code, tt.say)
		if diff := cmp.Diff("", got.out); diff != "" && tt.args != "doctor" {
			t.Errorf("%s prints:\n%s", tt.args, got.out)
		}
	}
}
