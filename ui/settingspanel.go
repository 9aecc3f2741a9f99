package ui

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A settingsPanel shows what the station is told, key by key, and has a supervisor
// change it. What is typed is held against config's own rules at once; nothing is
// written before it is confirmed, and then all of it or nothing.
type settingsPanel struct {
	window *Window
	all    []Setting
	read   bool
	failed string

	section string
	chosen  string
	value   *field
	edits   map[string]SettingChange
	faults  []SettingFault
	list    *container.Scroll
	busy    bool
}

// openSettings shows the settings; without a port for them nothing opens.
func (w *Window) openSettings() { w.openSettingsAt(sections()[0]) }

// openSettingsAt shows a section of them.
func (w *Window) openSettingsAt(section string) {
	if w.options.Settings == nil || w.options.Demo {
		return
	}
	p := &settingsPanel{window: w, section: section, edits: map[string]SettingChange{}, list: newList()}
	p.value = newField(w.capture, nil)
	w.openPanel(p)
	p.reread()
}

// reread asks for what holds now. What was typed and not saved stays.
func (p *settingsPanel) reread() {
	w := p.window
	ask(w, w.options.Settings.Read, func(all []Setting, err error) {
		if p.failed = w.failedIn(err); err != nil {
			w.reconsider()
			return
		}
		p.all, p.read = all, true
		if p.chosen == "" && len(p.shown()) > 0 {
			p.choose(p.shown()[0].Key)
			return
		}
		p.choose(p.chosen)
	})
}

func (p *settingsPanel) title() string {
	say := p.window.words.Say
	return say("settings.title") + " · " + say("settings.section."+p.section)
}

func (p *settingsPanel) first() *field { return nil }

// leave says that nothing but what is not saved is given up.
func (p *settingsPanel) leave() string {
	if len(p.edits) > 0 {
		return p.window.words.Say("ui.cancel")
	}
	return p.window.words.Say("ui.close")
}

// shown are the settings of the section.
func (p *settingsPanel) shown() []Setting {
	var shown []Setting
	for _, s := range p.all {
		if sectionOf(s.Key) == p.section {
			shown = append(shown, s)
		}
	}
	return shown
}

func (p *settingsPanel) now() (Setting, bool) { return p.setting(p.chosen) }

func (p *settingsPanel) setting(key string) (Setting, bool) {
	at := slices.IndexFunc(p.all, func(s Setting) bool { return s.Key == key })
	if at < 0 {
		return Setting{}, false
	}
	return p.all[at], true
}

func (p *settingsPanel) build() fyne.CanvasObject {
	say := p.window.words.Say
	rows := container.NewVBox(p.sectionTaps(), gap(2))
	if p.failed != "" {
		rows.Add(widget.NewPara(p.failed, 18, widget.Text()).Bold())
	}
	switch {
	case p.read:
	case p.failed != "":
		rows.Add(p.window.panelTaps(p.keys()))
		return rows
	default:
		rows.Add(widget.NewPara(say("settings.reading"), 18, widget.Text()))
		return rows
	}
	shown := p.shown()
	var lines []fyne.CanvasObject
	for _, s := range shown {
		option := widget.Option{Title: say("settings.line", "Name", p.window.settingName(s.Key), "Value", p.held(s)), Note: p.note(s), Chosen: s.Key == p.chosen}
		if p.faultOf(s.Key) != "" {
			option.Mark, option.Tone = widget.ToneMark, widget.Hold
		}
		lines = append(lines, widget.NewChoice(option, func() { p.choose(s.Key) }))
	}
	fitList(p.list, lines, slices.IndexFunc(shown, func(s Setting) bool { return s.Key == p.chosen }))
	rows.Add(p.list)
	if s, ok := p.now(); ok {
		rows.Add(p.detail(s))
	}
	rows.Add(gap(2))
	rows.Add(p.window.panelTaps(p.keys()))
	return rows
}

func (p *settingsPanel) sectionTaps() fyne.CanvasObject {
	taps := container.New(&widget.Lines{Gap: 8})
	for _, section := range sections() {
		taps.Add(widget.NewTap(p.window.words.Say("settings.section."+section), "", chosenIf(section == p.section), func() { p.turn(section) }).By("F6"))
	}
	return taps
}

// detail is what is to be known of a setting, and where it is changed.
func (p *settingsPanel) detail(s Setting) fyne.CanvasObject {
	w, say := p.window, p.window.words.Say
	rows := container.NewVBox(widget.NewPara(w.settingWhat(s.Key), 17, widget.Text()))
	switch {
	case s.Origin == FromEnvironment:
		rows.Add(widget.NewPara(say("settings.origin.environment", "Variable", s.Variable), 17, widget.Text()).Bold())
		return rows
	case s.ByHand:
		rows.Add(widget.NewPara(say("settings.by-hand"), 17, widget.Text()).Bold())
		return rows
	case len(s.Words) > 0:
		taps := container.New(&widget.Lines{Gap: 8})
		for _, word := range s.Words {
			taps.Add(widget.NewTap(w.settingValue(s, word), "", chosenIf(word == p.wanted(s)), func() { p.edit(s, word) }).By("F7"))
		}
		rows.Add(taps)
	default:
		rows.Add(p.value)
	}
	rows.Add(widget.NewPara(p.summary(s), 17, widget.Text()).Bold())
	return rows
}

