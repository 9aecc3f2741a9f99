package ui_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui"
)

// left counts how often a window would have ended.
func (b *bench) left() *int {
	n := 0
	b.OnLeaving(func() { n++ })
	return &n
}

// TestClosingSaysWhatIsOpen in words and figures, and ends only for a person's yes.
func TestClosingSaysWhatIsOpen(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	left := b.left()
	b.AskToClose()
	if b.PanelTitle() != b.Say("window.leave.title") || *left != 0 {
		t.Fatalf("panel %q, left %d times", b.PanelTitle(), *left)
	}
	said := strings.Join(texts(b), " ")
	for _, want := range []string{
		"A reception is open: Contoso Logistique · Group tag LYON-3 · Order BL-417", "2 devices are held", "1 device is kept here and not sent",
		"1 device waits for Microsoft's answer",
	} {
		if !strings.Contains(strings.Join(strings.Fields(said), " "), want) {
			t.Errorf("%q is not said in %q", want, said)
		}
	}
	b.command(fyne.KeyEscape)
	if b.PanelTitle() != "" || *left != 0 {
		t.Errorf("who stays is asked %q, left %d times", b.PanelTitle(), *left)
	}
	b.AskToClose()
	b.ctrl(fyne.KeyReturn)
	if *left != 1 {
		t.Errorf("left %d times", *left)
	}
}

// TestClosingTwiceEnds: whoever asks again while it is said means it.
func TestClosingTwiceEnds(t *testing.T) {
	b := newBench(t, ui.Options{})
	left := b.left()
	b.AskToClose()
	b.AskToClose()
	if *left != 1 {
		t.Errorf("left %d times", *left)
	}
}

// TestClosingWithNothingOpenEnds at once, and so does a demo.
func TestClosingWithNothingOpenEnds(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.station.open = false
	b.station.entries = slices.DeleteFunc(b.station.entries, func(e queue.Entry) bool { return e.State != queue.Registered && e.State != queue.Rejected })
	b.Load()
	demo := newBench(t, ui.Options{Demo: true})
	for name, b := range map[string]*bench{"done": b, "demo": demo} {
		left := b.left()
		b.AskToClose()
		if *left != 1 || b.PanelTitle() != "" {
			t.Errorf("%s: left %d times, panel %q", name, *left, b.PanelTitle())
		}
	}
}

// TestNoScanCloses, nor is any lost, while it is asked.
func TestNoScanCloses(t *testing.T) {
	b := newBench(t, ui.Options{})
	left := b.left()
	b.AskToClose()
	for _, end := range []string{"\r", "\t", "\n", "\x1b", "\x1b\r", "\x1a\r"} {
		b.station.strokes = nil
		b.scan("3305112234456" + end)
		b.clock.pass(time.Second)
		if *left != 0 || b.PanelTitle() == "" {
			t.Fatalf("%q: left %d times, panel %q", end, *left, b.PanelTitle())
		}
		if got := b.scanned(); len(got) == 0 || !strings.HasPrefix(got[0], "3305112234456") {
			t.Errorf("%q: scanned %q", end, got)
		}
	}
}

// TestClosingOverAPanelReturnsToIt, with what was typed.
func TestClosingOverAPanelReturnsToIt(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.OpenTyped()
	ui.SetFieldText(b.Fields()[0], "33051")
	was := b.PanelTitle()
	b.AskToClose()
	b.command(fyne.KeyEscape)
	if b.PanelTitle() != was || ui.FieldText(b.Fields()[0]) != "33051" {
		t.Errorf("panel %q", b.PanelTitle())
	}
}

// TestAKioskIsLeftByASupervisor: by none of the keys and by no closing, but with a
// PIN; and it is said what for.
func TestAKioskIsLeftByASupervisor(t *testing.T) {
	b, _ := newGuardedIn(t, ui.Options{Language: "en", Kiosk: true}, "Marie")
	left := b.left()
	b.FyneWindow().SetFullScreen(true)
	b.command(fyne.KeyF11)
	if b.PanelTitle() != b.Say("guard.ask") || !strings.Contains(strings.Join(texts(b), " "), b.Say("window.fullscreen.leave")) {
		t.Fatalf("panel %q", b.PanelTitle())
	}
	b.command(fyne.KeyEscape)
	b.command(fyne.KeyEscape)
	if !b.FyneWindow().FullScreen() {
		t.Error("the full screen was left without a PIN")
	}
	b.AskToClose() // says what is open
	b.AskToClose()
	b.AskToClose()
	if *left != 0 || b.PanelTitle() != b.Say("guard.ask") {
		t.Fatalf("left %d times, panel %q", *left, b.PanelTitle())
	}
	b.enter("0000")
	if *left != 0 {
		t.Error("a wrong PIN closes the window")
	}
	b.clock.pass(waitOfGuard)
	b.enter(rightPIN)
	if *left != 1 {
		t.Errorf("left %d times", *left)
	}
}

// TestAKioskIsGuardedFromItsFirstMoment: before who decides was looked at for the first
// time, too.
func TestAKioskIsGuardedFromItsFirstMoment(t *testing.T) {
	g := &guard{}
	g.state.Supervisors = []string{"Marie"}
	b := newBench(t, ui.Options{Kiosk: true, Guard: g})
	left := b.left()
	b.FyneWindow().SetFullScreen(true)
	b.command(fyne.KeyF11)
	if !b.FyneWindow().FullScreen() || b.PanelTitle() != b.Say("guard.ask") {
		t.Errorf("full screen %t, panel %q", b.FyneWindow().FullScreen(), b.PanelTitle())
	}
	b.command(fyne.KeyEscape)
	b.AskToClose()
	b.AskToClose()
	if *left != 0 {
		t.Error("it is closed without a PIN")
	}
}

// TestNothingIsPutBeforeAKiosk but by a supervisor: no browser, and not what the screen
// shows while the program starts anew.
func TestNothingIsPutBeforeAKiosk(t *testing.T) {
	b, _ := newGuardedIn(t, ui.Options{Language: "en", Kiosk: true}, "Marie")
	b.openSignIn()
	b.station.calls = nil
	b.command(fyne.KeyF5)
	if b.PanelTitle() != b.Say("guard.ask") || len(b.station.calls) > 0 {
		t.Fatalf("panel %q, %v", b.PanelTitle(), b.station.calls)
	}
	b.enter(rightPIN)
	if b.PanelTitle() != b.Say("screens.signin") || !slices.Contains(b.station.calls, "sign in by browser") {
		t.Errorf("panel %q, %v", b.PanelTitle(), b.station.calls)
	}
	setup, settings := &setupper{state: ui.SetupState{Real: true}}, tellAll()
	settings.all[0].Waits = true
	b, _ = newGuardedIn(t, ui.Options{Language: "en", Kiosk: true, Setup: setup, Settings: settings}, "Marie")
	b.VisitQueue()
	b.ctrlKey(fyne.KeyComma)
	b.command(fyne.KeyF9)
	same(t, "without a PIN", nil, setup.calls)
	b.enter(rightPIN)
	same(t, "with one", []string{"restart"}, setup.calls)
}

// TestAKioskWithoutASupervisor asks nobody.
func TestAKioskWithoutASupervisor(t *testing.T) {
	b := newBench(t, ui.Options{Kiosk: true})
	left := b.left()
	b.FyneWindow().SetFullScreen(true)
	b.command(fyne.KeyF11)
	b.AskToClose()
	b.ctrl(fyne.KeyReturn)
	if b.FyneWindow().FullScreen() || *left != 1 {
		t.Errorf("full screen %v, left %d times", b.FyneWindow().FullScreen(), *left)
	}
}
