package ui_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/ui"
	"pkidstation/ui/listing"
)

// shown are the IDs of the rows, in their order.
func (b *bench) shown() (ids []string) {
	for _, r := range b.Shown() {
		ids = append(ids, r.ID)
	}
	return ids
}

// shift presses keys with Shift held down.
func (b *bench) shift(keys ...fyne.KeyName) {
	b.Hold(fyne.KeyModifierShift)
	defer b.Hold(0)
	for _, key := range keys {
		b.command(key)
	}
}

// tells fails where something is not shown.
func (b *bench) tells(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !b.shows(text) {
			t.Errorf("%q is not shown", text)
		}
	}
}

func TestSortedByTitleAndByKeys(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.VisitQueue()
	captured := b.Say("ui.column.captured")
	b.tells(t, captured+" ↓", "newest first")
	for _, step := range []struct {
		does func()
		want string
		says []string
	}{
		{func() { test.TapAt(b.Table().(fyne.Tappable), fyne.NewPos(60, 15)) }, "e1 e2 e3 e4 e5 e6", []string{"Box ↑", "sorted by “Box”, ascending"}},
		{func() { test.TapAt(b.Table().(fyne.Tappable), fyne.NewPos(60, 15)) }, "e6 e5 e4 e3 e2 e1", []string{"Box ↓", "sorted by “Box”, descending"}},
		{func() { b.ctrl(fyne.KeyRight) }, "e1 e2 e3 e4 e5 e6", []string{"PKID ↑"}},
		{func() { b.ctrl(fyne.KeyDown) }, "e6 e5 e4 e3 e2 e1", []string{"PKID ↓"}},
		{func() { b.ctrl(fyne.KeyUp) }, "e1 e2 e3 e4 e5 e6", []string{"PKID ↑"}},
		{func() { b.ctrl(fyne.KeyLeft); b.ctrl(fyne.KeyLeft) }, "e1 e2 e3 e4 e5 e6", []string{captured + " ↓", "newest first"}},
		{func() { b.ctrl(fyne.KeyDown) }, "e1 e2 e3 e4 e5 e6", []string{captured + " ↑", "oldest first"}},
	} {
		step.does()
		if got := strings.Join(b.shown(), " "); got != step.want {
			t.Errorf("%v: %s, want %s", step.says, got, step.want)
		}
		b.tells(t, step.says...)
	}
	if last := b.station.filters[len(b.station.filters)-1]; last.Newest {
		t.Error("the oldest first are asked for the newest first")
	}
	b.Filter(queue.Held)
	b.tells(t, "oldest first")
	if len(b.station.calls) > 0 || b.PanelTitle() != "" {
		t.Errorf("sorting did %v, and opened %q", b.station.calls, b.PanelTitle())
	}
}

// TestSortKeepsWhatIsSelected and the entry in the drawer.
func TestSortKeepsWhatIsSelected(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.VisitQueue()
	b.Pick(1)
	b.Tick(0)
	b.Tick(4)
	b.Sort(listing.State)
	if diff := cmp.Diff([]string{"e1", "e5"}, b.Ticked()); diff != "" || b.Current() != "e2" {
		t.Errorf("ticked (-want +got):\n%s, drawer %q", diff, b.Current())
	}
}

