package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A welcomePanel is what a station that is not set up asks over its demo: whether it
// is to be a real one. Leaving it looks at the demo, and changes nothing. Over the
// demo of a real station it is the way back.
type welcomePanel struct {
	window *Window
	state  SetupState
	name   *field
	busy   bool
}

// openWelcome shows the way from the demo to the station.
func (w *Window) openWelcome() {
	if w.options.Setup == nil || !w.options.Demo {
		return
	}
	p := &welcomePanel{window: w, state: w.setup.state}
	p.name = newField(w.capture, func(string) { w.reconsider() })
	p.name.fill(p.state.Name)
	w.openPanel(p)
}

func (p *welcomePanel) title() string {
	if p.state.Real {
		return p.window.words.Say("setup.demo")
	}
	return p.window.words.Say("setup.welcome")
}

func (p *welcomePanel) first() *field {
	if p.state.Real {
		return nil
	}
	return p.name
}

func (p *welcomePanel) leave() string { return p.window.words.Say("setup.welcome.look") }

func (p *welcomePanel) build() fyne.CanvasObject {
	w, say := p.window, p.window.words.Say
	if p.state.Real {
		return container.NewVBox(widget.NewPara(say("setup.demo.what"), 20, widget.Text()))
	}
	return container.NewVBox(
		widget.NewPara(say("setup.welcome.what"), 20, widget.Text()),
		caption(say("setup.language")), w.languageTaps(),
		caption(say("setup.name")), p.name,
		gap(4), widget.NewPara(p.summary(), 18, widget.Text()).Bold(),
		widget.NewPara(say("setup.welcome.then"), 18, widget.Text()))
}

// languageTaps are the languages to choose from; F12 takes the next one.
func (w *Window) languageTaps() fyne.CanvasObject {
	taps := container.New(&widget.Lines{Gap: 8})
	for _, l := range words.Languages() {
		hint := ""
		if l.Tag == w.otherLanguage().Tag {
			hint = "F12"
		}
		taps.Add(widget.NewTap(l.Name, hint, chosenIf(l.Tag == w.words.Language()), func() { w.switchLanguage(l.Tag) }).By("F12"))
	}
	return taps
}

// called is the name that was typed.
func (p *welcomePanel) called() string { return strings.TrimSpace(p.name.Text) }

func (p *welcomePanel) problem() string { return p.window.nameProblem(p.called()) }

func (p *welcomePanel) summary() string {
	if problem := p.problem(); problem != "" {
		return problem
	}
	return p.window.words.Say("setup.name.will", "Name", words.Shown(p.called()))
}

// nameProblem is why a station cannot be called so, "" where it can.
func (w *Window) nameProblem(name string) string {
	if name == "" {
		return w.words.Say("setup.name.missing")
	}
	if w.options.Settings != nil && len(w.options.Settings.Check([]SettingChange{{Key: keyName, Value: name}})) > 0 {
		return w.words.Say("setup.name.wrong")
	}
	return ""
}

func (p *welcomePanel) confirm() (string, bool) {
	if p.state.Real {
		return p.window.words.Say("setup.demo.back"), true
	}
	return p.window.words.Say("setup.welcome.begin"), p.problem() == "" && !p.busy
}

func (p *welcomePanel) do() {
	w := p.window
	if p.state.Real {
		w.startAnew(false)
		return
	}
	if _, possible := p.confirm(); !possible {
		return
	}
	name, language := p.called(), w.words.Language()
	p.busy = true
	w.reconsider()
	act(w, func(ctx context.Context) error { return w.options.Setup.Begin(ctx, name, language) }, func(err error) {
		p.busy = false
		if err != nil {
			w.fail(err)
			w.reconsider()
			return
		}
		w.startAnew(false)
	})
}

// startAnew has the program start anew, as the demo if that is wanted: it ends as if
// its window was closed.
func (w *Window) startAnew(demo bool) {
	w.options.Setup.Restart(demo)
	w.leavePanels()
	w.window.Close()
}
