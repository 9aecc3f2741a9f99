package words_test

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pkidstation/ui/words"
)

func TestShown(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                 "",
		"3305123456781":                    "3305123456781",
		"a\r\n\tb":                         `a\r\n\tb`,
		"\x1b]0;title\x07":                 `\x1b]0;title\a`,
		"abc\u202edef":                     `abc\u202edef`,
		"é\u00a0€":                         `é\u00a0€`,
		"\xff\x80":                         `\xff\x80`,
		strings.Repeat("x", 40):            strings.Repeat("x", 40),
		strings.Repeat("x", 41):            strings.Repeat("x", 39) + "…",
		strings.Repeat("x", 38) + "\x1byy": strings.Repeat("x", 38) + "…",
		strings.Repeat("x", 36) + "\x1b":   strings.Repeat("x", 36) + `\x1b`,
	} {
		if got := words.Shown(text); got != want {
			t.Errorf("Shown(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzShown(f *testing.F) {
	for _, seed := range []string{"", "3305123456781", "\x1b[2J", "\u202e\u2066", "\xff\xfe", "{{.Text}}", strings.Repeat("\x00", 99), strings.Repeat("e\u0301", 50)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := words.Shown(text)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > 40 {
			t.Fatalf("Shown(%q) = %q: %d characters", text, got, utf8.RuneCountInString(got))
		}
		plain := utf8.ValidString(text)
		for _, r := range text {
			plain = plain && strconv.IsPrint(r)
		}
		for _, r := range got {
			if !strconv.IsPrint(r) {
				t.Fatalf("Shown(%q) = %q: %U cannot be seen", text, got, r)
			}
		}
		if plain && utf8.RuneCountInString(text) <= 40 && got != text {
			t.Fatalf("Shown(%q) = %q: changed without need", text, got)
		}
	})
}
