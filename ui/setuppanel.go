package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
)

// settingUp is what the window knows of the setting up of the station.
type settingUp struct {
	state SetupState
	// away is the panel that waits for the person to come back from the trial of a
	// scanner, nil for none.
	away *setupPanel
}

// A setupStep is one question of the setting up.
type setupStep interface {
	// name is what is kept of how far the setting up is, and ends the id of the
	// step's title.
	name() string
	build() fyne.CanvasObject
	// first is the field to type into first, nil if none.
	first() *field
	// problem says why nobody can go on from here, "" where one can.
	problem() string
	// do does what was answered, and calls then once it is done.
	do(then func())
	// keys are those of the step's own.
	keys() []panelKey
	command(key fyne.KeyName) bool
}

// A setupPanel sets the station up, question by question. It stands in nobody's way:
// scans go to the station behind it, and each question can be left for later.
type setupPanel struct {
	window   *Window
	settings []Setting
	steps    []setupStep
	at       int
	busy     bool
}

// askSetup asks whether the station is to be set up, and has that asked, or else what
// otherwise asks. A person who is at something else already is not asked.
func (w *Window) askSetup(otherwise func()) {
	if w.options.Setup == nil {
		otherwise()
		return
	}
	ask(w, w.options.Setup.State, func(s SetupState, err error) {
		if err != nil {
			w.options.Log.Warn("how far the setting up is cannot be read", "error", err)
		}
		w.setup.state = s
		switch {
		case w.panel != nil:
		case !s.Due:
			otherwise()
		case w.options.Demo:
			w.openWelcome()
		default:
			w.openWizard(false)
		}
	})
}

// wayOutOfDemo is what the way from the demo to the station is called, as an id.
func (w *Window) wayOutOfDemo() string {
	if w.setup.state.Real {
		return "setup.demo.back"
	}
	return "setup.welcome.begin"
}

// openWizard begins the setting up where it was left, or from its start. Asked for by a
// person it goes over any panel.
func (w *Window) openWizard(fromStart bool) {
	if w.options.Setup == nil || w.options.Settings == nil || w.options.Demo {
		return
	}
	ask(w, w.options.Settings.Read, func(all []Setting, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		if w.panel != nil && !fromStart {
			return
		}
		p := newSetupPanel(w, all)
		if !fromStart {
			p.at = p.begins(w.setup.state.Step)
		}
		p.show()
	})
}

func newSetupPanel(w *Window, all []Setting) *setupPanel {
	p := &setupPanel{window: w, settings: all}
	p.steps = []setupStep{
		newLanguageStep(p), newNameStep(p), newSupervisorStep(p), &scannerStep{p}, newCustomerStep(p), newPartnerStep(p), &doneStep{p},
	}
	return p
}

// begins is the step to begin with: what was kept, else the first that nobody has
// answered.
func (p *setupPanel) begins(kept string) int {
	if n := slices.IndexFunc(p.steps, func(s setupStep) bool { return s.name() == kept }); n >= 0 {
		return n
	}
	for n, key := range []string{keyLanguage, keyName} {
		if p.setting(key).Origin == FromDefault {
			return n
		}
	}
	return 2
}

func (p *setupPanel) setting(key string) Setting {
	n := slices.IndexFunc(p.settings, func(s Setting) bool { return s.Key == key })
	if n < 0 {
		return Setting{Key: key, Origin: FromDefault}
	}
	return p.settings[n]
}

func (p *setupPanel) step() setupStep { return p.steps[p.at] }

// show opens the panel at its step, and keeps how far that is.
func (p *setupPanel) show() {
	w, name := p.window, p.step().name()
	w.openPanel(p)
	act(w, func(ctx context.Context) error { return w.options.Setup.Keep(ctx, name) }, func(err error) {
		if err != nil {
			w.fail(err)
		}
	})
	w.resign()
	w.askCustomers()
}

func (p *setupPanel) title() string {
	say := p.window.words.Say
	title := say("setup." + p.step().name())
	if s, is := p.step().(interface{ title() string }); is {
		title = s.title()
	}
	return say("setup.step", "Number", p.at+1, "Of", len(p.steps), "Title", title)
}

