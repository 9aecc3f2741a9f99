package ui_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui"
)

// newSettings is a bench whose settings are open.
func newSettings(t *testing.T, names ...string) wizard {
	t.Helper()
	w := newWizard(t, ui.SetupState{Real: true, Step: ui.SetupDone}, nil)
	w.guard.state.Supervisors = names
	w.Reguard()
	if w.PanelTitle() != "" {
		w.command(fyne.KeyEscape)
	}
	w.VisitQueue()
	w.ctrlKey(fyne.KeyComma)
	if w.PanelTitle() != "Settings · Station" {
		t.Fatalf("panel %q", w.PanelTitle())
	}
	return w
}

// TestASettingIsChanged: what it holds and where from is said, nothing is written
// before it is confirmed, and when it holds is said after.
func TestASettingIsChanged(t *testing.T) {
	w := newSettings(t)
	if !w.shows(w.Say("settings.origin.default")) || w.Confirmable() {
		t.Errorf("shows:\n%s", strings.Join(texts(w.bench), "\n"))
	}
	w.hand(" bis")
	if !w.Confirmable() || !w.shows(w.Say("settings.short.edited", "Value", "PC-7 bis")) || len(w.settings.written) > 0 {
		t.Errorf("written %v, shows:\n%s", w.settings.written, strings.Join(texts(w.bench), "\n"))
	}
	w.ctrlKey(fyne.KeyReturn)
	if want := []ui.SettingChange{{Key: "station.name", Value: "PC-7 bis"}}; !slices.Equal(w.settings.written, want) {
		t.Errorf("written %+v", w.settings.written)
	}
	if w.Notice() != w.Say("settings.kept.next") || w.Confirmable() || !w.shows(w.Say("settings.short.waits")) {
		t.Errorf("notice %q, shows:\n%s", w.Notice(), strings.Join(texts(w.bench), "\n"))
	}
	w.command(fyne.KeyF9)
	same(t, "setup", []string{"restart"}, w.setup.calls)
}

// TestSettingsThatCannotBeRead say why, and are read again once that is mended.
func TestSettingsThatCannotBeRead(t *testing.T) {
	w := newWizard(t, ui.SetupState{Real: true, Step: ui.SetupDone}, nil)
	w.settings.unread = errors.New("station.toml, line 3")
	if w.PanelTitle() != "" {
		w.command(fyne.KeyEscape)
	}
	w.VisitQueue()
	w.ctrlKey(fyne.KeyComma)
	if w.shows(w.Say("settings.reading")) || !w.shows(w.Say("error.unknown", "Text", "station.toml, line 3")) {
		t.Errorf("shows:\n%s", strings.Join(texts(w.bench), "\n"))
	}
	w.settings.unread = nil
	w.command(fyne.KeyF5)
	if w.shows(w.Say("error.unknown", "Text", "station.toml, line 3")) || !w.shows(w.Say("settings.origin.default")) {
		t.Errorf("read again, shows:\n%s", strings.Join(texts(w.bench), "\n"))
	}
}

// TestNothingLeadsAwayFromWhatIsNotSaved: the wizard would begin without it.
func TestNothingLeadsAwayFromWhatIsNotSaved(t *testing.T) {
	w := newSettings(t)
	w.hand(" bis")
	w.command(fyne.KeyF10)
	if w.PanelTitle() != "Settings · Station" || w.shows(w.Say("settings.wizard")) {
		t.Errorf("panel %q, shows:\n%s", w.PanelTitle(), strings.Join(texts(w.bench), "\n"))
	}
}

// TestAScanIsInNoSetting, not even where another one is chosen while it is under way.
func TestAScanIsInNoSetting(t *testing.T) {
	w := newSettings(t)
	w.station.strokes = nil
	w.scan("33051122")
	w.tap(t, w.Say("settings.section.scanners"))
	w.scan("34456\r")
	w.clock.pass(time.Second)
	if w.Confirmable() || w.shows("330511") || w.shows("PC-7") {
		t.Errorf("shows:\n%s", strings.Join(texts(w.bench), "\n"))
	}
	w.tap(t, w.Say("settings.section.station"))
	if w.Confirmable() || w.shows("330511") {
		t.Errorf("of the station it shows:\n%s", strings.Join(texts(w.bench), "\n"))
	}
	if got := w.scanned(); len(got) != 1 || got[0] != "3305112234456" {
		t.Errorf("scanned %q", got)
	}
}

