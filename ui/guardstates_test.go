package ui_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"pkidstation/ui"
)

// guardStates are the screens of who may decide, each made in a language.
func guardStates(t *testing.T) map[string]func(language string) *bench {
	t.Helper()
	with := func(show func(*bench, *guard), names ...string) func(string) *bench {
		return func(language string) *bench {
			b, g := newGuarded(t, language, names...)
			show(b, g)
			return b
		}
	}
	three := []string{"Marie-Christine de La Rochefoucauld", "Ana Dupont", "Björn"}
	return map[string]func(string) *bench{
		"first": with(func(*bench, *guard) {}),
		"first-filled": with(func(b *bench, _ *guard) {
			for n, text := range []string{"Ana Dupont", rightPIN, rightPIN} {
				b.FyneWindow().Canvas().Focus(b.Fields()[n])
				b.hand(text)
			}
		}),
		"anybody": with(func(b *bench, _ *guard) { b.command(fyne.KeyEscape) }),
		"anybody-read": with(func(b *bench, _ *guard) {
			b.command(fyne.KeyEscape)
			b.VisitQueue()
			b.Tell(ui.Event{Verdict: verdicts()[0]})
		}),
		"ask":      with(func(b *bench, _ *guard) { b.asked(t); b.hand("729") }, three...),
		"ask-one":  with(func(b *bench, _ *guard) { b.asked(t) }, "Ana Dupont"),
		"wrong":    with(func(b *bench, _ *guard) { b.asked(t); b.enter("1111") }, three...),
		"unlock":   with(func(b *bench, _ *guard) { b.ctrl(fyne.KeyL) }, three...),
		"unlocked": with(func(b *bench, _ *guard) { b.asked(t); b.enter(rightPIN) }, three...),
		"unlocked-dock": with(func(b *bench, _ *guard) {
			b.asked(t)
			b.enter(rightPIN)
			b.VisitDock()
			b.Tell(ui.Event{Verdict: verdicts()[0]})
		}, three...),
		"people": with(func(b *bench, _ *guard) {
			b.VisitQueue()
			b.ctrl(fyne.KeyP)
			b.command(fyne.KeyDown)
			b.command(fyne.KeyF8)
		}, three...),
		"nobody": with(func(b *bench, _ *guard) { b.command(fyne.KeyEscape); b.VisitQueue(); b.ctrl(fyne.KeyP) }),
		"add":    with(func(b *bench, _ *guard) { b.VisitQueue(); b.ctrl(fyne.KeyP); b.command(fyne.KeyF5) }, three...),
		"change": with(func(b *bench, _ *guard) {
			b.VisitQueue()
			b.ctrl(fyne.KeyP)
			b.command(fyne.KeyDown)
			b.command(fyne.KeyF6)
		}, three...),
		"remove": with(func(b *bench, _ *guard) {
			b.VisitQueue()
			b.ctrl(fyne.KeyP)
			b.command(fyne.KeyDown)
			b.command(fyne.KeyF7)
		}, "Ana Dupont"),
		"help": with(func(b *bench, _ *guard) { b.VisitQueue(); b.OpenHelp() }, three...),
	}
}

// Nothing of it is cut, in either language, on either screen, and with texts that
// are longer by 40 %.
func TestNothingOfWhoMayDecideIsCut(t *testing.T) {
	spoken, sizes := wordiest(), []fyne.Size{fyne.NewSize(1280, 800)}
	if torture() {
		sizes = append(sizes, fyne.NewSize(1024, 768))
	}
	states := guardStates(t)
	for n, name := range slices.Sorted(maps.Keys(states)) {
		if n%2 == 1 && !torture() {
			continue
		}
		show := states[name]
		for _, language := range spoken {
			for _, size := range sizes {
				b := show(language)
				b.FyneWindow().Resize(size)
				settle(b)
				where := fmt.Sprintf("%s %s %v", name, language, size.Width)
				if size.Width < 1280 {
					for _, part := range b.Front() {
						checkWholeIn(t, b, part, where, 11)
					}
					continue
				}
				checkWhole(t, b, where, 11)
				lengthen(b)
				settle(b)
				checkWhole(t, b, where+" longer", 9)
			}
		}
	}
}
