package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
)

// A takenPanel says what was taken of a list, each row that was not, and what to look
// at of those that were.
type takenPanel struct {
	window *Window
	over   panel
	path   string
	got    TakenList
	found  *findings
}

func (w *Window) openTaken(over panel, path string, got TakenList) {
	if got.Again {
		got.Warnings = nil // they were told when it was taken
	}
	w.openPanel(&takenPanel{window: w, over: over, path: path, got: got, found: newFindings(w, got.Rows, got.Warnings)})
}

func (p *takenPanel) below() panel { return p.over }

func (p *takenPanel) title() string { return p.window.words.Say("orders.taken.title") }

func (p *takenPanel) first() *field { return nil }

func (p *takenPanel) confirm() (string, bool) { return "", false }

func (p *takenPanel) do() {}

func (p *takenPanel) table() *sheet { return p.found.sheet }

func (p *takenPanel) build() fyne.CanvasObject {
	w := p.window
	rows := container.NewVBox(widget.NewPara(fileName(p.path), 17, widget.Text()),
		widget.NewPara(takenText(w.words, p.got), 20, widget.Text()).Bold())
	if n := len(p.got.Rows); n > 0 {
		rows.Add(widget.NewPara(w.words.Count("orders.taken.refused", n), 18, widget.Text()))
	}
	p.found.addTo(rows, 7)
	return rows
}

func (p *takenPanel) command(key fyne.KeyName) bool { return p.found.sheet.command(key) }

// A findingsPanel shows, before a list is taken, which of its rows are refused and
// what to look at of the others.
type findingsPanel struct {
	window *Window
	over   *previewPanel
	found  *findings
}

func (w *Window) openFindings(over *previewPanel) {
	w.openPanel(&findingsPanel{window: w, over: over, found: newFindings(w, over.found.Wrong, over.found.Warnings)})
}

func (p *findingsPanel) below() panel { return p.over }

func (p *findingsPanel) title() string {
	return p.window.words.Say("orders.import.findings") + " · " + fileName(p.over.path)
}

func (p *findingsPanel) first() *field { return nil }

func (p *findingsPanel) confirm() (string, bool) { return "", false }

func (p *findingsPanel) do() {}

func (p *findingsPanel) table() *sheet { return p.found.sheet }

func (p *findingsPanel) build() fyne.CanvasObject {
	rows := container.NewVBox(widget.NewPara(p.over.counted(), 18, widget.Text()).Bold())
	p.found.addTo(rows, 8)
	return rows
}

func (p *findingsPanel) command(key fyne.KeyName) bool { return p.found.sheet.command(key) }
