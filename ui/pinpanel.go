package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A pinPanel asks for a supervisor's PIN: for a deed that waits for it, or to
// unlock the station.
type pinPanel struct {
	window *Window
	over   panel
	deed   *deed // nil for none, and once it is done
	chosen string
	list   *container.Scroll
	pin    *pinEntry
	// waits are until when no PIN is looked at, by supervisor.
	waits map[string]pinWait
	// busy says that a PIN is being looked at, machine that the last was typed
	// by none that may.
	busy, machine bool
	stop          func()
}

// A pinWait is a supervisor's wait after a PIN that was not taken.
type pinWait struct {
	until time.Time
	early bool
}

func newPINPanel(w *Window, d *deed) *pinPanel {
	p := &pinPanel{window: w, over: w.panel, deed: d, list: newList(), waits: map[string]pinWait{}}
	p.pin = newPINEntry(w, func(string) { p.machine = false })
	p.pin.field.onEnter = p.do
	p.pin.field.hand.foundMachine = func() {
		p.machine = true
		w.reconsider()
	}
	p.rename()
	return p
}

func (p *pinPanel) below() panel { return p.over }

func (p *pinPanel) title() string { return p.window.words.Say("guard.ask") }

func (p *pinPanel) first() *field { return p.pin.field }

// rename takes who there is to choose from.
func (p *pinPanel) rename() {
	names := p.window.supervisors()
	if !slices.Contains(names, p.chosen) && len(names) > 0 {
		p.chosen = names[0]
	}
}

func (p *pinPanel) build() fyne.CanvasObject {
	say := p.window.words.Say
	names := p.window.supervisors()
	var rows []fyne.CanvasObject
	for _, name := range names {
		option := widget.Option{Title: words.Shown(name), Chosen: name == p.chosen}
		rows = append(rows, widget.NewChoice(option, func() { p.choose(name) }))
	}
	fitList(p.list, rows, slices.Index(names, p.chosen))
	return container.NewVBox(
		widget.NewPara(p.what(), 19, widget.Text()),
		caption(say("guard.who")), p.list,
		caption(say("guard.pin")), p.pin.build(),
		gap(4), widget.NewPara(p.summary(), 20, widget.Text()).Bold())
}

// what says what waits for the PIN.
func (p *pinPanel) what() string {
	say := p.window.words.Say
	switch {
	case p.deed == nil:
		return say("guard.ask.unlock")
	case p.deed.title == nil:
		return say("guard.ask.something")
	default:
		return say("guard.ask.what", "What", p.deed.title())
	}
}

// wait is how long no PIN of the chosen supervisor is looked at.
func (p *pinPanel) wait() time.Duration {
	return p.waits[p.chosen].until.Sub(p.window.clock.Now())
}

func (p *pinPanel) summary() string {
	say := p.window.words.Say
	wait, refused := p.waits[p.chosen]
	switch left := p.wait(); {
	case p.busy:
		return say("guard.busy")
	case refused && left > 0:
		id := "guard.wrong"
		if wait.early {
			id = "guard.early"
		}
		return say(id, "Left", p.window.words.Duration(left+time.Second-time.Nanosecond))
	case p.machine:
		return say("guard.machine")
	case p.pin.field.Text == "" && refused:
		return say("guard.retry")
	case p.pin.field.Text == "":
		return say("guard.type")
	default:
		return say("guard.enter")
	}
}

func (p *pinPanel) possible() bool {
	return !p.busy && p.chosen != "" && p.pin.field.Text != "" && p.wait() <= 0
}

func (p *pinPanel) confirm() (string, bool) {
	if p.deed == nil {
		return p.window.words.Say("guard.unlock"), p.possible()
	}
	return p.window.words.Say("guard.confirm"), p.possible()
}

func (p *pinPanel) choose(name string) {
	if p.chosen != name {
		p.chosen = name
		p.pin.field.empty()
	}
	p.count()
	p.window.reconsider()
	p.window.window.Canvas().Focus(p.pin.field)
}

func (p *pinPanel) command(key fyne.KeyName) bool {
	by := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}[key]
	names := p.window.supervisors()
	if by == 0 || len(names) == 0 {
		return false
	}
	p.choose(names[min(max(slices.Index(names, p.chosen)+by, 0), len(names)-1)])
	return true
}

// do has the PIN looked at. What is not a hand's is taken out before.
func (p *pinPanel) do() {
	p.pin.field.settleHand()
	if !p.possible() {
		return
	}
	w, name, pin := p.window, p.chosen, p.pin.field.Text
	p.busy = true
	p.pin.field.empty()
	w.reconsider()
	askFar(w, func(ctx context.Context) (struct{}, error) { return struct{}{}, w.options.Guard.Unlock(ctx, name, pin) },
		func(_ struct{}, err error) { p.looked(name, err) })
}

// looked takes what came of a PIN. A panel that was left meanwhile has given its
// deed up.
func (p *pinPanel) looked(name string, err error) {
	w := p.window
	p.busy = false
	if err == nil {
		w.guard.last = name
		w.reguard()
	}
	if !w.showing(p) {
		return
	}
	if err == nil {
		d := p.deed
		p.deed = nil
		w.closePanel()
		if d != nil {
			w.redo(*d)
		}
		return
	}
	if wrong, ok := errors.AsType[*queue.PINError](err); ok {
		p.waits[name] = pinWait{w.clock.Now().Add(wrong.Wait), wrong.Early}
		p.count()
	} else {
		w.fail(err)
	}
	w.reconsider()
	w.window.Canvas().Focus(p.pin.field)
}

// count tells the wait anew each second.
func (p *pinPanel) count() {
	if p.stop != nil {
		p.stop()
		p.stop = nil
	}
	if left := p.wait(); left > 0 {
		p.stop = p.window.clock.After(min(left, time.Second), func() {
			if p.window.showing(p) {
				p.window.reconsider()
				p.count()
			}
		})
	}
}

// left gives up what waited for the PIN.
func (p *pinPanel) left() {
	p.pin.field.empty()
	if p.stop != nil {
		p.stop()
	}
	d := p.deed
	p.deed = nil
	if d != nil {
		d.drop()
		p.window.note(widget.Neutral, func(spoken *words.Words) string { return spoken.Say("guard.given-up") })
	}
}
