package ui_test

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner/wedge"
	"pkidstation/ui"
)

// FuzzScan scans byte strings wherever somebody may scan, each byte as one of
// the things that scanners make of it: nothing is pressed, sent, closed or left.
func FuzzScan(f *testing.F) {
	f.Add(uint8(0), uint8(3), []byte("3305112234456\r\x1d\x1d3305112234456"))
	for n := range places() {
		f.Add(uint8(n), uint8(n), []byte("\r\x08\x16\x18\x1a AB \t\x8c\x1b\xa3\xb7\x93\xff12\x00\x7f\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c"))
	}
	f.Fuzz(func(t *testing.T, place, pace uint8, typed []byte) {
		if len(typed) > 200 {
			return
		}
		p := places()[int(place)%len(places())]
		b := newBench(t, ui.Options{Language: "en"})
		p.show(b)
		for ; len(typed) > 0; typed = typed[min(len(typed), 40):] {
			scanBytes(t, b, p.name, time.Duration(pace%31)*time.Millisecond, typed[:min(len(typed), 40)])
		}
	})
}

// scanBytes scans one byte string and looks at what has changed.
func scanBytes(t *testing.T, b *bench, where string, pace time.Duration, typed []byte) {
	t.Helper()
	b.clock.pass(time.Second)
	before, fields := b.touched(), b.fieldTexts()
	b.station.strokes = nil
	for _, key := range append([]byte{'7'}, typed...) {
		b.clock.pass(pace)
		b.byteKey(key)
	}
	b.clock.pass(pace)
	b.press(fyne.KeyReturn)
	b.clock.pass(time.Second)
	if diff := cmp.Diff(before, b.touched()); diff != "" {
		t.Fatalf("%s: %q pressed something (-before +after):\n%s", where, typed, diff)
	}
	if diff := cmp.Diff(fields, b.fieldTexts()); diff != "" && b.onlyMachine() {
		t.Fatalf("%s: %q was left in a field (-before +after):\n%s", where, typed, diff)
	}
}

// touched is all that a press would change.
func (b *bench) touched() []string {
	focus := fmt.Sprintf("%p", b.FyneWindow().Canvas().Focused())
	if _, ours := b.FyneWindow().Canvas().Focused().(*ui.Sink); ours {
		focus = "at rest"
	} else if b.FyneWindow().Canvas().Focused() == nil {
		focus = "at rest" // a first Tab goes to the sink
	}
	look := b.look()
	return append(b.state(), fmt.Sprint(look.Full, look.Ticked), focus, b.Current())
}

// fieldTexts are what the fields in sight have in them.
func (b *bench) fieldTexts() []string {
	var texts []string
	if b.PanelTitle() != "" {
		for _, f := range b.Fields() {
			texts = append(texts, ui.FieldText(f))
		}
	}
	return append(texts, ui.FieldText(b.SearchField()))
}

// onlyMachine says that all that was typed is a machine's for the wedge.
func (b *bench) onlyMachine() bool {
	parser := wedge.NewParser(wedge.Options{})
	for _, stroke := range b.station.strokes {
		for _, burst := range parser.Feed(stroke) {
			if !burst.Machine {
				return false
			}
		}
	}
	return true
}

// byteKey types a byte as one of the keys that a scanner may make of it: the
// printable ones as they are, control characters as Ctrl and a letter or as the
// key that bears their name, all others as whatever else a keyboard has.
func (b *bench) byteKey(key byte) {
	switch {
	case key == '\r':
		b.press(fyne.KeyReturn)
	case key == '\t':
		b.press(fyne.KeyTab)
	case key == ' ':
		b.press(fyne.KeySpace)
		b.char(' ')
	case key < ' ':
		b.control(key)
	case key < 0x7f:
		b.press(fyne.KeyName(string(rune(key))))
		b.char(rune(key))
	default:
		b.odd(int(key - 0x7f))
	}
}

// control is Ctrl and a letter, as Fyne tells it.
func (b *bench) control(key byte) {
	name := fyne.KeyName(string(rune(key | 0x40)))
	switch name {
	case fyne.KeyA:
		b.shortcut(&fyne.ShortcutSelectAll{})
	case fyne.KeyC:
		b.shortcut(&fyne.ShortcutCopy{Clipboard: b.clipboard()})
	case fyne.KeyV:
		b.shortcut(&fyne.ShortcutPaste{Clipboard: b.clipboard()})
	case fyne.KeyX:
		b.shortcut(&fyne.ShortcutCut{Clipboard: b.clipboard()})
	case fyne.KeyY:
		b.shortcut(&fyne.ShortcutRedo{})
	case fyne.KeyZ:
		b.shortcut(&fyne.ShortcutUndo{})
	default:
		b.shortcut(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierControl})
	}
}

func (b *bench) clipboard() fyne.Clipboard { return fyne.CurrentApp().Clipboard() }

// odd are keys that commands have and others, alone and with each other.
func (b *bench) odd(n int) {
	keys := append(functionKeys(), fyne.KeyLeft, fyne.KeyRight, fyne.KeyEnd, desktop.KeyMenu, desktop.KeyCapsLock, "")
	modifiers := []fyne.KeyModifier{
		0, fyne.KeyModifierControl, fyne.KeyModifierAlt, fyne.KeyModifierControl | fyne.KeyModifierAlt, fyne.KeyModifierSuper,
	}
	key, modifier := keys[n%len(keys)], modifiers[n/len(keys)%len(modifiers)]
	if modifier == 0 {
		b.press(key)
		return
	}
	b.shortcut(&desktop.CustomShortcut{KeyName: key, Modifier: modifier})
}
