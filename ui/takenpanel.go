package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
)

// A takenPanel says what was taken of a list, and each row that was not: where it
// stands, what is wrong with it and what to do.
type takenPanel struct {
	window *Window
	over   panel
	path   string
	got    TakenList
	sheet  *sheet
}

func (w *Window) openTaken(over panel, path string, got TakenList) {
	p := &takenPanel{window: w, over: over, path: path, got: got, sheet: newSheet(w)}
	p.sheet.columns, p.sheet.count, p.sheet.cell = p.columns, func() int { return len(p.got.Rows) }, p.cell
	p.sheet.onChoose = func(int) { w.reconsider() }
	if len(got.Rows) > 0 {
		p.sheet.chosen = 0
	}
	w.openPanel(p)
}

func (p *takenPanel) below() panel { return p.over }

func (p *takenPanel) title() string { return p.window.words.Say("orders.taken.title") }

func (p *takenPanel) first() *field { return nil }

func (p *takenPanel) confirm() (string, bool) { return "", false }

func (p *takenPanel) do() {}

func (p *takenPanel) table() *sheet { return p.sheet }

func (p *takenPanel) columns() []sheetColumn {
	say := p.window.words.Say
	return []sheetColumn{{say("orders.column.row"), 90, false}, {say("orders.column.refusal"), 1, true}}
}

func (p *takenPanel) cell(row, column int) widget.Field {
	if column == 0 {
		return widget.Field{Text: p.window.words.Number(p.got.Rows[row].Row)}
	}
	return widget.Field{Text: p.why(row)}
}

// why is why a row was not taken, with its place.
func (p *takenPanel) why(row int) string {
	r := p.got.Rows[row]
	if r.Clash != nil {
		return p.window.words.ListClash(r.Refusal, *r.Clash)
	}
	return p.window.words.ListRefusal(r.Refusal)
}

func (p *takenPanel) build() fyne.CanvasObject {
	w := p.window
	rows := container.NewVBox(widget.NewPara(fileName(p.path), 17, widget.Text()),
		widget.NewPara(takenText(w.words, p.got), 20, widget.Text()).Bold())
	if len(p.got.Rows) == 0 {
		return rows
	}
	rows.Add(widget.NewPara(w.words.Count("orders.taken.refused", len(p.got.Rows)), 18, widget.Text()))
	rows.Add(p.sheet.build(7))
	if at := p.sheet.chosen; at >= 0 {
		rows.Add(widget.NewPara(p.why(at), 18, widget.Text()))
	}
	return rows
}

func (p *takenPanel) command(key fyne.KeyName) bool { return p.sheet.command(key) }