// TestAWrongValueIsSaidAtOnce, in pkidctl's sentence, and what is wrong beside it
// keeps what is right from being written.
func TestAWrongValueIsSaidAtOnce(t *testing.T) {
	w := newSettings(t)
	w.command(fyne.KeyDown)
	w.command(fyne.KeyDown)
	w.hand("X")
	want := w.Say("cli.config.bad-value", "Where", "Loudness of the tones", "Key", "sound.volume", "Value", "80X", "Allowed", "0 to 100")
	if w.Confirmable() || !w.shows(want) {
		t.Errorf("not said: %s\n%s", want, strings.Join(texts(w.bench), "\n"))
	}
	w.command(fyne.KeyUp)
	w.command(fyne.KeyUp)
	w.hand("a")
	if w.ctrlKey(fyne.KeyReturn); len(w.settings.written) > 0 || !w.shows(want) {
		t.Errorf("written %+v beside what is wrong", w.settings.written)
	}
	w.command(fyne.KeyDown)
	w.command(fyne.KeyDown)
	w.press(fyne.KeyBackspace)
	w.clock.pass(1e9)
	w.ctrlKey(fyne.KeyReturn)
	if len(w.settings.written) != 1 || w.settings.written[0].Key != "station.name" {
		t.Errorf("written %+v once nothing is wrong", w.settings.written)
	}
}

// TestWhatCannotBeChangedHereSaysSo: nothing can be typed.
func TestWhatCannotBeChangedHereSaysSo(t *testing.T) {
	w := newSettings(t)
	w.command(fyne.KeyF6)
	if w.PanelTitle() != "Settings · Scanners" || !w.shows("PKIDSTATION_SCANNER_QUIET") {
		t.Fatalf("%q shows:\n%s", w.PanelTitle(), strings.Join(texts(w.bench), "\n"))
	}
	w.hand("1")
	w.command(fyne.KeyF8)
	w.command(fyne.KeyDown)
	w.command(fyne.KeyDown)
	if !w.shows(w.Say("settings.by-hand")) {
		t.Error("what only a person can change is not said")
	}
	if w.hand("1"); w.Confirmable() {
		t.Error("something was changed")
	}
}

// TestASecretIsTypedAnew: nothing of it is in the field, and leaving it alone changes
// nothing.
func TestASecretIsTypedAnew(t *testing.T) {
	w := newSettings(t)
	w.command(fyne.KeyF6)
	w.command(fyne.KeyDown)
	if !w.shows(w.Say("settings.masked")) || !w.shows("http://[hidden]@cam/x") || w.Confirmable() {
		t.Errorf("shows:\n%s", strings.Join(texts(w.bench), "\n"))
	}
	w.hand("cam2")
	w.ctrlKey(fyne.KeyReturn)
	if want := []ui.SettingChange{{Key: "scanner.camera", Value: "cam2"}}; !slices.Equal(w.settings.written, want) {
		t.Errorf("written %+v", w.settings.written)
	}
}

// TestAWordIsChosen by its key, the default is taken back, and a language is spoken at
// once.
func TestAWordIsChosen(t *testing.T) {
	w := newSettings(t)
	w.command(fyne.KeyDown)
	w.command(fyne.KeyF7)
	w.command(fyne.KeyF7)
	w.ctrlKey(fyne.KeyReturn)
	if w.Language() != "fr" || w.Notice() != w.Say("settings.kept") {
		t.Errorf("speaks %q, notice %q", w.Language(), w.Notice())
	}
	w.command(fyne.KeyF8)
	w.ctrlKey(fyne.KeyReturn)
	want := []ui.SettingChange{{Key: "station.language", Value: "fr"}, {Key: "station.language", Back: true}}
	if !slices.Equal(w.settings.written, want) {
		t.Errorf("written %+v", w.settings.written)
	}
}

