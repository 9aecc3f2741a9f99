package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A dropListPanel asks why what a list announces shall no longer count. A
// supervisor decides it.
type dropListPanel struct {
	window *Window
	over   *listsPanel
	list   queue.Announcement
	reason *field
	busy   bool
}

func (w *Window) openDropList(over *listsPanel, list queue.Announcement) {
	p := &dropListPanel{window: w, over: over, list: list}
	p.reason = newField(w.capture, func(string) { w.reconsider() })
	w.openPanel(p)
}

func (p *dropListPanel) below() panel { return p.over }

func (p *dropListPanel) title() string { return p.window.words.Say("orders.drop") }

func (p *dropListPanel) first() *field { return p.reason }

func (p *dropListPanel) build() fyne.CanvasObject {
	w := p.window
	rows := container.NewVBox(widget.NewPara(w.listText(p.list), 22, widget.Text()).Bold(),
		widget.NewPara(w.words.Say("orders.drop.what"), 18, widget.Text()),
		caption(w.words.Say("ui.why")), w.reasonTaps(p.reason, []string{"orders.why.wrong-list", "orders.why.replaced"}), p.reason)
	if p.why() == "" {
		rows.Add(widget.NewPara(w.words.Say("ui.why.missing"), 17, widget.Text()).Bold())
	}
	return rows
}

func (p *dropListPanel) why() string { return strings.TrimSpace(p.reason.Text) }

func (p *dropListPanel) confirm() (string, bool) {
	return p.window.words.Say("orders.drop"), p.why() != "" && !p.busy
}

func (p *dropListPanel) do() {
	w, why := p.window, p.why()
	if why == "" || p.busy {
		return
	}
	p.busy = true
	what := func() string { return p.title() + " · " + w.listText(p.list) }
	askFarFor(w, request{title: what}, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, w.options.Announcements.Drop(ctx, p.list.Number, why)
	}, func(_ struct{}, err error) {
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
			return spoken.Say("orders.drop.done", "Number", p.list.Number, "File", pathText(p.list.File))
		})
		w.reload()
	})
}
