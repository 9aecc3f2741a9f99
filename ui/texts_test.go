package ui_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"
	"github.com/google/go-cmp/cmp"

	"pkidstation/assets"
	"pkidstation/queue"
	"pkidstation/ui"
	"pkidstation/ui/uitest"
	"pkidstation/ui/widget"
)

// texts are all texts on screen.
func texts(b *bench) []string {
	var all []string
	uitest.Walk(b.FyneWindow().Content(), func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widget.Fit:
			all = append(all, o.Text())
		case *canvas.Text:
			all = append(all, o.Text)
		case *fynewidget.Entry:
			all = append(all, o.Text)
		}
	})
	return all
}

func translations(t *testing.T, room, language string) map[string]any {
	t.Helper()
	data, err := assets.Translations.ReadFile("translations/" + room + "." + language + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryTextIsInEveryLanguageAndUsed(t *testing.T) {
	for _, room := range []string{"ui", "screens", "guard", "orders", "setup", "settings", "window", "decide"} {
		want := usedIn(t, room)
		for _, language := range languages() {
			var got []string
			for id := range translations(t, room, language) {
				if !ofAKey(id) {
					got = append(got, id)
				}
			}
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, %s: ids used (-) and texts there (+) differ:\n%s", room, language, diff)
			}
		}
	}
}

// ofAKey says that a text is one of a key of station.toml or of what it may hold: there
// is one of each where the keys are known, see vocabulary.
func ofAKey(id string) bool {
	for _, of := range []string{"name", "what", "allowed", "value"} {
		if strings.HasPrefix(id, "settings."+of+".") {
			return true
		}
	}
	return false
}

// usedIn are the ids of a room that the screens say, in order.
func usedIn(t *testing.T, room string) []string {
	t.Helper()
	used := map[string]bool{}
	for _, action := range []queue.Action{
		queue.ActionCapture, queue.ActionAttach, queue.ActionConflict, queue.ActionRelease, queue.ActionHold,
		queue.ActionDiscard, queue.ActionUndo, queue.ActionRetry, queue.ActionAssign, queue.ActionPlan, queue.ActionSend,
		queue.ActionSubmit, queue.ActionWithdraw, queue.ActionOutcome, queue.ActionExport, queue.ActionOpen, queue.ActionClose,
		queue.ActionConfirm, queue.ActionStrike, queue.ActionComplete, queue.ActionEnd, queue.ActionPallet, queue.ActionLearn, queue.ActionForget,
	} {
		used["ui.action."+string(action)] = true
	}
	used["decide.sorted.other"], used["decide.sorted.captured.other"] = true, true
	for _, policy := range []queue.ReviewPolicy{queue.ReviewExceptions, queue.ReviewAll, queue.ReviewNone} {
		used["guard.review."+string(policy)+".what"] = true
	}
	for _, word := range []queue.Word{queue.Accepted, queue.Seen, queue.OnHold, queue.NotTaken} {
		used["ui.help."+string(word)] = true
	}
	for _, composed := range []string{
		"setup.language", "setup.name", "setup.scanner", "setup.customer", "setup.partner", "setup.partner.direct",
		"setup.partner.indirect-provider", "setup.partner.indirect-reseller", "settings.section.station", "settings.section.scanners",
		"settings.section.partner", "settings.section.care", "settings.section.advanced", "settings.short.default",
		"settings.short.file", "settings.short.environment", "settings.error.changed", "settings.error.fixed", "settings.error.by-hand",
	} {
		used[composed] = true
	}
	id := regexp.MustCompile(`"((?:ui|screens|guard|orders|setup|settings|window|decide)\.[a-z0-9.-]*[a-z0-9])"`)
	for _, pattern := range []string{"*.go", "../cmd/pkidstation/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range id.FindAllSubmatch(source, -1) {
				used[string(found[1])] = true
			}
		}
	}
	return slices.Sorted(func(yield func(string) bool) {
		for id := range used {
			if strings.HasPrefix(id, room+".") && !ofAKey(id) && !yield(id) {
				return
			}
		}
	})
}

func TestPlaceholdersAreTheSame(t *testing.T) {
	placeholder := regexp.MustCompile(`\{\{[^}]*\}\}`)
	english, french := translations(t, "ui", "en"), translations(t, "ui", "fr")
	for _, room := range []string{"screens", "guard", "orders", "setup", "settings", "window"} {
		maps.Copy(english, translations(t, room, "en"))
		maps.Copy(french, translations(t, room, "fr"))
	}
	flat := func(text any) []string {
		data, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		found := placeholder.FindAllString(string(data), -1)
		slices.Sort(found)
		return found
	}
	for id, text := range english {
		if diff := cmp.Diff(flat(text), flat(french[id])); diff != "" {
			t.Errorf("%s: %s", id, diff)
		}
	}
}

// states are the screens that people see, for the test that nothing is cut.
func states() map[string]func(*bench) {
	all := officeStates()
	maps.Copy(all, dockStates())
	maps.Copy(all, orderStates())
	return all
}

