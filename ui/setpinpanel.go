package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// The fewest and the most characters of a PIN, as queue takes them, and the most
// of a name.
const (
	pinLeast = 4
	pinMost  = 64
	nameMost = 64
)

// A setPINPanel has a supervisor choose a PIN: the first one of the station,
// another one, or one who has a PIN already.
type setPINPanel struct {
	window *Window
	over   panel
	// within is the panel that it is a part of, nil for none; after is called once
	// the PIN is set, in place of leaving it.
	within panel
	after  func()
	// who has a PIN already, "" for somebody new; begins says that there is no
	// supervisor yet.
	who    string
	begins bool

	name        *field
	once, again *field
	big         [2]fyne.CanvasObject
	// busy says that the PIN is being set; refused is why the last was not.
	busy    bool
	refused error
}

// newFirstPanel asks for the first supervisor. It can be left: the station works
// without.
func newFirstPanel(w *Window) *setPINPanel {
	p := newSetPINPanel(w, nil, "")
	p.begins = true
	return p
}

func newSetPINPanel(w *Window, over panel, who string) *setPINPanel {
	p := &setPINPanel{window: w, over: over, who: who}
	p.name = newField(w.capture, func(string) { w.reconsider() })
	changed := func(string) {
		p.refused = nil
		w.reconsider()
	}
	p.once, p.again = newPINField(w.capture, changed), newPINField(w.capture, changed)
	for n, f := range []*field{p.once, p.again} {
		p.big[n] = container.NewThemeOverride(f, bigLook{newColours()})
	}
	order := []*field{p.name, p.once, p.again}
	if who != "" {
		order = order[1:]
	}
	for n, f := range order {
		f.next = order[(n+1)%len(order)]
		if n+1 < len(order) {
			f.onEnter = func() { w.window.Canvas().Focus(f.next) }
		}
	}
	return p
}

func (p *setPINPanel) below() panel { return p.over }

func (p *setPINPanel) title() string {
	say := p.window.words.Say
	switch {
	case p.begins:
		return say("guard.first")
	case p.who != "":
		return say("guard.change") + " · " + words.Shown(p.who)
	default:
		return say("guard.add")
	}
}

// leave is what leaving it is called.
func (p *setPINPanel) leave() string {
	if p.begins {
		return p.window.words.Say("screens.later")
	}
	return p.window.words.Say("ui.cancel")
}

func (p *setPINPanel) first() *field {
	if p.who != "" {
		return p.once
	}
	return p.name
}

func (p *setPINPanel) build() fyne.CanvasObject {
	say := p.window.words.Say
	rows := container.NewVBox()
	if p.begins {
		rows.Add(widget.NewPara(say("guard.first.what"), 18, widget.Text()))
		if p.within == nil { // which says so itself
			rows.Add(widget.NewPara(say("guard.first.later"), 18, widget.Text()))
		}
	}
	if p.who == "" {
		rows.Add(caption(say("guard.name")))
		rows.Add(p.name)
	}
	rows.Add(container.NewGridWithColumns(2,
		container.NewVBox(caption(say("guard.pin.once")), p.big[0]),
		container.NewVBox(caption(say("guard.pin.again")), p.big[1])))
	rows.Add(gap(2))
	rows.Add(widget.NewPara(p.summary(), 20, widget.Text()).Bold())
	rows.Add(widget.NewPara(say("guard.pin.lost"), 17, widget.Text()))
	return rows
}

// called is whose PIN it is.
func (p *setPINPanel) called() string {
	if p.who != "" {
		return p.who
	}
	return strings.Join(strings.Fields(p.name.Text), " ")
}

// problem says what is missing, "" if nothing is.
func (p *setPINPanel) problem() string {
	w, say := p.window, p.window.words.Say
	pin := utf8.RuneCountInString(p.once.Text)
	switch {
	case p.busy:
		return say("guard.busy")
	case p.refused != nil:
		return w.words.Error(p.refused)
	case p.called() == "":
		return say("guard.name.missing")
	case utf8.RuneCountInString(p.called()) > nameMost:
		return say("guard.name.long")
	case p.who == "" && slices.ContainsFunc(w.guard.state.Supervisors, func(n string) bool { return strings.EqualFold(n, p.called()) }):
		return say("guard.name.known", "Name", words.Shown(p.called()))
	case pin < pinLeast || pin > pinMost:
		return say("guard.pin.short")
	case p.again.Text == "":
		return say("guard.pin.second")
	case p.again.Text != p.once.Text:
		return say("guard.pin.differ")
	default:
		return ""
	}
}

func (p *setPINPanel) summary() string {
	if problem := p.problem(); problem != "" {
		return problem
	}
	return p.window.words.Say("guard.will", "Name", words.Shown(p.called()))
}

func (p *setPINPanel) confirm() (string, bool) {
	return p.window.words.Say("screens.keep"), p.problem() == ""
}

func (p *setPINPanel) do() {
	for _, f := range []*field{p.once, p.again} {
		f.settleHand()
	}
	if p.problem() != "" {
		return
	}
	w, name, pin := p.window, p.called(), p.once.Text
	set := w.options.Guard.SetPIN
	if p.begins {
		set = w.options.Guard.First
	}
	p.busy = true
	p.forget()
	w.reconsider()
	askFar(w, func(ctx context.Context) (struct{}, error) { return struct{}{}, set(ctx, name, pin) },
		func(_ struct{}, err error) { p.done(name, err) })
}

// done takes what came of it.
func (p *setPINPanel) done(name string, err error) {
	w := p.window
	p.busy = false
	w.reguard()
	switch {
	case errors.Is(err, queue.ErrWeakPIN) && p.inSight():
		p.refused = err
		w.window.Canvas().Focus(p.once)
		w.reconsider()
	case err != nil:
		w.fail(err)
		w.reconsider()
	default:
		if p.inSight() {
			p.leaveDone()
		}
		w.note(widget.Neutral, func(spoken *words.Words) string { return spoken.Say("guard.set", "Name", words.Shown(name)) })
	}
}

// inSight says whether it is shown, by itself or within another panel.
func (p *setPINPanel) inSight() bool {
	return p.window.showing(p) || p.within != nil && p.window.showing(p.within)
}

// leaveDone goes on to what follows.
func (p *setPINPanel) leaveDone() {
	if p.after != nil {
		p.after()
		return
	}
	p.window.closePanel()
}

// forget takes the PIN out of the fields.
func (p *setPINPanel) forget() {
	p.once.empty()
	p.again.empty()
}

// left leaves no PIN behind in a panel that is not in sight.
func (p *setPINPanel) left() { p.forget() }
