package ui

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// An expectPanel asks how many boxes of an order are to come, where no list says
// so: the number on the delivery note.
type expectPanel struct {
	window *Window
	over   *orderPanel
	number *field
	busy   bool
}

func (w *Window) openExpect(over *orderPanel) {
	p := &expectPanel{window: w, over: over}
	p.number = newField(w.capture, func(string) { w.reconsider() })
	if n := over.got.Expected; n > 0 {
		p.number.SetText(strconv.Itoa(n))
	}
	w.openPanel(p)
}

func (p *expectPanel) below() panel { return p.over }

func (p *expectPanel) title() string { return p.window.words.Say("orders.expect") }

func (p *expectPanel) first() *field { return p.number }

func (p *expectPanel) build() fyne.CanvasObject {
	w := p.window
	rows := container.NewVBox(widget.NewPara(w.orderText(p.over.key), 22, widget.Text()).Bold(),
		widget.NewPara(w.words.Say("orders.expect.what"), 17, widget.Text()),
		caption(w.words.Say("orders.expect.number")), p.number)
	if _, ok := p.boxes(); !ok && p.number.Text != "" {
		rows.Add(widget.NewPara(w.words.Say("orders.expect.wrong"), 17, widget.Text()).Bold())
	}
	return rows
}

// boxes is the number that was typed.
func (p *expectPanel) boxes() (int, bool) {
	const most = 1_000_000
	n, err := strconv.Atoi(strings.TrimSpace(p.number.Text))
	return n, err == nil && n >= 0 && n <= most
}

func (p *expectPanel) confirm() (string, bool) {
	_, ok := p.boxes()
	return p.window.words.Say("screens.keep"), ok && !p.busy
}

func (p *expectPanel) do() {
	n, ok := p.boxes()
	if !ok || p.busy {
		return
	}
	p.busy = true
	w, key := p.window, p.over.key
	what := func() string { return p.title() + " · " + w.orderText(key) }
	decide(w, request{title: what}, func(ctx context.Context) error {
		return w.options.Orders.Expect(ctx, key.order, key.customer, n)
	}, func(err error) {
		p.busy = false
		w.reconsider()
		if few, ok := errors.AsType[*TooFewError](err); ok {
			w.note(widget.Hold, func(spoken *words.Words) string { return spoken.Count("orders.expect.others", few.Others) })
			return
		}
		if err != nil {
			w.fail(err)
			return
		}
		if w.showing(p) {
			w.closePanel()
		}
		w.reload()
	})
}
