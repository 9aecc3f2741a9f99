package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pkidstation/queue"
	"pkidstation/ui/widget"
)

// A helpPanel says what the colours mean and which keys there are. The panel that it
// was asked for in is there again after it, as it was.
type helpPanel struct {
	window *Window
	over   panel
}

func newHelpPanel(w *Window) *helpPanel {
	over := w.panel
	switch p := over.(type) {
	case *helpPanel:
		over = p.over
	case *pinPanel:
		over = p.over // who leaves that gives up what waited for it
	}
	return &helpPanel{window: w, over: over}
}

func (p *helpPanel) below() panel { return p.over }

func (p *helpPanel) title() string { return p.window.words.Say("ui.help") }

func (p *helpPanel) first() *field { return nil }

// confirm has the tones heard, where there are any.
func (p *helpPanel) confirm() (string, bool) {
	if p.window.options.Sound == nil {
		return "", false
	}
	return p.window.words.Say("ui.help.sounds"), true
}

// leave says that nothing is given up by leaving.
func (p *helpPanel) leave() string { return p.window.words.Say("ui.close") }

func (p *helpPanel) do() { p.window.options.Sound.Test() }

func (p *helpPanel) build() fyne.CanvasObject {
	w := p.window
	var tones []fyne.CanvasObject
	for _, word := range []queue.Word{queue.Accepted, queue.Seen, queue.OnHold, queue.NotTaken} {
		sentence := w.words.Verdict(queue.Verdict{Word: word})
		strip := widget.NewStrip(widget.News{
			Tone: toneOf(word), Word: sentence.Word, What: w.words.Say("ui.help." + string(word)),
		})
		tones = append(tones, strip)
	}
	dock := w.keyColumn("ui.dock", p.known(keyMap()))
	dock.Add(gap(10))
	dock.Add(widget.NewPara(w.words.Say("ui.help.scan"), 17, widget.Text()))
	dock.Add(gap(10))
	dock.Add(p.ways())
	return container.NewVBox(w.beside(tones...), w.beside(dock, w.keyColumn("ui.queue", p.queueKeys()), w.keyColumn("window.everywhere", p.everywhere())))
}

// keyColumn lists keys under a title.
func (w *Window) keyColumn(title string, keys []keyWord) *fyne.Container {
	const high = 20
	column := container.New(layout.NewCustomPaddedVBoxLayout(0), caption(w.words.Say(title)))
	for _, k := range keys {
		column.Add(container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(110, high),
			widget.NewFit(w.words.Say(k.key), 16, widget.Text()).Bold()), nil,
			widget.NewPara(w.words.Say(k.does), 16, widget.Text())))
	}
	return column
}

// ways lead to what is looked at now and then, where it is there.
func (p *helpPanel) ways() fyne.CanvasObject {
	w := p.window
	taps := container.New(&widget.Lines{Gap: 8})
	if w.options.Trial != nil {
		taps.Add(widget.NewTap(w.words.Say("trial.title"), w.words.Say("trial.key"), widget.Plain, w.tryScanner))
	}
	if w.options.Setup != nil && w.options.Demo {
		taps.Add(widget.NewTap(w.words.Say(w.wayOutOfDemo()), w.words.Say("settings.key"), widget.Plain, w.openWelcome))
	}
	if w.options.Returns != nil {
		taps.Add(widget.NewTap(w.words.Say("returns.title"), w.words.Say("returns.key"), widget.Plain, w.lookUpReturns))
	}
	for _, k := range p.pages() {
		if k.possible {
			taps.Add(widget.NewTap(w.words.Say(k.text), "Ctrl+"+string(k.key), widget.Plain, k.do))
		}
	}
	return taps
}

// pages are the panels that help leads to, by keys with Ctrl: the others are in the
// lists above for what they do elsewhere.
func (p *helpPanel) pages() []panelKey {
	w := p.window
	return []panelKey{
		{fyne.KeyB, "sources.title", w.options.Sources != nil, w.openScanners},
		{fyne.KeyK, "camera.title", w.options.Cameras != nil, w.openCameras},
		{fyne.KeyD, "diag.title", w.options.Diagnostics != nil, w.openDiagnostics},
		{fyne.KeyI, "about.title", w.options.About != nil, w.openAbout},
	}
}