func TestRangeByKeysAndByTap(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.VisitQueue()
	b.Pick(1)
	want := func(name string, ids ...string) {
		t.Helper()
		if diff := cmp.Diff(ids, b.Ticked()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	b.shift(fyne.KeyDown, fyne.KeyDown)
	want("down twice", "e2", "e3", "e4")
	b.shift(fyne.KeyUp)
	want("up", "e2", "e3")
	b.shift(fyne.KeyEnd)
	want("to the end", "e2", "e3", "e4", "e5", "e6")
	b.shift(fyne.KeyHome)
	want("to the beginning", "e1", "e2")
	b.command(fyne.KeyEnd)
	want("without Shift it only leads there", "e1", "e2")
	if b.Current() != "e6" {
		t.Errorf("End leads to %s", b.Current())
	}
	b.Hold(fyne.KeyModifierShift)
	test.TapAt(b.Table().(fyne.Tappable), fyne.NewPos(300, 34+4*38-10)) // the fourth row
	want("a tap", "e1", "e2", "e4", "e5", "e6")
	b.Hold(0)
	b.tells(t, "5 selected of 6")
	b.shift(fyne.KeyF5)
	if b.PanelTitle() != "" { // not all of them are held
		t.Errorf("it opened %q", b.PanelTitle())
	}
}

func TestPagesAreAsLongAsTheScreen(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.fill(300)
	b.VisitQueue()
	b.Pick(0)
	b.command(fyne.KeyPageDown)
	first := slices.Index(b.shown(), b.Current())
	b.command(fyne.KeyPageDown)
	second := slices.Index(b.shown(), b.Current())
	b.command(fyne.KeyPageUp)
	if first < 5 || first > 20 || second != 2*first || slices.Index(b.shown(), b.Current()) != first || !b.currentInSight() {
		t.Errorf("pages lead to %d, %d and %s", first, second, b.Current())
	}
	b.shift(fyne.KeyPageDown)
	if len(b.Ticked()) != first+1 {
		t.Errorf("%d are selected by a page of %d", len(b.Ticked()), first)
	}
}

// TestWhatAppearsMeanwhileIsNotSelected, and the line says so.
func TestWhatAppearsMeanwhileIsNotSelected(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.VisitQueue()
	b.Filter(queue.Held)
	b.ctrl(fyne.KeyA)
	b.tells(t, "2 selected of 2 · 4 hidden by the filter, none of them selected")
	b.fill(3)
	b.tells(t, "2 selected of 5")
	b.command(fyne.KeyF5)
	if b.PanelTitle() != "Release · 2 boxes" {
		t.Errorf("the panel is %q", b.PanelTitle())
	}
}

// TestReleaseSaysWhoGetsWhatAndWhatStays before it is done, and does no more.
func TestReleaseSaysWhoGetsWhatAndWhatStays(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.fill(4)
	for n := range b.station.entries {
		b.station.entries[n].GroupTag = "LYON-3"
	}
	b.station.entries[1].Customer = fabrikam
	b.station.withheld = map[string]error{"m0001": queue.ErrNoCustomer, "m0003": queue.ErrNoCustomer}
	b.Load()
	b.VisitQueue()
	b.Filter(queue.Held)
	b.ctrl(fyne.KeyA)
	b.command(fyne.KeyF5)
	b.tells(t, "Release · 4 boxes", "1 box goes out for Contoso Logistique · Group tag LYON-3", "1 box goes out for Fabrikam · Group tag LYON-3",
		"2 boxes are left as they are", "2 boxes (101, 103): Not released")
	ui.SetFieldText(b.Fields()[0], "because")
	b.ConfirmPanel()
	if diff := cmp.Diff([]string{"release [e1 e2 m0000 m0002] because"}, b.station.calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

func TestNothingCanGo(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.station.withheld = map[string]error{"e1": queue.ErrNoIdentity}
	b.VisitQueue()
	b.Pick(0)
	b.command(fyne.KeyF5)
	ui.SetFieldText(b.Fields()[0], "because")
	if b.Confirmable() || !b.shows(b.Say("decide.none")) {
		t.Errorf("%q can be done", b.PanelTitle())
	}
	b.ctrl(fyne.KeyReturn)
	if len(b.station.calls) > 0 {
		t.Errorf("it was done: %v", b.station.calls)
	}
}

// TestRetryLeavesWhatWasNotRefused and says so, box by box.
func TestRetryLeavesWhatWasNotRefused(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.VisitQueue()
	b.ctrl(fyne.KeyA)
	b.command(fyne.KeyF7)
	b.tells(t, "Retry · 1 box", "1 refused box is sent again for Contoso Logistique", "5 boxes are left as they are",
		"2 boxes (1, 2): Held", "Box 3: Ready", "Box 4: Submitted", "Box 5: Registered")
	ui.SetFieldText(b.Fields()[0], "because")
	b.ConfirmPanel()
	if diff := cmp.Diff([]string{"retry [e6] because"}, b.station.calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

// TestAssignSaysFromWhomToWhom and leaves what was ever sent.
func TestAssignSaysFromWhomToWhom(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.station.entries[1].Sent = true
	b.Load()
	b.VisitQueue()
	b.Tick(0)
	b.Tick(1)
	b.command(fyne.KeyF6)
	b.tells(t, "1 box of Contoso Logistique", "1 box is left as it is")
	b.command(fyne.KeyDown)
	b.command(fyne.KeyDown)
	b.tells(t, "1 box of Contoso Logistique, from now on for Fabrikam")
	b.tap(t, "Wrong customer")
	b.ConfirmPanel()
	if diff := cmp.Diff([]string{"assign [e1] " + string(fabrikam) + " FAB-1 Wrong customer"}, b.station.calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}
