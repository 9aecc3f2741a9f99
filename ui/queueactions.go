package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui/widget"
)

// An action is what a person can decide about entries.
type action struct {
	id  string // of its word
	key fyne.KeyName
	// hint is the id of its key's word, where the key goes with Ctrl.
	hint string
	// warns is the id of what a person must know before they do it.
	warns string
	// rare says that it is shown only where it can be done.
	rare bool
	// allowed says whether it can be done to an entry that stands so.
	allowed func(queue.Entry) bool
	// call does it; p has what the panel asked for.
	call func(ctx context.Context, review Review, ids []string, p *actionPanel) error
	// assigns says that it asks for a customer too.
	assigns bool
	// reasons are the ids of the reasons that need no typing.
	reasons []string
}

func actions() []action {
	return []action{
		{
			id: "ui.release", key: fyne.KeyF5,
			allowed: func(e queue.Entry) bool { return e.State == queue.Held },
			call: func(ctx context.Context, r Review, ids []string, p *actionPanel) error {
				return r.Release(ctx, ids, p.why())
			},
			reasons: []string{"ui.why.compared", "ui.why.supplier"},
		},
		{
			id: "ui.assign", key: fyne.KeyF6, assigns: true,
			allowed: func(e queue.Entry) bool { return e.State.NeverSent() || e.State == queue.Removed },
			call: func(ctx context.Context, r Review, ids []string, p *actionPanel) error {
				return r.Assign(ctx, ids, p.picker.chosen, p.tags.chosen, p.why())
			},
			reasons: []string{"ui.why.customer", "ui.why.order"},
		},
		{
			id: "ui.retry", key: fyne.KeyF7,
			allowed: func(e queue.Entry) bool { return e.State == queue.Rejected },
			call: func(ctx context.Context, r Review, ids []string, p *actionPanel) error {
				return r.Retry(ctx, ids, p.why())
			},
			reasons: []string{"ui.why.deregistered", "ui.why.passing"},
		},
		{
			id: "ui.hold", key: fyne.KeyF8,
			allowed: func(e queue.Entry) bool { return e.State.CanBecome(queue.Held) },
			call: func(ctx context.Context, r Review, ids []string, p *actionPanel) error {
				return r.Hold(ctx, ids, p.why())
			},
			reasons: []string{"ui.why.check", "ui.why.damaged"},
		},
		{
			id: "ui.discard", key: fyne.KeyF10,
			allowed: func(e queue.Entry) bool { return e.State.CanBecome(queue.Discarded) },
			call: func(ctx context.Context, r Review, ids []string, p *actionPanel) error {
				return r.Discard(ctx, ids, p.why())
			},
			reasons: []string{"ui.why.mistake", "ui.why.damaged", "ui.why.returned"},
		},
		{
			id: "screens.give-up", key: fyne.KeyG, hint: "screens.key.give-up", warns: "screens.give-up.means", rare: true,
			allowed: func(e queue.Entry) bool { return e.State == queue.Submitted || e.State == queue.Planned },
			call: func(ctx context.Context, r Review, ids []string, p *actionPanel) error {
				return r.GiveUp(ctx, ids, p.why())
			},
			reasons: []string{"screens.give-up.absent", "screens.give-up.there"},
		},
	}
}

// possible says whether the action can be done to all that is selected.
func (a action) possible(selected []queue.Entry) bool {
	for _, e := range selected {
		if !a.allowed(e) {
			return false
		}
	}
	return len(selected) > 0
}

func (q *queueScreen) buildActions() {
	w := q.window
	selected := q.selected()
	q.actions.Objects = []fyne.CanvasObject{widget.NewTap(w.words.Say("ui.tick.all"), w.words.Say("ui.key.all"), widget.Plain, q.tickAll).Tall(56)}
	for _, a := range actions() {
		possible, key := a.possible(selected), string(a.key)
		if a.rare && !possible {
			continue
		}
		if a.hint != "" {
			key = w.words.Say(a.hint)
		}
		tap := widget.NewTap(w.words.Say(a.id), key, widget.Plain, func() { q.begin(a) }).Tall(56)
		tap.SetEnabled(possible)
		q.actions.Objects = append(q.actions.Objects, tap)
	}
	for _, a := range q.partnerActions() {
		tap := widget.NewTap(w.words.Say(a.id), w.words.Say(a.hint), widget.Plain, a.begin).Tall(56)
		tap.SetEnabled(a.possible == nil || len(selected) > 0 && all(selected, a.possible))
		q.actions.Objects = append(q.actions.Objects, tap)
	}
	text := w.words.Count("ui.selected", len(selected))
	label := widget.NewFit(text, 17, widget.Text()).Bold().OneLine()
	size := fyne.MeasureText(text, 17, fyne.TextStyle{Bold: true})
	q.actions.Objects = append(q.actions.Objects, sized(label, size.Width+8, 56))
	q.actions.Refresh()
}

// begin asks for the reason of an action.
func (q *queueScreen) begin(a action) {
	selected := q.selected()
	if !a.possible(selected) {
		return
	}
	p := newActionPanel(q.window, a, selected)
	q.window.openPanel(p)
	if a.assigns {
		q.window.askCustomers()
	}
}

// actionKey does what a key means, pressed with Ctrl or alone.
func (q *queueScreen) actionKey(key fyne.KeyName, ctrl bool) bool {
	for _, a := range actions() {
		if a.key == key && ctrl == (a.hint != "") {
			q.begin(a)
			return true
		}
	}
	return false
}