// summary says what is wrong with what was typed, else where the value comes from and
// when a change applies.
func (p *settingsPanel) summary(s Setting) string {
	say := p.window.words.Say
	if fault := p.faultOf(s.Key); fault != "" {
		return fault
	}
	if other := p.otherFault(); other != "" {
		return other
	}
	origin, applies := "settings.origin.default", "settings.applies.next"
	if s.Origin == FromFile {
		origin = "settings.origin.file"
	}
	if s.AtOnce {
		applies = "settings.applies.at-once"
	}
	text := say(origin) + " " + say(applies)
	if s.Masked {
		text += " " + say("settings.masked")
	}
	if isList(s.Key) {
		text += " " + say("settings.list")
	}
	return text
}

// held is what a setting holds now, in words.
func (p *settingsPanel) held(s Setting) string { return p.window.settingValue(s, s.Value) }

// note is where a value comes from, or what was wanted in its place.
func (p *settingsPanel) note(s Setting) string {
	say := p.window.words.Say
	if change, edited := p.edits[s.Key]; edited {
		value := change.Value
		if change.Back {
			value = s.Default
		}
		return say("settings.short.edited", "Value", p.window.settingValue(s, value))
	}
	text := say("settings.short." + string(s.Origin))
	if s.Waits {
		text += " · " + say("settings.short.waits")
	}
	return text
}

func (p *settingsPanel) turn(section string) {
	p.section, p.chosen = section, ""
	p.list.Offset = fyne.Position{}
	if shown := p.shown(); len(shown) > 0 {
		p.choose(shown[0].Key)
		return
	}
	p.window.reconsider()
}

func (p *settingsPanel) keys() []panelKey {
	s, some := p.now()
	changeable := some && s.Changeable()
	keys := []panelKey{
		{fyne.KeyF5, "settings.again", !p.read && p.failed != "", p.reread},
		{fyne.KeyF6, "settings.section.next", true, p.next},
		{fyne.KeyF7, "settings.choice.next", changeable && len(s.Words) > 0, p.nextWord},
		{fyne.KeyF8, "settings.default", changeable && (s.Origin == FromFile || p.edits[s.Key] != SettingChange{}), p.back},
	}
	if p.read && len(p.edits) == 0 { // each leads away, and what is not saved would be lost
		keys = append(keys, p.window.settingsWays(p)...)
	}
	return slices.DeleteFunc(keys, func(k panelKey) bool { return !k.possible }) // there are many, and little room
}

// waits says that something was set that holds from the next start on.
func (p *settingsPanel) waits() bool {
	return slices.ContainsFunc(p.all, func(s Setting) bool { return s.Waits })
}

// settingsWays are what leads on from a section of the settings.
func (w *Window) settingsWays(p *settingsPanel) []panelKey {
	o := w.options
	restart := func() { w.allowed("settings.restart", func() { w.startAnew(false) }) }
	ways := []panelKey{{fyne.KeyF9, "settings.restart", o.Setup != nil && p.waits(), restart}}
	switch p.section {
	case "station":
		ways = append(ways,
			panelKey{fyne.KeyF4, "guard.people", o.Guard != nil, func() { w.openSupervisorsOver(p) }},
			panelKey{fyne.KeyF10, "settings.wizard", o.Setup != nil, func() { w.openWizard(true) }},
			panelKey{fyne.KeyF3, "diag.title", o.Diagnostics != nil, w.openDiagnostics},
			panelKey{fyne.KeyF5, "about.title", o.About != nil, w.openAbout})
	case "scanners":
		ways = append(ways, panelKey{fyne.KeyF2, "sources.title", o.Sources != nil, w.openScanners},
			panelKey{fyne.KeyF3, "camera.title", o.Cameras != nil, w.openCameras})
	}
	return ways
}

func (p *settingsPanel) next() {
	all := sections()
	p.turn(all[(slices.Index(all, p.section)+1)%len(all)])
}

func (p *settingsPanel) nextWord() {
	if s, ok := p.now(); ok {
		p.edit(s, s.Words[(slices.Index(s.Words, p.wanted(s))+1)%len(s.Words)])
	}
}

func (p *settingsPanel) command(key fyne.KeyName) bool {
	by := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}[key]
	if shown := p.shown(); by != 0 && len(shown) > 0 {
		at := slices.IndexFunc(shown, func(s Setting) bool { return s.Key == p.chosen })
		p.choose(shown[min(max(at+by, 0), len(shown)-1)].Key)
	}
	return by != 0 || pressed(p.keys(), key)
}

func (p *settingsPanel) confirm() (string, bool) {
	if len(p.edits) == 0 {
		return "", false
	}
	return p.window.words.Say("screens.keep"), len(p.faults) == 0 && !p.busy
}

// do writes all that was changed.
func (p *settingsPanel) do() {
	w, changes := p.window, p.changes()
	if _, possible := p.confirm(); !possible {
		return
	}
	p.busy = true
	decide(w, request{title: p.title}, func(ctx context.Context) error { return w.options.Settings.Change(ctx, changes) }, func(err error) {
		p.busy = false
		if err != nil {
			w.fail(err)
			if errors.Is(err, ErrSettingsChanged) {
				p.reread()
			}
			w.reconsider()
			return
		}
		id := "settings.kept"
		if slices.ContainsFunc(p.all, func(s Setting) bool { _, edited := p.edits[s.Key]; return edited && !s.AtOnce }) {
			id = "settings.kept.next"
		}
		clear(p.edits)
		w.speakSet(changes)
		w.note(widget.Neutral, func(spoken *words.Words) string { return spoken.Say(id) })
		p.reread()
	})
}

// speakSet speaks the language that was set.
func (w *Window) speakSet(changes []SettingChange) {
	for _, c := range changes {
		if c.Key == keyLanguage && c.Value != "" && c.Value != w.words.Language() {
			w.switchLanguage(c.Value)
		}
	}
}
