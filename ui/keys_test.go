package ui_test

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/google/go-cmp/cmp"

	"pkidstation/ui"
)

// A look is all that a key may change.
type look struct {
	Queue, Full     bool
	Panel, Language string
	Calls, Ticked   string
}

func (b *bench) look() look {
	return look{
		Queue: b.OnQueue(), Full: b.FyneWindow().FullScreen(), Panel: b.PanelTitle(), Language: b.Language(),
		Calls: fmt.Sprint(b.station.calls), Ticked: fmt.Sprint(b.Ticked()),
	}
}

func functionKeys() []fyne.KeyName {
	return []fyne.KeyName{
		fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6, fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10,
		fyne.KeyF11, fyne.KeyF12, fyne.KeyEscape, fyne.KeyInsert, fyne.KeyDelete, fyne.KeyBackspace, fyne.KeyUp, fyne.KeyDown,
		fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab, fyne.KeySpace, fyne.KeyA, fyne.KeyZ, fyne.KeyHome,
	}
}

// Each key does its one thing where it counts, and nothing anywhere else.
func TestEveryKeyDoesItsOneThing(t *testing.T) {
	dock := look{Language: "en", Calls: "[]", Ticked: "[]"}
	queue := dock
	queue.Queue = true
	with := func(l look, change func(*look)) look { change(&l); return l }
	panel := func(l look, title string) look { l.Panel = title; return l }
	wants := map[bool]map[fyne.KeyName]look{
		false: {
			fyne.KeyF1: panel(dock, "Help"), fyne.KeyF3: panel(dock, "Close the reception"), fyne.KeyF9: queue,
			fyne.KeyF11: with(dock, func(l *look) { l.Full = true }), fyne.KeyF12: with(dock, func(l *look) { l.Language = "fr" }),
		},
		true: {
			fyne.KeyF1: panel(queue, "Help"), fyne.KeyF2: dock, fyne.KeyF3: panel(queue, "Customers"),
			fyne.KeyF4: panel(queue, "Sign-in to Partner Center"), fyne.KeyF5: panel(queue, "Release · 1 box"),
			fyne.KeyF6: panel(queue, "Assign · 1 box"), fyne.KeyF10: panel(queue, "Discard · 1 box"),
			fyne.KeyF11: with(queue, func(l *look) { l.Full = true }), fyne.KeyF12: with(queue, func(l *look) { l.Language = "fr" }),
			fyne.KeyInsert: with(queue, func(l *look) { l.Ticked = "[e1]" }),
		},
	}
	for onQueue, want := range wants {
		for _, key := range functionKeys() {
			b := newBench(t, ui.Options{Language: "en"})
			before := dock
			if onQueue {
				b.VisitQueue()
				b.Pick(0) // held
				before = queue
			}
			if key == fyne.KeyF4 && !onQueue {
				before.Panel = b.Say("ui.typed")
			}
			b.command(key)
			expected, does := want[key]
			if !does {
				expected = before
			}
			if expected.Panel == "Help" {
				expected.Panel = b.Say("ui.help")
			}
			if diff := cmp.Diff(expected, b.look()); diff != "" {
				t.Errorf("%s, queue: %v (-want +got):\n%s", key, onQueue, diff)
			}
		}
	}
}

func TestKeysWithOthersHeldDownCommandNothing(t *testing.T) {
	for _, onQueue := range []bool{false, true} {
		b := newBench(t, ui.Options{Language: "en"})
		if onQueue {
			b.VisitQueue()
			b.Pick(0)
		}
		before := b.look()
		for _, key := range functionKeys() {
			for _, modifier := range []fyne.KeyModifier{fyne.KeyModifierAlt, fyne.KeyModifierShift, fyne.KeyModifierControl | fyne.KeyModifierAlt} {
				b.clock.pass(time.Second)
				b.shortcut(&desktop.CustomShortcut{KeyName: key, Modifier: modifier})
				b.clock.pass(time.Second)
				if diff := cmp.Diff(before, b.look()); diff != "" {
					t.Fatalf("%s with %d held down (-before +after):\n%s", key, modifier, diff)
				}
			}
		}
	}
}

// A panel hides the page: its keys are not the page's any more.
func TestPageKeysDoNotReachThroughAPanel(t *testing.T) {
	for _, onQueue := range []bool{false, true} {
		b := newBench(t, ui.Options{Language: "en"})
		if onQueue {
			b.VisitQueue()
			b.Pick(0)
			b.command(fyne.KeyF5)
		} else {
			b.command(fyne.KeyF3)
		}
		before := b.look()
		for _, key := range []fyne.KeyName{fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6, fyne.KeyF7, fyne.KeyF8, fyne.KeyF10, fyne.KeyInsert, fyne.KeyDown} {
			b.command(key)
			if diff := cmp.Diff(before, b.look()); diff != "" {
				t.Errorf("%s, queue: %v (-before +after):\n%s", key, onQueue, diff)
			}
		}
		b.clock.pass(time.Second)
		b.shortcut(&fyne.ShortcutUndo{})
		b.clock.pass(time.Second)
		if diff := cmp.Diff(before, b.look()); diff != "" {
			t.Errorf("Ctrl+Z, queue: %v (-before +after):\n%s", onQueue, diff)
		}
	}
}

func TestUndoKeyCountsOnTheDockAlone(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.VisitQueue()
	b.clock.pass(time.Second)
	b.shortcut(&fyne.ShortcutUndo{})
	b.clock.pass(time.Second)
	if len(b.station.calls) > 0 {
		t.Errorf("the queue screen called %v", b.station.calls)
	}
}

func TestKeysOnAnEmptyQueueAreNoCrash(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.station.entries = nil
	b.Load()
	b.VisitQueue()
	before := b.look()
	for _, key := range functionKeys() {
		if key != fyne.KeyF1 && key != fyne.KeyF2 && key != fyne.KeyF11 && key != fyne.KeyF12 {
			b.command(key)
		}
	}
	b.ctrl(fyne.KeyA)
	if diff := cmp.Diff(before, b.look()); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

func TestArrowsWalkThroughTheRowsAndStopAtTheEnds(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.VisitQueue()
	var walked []string
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyUp, fyne.KeyUp} {
		b.command(key)
		walked = append(walked, b.Current())
	}
	for range 10 {
		b.command(fyne.KeyDown)
	}
	walked = append(walked, b.Current())
	if diff := cmp.Diff([]string{"e1", "e2", "e1", "e1", "e1", "e6"}, walked); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSearchKeyGoesToTheSearch(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.ctrl(fyne.KeyF)
	if b.FyneWindow().Canvas().Focused() == b.SearchField() {
		t.Error("the dock has no search")
	}
	b.VisitQueue()
	b.ctrl(fyne.KeyF)
	if b.FyneWindow().Canvas().Focused() != b.SearchField() {
		t.Error("Ctrl+F does not go to the search")
	}
}

// ctrl presses a key with Ctrl, as a person does.
func (b *bench) ctrl(key fyne.KeyName) {
	b.clock.pass(time.Second)
	b.shortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault})
	b.clock.pass(time.Second)
}
