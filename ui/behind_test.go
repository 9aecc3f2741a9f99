package ui_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui"
)

// changes makes a box another customer's, as pkidctl may while a person reads.
func (b *bench) changes(id string) {
	for n := range b.station.entries {
		if b.station.entries[n].ID == id {
			b.station.entries[n].Customer = fabrikam
		}
	}
}

// TestWhatChangedSinceItWasReadIsNotDone: neither a whole decision, nor the part of it
// that the changed box is in.
func TestWhatChangedSinceItWasReadIsNotDone(t *testing.T) {
	b := lots(t, 450, func(b *bench) { b.changes(b.shown()[449]) })
	if len(b.station.calls) != 4 || !strings.HasPrefix(b.Notice(), "Stopped: 400 of 450 boxes done") || !strings.Contains(b.Notice(), b.Say("guard.changed")) {
		t.Errorf("%d calls, notice %q", len(b.station.calls), b.Notice())
	}
	b = newBench(t, ui.Options{Language: "en"})
	b.VisitQueue()
	b.Pick(0)
	b.command(fyne.KeyF5)
	ui.SetFieldText(b.Fields()[0], "because")
	b.changes("e1")
	b.ConfirmPanel()
	if len(b.station.calls) != 0 || b.Notice() != b.Say("guard.changed") {
		t.Errorf("it did %v, notice %q", b.station.calls, b.Notice())
	}
}

// TestNothingIsDecidedOnAListThatIsBehind what is searched for.
func TestNothingIsDecidedOnAListThatIsBehind(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.VisitQueue()
	b.Filter(queue.Held)
	b.ctrl(fyne.KeyA)
	ui.SetFieldText(b.SearchField(), "5CG0000001")
	b.Press(fyne.KeyF5, 0)
	if b.PanelTitle() != "" {
		t.Errorf("%q is opened for what was listed before", b.PanelTitle())
	}
	b.clock.pass(time.Second)
	b.Press(fyne.KeyF5, 0)
	if b.PanelTitle() != "Release · 1 box" {
		t.Errorf("then it opens %q", b.PanelTitle())
	}
}

// TestAListThatFailsLeavesNoOther under a filter that it is not of, and waits no longer.
func TestAListThatFailsLeavesNoOther(t *testing.T) {
	b := newBench(t, ui.Options{Language: "fr"})
	b.VisitQueue()
	b.Pick(0)
	b.station.unlisted = errors.New("page 7")
	b.station.slow = func() { b.clock.pass(2 * time.Second) }
	b.Filter(queue.Held)
	if len(b.Shown()) != 0 || b.Notice() == "" || b.shows(b.Say("decide.listing")) || b.Current() != "" {
		t.Errorf("%d rows, notice %q, line %q, drawer %q", len(b.Shown()), b.Notice(), b.ChosenLine(), b.Current())
	}
	b.station.unlisted, b.station.slow = nil, nil
	b.Filter(queue.Held)
	if len(b.Shown()) != 2 {
		t.Errorf("%d rows afterwards", len(b.Shown()))
	}
}

// TestScrolledFarIsAskedFor: who drags the bar from the end to the top sees what is there.
func TestScrolledFarIsAskedFor(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.fill(2000)
	b.VisitQueue()
	b.Step(1700)
	for row := 1700; row > 1300; row -= 10 {
		b.Step(row)
	}
	b.Step(1600)
	table := b.Table().(interface{ ScrollToOffset(fyne.Position) })
	before := len(b.station.inFull)
	table.ScrollToOffset(fyne.NewPos(0, 500*38))
	b.clock.pass(time.Second)
	asked := 0
	for _, n := range b.station.inFull[before:] {
		asked += n
	}
	if asked == 0 {
		t.Errorf("nothing is asked for: %v", b.station.inFull[before:])
	}
}