// TestSettingsTakeAPIN: what was typed waits for it, and is then done once.
func TestSettingsTakeAPIN(t *testing.T) {
	w := newSettings(t, "Ana")
	w.settings.failure = queue.ErrNeedsSupervisor
	w.hand(" bis")
	w.ctrlKey(fyne.KeyReturn)
	if w.PanelTitle() != w.Say("guard.ask") || len(w.settings.written) > 0 {
		t.Fatalf("panel %q, written %+v", w.PanelTitle(), w.settings.written)
	}
	w.settings.failure = nil
	w.enter(rightPIN)
	if len(w.settings.written) != 1 || w.PanelTitle() != "Settings · Station" {
		t.Errorf("panel %q, written %+v", w.PanelTitle(), w.settings.written)
	}
}

// TestWhatChangedMeanwhileIsReadAgain, and what was typed is still there.
func TestWhatChangedMeanwhileIsReadAgain(t *testing.T) {
	w := newSettings(t)
	w.hand(" bis")
	w.settings.once = fmt.Errorf("%w: by hand", ui.ErrSettingsChanged)
	w.settings.all[2].Value = "33"
	w.ctrlKey(fyne.KeyReturn)
	if w.Notice() == "" || !w.shows("33") || !w.Confirmable() {
		t.Errorf("notice %q, shows:\n%s", w.Notice(), strings.Join(texts(w.bench), "\n"))
	}
	w.ctrlKey(fyne.KeyReturn)
	if len(w.settings.written) != 1 {
		t.Errorf("written %+v", w.settings.written)
	}
}

// TestScansChangeNoSetting: they are read, and leave nothing behind in a field.
func TestScansChangeNoSetting(t *testing.T) {
	w := newSettings(t)
	for range 5 {
		w.scan("3305123456781\r")
		w.clock.pass(1e9)
		w.scan("5CG4071QZ8\t")
		w.clock.pass(1e9)
		if w.Confirmable() || w.shows("3305123456781") || w.shows("5CG4071QZ8") {
			t.Errorf("%q shows:\n%s", w.PanelTitle(), strings.Join(texts(w.bench), "\n"))
		}
		w.command(fyne.KeyF6)
	}
	if len(w.scanned()) != 10 || len(w.settings.written) > 0 {
		t.Errorf("scanned %v, written %+v", w.scanned(), w.settings.written)
	}
}

// TestTheDemoHasNoSettings: the key leads to a real station there.
func TestTheDemoHasNoSettings(t *testing.T) {
	w := newWizard(t, ui.SetupState{Due: true, Name: "PC-7"}, demo)
	w.command(fyne.KeyEscape)
	w.VisitQueue()
	if w.ctrlKey(fyne.KeyComma); w.PanelTitle() != w.Say("setup.welcome") {
		t.Errorf("panel %q", w.PanelTitle())
	}
}

// TestTheSettingUpIsFoundAgain in the settings.
func TestTheSettingUpIsFoundAgain(t *testing.T) {
	w := newSettings(t)
	w.command(fyne.KeyF10)
	w.at(t, "1 / 7")
	if w.command(fyne.KeyEscape); w.PanelTitle() != "" {
		t.Errorf("panel %q", w.PanelTitle())
	}
}

// TestWhatIsNotWrittenIsSaid, and stays to be tried again.
func TestWhatIsNotWrittenIsSaid(t *testing.T) {
	w := newSettings(t)
	w.settings.once = errors.New("full")
	w.hand("b")
	if w.ctrlKey(fyne.KeyReturn); w.Notice() == "" || !w.Confirmable() {
		t.Errorf("notice %q", w.Notice())
	}
}

// TestSupervisorsAreAmongTheSettings: their button is there, and leaving it comes back.
func TestSupervisorsAreAmongTheSettings(t *testing.T) {
	w := newSettings(t, "Ana")
	w.command(fyne.KeyF4)
	if w.PanelTitle() != w.Say("guard.people") {
		t.Fatalf("panel %q", w.PanelTitle())
	}
	if w.command(fyne.KeyEscape); w.PanelTitle() != "Settings · Station" {
		t.Errorf("panel %q", w.PanelTitle())
	}
	w.command(fyne.KeyEscape)
	if w.ctrlKey(fyne.KeyP); w.PanelTitle() != w.Say("guard.people") {
		t.Errorf("Ctrl+P shows %q", w.PanelTitle())
	}
}
