package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
)

// A whosePanel asks whom a supplier's list is for.
type whosePanel struct {
	window *Window
	over   *previewPanel
	picker *picker
}

func (w *Window) openWhose(over *previewPanel) {
	p := &whosePanel{window: w, over: over, picker: newPicker(w)}
	p.picker.chosen = over.whom()
	w.openPanel(p)
}

func (p *whosePanel) below() panel { return p.over }

func (p *whosePanel) title() string { return p.window.words.Say("orders.import.customer") }

func (p *whosePanel) first() *field { return p.picker.search }

func (p *whosePanel) build() fyne.CanvasObject {
	return container.NewVBox(widget.NewPara(p.window.words.Say("orders.import.customer.what"), 17, widget.Text()), p.picker.build())
}

func (p *whosePanel) confirm() (string, bool) {
	return p.window.words.Say("screens.keep"), p.picker.chosen != ""
}

func (p *whosePanel) do() {
	if p.picker.chosen != "" {
		p.window.closePanel()
		p.over.forWhom(p.picker.chosen)
	}
}

func (p *whosePanel) command(key fyne.KeyName) bool { return p.picker.command(key) }
