package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A diagnosticsPanel shows what would be saved for whoever helps: each text, letter by
// letter. Only from here it is saved.
type diagnosticsPanel struct {
	window *Window
	over   panel
	making *reading
	bundle Bundle
	at     int // of the text in sight
	text   *textView
	failed string
}

// failedIn is what is said in a panel of what went wrong, and was not ended by leaving:
// a notice over a panel has no key.
func (w *Window) failedIn(err error) string {
	if err == nil || errors.Is(err, context.Canceled) {
		return ""
	}
	w.options.Log.Warn("the window was refused something", "error", err)
	return w.words.Error(err)
}

// openDiagnostics makes the bundle and shows it; without a port for it nothing opens.
func (w *Window) openDiagnostics() {
	if w.options.Diagnostics == nil {
		return
	}
	p := &diagnosticsPanel{window: w, over: w.panel, text: &textView{window: w, beside: diagnosticsHead}}
	p.making = &reading{window: w, onProgress: w.reconsider}
	w.openPanel(p)
	p.make()
}

// make makes the bundle. Leaving the panel ends that.
func (p *diagnosticsPanel) make() {
	w := p.window
	read(p.making, w.options.Diagnostics.Gather, func(b Bundle, err error) {
		if p.failed = w.failedIn(err); err != nil {
			w.reconsider()
			return
		}
		p.bundle = b
		p.choose(0)
	})
}

func (p *diagnosticsPanel) left() { p.making.end() }

func (p *diagnosticsPanel) below() panel { return p.over }

func (p *diagnosticsPanel) title() string { return p.window.words.Say("diag.title") }

func (p *diagnosticsPanel) first() *field { return nil }

func (p *diagnosticsPanel) leave() string { return p.window.words.Say("ui.close") }

// diagnosticsHead is how high what the texts are for, in two lines, and their turning are.
const diagnosticsHead = 100

// made says that there is something to look at.
func (p *diagnosticsPanel) made() bool { return len(p.bundle.Files) > 0 && !p.making.busy }

func (p *diagnosticsPanel) build() fyne.CanvasObject {
	say := p.window.words.Say
	switch {
	case p.making.busy:
		return widget.NewPara(say("diag.making"), 20, widget.Text())
	case !p.made():
		return container.NewVBox(widget.NewPara(say("diag.none"), 20, widget.Text()).Bold(), widget.NewPara(p.failed, 20, widget.Text()))
	}
	file := p.bundle.Files[p.at]
	name := say("diag.file", "Name", words.Shown(file.Name), "Number", p.at+1, "Of", len(p.bundle.Files))
	taps := container.NewHBox()
	for _, k := range p.keys() {
		tap := widget.NewTap(say(k.text), string(k.key), widget.Plain, k.do).Tall(44)
		tap.SetEnabled(k.possible)
		taps.Add(tap)
	}
	return container.NewVBox(widget.NewPara(say("diag.what"), 16, widget.Text()),
		container.NewBorder(nil, nil, nil, taps, widget.NewFit(name, 18, widget.Text()).Bold()), p.text.build())
}

func (p *diagnosticsPanel) keys() []panelKey {
	return []panelKey{
		{fyne.KeyF5, "diag.before", p.at > 0, func() { p.choose(p.at - 1) }},
		{fyne.KeyF6, "diag.after", p.at+1 < len(p.bundle.Files), func() { p.choose(p.at + 1) }},
	}
}

// choose shows another text.
func (p *diagnosticsPanel) choose(at int) {
	if at = max(min(at, len(p.bundle.Files)-1), 0); len(p.bundle.Files) > 0 {
		p.at = at
		p.text.set(p.bundle.Files[at].Text)
	}
	p.window.reconsider()
}

func (p *diagnosticsPanel) command(key fyne.KeyName) bool {
	switch {
	case !p.made():
		return false
	case key == fyne.KeyUp:
		p.choose(p.at - 1)
	case key == fyne.KeyDown:
		p.choose(p.at + 1)
	default:
		return pressed(p.keys(), key) || p.text.command(key)
	}
	return true
}

func (p *diagnosticsPanel) confirm() (string, bool) {
	id := "diag.save"
	if !p.made() {
		id = "diag.make"
	}
	return p.window.words.Say(id), !p.making.busy
}

func (p *diagnosticsPanel) do() {
	switch {
	case p.making.busy:
	case p.made():
		p.window.openSaving(p)
	default:
		p.make()
	}
}

// A savingPanel asks where to what was looked at goes.
type savingPanel struct {
	window *Window
	over   *diagnosticsPanel
	path   *field
	busy   bool
}

func (w *Window) openSaving(over *diagnosticsPanel) {
	p := &savingPanel{window: w, over: over}
	p.path = newField(w.capture, func(string) { w.reconsider() })
	p.path.SetText(over.bundle.Path)
	w.openPanel(p)
}

func (p *savingPanel) below() panel { return p.over }

func (p *savingPanel) title() string { return p.window.words.Say("diag.save") }

func (p *savingPanel) first() *field { return p.path }

func (p *savingPanel) build() fyne.CanvasObject {
	say := p.window.words.Say
	return container.NewVBox(
		widget.NewPara(p.window.words.Count("diag.save.what", len(p.over.bundle.Files)), 18, widget.Text()),
		caption(say("screens.path")), p.path)
}

func (p *savingPanel) confirm() (string, bool) {
	return p.window.words.Say("screens.keep"), p.path.path() != "" && !p.busy
}

func (p *savingPanel) do() {
	w, path, bundle := p.window, p.path.path(), p.over.bundle
	if path == "" || p.busy {
		return
	}
	p.busy = true
	w.reconsider()
	askFar(w, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, w.options.Diagnostics.Save(ctx, bundle, path)
	}, func(_ struct{}, err error) {
		p.busy = false
		w.reconsider()
		if err != nil {
			w.fail(err)
			return
		}
		if w.showing(p) {
			w.closePanel()
		}
		w.note(widget.Neutral, func(spoken *words.Words) string {
			return spoken.Count("diag.saved", len(bundle.Files), "File", pathText(path))
		})
	})
}
