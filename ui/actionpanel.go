package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/listing"
	"pkidstation/ui/widget"
)

// An actionPanel shows what is about to be done to which boxes, and which are left, and
// asks why.
type actionPanel struct {
	window *Window
	action action
	going  listing.Picked
	stays  []leftOut
	// looking says that it is not known yet which the queue would refuse.
	looking bool
	stop    context.CancelFunc
	reason  *field
	tags    *tagPicker
	picker  *picker
}

func newActionPanel(w *Window, a action, picked listing.Picked) *actionPanel {
	p := &actionPanel{window: w, action: a}
	p.divide(picked)
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

// pickedOf are some entries as a panel has them.
func pickedOf(entries []queue.Entry) listing.Picked {
	l := listing.Of(entries)
	return l.Pick(l.All())
}

func (p *actionPanel) title() string {
	return p.window.words.Say(p.action.id) + " · " + p.window.words.Count("ui.boxes", p.going.Len())
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
		rows.Add(widget.NewPara(line, 20, widget.Text()).Bold())
	}
	rows.Add(widget.NewPara(w.words.Say(p.action.means), 17, widget.Text()))
	p.addLeft(rows)
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

// summary says what will be done to how many boxes of which customer.
func (p *actionPanel) summary() []string {
	const most = 4
	w, groups := p.window, p.going.Groups()
	var lines []string
	for n, g := range groups {
		if n == most {
			return append(lines, w.words.Count("ui.more.customers", len(groups)-most))
		}
		whose := w.workText(queue.Work{Customer: g.Customer, GroupTag: g.Tag})
		line := w.words.Count(p.action.does, g.Count, "Whose", whose)
		if to := p.to(g); to != "" {
			line = w.words.Say("decide.to", "From", line, "Whose", to)
		}
		lines = append(lines, line)
	}
	return lines
}

// to is for whom boxes are to be from now on, "" where that does not change or is not
// chosen yet.
func (p *actionPanel) to(g listing.Group) string {
	if p.picker == nil || p.picker.chosen == "" {
		return ""
	}
	tag := p.tags.chosen
	if tag == "" && p.picker.chosen == g.Customer {
		tag = g.Tag
	}
	return p.window.workText(queue.Work{Customer: p.picker.chosen, GroupTag: tag})
}

// problem says what is missing before it can be done.
func (p *actionPanel) problem() string {
	w := p.window
	switch {
	case p.looking:
		return w.words.Say("decide.looking")
	case p.going.Len() == 0:
		return w.words.Say("decide.none")
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
	return !slices.ContainsFunc(p.going.Rows(), func(r listing.Row) bool { return p.going.Whose(r).Customer != c.ID || r.State == queue.Removed })
}

func (p *actionPanel) confirm() (string, bool) {
	return p.window.words.Say(p.action.id), p.problem() == ""
}

func (p *actionPanel) do() {
	if p.problem() != "" {
		return
	}
	said := decision{why: p.why()}
	if p.picker != nil {
		said.customer, said.tag = p.picker.chosen, p.tags.chosen
	}
	p.window.closePanel()
	p.window.queue.start(&bulk{
		window: p.window, action: p.action.id, title: p.title, going: p.going,
		call: func(ctx context.Context, ids []string) error {
			return p.action.call(ctx, p.window.options.Review, ids, said)
		},
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
