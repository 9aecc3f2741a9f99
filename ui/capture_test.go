package ui_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"pkidstation/ui"
	"pkidstation/ui/uitest"
)

// A place is a state of the window in which somebody may scan.
type place struct {
	name string
	show func(*bench)
}

func places() []place {
	panelField := func(open func(*bench), n int) func(*bench) {
		return func(b *bench) {
			open(b)
			b.FyneWindow().Canvas().Focus(b.Fields()[n])
		}
	}
	assign := func(b *bench) { b.VisitQueue(); b.Tick(0); b.command(fyne.KeyF6) }
	reception := func(b *bench) { b.OpenReception(); b.ConfirmPanel(); b.OpenReception() }
	all := []place{
		{"dock", func(*bench) {}},
		{"dock, nothing focused", func(b *bench) { b.FyneWindow().Canvas().Unfocus() }},
		{"queue", (*bench).visitQueue},
		{"queue, table tapped", func(b *bench) { b.visitQueue(); test.TapAt(b.Table().(fyne.Tappable), fyne.NewPos(300, 60)) }},
		{"queue, table focused", func(b *bench) {
			b.visitQueue()
			b.FyneWindow().Canvas().Focus(b.Table().(fyne.Focusable))
		}},
		{"search", func(b *bench) { b.visitQueue(); b.FyneWindow().Canvas().Focus(b.SearchField()) }},
		{"help", func(b *bench) { b.OpenHelp() }},
		{"close reception", func(b *bench) { b.OpenReception() }},
		{"release", func(b *bench) { b.VisitQueue(); b.Tick(0); b.command(fyne.KeyF5) }},
	}
	for n := range 2 {
		all = append(all, place{fmt.Sprintf("reception field %d", n), panelField(reception, n)})
		all = append(all, place{fmt.Sprintf("assign field %d", n), panelField(assign, n)})
	}
	all = append(all, officePlaces(panelField)...)
	for n := range 2 {
		all = append(all, place{fmt.Sprintf("typed field %d", n), panelField((*bench).openTyped, n)})
	}
	return all
}

// officePlaces are the panels of a supervisor's work with Partner Center.
func officePlaces(panelField func(open func(*bench), n int) func(*bench)) []place {
	quiet := func(open func(*bench)) func(*bench) {
		return func(b *bench) { open(b); b.station.calls = nil }
	}
	return []place{
		{"customer edited", panelField(func(b *bench) { b.chooseContoso(); b.command(fyne.KeyF5) }, 1)},
		{"relationship", func(b *bench) { b.choosePaused(); b.command(fyne.KeyF7) }},
		{"sign-in", (*bench).openSignIn},
		{"removal, name", panelField((*bench).removal, 1)},
		{"removing", (*bench).waiting},
		{"tuple", func(b *bench) { b.another(tupled()); b.VisitQueue(); b.Tick(0); b.ctrlKey(fyne.KeyS) }},
		{"exported", quiet((*bench).exported)},
		{"confirm", panelField(quiet((*bench).confirmExport), 0)},
	}
}

func (b *bench) visitQueue() { b.VisitQueue() }

func (b *bench) openTyped() { b.OpenTyped() }

// state is what a press would change.
func (b *bench) state() []string {
	return []string{fmt.Sprint(b.station.calls), fmt.Sprint(b.OnQueue()), b.PanelTitle(), b.Language(), fmt.Sprint(b.station.open)}
}

func TestScanIsTakenEverywhereAndPressesNothing(t *testing.T) {
	for _, p := range places() {
		t.Run(p.name, func(t *testing.T) {
			b := newBench(t, ui.Options{})
			p.show(b)
			for _, end := range []string{"\t", "\r", "\n", ""} {
				before := b.state()
				b.clock.pass(time.Second)
				b.station.strokes = nil
				b.scan("3305112234456" + end)
				if end == "" {
					b.clock.pass(time.Second) // else the terminator parts them
				}
				b.scan("SN 12 34 AB" + end)
				b.clock.pass(time.Second)
				if diff := cmp.Diff([]string{"3305112234456", "SN 12 34 AB"}, b.scanned()); diff != "" {
					t.Errorf("end %q: scans (-want +got):\n%s", end, diff)
				}
				if diff := cmp.Diff(before, b.state()); diff != "" {
					t.Errorf("end %q: the scan pressed something (-before +after):\n%s", end, diff)
				}
			}
		})
	}
}

