package ui_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/ui"
	"pkidstation/ui/uitest"
)

// same fails unless both say the same.
func same(t *testing.T, what string, want, got []string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

const released = "release [e1 e2] compared"

// wedged types a code as a scanner does that is set to a pace, and its Enter.
func (b *bench) wedged(code string, pace time.Duration) {
	b.clock.pass(time.Second)
	for _, r := range code {
		b.clock.pass(pace)
		b.char(r)
	}
	b.clock.pass(pace)
	b.press(fyne.KeyReturn)
	b.clock.pass(time.Second)
}

// A barcode enters no PIN, however few digits it has and whatever the scanner's
// pace, and confirms none; and it is read as ever.
func TestScanEntersNoPIN(t *testing.T) {
	paces := []int{0, 30, 110}
	if torture() {
		paces = []int{0, 1, 3, 10, 20, 24, 30, 45, 60, 80, 110}
	}
	codes := []string{"7294", "72947", "729472", "3305123456781", "7294\r7294", "729"}
	places := map[string]func(*bench){
		"ask":   func(b *bench) { b.asked(t) },
		"once":  func(b *bench) { b.ctrl(fyne.KeyL); b.change(0) },
		"again": func(b *bench) { b.ctrl(fyne.KeyL); b.change(1) },
	}
	for place, show := range places {
		b, g := newGuarded(t, "en", "Ana")
		show(b)
		title, calls := b.PanelTitle(), len(g.calls)
		for _, code := range codes {
			for _, pace := range paces {
				b.station.strokes = nil
				b.wedged(code, time.Duration(pace)*time.Millisecond)
				for n, f := range b.Fields() {
					if got := ui.FieldText(f); got != "" && len(code) > 3 {
						t.Fatalf("%s: %q at %d ms leaves %q in field %d", place, code, pace, got, n)
					}
					ui.SetFieldText(f, "")
				}
				if b.PanelTitle() != title || len(g.calls) > calls || len(b.station.calls) > 0 {
					t.Fatalf("%s: %q at %d ms: panel %q, calls %v %v", place, code, pace, b.PanelTitle(), g.calls, b.station.calls)
				}
				if len(code) == 13 && pace < 50 {
					same(t, "read", []string{code}, b.scanned())
				}
			}
		}
	}
}

// change has a supervisor's PIN changed, in the field with that number.
func (b *bench) change(n int) {
	b.enter(rightPIN)
	b.VisitQueue()
	b.ctrl(fyne.KeyP)
	b.command(fyne.KeyDown)
	b.command(fyne.KeyF6)
	b.FyneWindow().Canvas().Focus(b.Fields()[n])
}

// What a scanner typed is not confirmed by a key that follows before it is taken
// out again, and does not hide among what a hand typed.
func TestScanHidesInNoPIN(t *testing.T) {
	b, g := newGuarded(t, "en", "Ana")
	b.asked(t)
	b.char('7')
	b.clock.pass(200 * time.Millisecond)
	for _, r := range "294" {
		b.clock.pass(3 * time.Millisecond)
		b.char(r)
	}
	b.clock.pass(130 * time.Millisecond)
	b.ConfirmPanel()
	b.clock.pass(time.Second)
	if got := ui.FieldText(b.Fields()[0]); got != "" || len(g.calls) > 0 || !b.shows(b.Say("guard.machine")) {
		t.Errorf("%q is left, calls %v", got, g.calls)
	}
}

// A hand's own unevenness, quick as it may be, is no machine's.
func TestHandEntersAPIN(t *testing.T) {
	for _, gaps := range [][]int{{150, 150, 150}, {90, 130, 70}, {60, 95, 140}, {20, 180, 20}, {400, 700, 350}} {
		b, g := newGuarded(t, "en", "Ana")
		b.asked(t)
		for n, r := range rightPIN {
			if n > 0 {
				b.clock.pass(time.Duration(gaps[n-1]) * time.Millisecond)
			}
			b.char(r)
		}
		b.clock.pass(150 * time.Millisecond)
		b.press(fyne.KeyReturn)
		b.clock.pass(time.Second)
		same(t, fmt.Sprint(gaps), []string{"unlock Ana"}, g.calls)
	}
}

func TestGlovesEnterAPIN(t *testing.T) {
	b, g := newGuarded(t, "en", "Ana")
	b.asked(t)
	for _, digit := range []string{"1", "Clear", "7", "2", "9", "4"} {
		b.tap(t, digit)
	}
	b.command(fyne.KeyReturn)
	same(t, "guard", []string{"unlock Ana"}, g.calls)
	same(t, "station", []string{released}, b.station.calls)
}

func TestPINIsNotPastedAndNotBroughtBack(t *testing.T) {
	b, g := newGuarded(t, "en", "Ana")
	b.asked(t)
	clipboard := fyne.CurrentApp().Clipboard()
	clipboard.SetContent(rightPIN)
	for _, s := range []fyne.Shortcut{&fyne.ShortcutPaste{Clipboard: clipboard}, &fyne.ShortcutSelectAll{}, &fyne.ShortcutCopy{Clipboard: clipboard}} {
		b.clock.pass(time.Second)
		b.shortcut(s)
	}
	b.clock.pass(time.Second)
	if got := ui.FieldText(b.Fields()[0]); got != "" {
		t.Errorf("%q was pasted", got)
	}
	b.enter("1111")
	b.clock.pass(time.Minute)
	b.shortcut(&fyne.ShortcutUndo{})
	b.clock.pass(time.Second)
	if got := ui.FieldText(b.Fields()[0]); got != "" {
		t.Errorf("%q came back", got)
	}
	same(t, "guard", []string{"unlock Ana"}, g.calls)
}

// The act is done once, for the boxes that it was asked for.
func TestActIsDoneOnceAfterThePIN(t *testing.T) {
	b, g := newGuarded(t, "en", "Ana", "Björn")
	b.asked(t)
	if !b.shows(`“Release · 2 boxes” needs a supervisor.`) {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	b.command(fyne.KeyDown)
	b.enter(rightPIN)
	b.command(fyne.KeyReturn)
	b.ctrl(fyne.KeyReturn)
	same(t, "guard", []string{"unlock Björn"}, g.calls)
	same(t, "station", []string{released}, b.station.calls)
	if b.PanelTitle() != "" || !strings.HasPrefix(b.Notice(), b.Done()) || !b.shows("Unlocked by Björn. What is decided now is kept under this name.") {
		t.Errorf("panel %q, notice %q", b.PanelTitle(), b.Notice())
	}
	g.lock()
	b.Reguard()
	b.asked(t)
	b.enter(rightPIN) // whoever unlocked last comes first
	same(t, "guard", []string{"unlock Björn", "unlock Björn"}, g.calls)
}

func TestActIsNotDoneIfTheBoxesChanged(t *testing.T) {
	for name, change := range map[string]func(*bench){
		"state":    func(b *bench) { b.station.entries[1].State = queue.Discarded },
		"customer": func(b *bench) { b.station.entries[0].Customer = fabrikam },
		"tag":      func(b *bench) { b.station.entries[0].GroupTag = "LYON-4" },
		"gone":     func(b *bench) { b.station.entries = b.station.entries[1:] },
	} {
		b, _ := newGuarded(t, "en", "Ana")
		b.asked(t)
		change(b)
		b.enter(rightPIN)
		same(t, name, nil, b.station.calls)
		if b.Notice() != b.Say("guard.changed") || b.PanelTitle() != "" {
			t.Errorf("%s: notice %q, panel %q", name, b.Notice(), b.PanelTitle())
		}
	}
}

// Escape, another page and the help give the act up: a PIN that comes later does
// not do it.
func TestLeavingThePINGivesTheActUp(t *testing.T) {
	for _, key := range []fyne.KeyName{fyne.KeyEscape, fyne.KeyF1, fyne.KeyF2} {
		b, g := newGuarded(t, "en", "Ana")
		b.asked(t)
		b.hand("72")
		b.command(key)
		if b.Notice() != b.Say("guard.given-up") {
			t.Errorf("%s: notice %q", key, b.Notice())
		}
		b.VisitQueue()
		b.ctrl(fyne.KeyL)
		if got := ui.FieldText(b.Fields()[0]); got != "" {
			t.Errorf("%s: %q is left of the PIN", key, got)
		}
		b.enter(rightPIN)
		same(t, string(key), nil, b.station.calls)
		same(t, "guard", []string{"unlock Ana"}, g.calls)
	}
}

// A wrong PIN is told with the wait, which counts down, for that supervisor alone.
func TestWrongPINCountsDown(t *testing.T) {
	for _, early := range []bool{false, true} {
		b, g := newGuarded(t, "en", "Ana", "Björn")
		g.early = early
		b.asked(t)
		b.enter("1111") // and a second goes by
		id := map[bool]string{false: "This PIN is not the right one. The next one can be tried in %d\u00a0s.", true: "The PIN was not looked at: it was too soon. Try again in %d\u00a0s."}[early]
		told := func(seconds int) {
			t.Helper()
			if text := fmt.Sprintf(id, seconds); !b.shows(text) || ui.FieldText(b.Fields()[0]) != "" || b.Confirmable() {
				t.Errorf("not %q, in:\n%s", text, strings.Join(texts(b), "\n"))
			}
		}
		told(12)
		b.clock.pass(4 * time.Second)
		told(8)
		b.enter(rightPIN) // too soon: it is not even asked
		same(t, "guard", []string{"unlock Ana"}, g.calls)
		b.command(fyne.KeyDown)
		if b.shows(fmt.Sprintf(id, 4)) {
			t.Error("Björn waits for Ana's PIN")
		}
		b.command(fyne.KeyUp)
		b.clock.pass(10 * time.Second)
		if !b.shows(b.Say("guard.retry")) {
			t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
		}
		g.early = false
		b.enter(rightPIN)
		same(t, "station", []string{released}, b.station.calls)
	}
}

// The PIN is in no text on screen and in no log, not even when it is refused.
func TestPINIsNowhere(t *testing.T) {
	for _, failure := range []error{nil, fmt.Errorf("disk: %w", queue.ErrUnavailable), queue.ErrWeakPIN} {
		var log bytes.Buffer
		b, g := newGuardedLog(t, slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})), "Ana")
		look := func(when string) {
			t.Helper()
			all := strings.Join(texts(b), "\n") + b.Notice() + b.PanelTitle() + fmt.Sprint(g.calls) + log.String() + fmt.Sprintf("%+v", g.State())
			if strings.Contains(all, rightPIN) {
				t.Errorf("%s: the PIN is in %q", when, all)
			}
		}
		b.asked(t)
		b.hand(rightPIN)
		uitest.Walk(b.FyneWindow().Content(), func(o fyne.CanvasObject) {
			if kind := fmt.Sprintf("%T", o); strings.Contains(kind, "assword") {
				t.Errorf("a %s would show the PIN", kind)
			}
		})
		look("typed")
		g.failure = failure
		b.command(fyne.KeyReturn)
		look("confirmed")
		g.failure = nil
		if failure != nil {
			b.enter(rightPIN)
		}
		b.change(0)
		g.failure = failure
		for _, f := range b.Fields() {
			b.FyneWindow().Canvas().Focus(f)
			b.hand(rightPIN)
		}
		look("new")
		b.ctrl(fyne.KeyReturn)
		look("set")
	}
}
