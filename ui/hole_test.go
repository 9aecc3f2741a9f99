package ui_test

import (
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/google/go-cmp/cmp"

	"pkidstation/ui"
)

// torture asks for the long forms: PKIDSTATION_TORTURE=1.
func torture() bool { return os.Getenv("PKIDSTATION_TORTURE") == "1" }

// TestAnyKeysPressNothing is FuzzScan with bytes of its own, for every place.
func TestAnyKeysPressNothing(t *testing.T) {
	codes := 4
	if torture() {
		codes = 1000
	}
	random := rand.New(rand.NewPCG(21, 34))
	for _, p := range places() {
		t.Run(p.name, func(t *testing.T) {
			b := newBench(t, ui.Options{Language: "en"})
			p.show(b)
			for range codes {
				typed := make([]byte, random.IntN(40))
				for n := range typed {
					typed[n] = byte(random.IntN(256))
				}
				scanBytes(t, b, p.name, time.Duration(random.IntN(31))*time.Millisecond, typed)
			}
		})
	}
}

// searching is a bench whose search has a hand's text and the focus.
func searching(t *testing.T) (*bench, fyne.Focusable) {
	t.Helper()
	b := newBench(t, ui.Options{})
	b.VisitQueue()
	search := b.SearchField()
	b.FyneWindow().Canvas().Focus(search)
	b.hand("5CG")
	return b, search
}

func TestScanThatBeginsWithBackspaceLeavesTheField(t *testing.T) {
	b, search := searching(t)
	b.scan("\x08\x08\x083305123456781\r")
	if got := ui.FieldText(search); got != "5CG" {
		t.Errorf("search has %q, want what the hand typed", got)
	}
	b.press(fyne.KeyBackspace)
	b.clock.pass(time.Second)
	if got := ui.FieldText(search); got != "5C" {
		t.Errorf("search has %q after a person's Backspace", got)
	}
}

func TestScanPastesNothing(t *testing.T) {
	b, search := searching(t)
	clipboard := fyne.CurrentApp().Clipboard()
	clipboard.SetContent("PASTED")
	paste := func() { b.shortcut(&fyne.ShortcutPaste{Clipboard: clipboard}) }
	paste() // SYN, as Ctrl+V
	b.scan("3305123456781")
	paste()
	b.scan("\r")
	b.clock.pass(time.Second)
	if got := ui.FieldText(search); got != "5CG" {
		t.Errorf("search has %q, want what the hand typed", got)
	}
	paste()
	b.clock.pass(time.Second)
	if got := ui.FieldText(search); got != "5CGPASTED" {
		t.Errorf("search has %q after a person's paste", got)
	}
}

// TestScanThatTheFocusLeft: half of it went to another field.
func TestScanThatTheFocusLeft(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.OpenTyped()
	b.hand("33")
	b.scan("33051")
	b.FyneWindow().Canvas().Focus(b.Fields()[1])
	b.scan("23456781\r")
	b.clock.pass(time.Second)
	for n, want := range []string{"33", ""} {
		if got := ui.FieldText(b.Fields()[n]); got != want {
			t.Errorf("field %d has %q, want %q", n, got, want)
		}
	}
	if diff := cmp.Diff([]string{"3305123456781"}, b.scanned()); diff != "" {
		t.Errorf("scans (-want +got):\n%s", diff)
	}
}

func TestScanThatBeginsWithATerminatorGoesNowhere(t *testing.T) {
	for _, begin := range []string{"\r", "\n", "\t"} {
		b := newBench(t, ui.Options{})
		b.OpenTyped()
		b.clock.pass(time.Second)
		b.scan(begin + "3305123456781\r")
		b.clock.pass(time.Second)
		if b.FyneWindow().Canvas().Focused() != b.Fields()[0] {
			t.Errorf("%q before a scan moved the focus", begin)
		}
	}
}

// TestAltGrTypesItsCharacter: Windows tells it as Ctrl and Alt, and the
// character besides.
func TestAltGrTypesItsCharacter(t *testing.T) {
	for _, p := range places() {
		b := newBench(t, ui.Options{})
		p.show(b)
		before := b.state()
		b.clock.pass(time.Second)
		b.station.strokes = nil
		altGr := func(key fyne.KeyName, r rune) {
			b.clock.pass(3 * time.Millisecond)
			b.shortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl | fyne.KeyModifierAlt})
			b.char(r)
		}
		altGr(fyne.KeyRightBracket, ']')
		b.scan("C045A6EA")
		altGr(fyne.Key3, '#')
		b.scan("ABF\r")
		b.clock.pass(time.Second)
		if diff := cmp.Diff([]string{"]C045A6EA#ABF"}, b.scanned()); diff != "" {
			t.Errorf("%s: scans (-want +got):\n%s", p.name, diff)
		}
		if diff := cmp.Diff(before, b.state()); diff != "" {
			t.Errorf("%s: AltGr pressed something (-before +after):\n%s", p.name, diff)
		}
	}
}

// TestWindowThatStoodStill: what was typed meanwhile comes before what a key
// commanded.
func TestWindowThatStoodStill(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.clock.pass(time.Second)
	b.press(fyne.KeyF9)
	b.clock.pass(121 * time.Millisecond) // the timer has rung, the keys come next
	b.scan("3305123456781\r")
	b.clock.pass(time.Second)
	if b.OnQueue() {
		t.Error("the first key of a scan was taken for a person's")
	}
}
