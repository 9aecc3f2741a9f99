package ui

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/widget"
)

// A receptionPanel asks for whom boxes will be read, and has it confirmed once.
// Customer and group tag are those of the directory.
type receptionPanel struct {
	window *Window
	picker *picker
	tags   *tagPicker
	order  *field
	// expected is how many boxes are to come, nil where nobody keeps that.
	expected *field
}

func newReceptionPanel(w *Window) *receptionPanel {
	p := &receptionPanel{window: w, picker: newPicker(w), tags: &tagPicker{window: w}}
	p.picker.onChoose = func() { p.tags.offer(p.picker.customer()) }
	p.order = newField(w.capture, func(string) { w.reconsider() })
	p.picker.search.next, p.order.next = p.order, p.picker.search
	if w.options.Asked != nil {
		p.expected = newField(w.capture, func(string) { w.reconsider() })
		p.order.next, p.expected.next = p.expected, p.picker.search
	}
	return p
}

func (p *receptionPanel) title() string { return p.window.words.Say("ui.reception.open") }

func (p *receptionPanel) first() *field { return p.picker.search }

func (p *receptionPanel) build() fyne.CanvasObject {
	say := p.window.words.Say
	order := container.NewVBox(caption(say("ui.order")), p.order)
	if p.expected != nil {
		order.Add(caption(say("asked.expected")))
		order.Add(p.expected)
	}
	return container.NewVBox(
		p.picker.build(),
		container.NewGridWithColumns(2, p.tags.build(p.picker.customer()), order),
		gap(4),
		widget.NewPara(p.summary(), 20, widget.Text()).Bold(),
	)
}

// problem says what is missing, "" if nothing is.
func (p *receptionPanel) problem() string {
	switch {
	case p.picker.chosen == "":
		return p.window.words.Say("ui.picker.choose")
	case p.tags.missing(p.picker.customer()):
		return p.window.words.Say("screens.tag.missing")
	case p.boxes() < 0:
		return p.window.words.Say("asked.expected.wrong")
	default:
		return ""
	}
}

// summary says what a confirmation will mean, or what is missing.
func (p *receptionPanel) summary() string {
	if problem := p.problem(); problem != "" {
		return problem
	}
	return p.window.words.Say("ui.reception.will", "Work", p.window.workText(p.work()))
}

func (p *receptionPanel) work() queue.Work {
	return queue.Work{Customer: p.picker.chosen, GroupTag: p.tags.chosen, Order: strings.TrimSpace(p.order.Text)}
}

// boxes is how many boxes are to come, 0 where nobody said, less than that for what
// is no such number.
func (p *receptionPanel) boxes() int {
	if p.expected == nil || strings.TrimSpace(p.expected.Text) == "" {
		return 0
	}
	n, err := strconv.Atoi(strings.TrimSpace(p.expected.Text))
	if err != nil || n < 1 || n > mostExpected {
		return -1
	}
	return n
}

// mostExpected is more than a dock receives for one order; what is longer was a
// scan.
const mostExpected = 99_999

func (p *receptionPanel) confirm() (string, bool) {
	return p.window.words.Say("ui.reception.open"), p.problem() == ""
}

func (p *receptionPanel) do() {
	w := p.window
	if p.problem() != "" {
		return
	}
	work, boxes := p.work(), p.boxes()
	w.closePanel()
	ask(w, func(ctx context.Context) (queue.Reception, error) {
		r, err := w.options.Reception.Open(ctx, work)
		if err == nil && boxes > 0 {
			r, err = w.options.Asked.Expect(ctx, boxes)
		}
		return r, err
	},
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

func (p *receptionPanel) command(key fyne.KeyName) bool {
	if key == fyne.KeyF5 {
		p.tags.next(p.picker.customer())
		return true
	}
	return p.picker.command(key)
}