func dockStates() map[string]func(*bench) {
	return map[string]func(*bench){
		"resting": func(*bench) {},
		"closed":  func(b *bench) { b.station.open = false; b.Load() },
		"held":    func(b *bench) { b.Tell(ui.Event{Verdict: verdicts()[4]}) },
		"queue":   func(b *bench) { b.VisitQueue() },
		"picked":  func(b *bench) { b.VisitQueue(); b.Pick(5); b.Tell(ui.Event{Verdict: verdicts()[4]}) },
		"help":    func(b *bench) { b.OpenHelp() },
		"typed":   func(b *bench) { b.OpenTyped() },
		"lost": func(b *bench) {
			b.Tell(ui.Event{Scanner: ui.Scanner{Name: "/dev/serial/by-id/usb-Honeywell_Imaging_Voyager_1900-if00", State: ui.ScannerLost}})
			b.Tell(ui.Event{Scanner: ui.Scanner{Name: "COM5", Product: "Zebra DS2208", State: ui.ScannerOffered}})
		},
		"turn":    func(b *bench) { b.OpenReception() },
		"open":    func(b *bench) { b.station.open = false; b.Load(); b.OpenReception() },
		"give up": func(b *bench) { b.VisitQueue(); b.Tick(3); b.ctrlKey(fyne.KeyG) },
		"waits":   func(b *bench) { b.VisitQueue(); b.Tick(3) },
		"assign":  func(b *bench) { b.VisitQueue(); b.Tick(0); b.command(fyne.KeyF6) },
		"discard": func(b *bench) { b.VisitQueue(); b.Tick(0); b.command(fyne.KeyF10) },
	}
}

// Nothing is cut, in either language, and with texts that are longer by 40 %.
func TestNothingIsCut(t *testing.T) {
	for name, show := range states() {
		if !torture() && len(name)%2 == 0 {
			continue // half of them; ui/uitest draws its own, and the long form all
		}
		for _, language := range wordiest() {
			b := newBench(t, ui.Options{Demo: true, Language: language})
			show(b)
			settle(b)
			checkWhole(t, b, fmt.Sprintf("%s %s", name, language), 12)
			lengthen(b)
			settle(b)
			checkWhole(t, b, fmt.Sprintf("%s %s longer", name, language), 9)
		}
	}
}

// lengthen makes every text longer by 40 %, but for what was read and numbers.
func lengthen(b *bench) {
	more := func(text string) string {
		if !strings.ContainsAny(text, "abcdefghijklmnopqrstuvwxyzé") {
			return text
		}
		letters := []rune(text)
		return text + " " + string(letters[:len(letters)*2/5])
	}
	uitest.Walk(b.FyneWindow().Content(), func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widget.Fit:
			o.Lengthen(more)
		case *widget.Tap:
			o.Lengthen(more)
		}
	})
}

// settle lays everything out until nothing asks for another size, as the
// driver does frame by frame.
func settle(b *bench) {
	for range 3 {
		uitest.Walk(b.FyneWindow().Content(), func(o fyne.CanvasObject) {
			if c, ok := o.(*fyne.Container); ok {
				c.Refresh()
			}
		})
	}
}

func checkWhole(t *testing.T, b *bench, name string, least float32) {
	t.Helper()
	checkWholeIn(t, b, b.FyneWindow().Content(), name, least)
}

// checkWholeIn looks at a part of the screen alone.
func checkWholeIn(t *testing.T, b *bench, part fyne.CanvasObject, name string, least float32) {
	t.Helper()
	window := b.FyneWindow().Canvas().Size()
	within := func(o fyne.CanvasObject) bool {
		at, size := fyne.CurrentApp().Driver().AbsolutePositionForObject(o), o.Size()
		return at.X >= 0 && at.Y >= 0 && at.X+size.Width <= window.Width+0.5 && (at.Y+size.Height <= window.Height+0.5 || scrolled(b, o))
	}
	uitest.Walk(part, func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widget.Fit:
			if o.Text() != "" && (!o.Fits() || o.Scale() < least || !within(o)) {
				t.Errorf("%s: %q is cut or %.0f small at %v %v", name, o.Text(), o.Scale(), o.Position(), o.Size())
			}
		case *widget.Tap:
			need, size := o.MinSize(), o.Size()
			if size.Width < need.Width-0.5 || size.Height < need.Height-0.5 || !within(o) {
				t.Errorf("%s: button %q has %v, needs %v", name, o.Label(), size, need)
			}
		}
	})
}

// scrolled says whether an object is in something that scrolls.
func scrolled(b *bench, o fyne.CanvasObject) bool {
	found := false
	uitest.Walk(b.FyneWindow().Content(), func(parent fyne.CanvasObject) {
		if s, ok := parent.(*container.Scroll); ok {
			uitest.Walk(s.Content, func(child fyne.CanvasObject) { found = found || child == o })
		}
	})
	return found
}

func TestButtonsCanBeHitWithGloves(t *testing.T) {
	b := newBench(t, ui.Options{})
	for _, show := range []func(){b.VisitDock, b.VisitQueue} {
		show()
		uitest.Walk(b.FyneWindow().Content(), func(o fyne.CanvasObject) {
			if tap, ok := o.(*widget.Tap); ok && tap.Size().Height < 44 {
				t.Errorf("button %q is %v high", tap.Label(), tap.Size().Height)
			}
		})
	}
}
