package ui

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue/manifest"
	"pkidstation/ui/widget"
)

// An importListPanel asks for a supplier's list. The path is typed or pasted: a file
// dialog would swallow scans.
type importListPanel struct {
	window *Window
	over   panel
	path   *field
	reading
}

func (w *Window) openImportList(over panel) {
	p := &importListPanel{window: w, over: over}
	p.path = newField(w.capture, func(string) { w.reconsider() })
	p.reading = reading{window: w, onProgress: w.reconsider}
	w.openPanel(p)
}

func (p *importListPanel) below() panel { return p.over }

func (p *importListPanel) title() string { return p.window.words.Say("orders.import") }

func (p *importListPanel) first() *field { return p.path }

// left ends the reading: nothing was taken.
func (p *importListPanel) left() {
	if !p.window.within(p) {
		p.end()
	}
}

func (p *importListPanel) build() fyne.CanvasObject {
	say := p.window.words.Say
	rows := container.NewVBox(widget.NewPara(say("orders.import.what"), 17, widget.Text()), gap(4), caption(say("screens.path")), p.path)
	if p.busy {
		rows.Add(widget.NewPara(p.text(), 18, widget.Text()).Bold())
	}
	return rows
}

func (p *importListPanel) confirm() (string, bool) {
	return p.window.words.Say("orders.import.look"), p.path.path() != "" && !p.busy
}

func (p *importListPanel) do() {
	if ask := (ListRequest{Path: p.path.path(), Progress: p.tell}); ask.Path != "" && !p.busy {
		p.look(ask)
	}
}

// look reads the list. Of several sheets that could be it a person chooses one.
func (p *importListPanel) look(ask ListRequest) {
	w := p.window
	read(&p.reading, func(ctx context.Context) (ListPreview, error) { return w.options.Suppliers.Look(ctx, ask) },
		func(found ListPreview, err error) {
			sheets, several := errors.AsType[*manifest.SheetsError](err)
			switch {
			case !w.within(p):
			case several && len(sheets.Sheets) > 1:
				w.openSheets(p, ask, sheets.Sheets)
			case err != nil:
				w.reconsider()
				w.failUnlessEnded(err)
			default:
				w.openPreview(p, ask, found)
			}
		})
}

// failUnlessEnded tells an error, but for that of a person's own end to it.
func (w *Window) failUnlessEnded(err error) {
	if !errors.Is(err, context.Canceled) {
		w.fail(err)
	}
}

// fileName is the name of a file without its folder, on one line.
func fileName(path string) string { return pathText(filepath.Base(path)) }
