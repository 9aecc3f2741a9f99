package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// fixed says that the environment fixes a setting, nil where it does not.
func (p *setupPanel) fixed(key string) fyne.CanvasObject {
	s, w := p.setting(key), p.window
	if s.Origin != FromEnvironment {
		return nil
	}
	text := w.words.Say("setup.fixed", "Variable", s.Variable, "Value", w.settingValue(s, s.Value))
	return widget.NewPara(text, 18, widget.Text()).Bold()
}

// A languageStep asks for the language.
type languageStep struct{ panel *setupPanel }

func newLanguageStep(p *setupPanel) *languageStep { return &languageStep{p} }

func (s *languageStep) name() string { return "language" }

func (s *languageStep) first() *field { return nil }

func (s *languageStep) problem() string { return "" }

func (s *languageStep) keys() []panelKey { return nil }

func (s *languageStep) build() fyne.CanvasObject {
	w := s.panel.window
	rows := container.NewVBox(widget.NewPara(w.words.Say("setup.language.what"), 20, widget.Text()), w.languageTaps())
	if fixed := s.panel.fixed(keyLanguage); fixed != nil {
		rows.Add(fixed)
	}
	return rows
}

// command takes the other language.
func (s *languageStep) command(key fyne.KeyName) bool {
	if key == fyne.KeyUp || key == fyne.KeyDown {
		s.panel.window.toggleLanguage()
		return true
	}
	return false
}

func (s *languageStep) do(then func()) {
	s.panel.change([]SettingChange{{Key: keyLanguage, Value: s.panel.window.words.Language()}}, then)
}

// A nameStep asks for the station's name.
type nameStep struct {
	panel *setupPanel
	typed *field
}

func newNameStep(p *setupPanel) *nameStep {
	s := &nameStep{panel: p}
	s.typed = newField(p.window.capture, func(string) { p.window.reconsider() })
	s.typed.fill(p.setting(keyName).Value)
	return s
}

func (s *nameStep) name() string { return "name" }

func (s *nameStep) fixed() bool { return !s.panel.setting(keyName).Changeable() }

func (s *nameStep) first() *field {
	if s.fixed() {
		return nil
	}
	return s.typed
}

func (s *nameStep) keys() []panelKey { return nil }

func (s *nameStep) command(fyne.KeyName) bool { return false }

func (s *nameStep) called() string { return strings.TrimSpace(s.typed.Text) }

func (s *nameStep) problem() string {
	if s.fixed() {
		return ""
	}
	return s.panel.window.nameProblem(s.called())
}

func (s *nameStep) build() fyne.CanvasObject {
	w := s.panel.window
	rows := container.NewVBox(widget.NewPara(w.words.Say("setup.name.what"), 20, widget.Text()))
	if fixed := s.panel.fixed(keyName); fixed != nil {
		rows.Add(fixed)
		return rows
	}
	rows.Add(s.typed)
	text := s.problem()
	if text == "" {
		text = w.words.Say("setup.name.will", "Name", words.Shown(s.called()))
	}
	rows.Add(widget.NewPara(text, 18, widget.Text()).Bold())
	return rows
}

func (s *nameStep) do(then func()) {
	s.panel.change([]SettingChange{{Key: keyName, Value: s.called()}}, then)
}

// A supervisorStep asks for the first supervisor's PIN, where there is none.
type supervisorStep struct {
	panel *setupPanel
	pin   *setPINPanel
}

func newSupervisorStep(p *setupPanel) *supervisorStep {
	s := &supervisorStep{panel: p, pin: newFirstPanel(p.window)}
	s.pin.within, s.pin.after = p, func() { p.goOnFrom(s) }
	return s
}

func (s *supervisorStep) name() string { return "supervisor" }

func (s *supervisorStep) title() string { return s.panel.window.words.Say("guard.first") }

// is says that there is a supervisor.
func (s *supervisorStep) is() bool { return len(s.panel.window.guard.state.Supervisors) > 0 }

func (s *supervisorStep) first() *field {
	if s.is() {
		return nil
	}
	return s.pin.first()
}

func (s *supervisorStep) problem() string {
	if s.is() {
		return ""
	}
	return s.pin.problem()
}

func (s *supervisorStep) keys() []panelKey { return nil }

func (s *supervisorStep) command(fyne.KeyName) bool { return false }

func (s *supervisorStep) build() fyne.CanvasObject {
	w := s.panel.window
	if s.is() {
		return widget.NewPara(w.words.Say("setup.supervisor.known", "Names", w.supervisorNames()), 20, widget.Text())
	}
	return s.pin.build()
}

// supervisorNames are those who decide, in a row.
func (w *Window) supervisorNames() string {
	var names []string
	for _, n := range w.supervisors() {
		names = append(names, words.Shown(n))
	}
	return strings.Join(names, ", ")
}

func (s *supervisorStep) do(then func()) {
	if s.is() {
		then()
		return
	}
	s.pin.do()
}

func (s *supervisorStep) left() { s.pin.left() }

// A scannerStep has the scanner tried: the trial's own screen does it, and comes back
// here.
type scannerStep struct{ panel *setupPanel }

func (s *scannerStep) name() string { return "scanner" }

func (s *scannerStep) first() *field { return nil }

func (s *scannerStep) problem() string { return "" }

func (s *scannerStep) build() fyne.CanvasObject {
	w := s.panel.window
	rows := container.NewVBox(widget.NewPara(w.words.Say("setup.scanner.what"), 20, widget.Text()))
	if n := len(w.trial.tried.Findings); n > 0 {
		sentences, tone := w.trial.sentences()
		rows.Add(widget.NewStrip(widget.News{Tone: tone, Word: w.words.Say("trial.read", "Number", n, "Of", triedCodes)}))
		for _, sentence := range sentences {
			rows.Add(widget.NewPara(sentence, 18, widget.Text()).Bold())
		}
	}
	return rows
}

func (s *scannerStep) keys() []panelKey {
	return []panelKey{{fyne.KeyF7, "trial.title", s.panel.window.options.Trial != nil, s.try}}
}

func (s *scannerStep) command(fyne.KeyName) bool { return false }

// try shows the trial.
func (s *scannerStep) try() {
	s.panel.window.tryScanner()
	s.panel.window.setup.away = s.panel
}

func (s *scannerStep) do(then func()) { then() }