func (p *helpPanel) command(key fyne.KeyName) bool { return pressed(p.pages(), key) }

// known are keys without those of what is not there.
func (p *helpPanel) known(keys []keyWord) []keyWord {
	return slices.DeleteFunc(keys, func(k keyWord) bool {
		o := p.window.options
		return k.key == "trial.key" && o.Trial == nil || k.key == "guard.key.lock" && o.Guard == nil ||
			k.key == "morning.key" && o.Morning == nil ||
			k.key == "asked.key.layer" && o.Asked == nil || k.key == "returns.key" && o.Returns == nil
	})
}

// everywhere are the keys on every screen.
func (p *helpPanel) everywhere() []keyWord {
	keys := p.known(everywhere())
	if o := p.window.options; o.Setup != nil && o.Demo {
		keys = append(keys, keyWord{"settings.key", p.window.wayOutOfDemo()})
	}
	return keys
}

// A keyWord is a key and what it does, both as ids of texts.
type keyWord struct{ key, does string }

// queueKeys are those of the queue screen, without the keys of what is not there.
func (p *helpPanel) queueKeys() []keyWord {
	there := map[string]bool{}
	for _, a := range p.window.queue.allPartnerActions() {
		there[a.hint] = a.there
	}
	return slices.DeleteFunc(queueKeyMap(), func(k keyWord) bool {
		is, optional := there[k.key]
		return optional && !is
	})
}

// keyMap is the map of the keyboard on the dock.
func keyMap() []keyWord {
	return []keyWord{
		{"ui.key.f3", "ui.help.reception"},
		{"ui.key.f4", "ui.typed"},
		{"asked.key.layer", "asked.layer"},
		{"ui.key.f6", "label.teach"},
		{"trial.key", "trial.title"},
		{"returns.key", "returns.title"},
		{"ui.key.undo", "ui.undo"},
	}
}

// everywhere is the map of the keyboard on every screen.
func everywhere() []keyWord {
	return []keyWord{
		{"ui.key.f1", "ui.help"},
		{"ui.key.f2", "ui.dock"},
		{"ui.key.f9", "ui.queue"},
		{"morning.key", "morning.help"},
		{"ui.key.f11", "ui.help.fullscreen"},
		{"ui.key.f12", "ui.help.language"},
		{"window.key.look", "window.look"},
		{"window.key.break", "window.help.break"},
		{"guard.key.lock", "guard.help.lock"},
		{"ui.key.confirm", "ui.help.confirm"},
	}
}

// queueKeyMap is the map of the keyboard on the queue screen.
func queueKeyMap() []keyWord {
	return []keyWord{
		{"ui.key.f3", "screens.customers"},
		{"ui.key.f4", "screens.signin"},
		{"ui.key.f5", "ui.release"},
		{"ui.key.f6", "ui.assign"},
		{"ui.key.f7", "ui.retry"},
		{"ui.key.f8", "ui.hold"},
		{"ui.key.f10", "ui.discard"},
		{"screens.key.remove", "screens.remove"},
		{"screens.key.tuple", "screens.tuple"},
		{"screens.key.hash", "screens.hash"},
		{"screens.key.export", "screens.export"},
		{"screens.key.give-up", "screens.give-up"},
		{"screens.key.copy", "screens.support"},
		{"orders.key", "orders.title"},
		{"guard.key.people", "guard.people"},
		{"settings.key", "settings.title"},
		{"ui.key.insert", "ui.help.tick"},
		{"decide.key.range", "decide.help.range"},
		{"decide.key.sort", "decide.help.sort"},
		{"decide.key.drawer", "decide.help.drawer"},
		{"ui.key.search", "ui.help.search"},
		{"window.key.filter", "window.filter"},
	}
}
