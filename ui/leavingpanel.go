package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A leavingPanel writes the paper that goes with an order: whether it may leave.
type leavingPanel struct {
	window *Window
	over   *orderPanel
	format PaperFormat
	path   *field
	// proposed is the path that was proposed last: a person's own stays.
	proposed string
	// busy says that it is being written: it is never written over.
	busy bool
}

func (w *Window) openLeaving(over *orderPanel) {
	p := &leavingPanel{window: w, over: over, format: PaperA4}
	p.path = newField(w.capture, func(string) { w.reconsider() })
	p.propose()
	w.openPanel(p)
}

// propose puts a path for the paper of now, unless a person typed one.
func (p *leavingPanel) propose() {
	if p.path.Text == p.proposed {
		p.proposed = p.window.options.Leaving.Path(p.over.key.order, p.over.key.customer, p.format)
		p.path.SetText(p.proposed)
	}
}

func (p *leavingPanel) below() panel { return p.over }

func (p *leavingPanel) title() string { return p.window.words.Say("orders.paper") }

func (p *leavingPanel) first() *field { return p.path }

func (p *leavingPanel) build() fyne.CanvasObject {
	w := p.window
	return container.NewVBox(widget.NewPara(w.orderText(p.over.key), 22, widget.Text()).Bold(),
		p.over.word(p.over.leaving()),
		caption(w.words.Say("orders.paper.format")),
		container.New(&widget.Lines{Gap: 8},
			widget.NewTap(w.words.Say("orders.paper.a4"), "F5", chosenIf(p.format == PaperA4), func() { p.take(PaperA4) }).Tall(44),
			widget.NewTap(w.words.Say("orders.paper.label"), "F6", chosenIf(p.format == PaperLabel), func() { p.take(PaperLabel) }).Tall(44)),
		caption(w.words.Say("screens.path")), p.path)
}

// reload looks at the order again: what is said of it is true here too.
func (p *leavingPanel) reload() { p.over.reload() }

func (p *leavingPanel) take(format PaperFormat) {
	p.format = format
	p.propose()
	p.window.reconsider()
}

func (p *leavingPanel) command(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyF5:
		p.take(PaperA4)
	case fyne.KeyF6:
		p.take(PaperLabel)
	default:
		return false
	}
	return true
}

func (p *leavingPanel) confirm() (string, bool) {
	return p.window.words.Say("orders.paper.do"), p.path.path() != "" && !p.busy
}

func (p *leavingPanel) do() {
	w := p.window
	paper := LeavingPaper{
		Order: p.over.key.order, Customer: p.over.key.customer, Path: p.path.path(), Format: p.format, Language: w.words.Language(),
	}
	if paper.Path == "" || p.busy {
		return
	}
	p.busy = true
	askLong(w, p.title, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, w.options.Leaving.SaveLeaving(ctx, paper)
	},
		func(_ struct{}, err error) {
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
				return spoken.Say("orders.paper.done", "Path", pathText(paper.Path))
			})
		})
}
