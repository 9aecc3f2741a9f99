package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// shownRefused is how many refused rows are told one by one.
const shownRefused = 6

// An importPanel takes a CSV with customers into the directory. The path is
// typed or pasted: a file dialog would swallow scans.
type importPanel struct {
	window *Window
	over   *customersPanel
	path   *field
	done   *Imported
}

func newImportPanel(over *customersPanel) *importPanel {
	p := &importPanel{window: over.window, over: over}
	p.path = newField(over.window.capture, func(string) { p.window.reconsider() })
	return p
}

func (p *importPanel) below() panel { return p.over }

func (p *importPanel) title() string { return p.window.words.Say("screens.customers.import") }

func (p *importPanel) first() *field { return p.path }

func (p *importPanel) build() fyne.CanvasObject {
	say := p.window.words.Say
	rows := container.NewVBox(
		widget.NewPara(say("screens.import.what"), 17, widget.Text()),
		gap(4), caption(say("screens.path")), p.path, gap(4))
	if p.done == nil {
		return rows
	}
	rows.Add(widget.NewPara(p.window.words.Count("screens.import.taken", p.done.Taken, "Fresh", p.done.Fresh), 18, widget.Text()).Bold())
	for n, r := range p.done.Refused {
		if n == shownRefused {
			rows.Add(widget.NewPara(p.window.words.Count("screens.import.more", len(p.done.Refused)-n), 16, widget.Text()))
			break
		}
		rows.Add(widget.NewPara(p.refusedText(r), 16, widget.Text()))
	}
	return rows
}

func (p *importPanel) refusedText(r RefusedRow) string {
	spoken := p.window.words
	return spoken.Say("cli.customers.refused", "Row", r.Row, "Column", words.Shown(r.Column), "Value", words.Shown(r.Value),
		"Why", spoken.Say("cli.customers.why."+r.Why))
}

func (p *importPanel) confirm() (string, bool) {
	return p.window.words.Say("screens.customers.import"), strings.TrimSpace(p.path.Text) != ""
}

func (p *importPanel) do() {
	w, path := p.window, strings.TrimSpace(p.path.Text)
	if path == "" {
		return
	}
	askFarFor(w, request{title: p.title}, func(ctx context.Context) (Imported, error) { return w.options.Directory.Import(ctx, path) },
		func(done Imported, err error) {
			if err != nil {
				w.fail(err)
				return
			}
			p.done = &done
			w.askCustomers()
		})
}
