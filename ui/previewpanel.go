package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A previewPanel shows what a list was taken for before any of it is taken: its
// columns, each with its first values, and whom and which order it is for. What a
// column is can be changed; the list is read again then.
type previewPanel struct {
	window *Window
	over   panel
	path   string
	page   string // the workbook's sheet that a person chose
	found  ListPreview
	// fields are what the columns are now; changed says that the list was not read so.
	fields  []manifest.Field
	changed bool
	// own says that the columns are a person's or a supplier's, not found.
	own bool
	// keeping says that the columns are being kept.
	keeping  bool
	customer autopilot.TenantID
	order    *field
	supplier *field
	sheet    *sheet
	reading
}

func (w *Window) openPreview(over panel, asked ListRequest, found ListPreview) {
	p := &previewPanel{window: w, over: over, path: asked.Path, page: asked.Sheet, sheet: newSheet(w)}
	p.sheet.columns, p.sheet.count, p.sheet.cell = p.columns, func() int { return len(p.found.Columns) }, p.cell
	p.sheet.onChoose = func(int) { w.reconsider() }
	p.order = newField(w.capture, func(string) { w.reconsider() })
	p.supplier = newField(w.capture, func(string) { w.reconsider() })
	p.order.next, p.supplier.next = p.supplier, p.order
	p.reading = reading{window: w, onProgress: w.reconsider}
	p.take(found)
	w.openPanel(p)
	w.askCustomers()
}

// take shows what was found.
func (p *previewPanel) take(found ListPreview) {
	p.found, p.changed = found, found.Unclear != nil
	p.fields = nil
	for _, c := range found.Columns {
		p.fields = append(p.fields, c.Field)
	}
	p.sheet.chosen = min(max(p.sheet.chosen, 0), len(p.fields)-1)
}

func (p *previewPanel) below() panel { return p.over }

func (p *previewPanel) title() string {
	return p.window.words.Say("orders.import") + " · " + fileName(p.path)
}

func (p *previewPanel) first() *field { return p.order }

// left ends what is under way, but for the panels that lie on this one.
func (p *previewPanel) left() {
	if !p.window.within(p) {
		p.end()
	}
}

// shownRows is how many of the first rows are shown beside each column.
const shownRows = 3

func (p *previewPanel) table() *sheet { return p.sheet }

func (p *previewPanel) columns() []sheetColumn {
	say := p.window.words.Say
	columns := []sheetColumn{
		{say("orders.import.column"), 86, false},
		{say("orders.import.header"), 1, true},
		{say("orders.import.field"), 196, false},
	}
	for n := range min(shownRows, len(p.found.Rows)) {
		columns = append(columns, sheetColumn{say("orders.import.row", "Row", p.found.Rows[n].Row), 1, true})
	}
	return columns
}

func (p *previewPanel) cell(row, column int) widget.Field {
	c := p.found.Columns[row]
	switch column {
	case 0:
		return widget.Field{Text: c.Letter}
	case 1:
		return widget.Field{Text: orDash(c.Header)}
	case 2:
		return widget.Field{Text: p.window.words.ListField(p.fields[row]), Bold: p.fields[row] != ""}
	}
	if cells := p.found.Rows[column-3].Cells; row < len(cells) {
		return widget.Field{Text: words.Shown(cells[row])}
	}
	return widget.Field{}
}

func (p *previewPanel) build() fyne.CanvasObject {
	w, say := p.window, p.window.words.Say
	rows := container.NewVBox(widget.NewPara(p.counted(), 18, widget.Text()).Bold())
	if line := p.standing(); line != "" { // on top: in a small window the end is out of sight
		rows.Add(widget.NewPara(line, 17, widget.Text()).Bold())
	}
	rows.Add(p.sheet.build(p.rows()))
	rows.Add(w.panelTaps(p.keys()))
	rows.Add(container.NewGridWithColumns(2,
		container.NewVBox(caption(say("orders.import.order")), p.order),
		container.NewVBox(caption(say("orders.import.supplier")), p.supplier)))
	rows.Add(widget.NewPara(p.whose(), 17, widget.Text()))
	return rows
}

// rows is how many columns of the list are in sight at once: all else has room besides,
// in a window of 768 too.
func (p *previewPanel) rows() int {
	const usual = 800
	most := 6
	if p.window.window.Canvas().Size().Height < usual {
		most = 5
	}
	return min(most, len(p.fields)+1)
}

// counted says how many rows the list has, as far as it was read.
func (p *previewPanel) counted() string {
	w := p.window
	switch {
	case p.found.Unclear != nil:
		return w.words.Error(p.found.Unclear)
	case p.changed:
		return w.words.Say("orders.import.changed")
	}
	said := []string{w.words.Count("orders.import.devices", p.devices())}
	if p.found.Refused > 0 {
		said = append(said, w.words.Count("orders.import.refused", p.found.Refused))
	}
	if n := len(p.found.Warnings); n > 0 {
		said = append(said, w.words.Count("orders.import.warned", n))
	}
	return strings.Join(said, " ")
}

