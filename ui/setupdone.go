package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A doneStep says what is set up and what is not, and where that is done later.
type doneStep struct{ panel *setupPanel }

func (s *doneStep) name() string { return "done" }

func (s *doneStep) title() string { return s.panel.window.words.Say("setup.done") }

func (s *doneStep) first() *field { return nil }

func (s *doneStep) problem() string { return "" }

func (s *doneStep) command(fyne.KeyName) bool { return false }

func (s *doneStep) keys() []panelKey {
	return []panelKey{{fyne.KeyF7, "setup.practise", s.mayPractise(), func() { s.panel.finish(true, true) }}}
}

// mayPractise says whether the demo may be gone to: it has no PIN that keeps people in
// a kiosk.
func (s *doneStep) mayPractise() bool {
	w := s.panel.window
	return !w.options.Kiosk || len(w.guard.state.Supervisors) == 0
}

// waits says that something was set for the next start.
func (s *doneStep) waits() bool {
	return slices.ContainsFunc(s.panel.settings, func(one Setting) bool { return one.Waits })
}

func (s *doneStep) confirm() string {
	if s.waits() {
		return "setup.finish.restart"
	}
	return "setup.finish"
}

func (s *doneStep) do(func()) { s.panel.finish(s.waits(), false) }

func (s *doneStep) build() fyne.CanvasObject {
	rows := container.NewVBox()
	for _, line := range s.lines() {
		tone := widget.Hold
		if line.done {
			tone = widget.Accept
		}
		rows.Add(widget.NewChoice(widget.Option{Title: line.text, Mark: widget.ToneMark, Tone: tone}, nil))
	}
	if s.mayPractise() {
		rows.Add(gap(2))
		rows.Add(widget.NewPara(s.panel.window.words.Say("setup.practise.what"), 17, widget.Text()))
	}
	return rows
}

// A doneLine is one thing, and whether it is set up.
type doneLine struct {
	text string
	done bool
}

func (s *doneStep) lines() []doneLine {
	w, say := s.panel.window, s.panel.window.words.Say
	either := func(done bool, yes, no string) doneLine {
		if done {
			return doneLine{yes, true}
		}
		return doneLine{no, false}
	}
	name := s.panel.setting(keyName)
	called := words.Shown(name.Value)
	return []doneLine{
		either(name.Origin != FromDefault, say("setup.done.name", "Name", called), say("setup.done.name.not", "Name", called)),
		either(len(w.guard.state.Supervisors) > 0, say("setup.done.supervisor", "Names", w.supervisorNames()), say("setup.done.supervisor.not")),
		either(len(w.trial.tried.Findings) > 0, say("setup.done.scanner"), say("setup.done.scanner.not")),
		either(len(w.customers) > 0, w.words.Count("setup.done.customer", len(w.customers)), say("setup.done.customer.not")),
		s.partner(),
	}
}

// partner says how it stands with Partner Center.
func (s *doneStep) partner() doneLine {
	w, say := s.panel.window, s.panel.window.words.Say
	switch {
	case s.panel.setting(keyWay).Value == "csv":
		return doneLine{say("setup.done.partner.csv"), true}
	case w.options.SignIn == nil:
		return doneLine{say("setup.done.partner.not"), false}
	case w.sign.Needs == "" && (w.sign.Who != "" || w.sign.FromOutside):
		return doneLine{say("setup.done.partner"), true}
	default:
		return doneLine{say("setup.done.partner.out"), false}
	}
}
