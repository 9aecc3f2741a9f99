package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// WithoutRead is what a verdict says where what was read stands large beside it: the
// sentence does not say it again, as far as it can do without.
func (w *Words) WithoutRead(what, read string) string {
	if read == "" {
		return what
	}
	short := strings.TrimSuffix(what, " "+w.Say("verdict.text", "Text", read))
	for _, before := range []string{"PKID " + read, read} {
		rest, begins := strings.CutPrefix(short, before)
		if !begins {
			continue
		}
		if begun := strings.TrimLeft(rest, ".,:\u00a0 "); begun != rest {
			short = capital(begun)
		}
	}
	for _, colon := range []string{"\u00a0: ", ": "} { // "Serial number: 5CG… ." names the kind alone
		short = strings.Replace(short, colon+read+".", ".", 1)
	}
	if short == "" {
		return what
	}
	return short
}

// capital begins a sentence.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + text[size:]
}
