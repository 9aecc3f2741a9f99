package ui

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// An unscannedPanel has what was announced and not scanned registered: it says how
// many devices of which customer, and asks why. A supervisor decides it, about as
// many as were shown.
type unscannedPanel struct {
	window *Window
	over   *orderPanel
	// picker is there where the list is for nobody in particular.
	picker *picker
	tags   *tagPicker
	reason *field
	busy   bool
}

func (w *Window) openUnscanned(over *orderPanel) {
	p := &unscannedPanel{window: w, over: over, tags: &tagPicker{window: w}}
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
	return w.words.Count("orders.unscanned.will", p.over.got.unscanned, "Customer", name, "Order", words.Shown(p.over.key.order))
}

func (p *unscannedPanel) problem() string {
	say := p.window.words.Say
	switch {
	case p.over.got.unscanned == 0:
		return say("orders.unscanned.nothing")
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
	return p.window.words.Say("orders.unscanned.do"), p.problem() == "" && !p.busy
}

// errOther is that what would be done is no longer what was shown.
var errOther = errors.New("it is no longer about what was shown")

func (p *unscannedPanel) do() {
	if p.problem() != "" || p.busy {
		return
	}
	p.busy = true
	w, reason, key, shown := p.window, strings.TrimSpace(p.reason.Text), p.over.key, p.over.got.unscanned
	work := queue.Work{Customer: p.customer().ID, GroupTag: p.tags.chosen, Order: key.order}
	what := func() string { return p.title() + " · " + w.orderText(key) }
	askFarFor(w, request{title: what}, func(ctx context.Context) (queue.Unscanned, error) {
		now, err := w.options.Orders.Reconcile(ctx, key.order, key.customer)
		if err == nil && viewOf(now).unscanned != shown {
			err = errOther
		}
		if err != nil {
			return queue.Unscanned{}, err
		}
		return w.options.Unscanned.RegisterAnnounced(ctx, work, reason)
	}, func(got queue.Unscanned, err error) { p.done(got, err) })
}

// reload looks at the order again: how many there are is true here too.
func (p *unscannedPanel) reload() { p.over.reload() }

func (p *unscannedPanel) done(got queue.Unscanned, err error) {
	w := p.window
	p.busy = false
	w.reconsider()
	switch {
	case errors.Is(err, errOther):
		w.note(widget.Hold, func(spoken *words.Words) string { return spoken.Say("guard.changed") })
		w.reload()
	case err != nil:
		w.fail(err)
	default:
		if w.showing(p) {
			w.closePanel()
		}
		w.note(widget.Neutral, func(spoken *words.Words) string { return unscannedText(spoken, got) })
		w.reload()
	}
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
