// Package typed looks at what a person or script enters beside scans: orders,
// reasons, names. It goes into the queue, the audit and onto screens, so it
// holds no product key, no control characters and no novel.
package typed

import (
	"errors"
	"unicode"
	"unicode/utf8"

	"pkidstation/scanner/label"
)

// Why a text is refused. The text itself is in none of them.
var (
	// ErrSecret: there is a Windows product key in it.
	ErrSecret = errors.New("the text holds a Windows product key")
	// ErrUnprintable: there are control characters in it, or it is no UTF-8.
	ErrUnprintable = errors.New("the text holds characters that cannot be shown")
	// ErrLong: it is longer than MaxText.
	ErrLong = errors.New("the text is too long")
)

// MaxText is the most characters of an entered text.
const MaxText = 200

// Check refuses the first of the texts that may not be kept.
func Check(texts ...string) error {
	for _, text := range texts {
		switch {
		case label.HoldsSecret(text):
			return ErrSecret
		case !printable(text):
			return ErrUnprintable
		case utf8.RuneCountInString(text) > MaxText:
			return ErrLong
		}
	}
	return nil
}

func printable(text string) bool {
	for _, r := range text {
		if r == utf8.RuneError || !unicode.IsPrint(r) && r != '\u00a0' && r != '\u202f' {
			return false
		}
	}
	return true
}
