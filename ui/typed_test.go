package ui_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"pkidstation/ui"
)

func TestTypedEntryRules(t *testing.T) {
	for _, c := range []struct {
		name, once, again string
		taken             bool
	}{
		{"the same twice", "3305123456781", "3305123456781", true},
		{"spaces between", "33051 23456781", "330 5123 456 781", true},
		{"not the same", "3305123456781", "3305123456718", false},
		{"only once", "3305123456781", "", false},
		{"nothing", "", "", false},
		{"too short", "330512345678", "330512345678", false},
		{"letters", "33051234567A1", "33051234567A1", false},
		{"all equal", "1111111111111", "1111111111111", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t, ui.Options{})
			b.OpenTyped()
			for n, text := range []string{c.once, c.again} {
				b.FyneWindow().Canvas().Focus(b.Fields()[n])
				b.hand(text)
			}
			if b.Confirmable() != c.taken {
				t.Errorf("confirmable: %v, want %v", b.Confirmable(), c.taken)
			}
			b.ConfirmPanel()
			var want []string
			if c.taken {
				want = []string{"typed 3305123456781"}
			}
			if diff := cmp.Diff(want, b.station.calls); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
			if got := b.scanned(); got != nil {
				t.Errorf("typing was taken for scans: %q", got)
			}
		})
	}
}

func TestTypedEntryCannotBePasted(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.OpenTyped()
	clipboard := test.NewClipboard()
	clipboard.SetContent("3305123456781")
	b.FyneWindow().Canvas().Focus(b.Fields()[1])
	b.shortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
	if got := ui.FieldText(b.Fields()[1]); got != "" {
		t.Errorf("%q was pasted", got)
	}
}
