package ui_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"pkidstation/assets"
	"pkidstation/ui"
)

func aboutIt() ui.About {
	return ui.About{Version: "v1.2.3", Go: "go1.26.0", Licences: []assets.Licence{
		{Name: assets.ProgramName, Kind: "MIT", Text: "the program's own text\n"},
		{Name: "example.org/one", Version: "v1", Kind: "BSD-3-Clause", Text: "the text of one\n"},
		{Name: "example.org/one", Version: "v1", Part: "font/OFL.txt", Kind: "OFL-1.1", Text: "the text of the font\n"},
	}}
}

// The licence of anything that is built in is found and read by keys alone.
func TestAboutReadsEachLicence(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en", About: aboutIt})
	b.OpenHelp()
	b.ctrlKey(fyne.KeyI)
	for _, want := range []string{"v1.2.3", "go1.26.0", "3 licences: the program's own and those of all that is built into it"} {
		if !b.shows(want) {
			t.Errorf("%q is not shown:\n%s", want, strings.Join(texts(b), "\n"))
		}
	}
	b.scan("3305123456781\r")
	if b.PanelTitle() != "About PKID Station" {
		t.Fatalf("a scan opened %q", b.PanelTitle())
	}
	b.enter("font OFL")
	if b.PanelTitle() != "example.org/one · font/OFL.txt v1" || !b.shows("the text of the font") {
		t.Errorf("panel %q shows:\n%s", b.PanelTitle(), strings.Join(texts(b), "\n"))
	}
	b.command(fyne.KeyEscape)
	ui.SetFieldText(b.Fields()[0], "")
	b.command(fyne.KeyDown)
	b.ctrlKey(fyne.KeyReturn)
	if !b.shows("the text of one") {
		t.Errorf("the second one shows:\n%s", strings.Join(texts(b), "\n"))
	}
	b.command(fyne.KeyEscape)
	ui.SetFieldText(b.Fields()[0], "nothing of this")
	if b.Confirmable() || !b.shows("No licence has these words.") {
		t.Error("what is not there can be read")
	}
}

// Without a port nothing is offered.
func TestHelpOffersWhatIsThere(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.OpenHelp()
	for _, key := range []fyne.KeyName{fyne.KeyD, fyne.KeyI} {
		b.ctrlKey(key)
		if b.PanelTitle() != "Help" {
			t.Errorf("Ctrl+%s opened %q", key, b.PanelTitle())
		}
	}
	if b.shows("About PKID Station") || b.shows("Diagnostics to send") {
		t.Error("what is not there is offered")
	}
}