// devices is how many can be taken: of several orders those of the one that was typed.
func (p *previewPanel) devices() int {
	if typed := strings.TrimSpace(p.order.Text); typed != "" && p.found.Orders > 1 {
		return p.found.InOrder[typed] + p.found.InOrder[""]
	}
	return p.found.Taken
}

// whose says for whom and which order it is.
func (p *previewPanel) whose() string {
	w := p.window
	var text string
	switch id := p.whom(); {
	case id != "":
		text = w.words.Say("orders.import.for", "Customer", w.customer(id))
	case p.found.CustomerErr != nil:
		text = w.words.Error(p.found.CustomerErr)
	default:
		text = w.words.Say("orders.import.nobody")
	}
	switch typed := strings.TrimSpace(p.order.Text); {
	case typed != "" && p.found.Orders < 2:
		return text + " " + w.words.Say("orders.import.order.typed", "Order", words.Shown(typed))
	case typed != "":
		return text + " " + w.words.Count("orders.import.order.only", p.found.Orders, "Order", words.Shown(typed))
	case p.found.Orders > 1:
		return text + " " + w.words.Count("orders.import.order.several", p.found.Orders)
	case p.found.Order != "":
		return text + " " + w.words.Say("orders.import.order.named", "Order", words.Shown(p.found.Order))
	default:
		return text + " " + w.words.Say("orders.import.order.none")
	}
}

// whom is the customer whom a person chose, else whom the list names.
func (p *previewPanel) whom() autopilot.TenantID {
	if p.customer != "" {
		return p.customer
	}
	return p.found.Customer
}

// standing is how far reading is, else what is missing.
func (p *previewPanel) standing() string {
	if p.busy {
		return p.text()
	}
	return p.problem()
}

func (p *previewPanel) problem() string {
	say := p.window.words.Say
	switch {
	case !slices.ContainsFunc(p.fields, func(f manifest.Field) bool {
		return f == manifest.PKID || f == manifest.Serial || f == manifest.Hash
	}):
		return say("orders.import.identity")
	case p.changed:
		return ""
	case p.whom() == "":
		return say("orders.import.customer.missing")
	case p.own && p.named() == "":
		return say("orders.import.supplier.missing")
	default:
		return ""
	}
}

func (p *previewPanel) named() string { return strings.TrimSpace(p.supplier.Text) }

// confirm reads the list again where a column was changed, and takes it in else.
func (p *previewPanel) confirm() (string, bool) {
	word := "orders.import.do"
	if p.changed {
		word = "orders.import.again"
	}
	return p.window.words.Say(word), p.problem() == "" && !p.busy
}

func (p *previewPanel) request() ListRequest {
	ask := ListRequest{Path: p.path, Sheet: p.page, Customer: p.customer, Order: strings.TrimSpace(p.order.Text), Progress: p.tell}
	if p.own {
		profile := p.profile()
		ask.Profile = &profile
	}
	return ask
}

func (p *previewPanel) do() {
	switch {
	case p.busy || p.problem() != "":
	case p.changed:
		p.look(p.request(), nil)
	default:
		p.importAll()
	}
}

// look reads the list again; failed, if it is there, is called where it cannot be.
func (p *previewPanel) look(ask ListRequest, failed func()) {
	w := p.window
	read(&p.reading, func(ctx context.Context) (ListPreview, error) { return w.options.Suppliers.Look(ctx, ask) },
		func(found ListPreview, err error) {
			if err != nil && failed != nil {
				failed()
			}
			if err != nil {
				w.failUnlessEnded(err)
			} else {
				p.take(found)
			}
			if w.showing(p) {
				w.reconsider()
			}
		})
}

// importAll takes the list in. What was taken is told even where nobody waited.
func (p *previewPanel) importAll() {
	w, ask := p.window, p.request()
	read(&p.reading, func(ctx context.Context) (TakenList, error) { return w.options.Suppliers.Take(ctx, ask) },
		func(got TakenList, err error) {
			switch {
			case err != nil:
				w.failUnlessEnded(err)
				if w.showing(p) {
					w.reconsider()
				}
			case w.within(p):
				w.openTaken(overImport(p.over), ask.Path, got)
				w.reload()
			default:
				w.note(widget.Neutral, func(spoken *words.Words) string { return takenText(spoken, got) })
				w.reload()
			}
		})
}

// overImport is the panel that the import lies on.
func overImport(over panel) panel {
	if p, ok := over.(*importListPanel); ok {
		return p.over
	}
	return over
}

func takenText(spoken *words.Words, got TakenList) string {
	if got.Again {
		return strings.Join(spoken.List(got.Announcing, got.Named), " ")
	}
	said := append([]string{spoken.Count("orders.taken", got.Taken+got.Known)}, spoken.List(got.Announcing, got.Named)...)
	if n := len(got.Warnings); n > 0 {
		said = append(said, spoken.Count("orders.taken.warned", n))
	}
	return strings.Join(said, " ")
}
