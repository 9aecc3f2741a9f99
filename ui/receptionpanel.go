package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/widget"
)

// A receptionPanel asks for whom boxes will be read, and has it confirmed once.
type receptionPanel struct {
	window     *Window
	picker     *picker
	tag, order *field
}

func newReceptionPanel(w *Window) *receptionPanel {
	p := &receptionPanel{window: w, picker: newPicker(w)}
	p.tag = newField(w.capture, func(string) { w.reconsider() })
	p.order = newField(w.capture, func(string) { w.reconsider() })
	p.picker.search.next, p.tag.next, p.order.next = p.tag, p.order, p.picker.search
	return p
}

func (p *receptionPanel) title() string { return p.window.words.Say("ui.reception.open") }

func (p *receptionPanel) first() *field { return p.picker.search }

func (p *receptionPanel) build() fyne.CanvasObject {
	say := p.window.words.Say
	return container.NewVBox(
		p.picker.build(),
		container.NewGridWithColumns(2,
			container.NewVBox(caption(say("ui.tag")), p.tag),
			container.NewVBox(caption(say("ui.order")), p.order)),
		gap(4),
		widget.NewPara(p.summary(), 20, widget.Text()).Bold(),
	)
}

// summary says what a confirmation will mean, or what is missing.
func (p *receptionPanel) summary() string {
	w := p.window
	work, err := p.work()
	switch {
	case err != nil:
		return w.words.Error(err)
	case work.Customer == "":
		return w.words.Say("ui.picker.choose")
	default:
		return w.words.Say("ui.reception.will", "Work", w.workText(work))
	}
}

func (p *receptionPanel) work() (queue.Work, error) {
	work := queue.Work{Customer: p.picker.chosen, Order: strings.TrimSpace(p.order.Text)}
	if text := strings.TrimSpace(p.tag.Text); text != "" {
		var err error
		if work.GroupTag, err = autopilot.ParseGroupTag(text); err != nil {
			return work, err
		}
	}
	return work, nil
}

func (p *receptionPanel) confirm() (string, bool) {
	work, err := p.work()
	return p.window.words.Say("ui.reception.open"), err == nil && work.Customer != ""
}

func (p *receptionPanel) do() {
	w := p.window
	work, err := p.work()
	if err != nil || work.Customer == "" {
		return
	}
	w.closePanel()
	ask(w, func(ctx context.Context) (queue.Reception, error) { return w.options.Reception.Open(ctx, work) },
		func(r queue.Reception, err error) {
			if err != nil {
				w.fail(err)
				return
			}
			w.reception, w.open, w.tidings = r, true, tidings{}
			w.dismiss()
			w.askReception()
		})
}

func (p *receptionPanel) command(key fyne.KeyName) bool { return p.picker.command(key) }
