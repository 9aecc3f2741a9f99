package ui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/ui"
)

func TestActionsCallThePortWithIDsAndReason(t *testing.T) {
	for _, c := range []struct {
		button string
		rows   []int
		want   string
	}{
		{"Release", []int{0, 1}, "release [e1 e2] because"},
		{"Hold", []int{2}, "hold [e3] because"},
		{"Retry", []int{5}, "retry [e6] because"},
		{"Discard", []int{0, 2, 5}, "discard [e1 e3 e6] because"},
		{"Give up waiting", []int{3}, "give-up [e4] because"},
	} {
		t.Run(c.button, func(t *testing.T) {
			b := newBench(t, ui.Options{})
			b.VisitQueue()
			for _, row := range c.rows {
				b.Tick(row)
			}
			b.tap(t, c.button)
			if b.Confirmable() {
				t.Error("it can be done without a reason")
			}
			b.ConfirmPanel()
			ui.SetFieldText(b.Fields()[0], " because ")
			b.ConfirmPanel()
			if diff := cmp.Diff([]string{c.want}, b.station.calls); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
			if b.PanelTitle() != "" || !strings.HasPrefix(b.Notice(), "Done") {
				t.Errorf("panel %q, notice %q", b.PanelTitle(), b.Notice())
			}
		})
	}
}

