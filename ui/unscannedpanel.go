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

// An unscannedPanel has what was announced and not scanned registered: it says how
// many devices of which customer, and asks why. A supervisor decides it.
type unscannedPanel struct {
	window *Window
	over   *orderPanel
	count  int
	// picker is there where the list is for nobody in particular.
	picker *picker
	tags   *tagPicker
	reason *field
}

func (w *Window) openUnscanned(over *orderPanel) {
	p := &unscannedPanel{window: w, over: over, count: over.got.unscanned, tags: &tagPicker{window: w}}
	p.reason = newField(w.capture, func(string) { w.reconsider() })
	// What the order's receptions had is what it gets, where there is one.
	p.tags.kept, p.tags.keptAs = over.got.Arrived > 0, "orders.tag.kept"
	if over.key.customer == "" {
		p.picker = newPicker(w)
		p.picker.onChoose = func() { p.tags.offer(p.customer()) }
		p.picker.search.next, p.reason.next = p.reason, p.picker.search
	}
	p.tags.offer(p.customer())
	w.openPanel(p)
	w.askCustomers()
}

func (p *unscannedPanel) below() panel { return p.over }

func (p *unscannedPanel) title() string { return p.window.words.Say("orders.unscanned") }

func (p *unscannedPanel) first() *field {
	if p.picker != nil {
		return p.picker.search
	}
	return p.reason
}

func (p *unscannedPanel) customer() queue.CustomerSetting {
	if p.picker != nil {
		return p.picker.customer()
	}
	return p.window.setting(p.over.key.customer)
}

func (p *unscannedPanel) build() fyne.CanvasObject {
	w := p.window
	rows := container.NewVBox(widget.NewPara(p.summary(), 24, widget.Text()).Bold(),
		widget.NewPara(w.words.Say("orders.unscanned.what"), 18, widget.Text()))
	if p.picker != nil {
		rows.Add(p.picker.build())
	}
	rows.Add(p.tags.build(p.customer()))
	rows.Add(caption(w.words.Say("ui.why")))
	rows.Add(w.reasonTaps(p.reason, []string{"orders.why.seen", "orders.why.unreadable", "ui.why.supplier"}))
	rows.Add(p.reason)
	if problem := p.problem(); problem != "" {
		rows.Add(widget.NewPara(problem, 17, widget.Text()).Bold())
	}
	return rows
}

// summary says how many devices of whom it is about.
func (p *unscannedPanel) summary() string {
	w := p.window
	name := "…"
	if c := p.customer(); c.ID != "" {
		name = w.customer(c.ID)
	}
	return w.words.Count("orders.unscanned.will", p.count, "Customer", name, "Order", words.Shown(p.over.key.order))
}

func (p *unscannedPanel) problem() string {
	say := p.window.words.Say
	switch {
	case p.customer().ID == "":
		return say("ui.picker.choose")
	case p.tags.missing(p.customer()):
		return say("screens.tag.missing")
	case strings.TrimSpace(p.reason.Text) == "":
		return say("ui.why.missing")
	default:
		return ""
	}
}

func (p *unscannedPanel) confirm() (string, bool) {
	return p.window.words.Say("orders.unscanned.do"), p.problem() == ""
}

func (p *unscannedPanel) do() {
	if p.problem() != "" {
		return
	}
	w, reason := p.window, strings.TrimSpace(p.reason.Text)
	work := queue.Work{Customer: p.customer().ID, GroupTag: p.tags.chosen, Order: p.over.key.order}
	askFarFor(w, request{title: p.title}, func(ctx context.Context) (queue.Unscanned, error) {
		return w.options.Unscanned.RegisterAnnounced(ctx, work, reason)
	}, func(got queue.Unscanned, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		if w.showing(p) {
			w.closePanel()
		}
		w.note(widget.Neutral, func(spoken *words.Words) string { return unscannedText(spoken, got) })
		w.reload()
	})
}

// unscannedText is what came of it.
func unscannedText(spoken *words.Words, got queue.Unscanned) string {
	said := []string{spoken.Count("orders.unscanned.done", len(got.Made))}
	if got.Without > 0 {
		said = append(said, spoken.Count("orders.unscanned.without", got.Without))
	}
	if got.Held > 0 {
		said = append(said, spoken.Count("orders.unscanned.held", got.Held))
	}
	return strings.Join(said, " ")
}

func (p *unscannedPanel) command(key fyne.KeyName) bool {
	switch {
	case key == fyne.KeyF5:
		p.tags.next(p.customer())
		return true
	case p.picker != nil:
		return p.picker.command(key)
	default:
		return false
	}
}
