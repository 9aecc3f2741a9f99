package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/listing"
	"pkidstation/ui/widget"
)

// An action is what a person can decide about entries.
type action struct {
	id  string // of its word
	key fyne.KeyName
	// hint is the id of its key's word, where the key goes with Ctrl.
	hint string
	// does is the id of what it does to how many, means that of what a person must know
	// before they do it.
	does, means string
	// rare says that it is shown only where it can be done.
	rare bool
	// allowed says whether it can be done to what is in a state.
	allowed func(queue.State) bool
	// some says that it may be begun where others are selected too: they are left.
	some bool
	// ahead is what the queue would be asked to do, where it can say beforehand what it
	// would refuse.
	ahead queue.Action
	// call does it; d is what the panel asked for.
	call func(ctx context.Context, review Review, ids []string, d decision) error
	// assigns says that it asks for a customer too.
	assigns bool
	// reasons are the ids of the reasons that need no typing.
	reasons []string
}

// A decision is what a person said in a panel, as it was when they confirmed it: what is
// done in parts beside Fyne's goroutine looks at no field.
type decision struct {
	why      string
	customer autopilot.TenantID
	tag      autopilot.GroupTag
}

func actions() []action {
	return []action{
		{
			id: "ui.release", key: fyne.KeyF5, does: "decide.release", means: "decide.release.what",
			allowed: func(s queue.State) bool { return s == queue.Held }, ahead: queue.ActionRelease,
			call: func(ctx context.Context, r Review, ids []string, d decision) error {
				return r.Release(ctx, ids, d.why)
			},
			reasons: []string{"ui.why.compared", "ui.why.supplier"},
		},
		{
			id: "ui.assign", key: fyne.KeyF6, does: "decide.assign", means: "decide.assign.what", assigns: true,
			allowed: func(s queue.State) bool { return s.NeverSent() || s == queue.Removed },
			call: func(ctx context.Context, r Review, ids []string, d decision) error {
				return r.Assign(ctx, ids, d.customer, d.tag, d.why)
			},
			reasons: []string{"ui.why.customer", "ui.why.order"},
		},
		{
			id: "ui.retry", key: fyne.KeyF7, does: "decide.retry", means: "decide.retry.what",
			allowed: func(s queue.State) bool { return s == queue.Rejected }, some: true, ahead: queue.ActionRetry,
			call: func(ctx context.Context, r Review, ids []string, d decision) error {
				return r.Retry(ctx, ids, d.why)
			},
			reasons: []string{"ui.why.deregistered", "ui.why.passing"},
		},
		{
			id: "ui.hold", key: fyne.KeyF8, does: "decide.hold", means: "decide.hold.what",
			allowed: func(s queue.State) bool { return s.CanBecome(queue.Held) },
			call: func(ctx context.Context, r Review, ids []string, d decision) error {
				return r.Hold(ctx, ids, d.why)
			},
			reasons: []string{"ui.why.check", "ui.why.damaged"},
		},
		{
			id: "ui.discard", key: fyne.KeyF10, does: "decide.discard", means: "decide.discard.what",
			allowed: func(s queue.State) bool { return s.CanBecome(queue.Discarded) },
			call: func(ctx context.Context, r Review, ids []string, d decision) error {
				return r.Discard(ctx, ids, d.why)
			},
			reasons: []string{"ui.why.mistake", "ui.why.damaged", "ui.why.returned"},
		},
		{
			id: "screens.give-up", key: fyne.KeyG, hint: "screens.key.give-up", does: "decide.give-up", means: "screens.give-up.means", rare: true,
			allowed: func(s queue.State) bool { return s == queue.Submitted || s == queue.Planned },
			call: func(ctx context.Context, r Review, ids []string, d decision) error {
				return r.GiveUp(ctx, ids, d.why)
			},
			reasons: []string{"screens.give-up.absent", "screens.give-up.there"},
		},
	}
}

// possible says whether the action can be done to what is selected.
func (a action) possible(selected listing.Count) bool {
	can := selected.In(a.allowed)
	return can > 0 && (a.some || can == selected.All)
}

func (q *queueScreen) buildActions() {
	w := q.window
	if q.bulk.shown() {
		q.actions.Objects = q.bulk.objects()
		q.actions.Refresh()
		return
	}
	selected := q.count()
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
	for _, a := range q.partnerTaps() {
		tap := widget.NewTap(w.words.Say(a.id), w.words.Say(a.hint), widget.Plain, a.begin).Tall(56)
		tap.SetEnabled(a.possible == nil || a.possible(selected))
		q.actions.Objects = append(q.actions.Objects, tap)
	}
	q.actions.Refresh()
}

// begin shows what an action would do, and asks for its reason.
func (q *queueScreen) begin(a action) {
	if q.bulk != nil || q.listing.behind() || !a.possible(q.count()) {
		return
	}
	p := newActionPanel(q.window, a, q.list.Pick(q.chosen()))
	q.window.openPanel(p)
	p.lookAhead()
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