func TestAssign(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.VisitQueue()
	b.Tick(0)
	b.Tick(2)
	b.command(fyne.KeyF6)
	b.command(fyne.KeyDown)
	b.command(fyne.KeyDown)
	if b.Confirmable() {
		t.Error("it can be done without a reason")
	}
	b.tap(t, "Wrong customer")
	b.ConfirmPanel() // another customer's only tag is theirs
	if diff := cmp.Diff([]string{"assign [e1 e3] " + string(fabrikam) + " FAB-1 Wrong customer"}, b.station.calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

// What nobody will ever hear of is given up with a word of what that means, and
// only where something waits; why it may not be yet is told.
func TestGiveUpWaiting(t *testing.T) {
	for language, want := range map[string][2]string{
		"en": {"Give up waiting · 1 box", "may be registered all the same: look them up on the Partner Center site first"},
		"fr": {"Classer sans résultat · 1 carton", "peut-être inscrits quand même\u00a0: cherchez-les d'abord sur le site de l'Espace partenaires"},
	} {
		b := newBench(t, ui.Options{Language: language})
		b.VisitQueue()
		b.Tick(4) // registered
		b.ctrl(fyne.KeyG)
		if shown := strings.Join(texts(b), "\n"); b.PanelTitle() != "" || strings.Contains(shown, b.Say("screens.give-up")) {
			t.Errorf("of a registered box: %q", b.PanelTitle())
		}
		b.Tick(4)
		b.Tick(3) // submitted
		if shown := strings.Join(texts(b), "\n"); !strings.Contains(shown, b.Say("screens.give-up")) || !strings.Contains(shown, "Ctrl+G") {
			t.Errorf("it is not offered:\n%s", shown)
		}
		b.command(fyne.KeyG)
		if b.PanelTitle() != "" {
			t.Error("a letter alone commands")
		}
		b.ctrl(fyne.KeyG)
		if shown := strings.Join(texts(b), "\n"); strings.ReplaceAll(b.PanelTitle(), "\u00a0", " ") != want[0] || !strings.Contains(shown, want[1]) || b.Confirmable() {
			t.Errorf("%q says\n%s", b.PanelTitle(), shown)
		}
		ui.SetFieldText(b.Fields()[0], "because")
		b.station.failure = &queue.TooSoonError{Number: 4, State: queue.Submitted}
		b.ConfirmPanel()
		if !strings.Contains(b.Notice(), "Microsoft") {
			t.Errorf("the refusal is told as %q", b.Notice())
		}
	}
}

// Nobody is told that Microsoft refused what was given up.
func TestWhatWasGivenUpIsNotRefused(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	e := entry()
	e.ID, e.State, e.Reason = "g1", queue.Rejected, queue.NoOutcome
	b.station.entries = []queue.Entry{e}
	b.Load()
	b.VisitQueue()
	b.Pick(0)
	shown := strings.Join(texts(b), "\n")
	for _, want := range []string{"Given up, no outcome", "Look it up on the Partner Center site first"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not shown:\n%s", want, shown)
		}
	}
	if slices.Contains(texts(b), "Rejected by Microsoft") { // the filter has a number behind it
		t.Errorf("it is shown as refused:\n%s", shown)
	}
}

func TestActionsNotAllowedCannotBeBegun(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.VisitQueue()
	b.Tick(0) // held
	b.Tick(4) // registered
	for _, key := range []fyne.KeyName{fyne.KeyF5, fyne.KeyF6, fyne.KeyF7, fyne.KeyF8, fyne.KeyF10} {
		b.command(key)
		if b.PanelTitle() != "" {
			t.Errorf("%s opens %q for a registered box", key, b.PanelTitle())
		}
	}
}

func TestRefusalOfThePortIsTold(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.VisitQueue()
	b.Pick(1)
	b.tap(t, "Release")
	ui.SetFieldText(b.Fields()[0], "because")
	b.station.failure = queue.ErrNoCustomer
	b.ConfirmPanel()
	if !strings.Contains(b.Notice(), "customer") {
		t.Errorf("the refusal is told as %q", b.Notice())
	}
}

func TestFilterAndSearchAskThePort(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.VisitQueue()
	b.tap(t, "Held")
	if got := len(b.Shown()); got != 2 {
		t.Errorf("%d held boxes are shown, want 2", got)
	}
	b.tap(t, "All")
	b.FyneWindow().Canvas().Focus(b.SearchField())
	b.hand("5CG0000004")
	b.clock.pass(time.Second)
	last := b.station.filters[len(b.station.filters)-1]
	if last.Text != "5CG0000004" || !last.Newest || len(b.Shown()) != 1 {
		t.Errorf("search asked %+v and shows %d", last, len(b.Shown()))
	}
}

// TestOnlyWhatIsInSightIsAskedForInFull of very many, and all of it that comes into sight.
func TestOnlyWhatIsInSightIsAskedForInFull(t *testing.T) {
	b := newBench(t, ui.Options{})
	for n := range 1000 {
		e := entry()
		e.ID, e.Number, e.Serial = fmt.Sprintf("m%d", n), n, fmt.Sprintf("SERIAL%d", n)
		b.station.entries = append(b.station.entries, e)
	}
	b.Load()
	b.VisitQueue()
	if len(b.Shown()) != 1006 || !slices.Contains(texts(b), "SERIAL3") {
		t.Errorf("%d rows, shown:\n%s", len(b.Shown()), strings.Join(texts(b), "\n"))
	}
	for range 8 {
		b.Table().(interface{ ScrollToBottom() }).ScrollToBottom()
		b.clock.pass(time.Second)
		if !slices.Contains(texts(b), "SERIAL999") {
			t.Errorf("the last row is not shown:\n%s", strings.Join(texts(b), "\n"))
		}
		b.Table().(interface{ ScrollToTop() }).ScrollToTop()
		b.clock.pass(time.Second)
	}
	all := 0
	for _, n := range b.station.inFull {
		all += n
	}
	if all > 400 {
		t.Errorf("%v entries are asked for in full: the screen has room for twenty at the top and twenty at the end", b.station.inFull)
	}
}

func TestDecidedOnlyAboutWhatIsShown(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.VisitQueue()
	b.Tick(0)
	b.Tick(1)
	all := b.station.entries
	b.station.entries = all[1:] // e1 is out of sight, and comes back unticked
	b.Load()
	b.station.entries = all
	b.Load()
	b.command(fyne.KeyF5)
	ui.SetFieldText(b.Fields()[0], "because")
	b.ConfirmPanel()
	if diff := cmp.Diff([]string{"release [e2] because"}, b.station.calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

func TestDrawerTellsTheHistory(t *testing.T) {
	b := newBench(t, ui.Options{Language: "fr"})
	b.VisitQueue()
	test.TapAt(b.Table().(fyne.Tappable), fyne.NewPos(300, 60))
	shown := strings.Join(texts(b), "\n")
	for _, want := range []string{"Historique", "Lu · Prêt à envoyer", "Ana", "5CG0000000", "Contoso Logistique"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not shown:\n%s", want, shown)
		}
	}
}
