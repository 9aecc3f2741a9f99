package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A listsPanel shows the suppliers' lists that were imported; one can be dropped.
type listsPanel struct {
	window *Window
	over   panel
	lists  []queue.Announcement
	known  bool
	sheet  *sheet
	asking question
}

func (w *Window) openLists(over panel) {
	p := &listsPanel{window: w, over: over, sheet: newSheet(w)}
	p.sheet.columns, p.sheet.count, p.sheet.cell = p.columns, func() int { return len(p.lists) }, p.cell
	p.sheet.onChoose = func(int) { w.reconsider() }
	w.openPanel(p)
	p.reload()
}

func (p *listsPanel) below() panel { return p.over }

func (p *listsPanel) title() string { return p.window.words.Say("orders.lists") }

func (p *listsPanel) first() *field { return nil }

func (p *listsPanel) confirm() (string, bool) { return "", false }

func (p *listsPanel) do() {}

func (p *listsPanel) table() *sheet { return p.sheet }

func (p *listsPanel) columns() []sheetColumn {
	say := p.window.words.Say
	return []sheetColumn{
		{say("orders.column.list"), 60, false},
		{say("orders.column.imported"), 156, false},
		{say("orders.column.file"), 1.2, true},
		{say("ui.customer"), 1, true},
		{say("orders.column.devices"), 92, false},
		{say("orders.column.refused.rows"), 88, false},
		{say("orders.column.by"), 0.7, true},
		{say("ui.column.state"), 120, false},
	}
}

func (p *listsPanel) cell(row, column int) widget.Field {
	w, a := p.window, p.lists[row]
	switch column {
	case 0:
		return widget.Field{Text: w.words.Number(int(a.Number))} //nolint:gosec // nobody imports that many
	case 1:
		return widget.Field{Text: w.words.Moment(a.At, w.clock.Now())}
	case 2:
		return widget.Field{Text: pathText(a.File)}
	case 3:
		return widget.Field{Text: w.customer(a.Customer)}
	case 4:
		return widget.Field{Text: w.words.Number(a.Taken)}
	case 5:
		return widget.Field{Text: w.words.Number(a.Refused)}
	case 6:
		return widget.Field{Text: words.Shown(w.words.Operator(a.By, a.ByNumber))}
	default:
		return p.standing(a)
	}
}

func (p *listsPanel) standing(a queue.Announcement) widget.Field {
	if a.Dropped() {
		return widget.Field{Text: p.window.words.Say("orders.lists.dropped"), Tone: widget.Gone, Mark: widget.ToneMark}
	}
	return widget.Field{Text: p.window.words.Say("orders.lists.counts")}
}

func (p *listsPanel) build() fyne.CanvasObject {
	w := p.window
	rows := container.NewVBox(widget.NewPara(w.words.Say("orders.lists.what"), 17, widget.Text()), p.sheet.build(8))
	if line := p.about(); line != "" {
		rows.Add(widget.NewPara(line, 18, widget.Text()).Bold())
	}
	rows.Add(w.panelTaps(p.keys()))
	return rows
}

// about is all that is kept of the chosen list.
func (p *listsPanel) about() string {
	a, chosen := p.chosen()
	switch {
	case !p.known:
		return "…"
	case len(p.lists) == 0:
		return p.window.words.Say("orders.lists.none")
	case !chosen:
		return ""
	}
	w := p.window
	text := w.listText(a)
	if a.Supplier != "" {
		text += " · " + w.words.Say("orders.lists.supplier", "Name", words.Shown(a.Supplier))
	}
	if a.Known > 0 {
		text += " · " + w.words.Count("list.known", a.Known)
	}
	if dropped := w.words.Dropped(a, w.clock.Now()); dropped != "" {
		text += " · " + dropped
	}
	return text
}

// listText names a list.
func (w *Window) listText(a queue.Announcement) string {
	return w.words.Count("orders.lists.one", a.Taken, "Number", a.Number, "File", pathText(a.File), "Customer", w.customer(a.Customer))
}

func (p *listsPanel) chosen() (queue.Announcement, bool) {
	if at := p.sheet.chosen; at >= 0 && at < len(p.lists) {
		return p.lists[at], true
	}
	return queue.Announcement{}, false
}

func (p *listsPanel) keys() []panelKey {
	w := p.window
	a, chosen := p.chosen()
	keys := []panelKey{}
	if w.options.Suppliers != nil {
		keys = append(keys, panelKey{fyne.KeyF6, "orders.import", true, func() { w.openImportList(p) }})
	}
	return append(keys, panelKey{fyne.KeyF8, "orders.drop", chosen && !a.Dropped(), func() { w.openDropList(p, a) }})
}

func (p *listsPanel) command(key fyne.KeyName) bool {
	return pressed(p.keys(), key) || p.sheet.command(key)
}

// reload looks again; the window calls it after each change.
func (p *listsPanel) reload() {
	w := p.window
	if !p.asking.begin() {
		return
	}
	askLong(w, p.title, w.options.Announcements.Announcements, func(all []queue.Announcement, err error) {
		again := p.asking.end()
		if err != nil {
			w.fail(err)
		} else {
			p.keep(all)
		}
		if w.showing(p) {
			w.rebuildPanel()
		}
		if again {
			p.reload()
		}
	})
}

// keep takes the lists of now; the chosen one stays so.
func (p *listsPanel) keep(all []queue.Announcement) {
	before, chosen := p.chosen()
	p.lists, p.known = all, true
	p.sheet.chosen = -1
	if chosen {
		p.sheet.chosen = slices.IndexFunc(all, func(a queue.Announcement) bool { return a.Number == before.Number })
	}
}
