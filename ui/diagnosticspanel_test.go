package ui_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui"
)

// A doctor is the port that makes bundles.
type doctor struct {
	bundle  ui.Bundle
	failure error
	calls   []string
	saved   ui.Bundle
}

func (d *doctor) Gather(context.Context) (ui.Bundle, error) {
	d.calls = append(d.calls, "gather")
	return d.bundle, d.failure
}

func (d *doctor) Save(_ context.Context, b ui.Bundle, path string) error {
	d.calls, d.saved = append(d.calls, "save to "+path), b
	return d.failure
}

func newDoctor() *doctor {
	var long strings.Builder
	for n := range 500 {
		fmt.Fprintf(&long, "line %d\n", n+1)
	}
	return &doctor{bundle: ui.Bundle{Path: "/data/d.zip", Files: []ui.BundleFile{
		{Name: "about.txt", Text: "version\t1\n"}, {Name: "logs/a.log", Text: long.String()},
	}}}
}

// What would be saved is shown whole, by keys alone, before there is a way to save it;
// no scan turns a page or saves.
func TestDiagnosticsAreShownBeforeTheyAreSaved(t *testing.T) {
	d := newDoctor()
	b := newBench(t, ui.Options{Language: "en", Diagnostics: d})
	b.OpenHelp()
	b.ctrlKey(fyne.KeyD)
	if b.PanelTitle() != "Diagnostics to send" || !b.shows("version    1") || !b.shows("about.txt · 1 of 2") {
		t.Fatalf("panel %q shows:\n%s", b.PanelTitle(), strings.Join(texts(b), "\n"))
	}
	b.scan("3305123456781\r")
	b.command(fyne.KeyDown)
	if !b.shows("line 1") || b.shows("line 500") {
		t.Fatalf("the second text is shown:\n%s", strings.Join(texts(b), "\n"))
	}
	seen := map[string]bool{}
	for range 60 {
		for _, text := range texts(b) {
			seen[text] = true
		}
		b.command(fyne.KeyPageDown)
	}
	for n := range 500 {
		if !seen[fmt.Sprintf("line %d", n+1)] {
			t.Fatalf("line %d is on no page", n+1)
		}
	}
	b.command(fyne.KeyF7)
	if !b.shows("line 1") {
		t.Error("F7 does not go to the beginning")
	}
	b.command(fyne.KeyF8)
	if !b.shows("line 500") {
		t.Error("F8 does not go to the end")
	}
	b.ctrlKey(fyne.KeyReturn)
	if b.PanelTitle() != "Save the diagnostics" || ui.FieldText(b.Fields()[0]) != "/data/d.zip" {
		t.Fatalf("panel %q with fields %v", b.PanelTitle(), b.Fields())
	}
	b.ctrlKey(fyne.KeyReturn)
	if got := strings.Join(d.calls, ", "); got != "gather, save to /data/d.zip" || len(d.saved.Files) != 2 {
		t.Errorf("called: %s, with %d texts", got, len(d.saved.Files))
	}
	if b.PanelTitle() != "Diagnostics to send" || b.Notice() != "2 texts saved in /data/d.zip." {
		t.Errorf("panel %q, notice %q", b.PanelTitle(), b.Notice())
	}
}

// What cannot be made says why and can be tried again; what was left says nothing.
func TestDiagnosticsThatFail(t *testing.T) {
	d := newDoctor()
	d.failure = queue.ErrDamaged
	b := newBench(t, ui.Options{Language: "en", Diagnostics: d})
	b.OpenHelp()
	b.ctrlKey(fyne.KeyD)
	if b.Notice() != "" || !b.shows("Nothing was gathered.") || !b.shows("Something in the queue cannot be read.") {
		t.Errorf("notice %q, shown:\n%s", b.Notice(), strings.Join(texts(b), "\n"))
	}
	d.failure = nil
	b.command(fyne.KeyEscape)
	b.OpenHelp()
	b.ctrlKey(fyne.KeyD)
	d.failure = errors.New("no room")
	b.ctrlKey(fyne.KeyReturn)
	b.ctrlKey(fyne.KeyReturn)
	if b.PanelTitle() != "Save the diagnostics" || !strings.Contains(b.Notice(), "no room") {
		t.Errorf("panel %q, notice %q", b.PanelTitle(), b.Notice())
	}
}
