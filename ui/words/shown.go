package words

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// shownRunes is the most of a foreign text that is shown; supportRunes the most
// of an error's.
const (
	shownRunes   = 40
	supportRunes = 300
)

// Shown is a text that a barcode, a file or a server gave, made fit for a
// screen and a terminal: at most 40 characters, all of them visible or a plain
// space; the others are written as their escapes.
func Shown(text string) string { return shown(text, shownRunes) }

// shown looks at no more of the text than it shows, however long it is.
func shown(text string, most int) string {
	var b strings.Builder
	used, room := 0, 0 // runes written, and the bytes that leave room for "…"
	for len(text) > 0 {
		size, piece := visible(text)
		if used += utf8.RuneCountInString(piece); used > most {
			return b.String()[:room] + "…"
		}
		b.WriteString(piece)
		if used < most {
			room = b.Len()
		}
		text = text[size:]
	}
	return b.String()
}

// visible is the first rune of a text as it is shown, and its size in bytes.
func visible(text string) (size int, piece string) {
	r, size := utf8.DecodeRuneInString(text)
	if r == utf8.RuneError && size == 1 {
		return 1, `\x` + strconv.FormatUint(uint64(text[0]), 16)
	}
	if strconv.IsPrint(r) {
		return size, text[:size]
	}
	return size, strings.Trim(strconv.QuoteRuneToASCII(r), "'")
}
