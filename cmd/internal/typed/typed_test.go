package typed_test

import (
	"errors"
	"strings"
	"testing"

	"pkidstation/cmd/internal/typed"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]error{
		"":                                  nil,
		"BL-2026-0117":                      nil,
		"vérifié\u00a0: par Léa":            nil,
		strings.Repeat("é", 200):            nil,
		strings.Repeat("é", 201):            typed.ErrLong,
		"red \x1b[31m":                      typed.ErrUnprintable,
		"two\nlines":                        typed.ErrUnprintable,
		"half a rune \xc3":                  typed.ErrUnprintable,
		"turned \u202e round":               typed.ErrUnprintable,
		"lot VK7JG-NPHTM-C97JM-9MPGT-3V66T": typed.ErrSecret,
	} {
		err := typed.Check("fine", text)
		if !errors.Is(err, want) || want == nil && err != nil {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "VK7JG") {
			t.Error("the error holds the key")
		}
	}
}
