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
	tones := container.NewGridWithColumns(2)
	for _, word := range []queue.Word{queue.Accepted, queue.Seen, queue.OnHold, queue.NotTaken} {
		sentence := w.words.Verdict(queue.Verdict{Word: word})
		tones.Add(widget.NewStrip(widget.News{
			Tone: toneOf(word), Word: sentence.Word, What: w.words.Say("ui.help." + string(word)),
		}))
	}
	left, right := w.keyColumn("ui.dock", p.keys()), w.keyColumn("ui.queue", p.queueKeys())
	return container.NewVBox(tones, container.NewGridWithColumns(2, left, right),
		widget.NewPara(w.words.Say("ui.help.scan"), 17, widget.Text()), p.trial())
}

// keyColumn lists keys under a title.
func (w *Window) keyColumn(title string, keys []keyWord) fyne.CanvasObject {
	const high = 22
	column := container.New(layout.NewCustomPaddedVBoxLayout(0), caption(w.words.Say(title)))
	for _, k := range keys {
		column.Add(container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(110, high),
			widget.NewFit(w.words.Say(k.key), 16, widget.Text()).Bold()), nil,
			widget.NewPara(w.words.Say(k.does), 16, widget.Text())))
	}
	return column
}

// trial is the way to the trial of a scanner, where there is one.
func (p *helpPanel) trial() fyne.CanvasObject {
	w := p.window
	if w.options.Trial == nil {
		return gap(0)
	}
	row := container.NewHBox(widget.NewTap(w.words.Say("trial.title"), w.words.Say("trial.key"), widget.Plain, w.tryScanner))
	if w.options.Returns != nil {
		row.Add(widget.NewTap(w.words.Say("returns.title"), w.words.Say("returns.key"), widget.Plain, w.lookUpReturns))
	}
	return row
}

// keys is the map of the keyboard, without the keys of what is not there.
func (p *helpPanel) keys() []keyWord {
	return slices.DeleteFunc(keyMap(), func(k keyWord) bool {
		o := p.window.options
		return k.key == "trial.key" && o.Trial == nil || k.key == "guard.key.lock" && o.Guard == nil ||
			k.key == "asked.key.layer" && o.Asked == nil || k.key == "returns.key" && o.Returns == nil
	})
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

// keyMap is the map of the keyboard on every screen and on the dock.
func keyMap() []keyWord {
	return []keyWord{
		{"ui.key.f1", "ui.help"},
		{"ui.key.f2", "ui.dock"},
		{"ui.key.f3", "ui.help.reception"},
		{"ui.key.f4", "ui.typed"},
		{"asked.key.layer", "asked.layer"},
		{"ui.key.f6", "label.teach"},
		{"trial.key", "trial.title"},
		{"returns.key", "returns.title"},
		{"guard.key.lock", "guard.help.lock"},
		{"ui.key.undo", "ui.undo"},
		{"ui.key.f9", "ui.queue"},
		{"ui.key.f11", "ui.help.fullscreen"},
		{"ui.key.f12", "ui.help.language"},
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
		{"ui.key.insert", "ui.help.tick"},
		{"ui.key.search", "ui.help.search"},
	}
}
