package ui_test

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/ui"
)

// fill puts n held entries more into the station.
func (b *bench) fill(n int) {
	for i := range n {
		e := entry()
		e.ID, e.Number, e.State, e.Serial = fmt.Sprintf("m%04d", i), 100+i, queue.Held, fmt.Sprintf("MORE%04d", i)
		b.station.entries = append(b.station.entries, e)
	}
	b.Load()
}

func TestSelectionSurvivesAReload(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.VisitQueue()
	b.Tick(1)
	b.Tick(3)
	b.Pick(2)
	newer := entry()
	b.station.entries = append([]queue.Entry{newer}, b.station.entries...)
	b.Load()
	b.Switch("fr")
	b.VisitDock()
	b.VisitQueue()
	if diff := cmp.Diff([]string{"e2", "e4"}, b.Ticked()); diff != "" {
		t.Errorf("ticked (-want +got):\n%s", diff)
	}
	if b.Current() != "e3" {
		t.Errorf("the drawer shows %q, want e3", b.Current())
	}
}

func TestRowsThatAreGoneAreUnticked(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.VisitQueue()
	b.ctrl(fyne.KeyA)
	b.station.entries = b.station.entries[2:4]
	b.Load()
	if diff := cmp.Diff([]string{"e3", "e4"}, b.Ticked()); diff != "" {
		t.Errorf("ticked (-want +got):\n%s", diff)
	}
}

func TestGoneRowLeavesTheDrawer(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.VisitQueue()
	b.Pick(0)
	b.station.entries = b.station.entries[1:]
	b.Load()
	b.command(fyne.KeyF5)
	if b.PanelTitle() != "" {
		t.Errorf("%q can be begun for a box that is gone", b.PanelTitle())
	}
}

func TestAnotherFilterUnticks(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.VisitQueue()
	b.ctrl(fyne.KeyA)
	b.Filter(queue.Held)
	if len(b.Ticked()) != 0 {
		t.Errorf("ticked after another filter: %v", b.Ticked())
	}
}

func TestSearchUnticksWhatItHides(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.VisitQueue()
	b.ctrl(fyne.KeyA)
	b.FyneWindow().Canvas().Focus(b.SearchField())
	b.hand("5CG0000003")
	if diff := cmp.Diff([]string{"e4"}, b.Ticked()); diff != "" {
		t.Errorf("ticked (-want +got):\n%s", diff)
	}
	ui.SetFieldText(b.SearchField(), "")
	b.clock.pass(time.Second)
	if diff := cmp.Diff([]string{"e4"}, b.Ticked()); diff != "" || len(b.Shown()) != 6 {
		t.Errorf("after the search %d rows, ticked (-want +got):\n%s", len(b.Shown()), diff)
	}
}

func TestFilterAndSearchAreAskedTogether(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.fill(700)
	b.VisitQueue()
	b.Filter(queue.Held)
	b.FyneWindow().Canvas().Focus(b.SearchField())
	b.hand("MORE")
	want := queue.Filter{States: []queue.State{queue.Held}, Text: "MORE", Newest: true}
	if diff := cmp.Diff(want, b.station.filters[len(b.station.filters)-1]); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
	if len(b.Shown()) != 700 {
		t.Errorf("%d rows, want all that match", len(b.Shown()))
	}
	asked := len(b.station.filters)
	b.Filter("")
	if last := b.station.filters[len(b.station.filters)-1]; len(b.station.filters) == asked || last.States != nil || last.Text != "MORE" {
		t.Errorf("without the filter it asks %+v", last)
	}
}

func TestSearchAsksOncePerPause(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.VisitQueue()
	before := len(b.station.filters)
	b.FyneWindow().Canvas().Focus(b.SearchField())
	b.hand("5CG00000")
	if asked := len(b.station.filters) - before; asked != 1 {
		t.Errorf("eight letters asked %d times, want once", asked)
	}
}

func TestSelectAllIsAllThatTheFilterWants(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.fill(700)
	b.VisitQueue()
	b.Filter(queue.Held)
	b.ctrl(fyne.KeyA)
	if n := len(b.Ticked()); n != 702 {
		t.Errorf("%d of 702 held boxes are selected", n)
	}
	b.command(fyne.KeyF5)
	if want := "Release · 702 boxes"; b.PanelTitle() != want {
		t.Errorf("the panel is %q, want %q", b.PanelTitle(), want)
	}
	b.command(fyne.KeyEscape)
	b.ctrl(fyne.KeyA)
	if n := len(b.Ticked()); n != 0 {
		t.Errorf("%d are selected after selecting all twice", n)
	}
}

func TestSelectAllOfSomeTickedIsAll(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.VisitQueue()
	b.Tick(2)
	b.tap(t, "Select all")
	if len(b.Ticked()) != 6 {
		t.Errorf("selected: %v", b.Ticked())
	}
	b.Tick(2)
	if len(b.Ticked()) != 5 {
		t.Errorf("a ticked row cannot be unticked: %v", b.Ticked())
	}
}

func TestTickedRowsGoBeforeTheOneInTheDrawer(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.VisitQueue()
	b.Pick(0)
	b.Tick(1)
	b.command(fyne.KeyF5)
	ui.SetFieldText(b.Fields()[0], "because")
	b.ConfirmPanel()
	if diff := cmp.Diff([]string{"release [e2] because"}, b.station.calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	if len(b.Ticked()) != 0 {
		t.Errorf("still ticked after it was done: %v", b.Ticked())
	}
}
