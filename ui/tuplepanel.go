package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A tuplePanel has a supervisor agree that boxes go out by serial number,
// manufacturer and model: a wrong letter registers somebody else's device, so
// all three are shown large and must be ticked as compared.
type tuplePanel struct {
	window   *Window
	selected []queue.Entry
	agreed   bool
}

func (p *tuplePanel) title() string {
	return p.window.words.Say("screens.tuple") + " · " + p.window.words.Count("ui.boxes", len(p.selected))
}

func (p *tuplePanel) first() *field { return nil }

func (p *tuplePanel) build() fyne.CanvasObject {
	w, say := p.window, p.window.words.Say
	cards := container.NewVBox()
	for _, e := range p.selected {
		cards.Add(p.card(e))
	}
	list := container.NewVScroll(cards)
	list.SetMinSize(fyne.NewSize(300, min(float32(len(p.selected))*136, 280)))
	mark := widget.BoxOff
	if p.agreed {
		mark = widget.BoxOn
	}
	agree := widget.NewChoice(widget.Option{Title: say("screens.tuple.agree"), Note: say("screens.tuple.key"), Mark: mark, Chosen: p.agreed}, p.turn)
	rows := container.NewVBox(widget.NewPara(say("screens.tuple.what"), 18, widget.Text()), list, gap(4), agree)
	if slices.ContainsFunc(p.selected, words.Surface) {
		rows.Add(widget.NewPara(w.words.SurfaceWays(), 17, widget.Text()))
	}
	if !p.agreed {
		rows.Add(widget.NewPara(w.words.Say("screens.tuple.missing"), 17, widget.Text()).Bold())
	}
	return rows
}

// card shows one box's serial number, manufacturer and model.
func (p *tuplePanel) card(e queue.Entry) fyne.CanvasObject {
	say := p.window.words.Say
	rows := container.NewVBox(widget.NewPara(say("screens.tuple.box", "Number", e.Number, "PKID", string(e.PKID)), 15, widget.Muted()))
	for _, f := range [][2]string{
		{say("ui.column.serial"), words.Shown(e.Serial)},
		{say("ui.fact.maker"), words.Shown(e.Manufacturer)},
		{say("ui.fact.model"), words.Shown(e.Model)},
	} {
		name := container.NewGridWrap(fyne.NewSize(150, 30), widget.NewFit(f[0], 16, widget.Text()))
		rows.Add(container.NewBorder(nil, nil, name, nil, widget.NewPara(f[1], 24, widget.Text()).Bold()))
	}
	return rows
}

func (p *tuplePanel) turn() {
	p.agreed = !p.agreed
	p.window.reconsider()
}

func (p *tuplePanel) command(key fyne.KeyName) bool {
	if key == fyne.KeyF5 {
		p.turn()
		return true
	}
	return false
}

func (p *tuplePanel) confirm() (string, bool) {
	return p.window.words.Say("screens.tuple"), p.agreed
}

func (p *tuplePanel) do() {
	if !p.agreed {
		return
	}
	w, ids, why := p.window, idsOf(p.selected), p.window.words.Say("screens.tuple.agree")
	w.closePanel()
	decide(w, request{title: p.title, about: p.selected}, func(ctx context.Context) error { return w.options.Tuples.ByTuple(ctx, ids, why) }, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.queue.done()
		w.note(widget.Neutral, func(spoken *words.Words) string {
			return spoken.Say("ui.done", "Action", spoken.Say("screens.tuple"), "Boxes", spoken.Count("ui.boxes", len(ids)))
		})
		w.reload()
	})
}