func (p *setupPanel) first() *field { return p.step().first() }

func (p *setupPanel) leave() string { return p.window.words.Say("screens.later") }

// givenUp keeps that the person does not want to be asked again.
func (p *setupPanel) givenUp() {
	w := p.window
	act(w, func(ctx context.Context) error { return w.options.Setup.Keep(ctx, SetupLater) }, func(err error) {
		if err != nil {
			w.fail(err)
		}
	})
}

// left tells the step that it is no longer in sight.
func (p *setupPanel) left() {
	if s, is := p.step().(interface{ left() }); is {
		s.left()
	}
}

func (p *setupPanel) build() fyne.CanvasObject {
	say := p.window.words.Say
	rows := container.NewVBox(p.step().build(), gap(2), p.window.panelTaps(p.keys()))
	if p.at < len(p.steps)-1 {
		rows.Add(widget.NewPara(say("setup.anytime"), 16, widget.Text()))
	}
	return rows
}

func (p *setupPanel) keys() []panelKey {
	keys := slices.Concat(p.step().keys(), []panelKey{{fyne.KeyF5, "setup.back", p.at > 0, p.back}})
	if p.at < len(p.steps)-1 {
		keys = append(keys, panelKey{fyne.KeyF8, "setup.skip", true, p.next})
	}
	return keys
}

func (p *setupPanel) command(key fyne.KeyName) bool {
	return pressed(p.keys(), key) || p.step().command(key)
}

func (p *setupPanel) back() { p.turn(p.at - 1) }

func (p *setupPanel) next() { p.turn(p.at + 1) }

func (p *setupPanel) turn(at int) {
	p.left()
	p.at = min(max(at, 0), len(p.steps)-1)
	p.show()
}

func (p *setupPanel) confirm() (string, bool) {
	word := "setup.next"
	if s, is := p.step().(interface{ confirm() string }); is {
		word = s.confirm()
	}
	return p.window.words.Say(word), p.step().problem() == "" && !p.busy
}

func (p *setupPanel) do() {
	if _, possible := p.confirm(); possible {
		step := p.step()
		step.do(func() { p.goOnFrom(step) })
	}
}

// goOnFrom goes on from a step that is done, unless the person left it meanwhile.
func (p *setupPanel) goOnFrom(step setupStep) {
	if p.window.showing(p) && p.step() == step {
		p.next()
	}
}

// change writes settings, and calls then once they hold.
func (p *setupPanel) change(changes []SettingChange, then func()) {
	w := p.window
	changes = slices.DeleteFunc(changes, func(c SettingChange) bool {
		s := p.setting(c.Key)
		return s.Value == c.Value && s.Origin != FromDefault || !s.Changeable()
	})
	if len(changes) == 0 {
		then()
		return
	}
	p.busy = true
	w.reconsider()
	decide(w, request{title: p.title}, func(ctx context.Context) error { return w.options.Settings.Change(ctx, changes) }, func(err error) {
		p.busy = false
		if err != nil {
			w.fail(err)
			w.reconsider()
			return
		}
		p.reread(then)
	})
}

// reread asks for what holds now.
func (p *setupPanel) reread(then func()) {
	w := p.window
	ask(w, w.options.Settings.Read, func(all []Setting, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		p.settings = all
		then()
	})
}

// goOnSettingUp comes back from the trial of a scanner, once the dock is shown.
func (w *Window) goOnSettingUp() {
	if p := w.setup.away; p != nil && w.page == page(w.dock) {
		w.setup.away = nil
		p.show()
	}
}

// finish ends the setting up; what was set for the next start begins it.
func (p *setupPanel) finish(restart, demo bool) {
	w := p.window
	act(w, func(ctx context.Context) error { return w.options.Setup.Keep(ctx, SetupDone) }, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.leavePanels()
		if restart {
			w.allowed("settings.restart", func() { w.startAnew(demo) })
		}
	})
}
