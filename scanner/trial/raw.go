package trial

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxRaw is the most characters that raw bytes are shown in. Of a longer read
// the middle is left out: prefix and terminator are what a person looks for.
const MaxRaw = 80

// readable shows bytes as they are where they can be read, and by their names
// or numbers in angle brackets where they cannot.
func readable(raw string) string {
	var shown []string
	for raw != "" {
		r, size := utf8.DecodeRuneInString(raw)
		shown = append(shown, sign(r, raw[:size]))
		raw = raw[size:]
	}
	return shortened(shown)
}

// sign is one character as it is shown.
func sign(r rune, bytes string) string {
	switch {
	case r == utf8.RuneError && len(bytes) == 1:
		return fmt.Sprintf("<%02X>", bytes[0])
	case r < ' ':
		return "<" + controls()[r] + ">"
	case r == 0x7f:
		return "<DEL>"
	case strconv.IsPrint(r):
		return bytes
	default:
		return fmt.Sprintf("<U+%04X>", r)
	}
}

// controls are the names of the ASCII control characters.
func controls() [32]string {
	return [32]string{
		"NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "TAB", "LF", "VT", "FF", "CR", "SO", "SI",
		"DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US",
	}
}

// shortened leaves the middle out where there is too much.
func shortened(signs []string) string {
	if whole := strings.Join(signs, ""); utf8.RuneCountInString(whole) <= MaxRaw {
		return whole
	}
	const half = MaxRaw/2 - 1
	head, used := 0, 0
	for used+utf8.RuneCountInString(signs[head]) <= half {
		used += utf8.RuneCountInString(signs[head])
		head++
	}
	tail, used := len(signs), 0
	for used+utf8.RuneCountInString(signs[tail-1]) <= half {
		tail--
		used += utf8.RuneCountInString(signs[tail])
	}
	return strings.Join(signs[:head], "") + "…" + strings.Join(signs[tail:], "")
}
