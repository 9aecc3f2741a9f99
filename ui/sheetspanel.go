package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A sheetsPanel asks which of a workbook's sheets is the list.
type sheetsPanel struct {
	window *Window
	over   *importListPanel
	ask    ListRequest
	sheets []string
	chosen int
	list   *container.Scroll
}

func (w *Window) openSheets(over *importListPanel, ask ListRequest, sheets []string) {
	w.openPanel(&sheetsPanel{window: w, over: over, ask: ask, sheets: sheets, list: newList()})
}

func (p *sheetsPanel) below() panel { return p.over }

func (p *sheetsPanel) title() string { return p.window.words.Say("orders.import.sheet") }

func (p *sheetsPanel) first() *field { return nil }

func (p *sheetsPanel) build() fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for n, name := range p.sheets {
		rows = append(rows, widget.NewChoice(widget.Option{Title: words.Shown(name), Chosen: n == p.chosen}, func() { p.choose(n) }))
	}
	fitList(p.list, rows, p.chosen)
	return container.NewVBox(widget.NewPara(p.window.words.Say("orders.import.sheet.what"), 17, widget.Text()), p.list,
		widget.NewPara(words.Shown(p.sheets[p.chosen]), 18, widget.Text()).Bold())
}

func (p *sheetsPanel) choose(n int) {
	p.chosen = n
	p.window.reconsider()
}

func (p *sheetsPanel) command(key fyne.KeyName) bool {
	by := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}[key]
	if by == 0 {
		return false
	}
	p.choose(min(max(p.chosen+by, 0), len(p.sheets)-1))
	return true
}

func (p *sheetsPanel) confirm() (string, bool) {
	return p.window.words.Say("orders.import.look"), true
}

// do reads the sheet that was chosen.
func (p *sheetsPanel) do() {
	p.ask.Sheet = p.sheets[p.chosen]
	p.window.closePanel()
	p.over.look(p.ask)
}
