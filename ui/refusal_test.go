package ui_test

import (
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/ui"
)

// decisions are the actions, each with a row that it is for.
func decisions() map[fyne.KeyName]struct {
	row  int
	want string
} {
	type decision = struct {
		row  int
		want string
	}
	return map[fyne.KeyName]decision{
		fyne.KeyF5: {0, "release [e1] because"}, fyne.KeyF6: {0, "assign [e1] " + string(contoso) + "  because"},
		fyne.KeyF7: {5, "retry [e6] because"}, fyne.KeyF8: {2, "hold [e3] because"}, fyne.KeyF10: {0, "discard [e1] because"},
	}
}

// decide fills the panel of a decision.
func (b *bench) decide(key fyne.KeyName, row int) {
	b.VisitQueue()
	b.Tick(row)
	b.command(key)
	fields := b.Fields()
	if len(fields) > 1 {
		b.command(fyne.KeyDown)
	}
	ui.SetFieldText(fields[len(fields)-1], "because")
}

func TestEveryDecisionCallsThePortOnce(t *testing.T) {
	for key, d := range decisions() {
		b := newBench(t, ui.Options{Language: "en"})
		b.decide(key, d.row)
		b.ctrl(fyne.KeyReturn)
		b.ctrl(fyne.KeyReturn) // the panel is gone
		if diff := cmp.Diff([]string{d.want}, b.station.calls); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
	}
}

func TestReasonOfSpacesIsNone(t *testing.T) {
	for key, d := range decisions() {
		b := newBench(t, ui.Options{})
		b.decide(key, d.row)
		fields := b.Fields()
		ui.SetFieldText(fields[len(fields)-1], " \t ")
		b.ctrl(fyne.KeyReturn)
		if len(b.station.calls) > 0 || b.Confirmable() {
			t.Errorf("%s was done: %v", key, b.station.calls)
		}
	}
}

func TestRefusedDecisionChangesNothingOnScreen(t *testing.T) {
	for key, d := range decisions() {
		for _, language := range languages() {
			b := newBench(t, ui.Options{Language: language})
			b.decide(key, d.row)
			before, ticked := b.Shown(), b.Ticked()
			b.station.failure = errors.New("update page 7: input/output error")
			b.ctrl(fyne.KeyReturn)
			if diff := cmp.Diff(before, b.Shown()); diff != "" {
				t.Errorf("%s %s (-before +after):\n%s", language, key, diff)
			}
			if diff := cmp.Diff(ticked, b.Ticked()); diff != "" {
				t.Errorf("%s %s: ticked (-before +after):\n%s", language, key, diff)
			}
			if note := b.Notice(); note == "" || strings.HasPrefix(note, b.Done()) {
				t.Errorf("%s %s is told as %q", language, key, note)
			}
		}
	}
}

func TestDoneIsSaidOnlyAfterThePort(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.decide(fyne.KeyF5, 0)
	if b.Notice() != "" {
		t.Errorf("before confirming: %q", b.Notice())
	}
	b.ctrl(fyne.KeyReturn)
	if b.Notice() != "Done: Release, 1 box." {
		t.Errorf("after it: %q", b.Notice())
	}
	b.Switch("fr")
	if strings.HasPrefix(b.Notice(), "Done") || b.Notice() == "" {
		t.Errorf("in French: %q", b.Notice())
	}
}

func TestEscapePutsTheNoticeAwayBeforeTheDrawer(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.VisitQueue()
	b.Pick(0)
	b.Tell(ui.Event{Err: errors.New("fault")})
	b.command(fyne.KeyEscape)
	if b.Notice() != "" || b.Current() != "e1" {
		t.Errorf("notice %q, drawer %q", b.Notice(), b.Current())
	}
	b.command(fyne.KeyEscape)
	if b.Current() != "" {
		t.Error("the second Escape does not close the drawer")
	}
}

func TestNoActionForWhatMicrosoftHas(t *testing.T) {
	for row, state := range map[int]queue.State{3: queue.Submitted, 4: queue.Registered} {
		b := newBench(t, ui.Options{})
		b.VisitQueue()
		b.Tick(row)
		for key := range decisions() {
			b.command(key)
			if b.PanelTitle() != "" {
				t.Errorf("%s opens %q for a box that is %s", key, b.PanelTitle(), state)
				b.command(fyne.KeyEscape)
			}
		}
	}
}
