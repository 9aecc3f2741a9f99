package ui

import (
	"fyne.io/fyne/v2"

	"pkidstation/queue/manifest"
	"pkidstation/ui/widget"
)

// findings are what there is to say of a list's rows, as a table: those that are
// refused, where each stands, what is wrong with it and what to do, then what to look
// at of those that are taken. The whole of the chosen one stands below it.
type findings struct {
	window   *Window
	refused  []RefusedListRow
	warnings []manifest.Warning
	sheet    *sheet
}

func newFindings(w *Window, refused []RefusedListRow, warnings []manifest.Warning) *findings {
	f := &findings{window: w, refused: refused, warnings: warnings, sheet: newSheet(w)}
	f.sheet.columns, f.sheet.count, f.sheet.cell = f.columns, f.count, f.cell
	f.sheet.onChoose = func(int) { w.reconsider() }
	if f.count() > 0 {
		f.sheet.chosen = 0
	}
	return f
}

func (f *findings) count() int { return len(f.refused) + len(f.warnings) }

func (f *findings) columns() []sheetColumn {
	say := f.window.words.Say
	return []sheetColumn{{say("orders.column.row"), 90, false}, {say("orders.column.taken"), 150, false}, {say("orders.column.refusal"), 1, true}}
}

func (f *findings) cell(row, column int) widget.Field {
	refused := row < len(f.refused)
	switch {
	case column == 2:
		return widget.Field{Text: f.text(row)}
	case column == 1 && refused:
		return widget.Field{Text: f.window.words.Say("orders.row.refused"), Tone: widget.Reject, Mark: widget.ToneMark}
	case column == 1:
		return widget.Field{Text: f.window.words.Say("orders.row.warned"), Tone: widget.Hold, Mark: widget.ToneMark}
	case refused:
		return widget.Field{Text: f.window.words.Number(f.refused[row].Row)}
	default:
		return widget.Field{Text: f.window.words.Number(f.warnings[row-len(f.refused)].Row)}
	}
}

// text is the whole of one, with its place.
func (f *findings) text(row int) string {
	if row >= len(f.refused) {
		return f.window.words.ListWarning(f.warnings[row-len(f.refused)])
	}
	r := f.refused[row]
	if r.Clash != nil {
		return f.window.words.ListClash(r.Refusal, *r.Clash)
	}
	return f.window.words.ListRefusal(r.Refusal)
}

// addTo puts the table into a panel, so many rows high.
func (f *findings) addTo(to *fyne.Container, rows int) {
	if f.count() == 0 {
		return
	}
	to.Add(f.sheet.build(rows))
	if at := f.sheet.chosen; at >= 0 {
		to.Add(widget.NewPara(f.text(at), 18, widget.Text()))
	}
}
