package wedge

import "unicode"

// The American keyboard, key by key from the top left, and what it types with
// Shift. A scanner set to it presses the keys of these characters, whatever the
// host makes of them.
const (
	american        = "`1234567890-=" + `qwertyuiop[]` + `asdfghjkl;'\` + `zxcvbnm,./`
	americanShifted = `~!@#$%^&*()_+` + `QWERTYUIOP{}` + `ASDFGHJKL:"|` + `ZXCVBNM<>?`
)

// A layout is a host's keyboard: what the keys of the American one type there,
// plain and with Shift, in the same order. A dead key stands as the character
// that it types alone.
type layout struct {
	name           string
	plain, shifted string
	// caps are what Caps Lock may do there.
	caps []caps
}

// A caps is what Caps Lock does while it is on: which keys it shifts.
type caps int

const (
	capsOff caps = iota
	// capsLetters shifts the letters; é, è, ç and à of a digit row become
	// capitals. It is Caps Lock under X11, and under Windows on most layouts.
	capsLetters
	// capsDigits shifts letters and digits: bépo under X11.
	capsDigits
	// capsAll shifts every key: Windows on fr, be and de.
	capsAll
)

// layouts are the layouts known, the likeliest first. The French layout of
// Switzerland is the German one but for accents, so both have one name.
func layouts() []layout {
	letters, all := []caps{capsLetters}, []caps{capsLetters, capsAll}
	return []layout{
		{"us", american, americanShifted, letters},
		{
			"uk",
			"`1234567890-=" + `qwertyuiop[]` + `asdfghjkl;'#` + `zxcvbnm,./`,
			`¬!"£$%^&*()_+` + `QWERTYUIOP{}` + `ASDFGHJKL:@~` + `ZXCVBNM<>?`, letters,
		},
		{
			"de",
			`^1234567890ß´` + `qwertzuiopü+` + `asdfghjklöä#` + `yxcvbnm,.-`,
			"°!\"§$%&/()=?`" + `QWERTZUIOPÜ*` + `ASDFGHJKLÖÄ'` + `YXCVBNM;:_`, all,
		},
		{
			"ch",
			`§1234567890'^` + `qwertzuiopü¨` + `asdfghjklöä$` + `yxcvbnm,.-`,
			"°+\"*ç%&/()=?`" + `QWERTZUIOPè!` + `ASDFGHJKLéà£` + `YXCVBNM;:_`, letters,
		},
		{
			"ch",
			`§1234567890'^` + `qwertzuiopè¨` + `asdfghjkléà$` + `yxcvbnm,.-`,
			"°+\"*ç%&/()=?`" + `QWERTZUIOPü!` + `ASDFGHJKLöä£` + `YXCVBNM;:_`, letters,
		},
		{
			"fr",
			`²&é"'(-è_çà)=` + `azertyuiop^$` + `qsdfghjklmù*` + `wxcvbn,;:!`,
			`~1234567890°+` + `AZERTYUIOP¨£` + `QSDFGHJKLM%µ` + `WXCVBN?./§`, all,
		},
		{
			"be",
			`²&é"'(§è!çà)-` + `azertyuiop^$` + `qsdfghjklmùµ` + `wxcvbn,;:=`,
			`³1234567890°_` + `AZERTYUIOP¨*` + `QSDFGHJKLM%£` + `WXCVBN?./+`, all,
		},
		{
			"fr-bepo",
			`$"«»()@+-/*=%` + `bépoè^vdljzw` + `auie,ctsrnmç` + `àyx.k'qghf`,
			"#1234567890°`" + `BÉPOÈ!VDLJZW` + `AUIE;CTSRNMÇ` + `ÀYX:K?QGHF`,
			[]caps{capsLetters, capsDigits},
		},
	}
}

// Layouts are the names that Options.Layout takes.
func Layouts() []string {
	var names []string
	for _, l := range layouts() {
		if len(names) == 0 || names[len(names)-1] != l.name {
			names = append(names, l.name)
		}
	}
	return append(names, azertyKeypad)
}

// A key is one key of a host's keyboard: what it types plain and with Shift.
type key struct{ plain, shifted rune }

// keys are the layout's keys, in the order of the American ones.
func (l layout) keys() []key {
	plain, shifted := []rune(l.plain), []rune(l.shifted)
	keys := make([]key, len(plain))
	for n := range keys {
		keys[n] = key{plain[n], shifted[n]}
	}
	return keys
}

// types is what the host makes of a press of the key.
func (k key) types(shift bool, c caps) rune {
	r := k.plain
	if shift != k.locked(c) {
		r = k.shifted
	}
	if (c == capsLetters || c == capsDigits) && !k.locked(c) {
		return capital(r)
	}
	return r
}

// capital is a letter's capital. X11 has one of ß, unlike Unicode's tables.
func capital(r rune) rune {
	if r == 'ß' {
		return 'ẞ'
	}
	return unicode.ToUpper(r)
}

// locked says whether Caps Lock shifts the key.
func (k key) locked(c caps) bool {
	letter := k.plain != k.shifted && unicode.ToUpper(k.plain) == k.shifted
	switch c {
	case capsAll:
		return true
	case capsDigits:
		return letter || isDigit(k.shifted)
	case capsLetters:
		return letter
	case capsOff:
		return false
	default:
		return false
	}
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
