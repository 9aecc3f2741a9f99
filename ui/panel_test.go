package ui_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/upload"
	"pkidstation/ui"
)

// panels are those that ask something.
func panels() map[string]func(*bench) {
	return map[string]func(*bench){
		"help": (*bench).openHelp, "typed": (*bench).openTyped, "turn": func(b *bench) { b.OpenReception() },
		"open":    func(b *bench) { b.station.open = false; b.Load(); b.OpenReception() },
		"release": func(b *bench) { b.VisitQueue(); b.Pick(0); b.command(fyne.KeyF5) },
		"assign":  func(b *bench) { b.VisitQueue(); b.Pick(0); b.command(fyne.KeyF6) },

		"customers": (*bench).openCustomers, "sign-in": (*bench).openSignIn, "remove": (*bench).removal, "removing": (*bench).removing,
		"export": (*bench).export, "hash": (*bench).openHash,
		"tuple": func(b *bench) { b.another(tupled()); b.VisitQueue(); b.Tick(0); b.ctrlKey(fyne.KeyS) },
	}
}

func (b *bench) openHelp() { b.OpenHelp() }

func TestEscapeLeavesAPanelWithNothingDone(t *testing.T) {
	for name, open := range panels() {
		b := newBench(t, ui.Options{})
		open(b)
		before := b.station.open
		if b.PanelTitle() == "" {
			t.Fatalf("%s does not open", name)
		}
		b.command(fyne.KeyEscape)
		if b.PanelTitle() != "" || len(b.station.calls) > 0 || b.station.open != before {
			t.Errorf("%s: panel %q, calls %v", name, b.PanelTitle(), b.station.calls)
		}
		b.scan("3305123456781\r")
		if diff := cmp.Diff([]string{"3305123456781"}, b.scanned()); diff != "" {
			t.Errorf("%s: a scan after it (-want +got):\n%s", name, diff)
		}
	}
}

func TestConfirmKeyDoesNothingWhileSomethingIsMissing(t *testing.T) {
	for name, open := range panels() {
		if name == "turn" { // asks nothing
			continue
		}
		b := newBench(t, ui.Options{})
		open(b)
		title := b.PanelTitle()
		b.ctrl(fyne.KeyReturn)
		if b.PanelTitle() != title || len(b.station.calls) > 0 {
			t.Errorf("%s: panel %q, calls %v", name, b.PanelTitle(), b.station.calls)
		}
	}
}

func TestLanguageSwitchLosesNothingInAPanel(t *testing.T) {
	for name, open := range panels() {
		b := newBench(t, ui.Options{Language: "en"})
		open(b)
		if name == "help" || name == "turn" {
			continue
		}
		fields := b.Fields()
		for n, f := range fields {
			ui.SetFieldText(f, strings.Repeat("x", n+1))
		}
		focused := b.FyneWindow().Canvas().Focused()
		title := b.PanelTitle()
		b.command(fyne.KeyF12)
		for n, f := range b.Fields() {
			if f != fields[n] || ui.FieldText(f) != strings.Repeat("x", n+1) {
				t.Errorf("%s: field %d has %q", name, n, ui.FieldText(f))
			}
		}
		if b.FyneWindow().Canvas().Focused() != focused {
			t.Errorf("%s: the focus went elsewhere", name)
		}
		if b.PanelTitle() == title || b.PanelTitle() == "" {
			t.Errorf("%s: the title is still %q", name, b.PanelTitle())
		}
	}
}

func TestChosenCustomerSurvivesALanguageSwitchAndANarrowerSearch(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.station.open = false
	b.Load()
	b.OpenReception()
	b.command(fyne.KeyDown)
	b.command(fyne.KeyF5)
	b.Switch("fr")
	if !b.Confirmable() || !strings.Contains(strings.Join(texts(b), "\n"), "Contoso Logistique") {
		t.Error("the customer was lost")
	}
	b.ConfirmPanel()
	if diff := cmp.Diff([]string{"open " + string(contoso) + " LYON-3 "}, b.station.calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

// Customer and group tag come from the directory: neither can be typed.
func TestReceptionRules(t *testing.T) {
	for name, c := range map[string]struct {
		choose string
		turns  int // of F5
		order  string
		want   string
	}{
		"no customer":                 {"", 0, "BL-9", ""},
		"one tag is chosen":           {"fabrikam", 0, "", "open " + string(fabrikam) + " FAB-1 "},
		"several tags, none picked":   {"contoso", 0, "", ""},
		"several tags, one picked":    {"contoso", 1, " BL-9 ", "open " + string(contoso) + " LYON-3 BL-9"},
		"several tags, the other":     {"contoso", 2, "", "open " + string(contoso) + " LYON-4 "},
		"several tags, around":        {"contoso", 3, "", "open " + string(contoso) + " LYON-3 "},
		"no tag was set":              {"northwind", 1, "", "open " + string(northwind) + "  "},
		"an ID that is not kept":      {"33333333-3333-4333-8333-333333333333", 1, "", ""},
		"a domain that is not kept":   {"elsewhere.example", 1, "", ""},
		"customer by their domain":    {"fabrikam.example", 0, "", "open " + string(fabrikam) + " FAB-1 "},
		"customer by their ID's tail": {"222222222222", 0, "", "open " + string(fabrikam) + " FAB-1 "},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, ui.Options{})
			b.station.open = false
			b.Load()
			b.OpenReception()
			if c.choose != "" {
				ui.SetFieldText(b.Fields()[0], c.choose)
				b.command(fyne.KeyDown)
			}
			for range c.turns {
				b.command(fyne.KeyF5)
			}
			ui.SetFieldText(b.Fields()[1], c.order)
			if b.Confirmable() != (c.want != "") {
				t.Errorf("confirmable: %v", b.Confirmable())
			}
			b.ctrl(fyne.KeyReturn)
			if got := strings.Join(b.station.calls, "; "); got != c.want {
				t.Errorf("called %q, want %q", got, c.want)
			}
		})
	}
}

