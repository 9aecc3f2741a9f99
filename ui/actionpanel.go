package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// An actionPanel shows what is about to be done to which boxes, and asks why.
type actionPanel struct {
	window   *Window
	action   action
	selected []queue.Entry
	reason   *field
	tags     *tagPicker
	picker   *picker
}

func newActionPanel(w *Window, a action, selected []queue.Entry) *actionPanel {
	p := &actionPanel{window: w, action: a, selected: selected}
	p.reason = newField(w.capture, func(string) { w.reconsider() })
	if a.assigns {
		p.picker, p.tags = newPicker(w), &tagPicker{window: w}
		p.picker.onChoose = func() {
			c := p.picker.customer()
			p.tags.kept = p.keeps(c)
			p.tags.offer(c)
		}
		p.picker.search.next, p.reason.next = p.reason, p.picker.search
	}
	return p
}

func (p *actionPanel) title() string {
	return p.window.words.Say(p.action.id) + " · " + p.window.words.Count("ui.boxes", len(p.selected))
}

func (p *actionPanel) first() *field {
	if p.picker != nil {
		return p.picker.search
	}
	return p.reason
}

func (p *actionPanel) build() fyne.CanvasObject {
	w := p.window
	rows := container.NewVBox()
	for _, line := range p.summary() {
		rows.Add(widget.NewPara(line, 19, widget.Text()))
	}
	if p.action.warns != "" {
		rows.Add(widget.NewPara(w.words.Say(p.action.warns), 18, widget.Text()))
	}
	if p.picker != nil {
		rows.Add(p.picker.build())
		rows.Add(p.tags.build(p.picker.customer()))
	}
	rows.Add(caption(w.words.Say("ui.why")))
	rows.Add(w.reasonTaps(p.reason, p.action.reasons))
	rows.Add(p.reason)
	if problem := p.problem(); problem != "" {
		rows.Add(widget.NewPara(problem, 17, widget.Text()).Bold())
	}
	return rows
}

// summary says how many boxes of which customer it is about.
func (p *actionPanel) summary() []string {
	count := map[string]int{}
	var order []string
	for _, e := range p.selected {
		text := p.window.workText(e.Work())
		if count[text]++; count[text] == 1 {
			order = append(order, text)
		}
	}
	const most = 4
	var lines []string
	for n, text := range order {
		if n == most {
			return append(lines, p.window.words.Count("ui.more.customers", len(order)-most))
		}
		lines = append(lines, p.window.words.Count("ui.boxes", count[text])+" · "+text)
	}
	return lines
}

// problem says what is missing before it can be done.
func (p *actionPanel) problem() string {
	w := p.window
	switch {
	case p.picker != nil && p.picker.chosen == "":
		return w.words.Say("ui.picker.choose")
	case p.tags != nil && p.tags.missing(p.picker.customer()):
		return w.words.Say("screens.tag.missing")
	case p.why() == "":
		return w.words.Say("ui.why.missing")
	default:
		return ""
	}
}

func (p *actionPanel) why() string { return strings.TrimSpace(p.reason.Text) }

// keeps says whether the boxes may keep the group tags that they have: one
// customer's tag never goes to another customer.
func (p *actionPanel) keeps(c queue.CustomerSetting) bool {
	return !slices.ContainsFunc(p.selected, func(e queue.Entry) bool { return e.Customer != c.ID || e.State == queue.Removed })
}

func (p *actionPanel) confirm() (string, bool) {
	return p.window.words.Say(p.action.id), p.problem() == ""
}

func (p *actionPanel) do() {
	if p.problem() != "" {
		return
	}
	w := p.window
	ids := idsOf(p.selected)
	w.closePanel()
	decide(w, request{p.title, p.selected}, func(ctx context.Context) error { return p.action.call(ctx, w.options.Review, ids, p) }, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		clear(w.queue.ticked)
		w.note(widget.Neutral, func(spoken *words.Words) string {
			return spoken.Say("ui.done", "Action", spoken.Say(p.action.id), "Boxes", spoken.Count("ui.boxes", len(ids)))
		})
		w.reload()
	})
}

func (p *actionPanel) command(key fyne.KeyName) bool {
	switch {
	case p.picker == nil:
		return false
	case key == fyne.KeyF5:
		p.tags.next(p.picker.customer())
		return true
	default:
		return p.picker.command(key)
	}
}
