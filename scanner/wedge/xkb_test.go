package wedge_test

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"pkidstation/scanner/wedge"
)

// TestRowsAreXkbs compares the layouts with those that the X server itself
// uses.
func TestRowsAreXkbs(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("xkbcomp"); err != nil {
		if os.Getenv("PKIDSTATION_REQUIRE_WINDOW") != "" {
			t.Fatal("xkbcomp is missing")
		}
		t.Skip("xkbcomp is missing: make test installs it")
	}
	symbols := map[string]string{
		"us": "us", "uk": "gb", "de": "de", "ch": "ch", "ch, French": "ch(fr)", "fr": "fr", "be": "be", "fr-bepo": "fr(bepo)",
	}
	for layout, rows := range wedge.Rows() {
		plain, shifted := xkb(t, symbols[layout])
		if plain != rows[0] || shifted != rows[1] {
			t.Errorf("%s:\n%s\n%s\nxkb has\n%s\n%s", layout, rows[0], rows[1], plain, shifted)
		}
	}
}

// xkb is what the keys of the American rows type in a layout of xkb.
func xkb(t *testing.T, symbols string) (plain, shifted string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "xkbcomp", "-w0", "-xkb", "-", "-")
	cmd.Stdin = strings.NewReader(`xkb_keymap {
		xkb_keycodes { include "evdev+aliases(qwerty)" };
		xkb_types { include "complete" };
		xkb_compat { include "complete" };
		xkb_symbols { include "pc+` + symbols + `+inet(evdev)" };
	};`)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("xkbcomp for %s: %v", symbols, err)
	}
	_, keymap, _ := strings.Cut(string(out), "xkb_symbols")
	for _, key := range xkbKeys() {
		pair := regexp.MustCompile(`key <` + key + `>[^}]*\[\s*(\w+),\s*(\w+)`).FindStringSubmatch(keymap)
		if pair == nil {
			t.Fatalf("%s has no key %s", symbols, key)
		}
		plain += keysym(pair[1])
		shifted += keysym(pair[2])
	}
	return plain, shifted
}

// xkbKeys are xkb's names of the keys, in the order of the rows.
func xkbKeys() []string {
	return strings.Fields(`TLDE AE01 AE02 AE03 AE04 AE05 AE06 AE07 AE08 AE09 AE10 AE11 AE12
		AD01 AD02 AD03 AD04 AD05 AD06 AD07 AD08 AD09 AD10 AD11 AD12
		AC01 AC02 AC03 AC04 AC05 AC06 AC07 AC08 AC09 AC10 AC11 BKSL
		AB01 AB02 AB03 AB04 AB05 AB06 AB07 AB08 AB09 AB10`)
}

// keysym is the character of an X key symbol. A dead key is the character that
// it types alone.
func keysym(name string) string {
	if len(name) == 1 {
		return name
	}
	names := strings.Fields(`ampersand & eacute é quotedbl " apostrophe ' parenleft ( parenright ) minus - egrave è
		underscore _ ccedilla ç agrave à degree ° equal = plus + dollar $ sterling £ ugrave ù percent % asterisk * mu µ
		comma , question ? semicolon ; period . colon : slash / exclam ! section § less < greater > twosuperior ²
		threesuperior ³ asciitilde ~ dead_circumflex ^ dead_diaeresis ¨ dead_grave ` + "`" + ` dead_acute ´ at @ numbersign #
		asciicircum ^ braceleft { braceright } bracketleft [ bracketright ] backslash \ bar | grave ` + "`" + ` notsign ¬
		udiaeresis ü odiaeresis ö adiaeresis ä Udiaeresis Ü Odiaeresis Ö Adiaeresis Ä ssharp ß guillemotleft «
		guillemotright » Egrave È Eacute É Agrave À Ccedilla Ç`)
	for n := 0; n < len(names); n += 2 {
		if names[n] == name {
			return names[n+1]
		}
	}
	return "<" + name + ">"
}