// Whatever bytes a label has, and whatever keys its scanner makes of them,
// nothing is pressed.
func TestAnyBytesPressNothing(t *testing.T) {
	const alphabet = " \t\r\n\x1b\x08\x1a\x1c\x1d\x1e0123456789AZaz&é"
	letters := []rune(alphabet)
	random := rand.New(rand.NewPCG(1, 2))
	codes := 5
	if torture() {
		codes = 200
	}
	for _, p := range places() {
		t.Run(p.name, func(t *testing.T) {
			b := newBench(t, ui.Options{})
			p.show(b)
			before := b.state()
			for range codes {
				b.clock.pass(time.Second)
				code := make([]rune, 2+random.IntN(30))
				for n := range code {
					code[n] = letters[random.IntN(len(letters))]
				}
				b.scan(string(code))
				b.clock.pass(time.Second)
				if diff := cmp.Diff(before, b.state()); diff != "" {
					t.Fatalf("%q pressed something (-before +after):\n%s", string(code), diff)
				}
			}
		})
	}
}

func TestScanLeavesFieldAsItWas(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.VisitQueue()
	search := b.SearchField()
	b.FyneWindow().Canvas().Focus(search)
	b.hand("5CG")
	b.scan("3305123456781\r")
	b.clock.pass(time.Second)
	b.scan("3305123456798") // no terminator
	b.clock.pass(time.Second)
	if got := ui.FieldText(search); got != "5CG" {
		t.Errorf("search has %q, want what the hand typed", got)
	}
	b.hand("0001")
	if got := ui.FieldText(search); got != "5CG0001" {
		t.Errorf("search has %q after more typing", got)
	}
	if diff := cmp.Diff([]string{"3305123456781", "3305123456798"}, b.scanned()); diff != "" {
		t.Errorf("scans (-want +got):\n%s", diff)
	}
}

func TestOnlyOursCanBeFocused(t *testing.T) {
	for _, p := range places() {
		b := newBench(t, ui.Options{Demo: true})
		p.show(b)
		b.Tell(ui.Event{Err: fmt.Errorf("a fault")})
		uitest.Walk(b.FyneWindow().Content(), func(o fyne.CanvasObject) {
			if _, focusable := o.(fyne.Focusable); focusable && !ui.Ours(o) {
				t.Errorf("%s: %T can be focused", p.name, o)
			}
		})
		if overlays := b.FyneWindow().Canvas().Overlays().List(); len(overlays) > 0 {
			t.Errorf("%s: an overlay swallows scans: %T", p.name, overlays[0])
		}
	}
}

func TestCommandsOfAPerson(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.command(fyne.KeyF9)
	if !b.OnQueue() {
		t.Error("F9 does not show the queue")
	}
	b.command(fyne.KeyF2)
	if b.OnQueue() {
		t.Error("F2 does not show the dock")
	}
	b.command(fyne.KeyF12)
	if b.Language() != "fr" {
		t.Error("F12 does not change the language")
	}
	b.clock.pass(time.Second)
	b.shortcut(&fyne.ShortcutUndo{})
	b.clock.pass(time.Second)
	if diff := cmp.Diff([]string{"undo"}, b.station.calls); diff != "" {
		t.Errorf("Ctrl+Z (-want +got):\n%s", diff)
	}
	b.command(fyne.KeyF1)
	if b.PanelTitle() != b.Say("ui.help") {
		t.Error("F1 shows no help")
	}
	b.command(fyne.KeyEscape)
	if b.PanelTitle() != "" {
		t.Error("Escape does not close the panel")
	}
}

func TestHeldKeyUndoesOnce(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.clock.pass(time.Second)
	b.shortcut(&fyne.ShortcutUndo{})
	b.clock.pass(500 * time.Millisecond)
	for range 20 {
		b.shortcut(&fyne.ShortcutUndo{})
		b.clock.pass(30 * time.Millisecond)
	}
	b.clock.pass(time.Second)
	if len(b.station.calls) != 1 {
		t.Errorf("holding Ctrl+Z made %d undos, want 1", len(b.station.calls))
	}
}

func TestConfirmByKeyboard(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.OpenReception()
	b.clock.pass(time.Second)
	b.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	b.clock.pass(time.Second)
	if diff := cmp.Diff([]string{"close"}, b.station.calls); diff != "" {
		t.Errorf("Ctrl+Enter (-want +got):\n%s", diff)
	}
}

func TestTabOfAPersonMovesOn(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.OpenTyped()
	b.hand("33")
	b.command(fyne.KeyTab)
	if b.FyneWindow().Canvas().Focused() != b.Fields()[1] {
		t.Error("Tab did not go to the second field")
	}
}