func TestReceptionThatCannotBeOpenedOrClosedStaysAsItWas(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.Tell(ui.Event{Verdict: verdicts()[0]})
	tile := b.Tile().News()
	b.OpenReception()
	b.station.failure = errors.New("disk full")
	b.ConfirmPanel()
	b.station.open = true
	b.Load()
	if b.Notice() == "" || b.Tile().News() != tile {
		t.Errorf("notice %q, tile %+v", b.Notice(), b.Tile().News())
	}
	if shown := strings.Join(texts(b), "\n"); !strings.Contains(shown, "Close the reception") {
		t.Errorf("the dock shows:\n%s", shown)
	}
	b.station.open = false
	b.Load()
	b.OpenReception()
	b.command(fyne.KeyDown)
	b.command(fyne.KeyF5)
	b.ConfirmPanel()
	if shown := strings.Join(texts(b), "\n"); !strings.Contains(shown, "Open a reception") || b.station.open {
		t.Errorf("a reception that was not opened is shown:\n%s", shown)
	}
}

func TestNewReceptionBeginsWithAnEmptyTile(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.Tell(ui.Event{Verdict: verdicts()[0]})
	b.OpenReception()
	b.ConfirmPanel()
	if news := b.Tile().News(); !news.Resting {
		t.Errorf("after closing the tile tells %+v", news)
	}
	b.Tell(ui.Event{Verdict: verdicts()[5]})
	b.OpenReception()
	b.command(fyne.KeyDown)
	b.command(fyne.KeyF5)
	b.ConfirmPanel()
	if news := b.Tile().News(); !news.Resting {
		t.Errorf("after opening the tile tells the verdict of another reception: %+v", news)
	}
}

func TestVerdictShowsInTheBarWhileAPanelHidesTheTile(t *testing.T) {
	for name, open := range panels() {
		b := newBench(t, ui.Options{Language: "en"})
		open(b)
		b.Tell(ui.Event{Verdict: verdicts()[3]})
		if b.Strip().Hidden || b.Strip().News().Word != b.Tile().News().Word {
			t.Errorf("%s: the verdict is not to be seen", name)
		}
	}
	b := newBench(t, ui.Options{})
	b.Tell(ui.Event{Verdict: verdicts()[3]})
	if !b.Strip().Hidden {
		t.Error("the dock tells the verdict twice")
	}
}

func TestPortFailingInTypedEntryIsTold(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.OpenTyped()
	for _, f := range b.Fields() {
		ui.SetFieldText(f, "3305123456781")
	}
	b.station.failure = queue.ErrNoReception
	b.ConfirmPanel()
	if b.Notice() == "" || b.PanelTitle() != "" {
		t.Errorf("notice %q, panel %q", b.Notice(), b.PanelTitle())
	}
	b.clock.pass(time.Hour)
	if b.Notice() == "" {
		t.Error("the notice went away by itself")
	}
	b.command(fyne.KeyEscape)
	if b.Notice() != "" {
		t.Error("Escape does not put the notice away")
	}
}

// TestWhatIsToldAnewIsNotDrawnAnew: to draw the window costs more than all else that
// a station does at rest.
func TestWhatIsToldAnewIsNotDrawnAnew(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.Tell(ui.Event{Verdict: verdicts()[0]})
	b.VisitQueue()
	before := b.Drawn()
	b.Retell()
	if after := b.Drawn(); len(before) < 2 || !slices.Equal(before, after) {
		t.Errorf("%d texts are drawn anew", len(after))
	}
	b.station.online = upload.OnlineNo
	b.Load()
	b.Retell()
	if slices.Equal(before, b.Drawn()) {
		t.Error("and what changed is not")
	}
}
