package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/queue/upload"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A removalPanel is the way back from a wrong customer. It asks for a reason and
// for the customer's name, typed: nobody removes the registrations of the wrong
// boxes by pressing a key too many.
type removalPanel struct {
	window   *Window
	selected []queue.Entry
	reason   *field
	name     *field
}

// removalReasons are the ids of the reasons that need no typing.
func removalReasons() []string { return []string{"ui.why.customer", "screens.remove.why.sold"} }

// beginRemoval asks, or says why what is selected cannot be removed.
func (q *queueScreen) beginRemoval() {
	if q.window.options.Removals != nil {
		q.withChosen(q.beginRemovalOf)
	}
}

func (q *queueScreen) beginRemovalOf(selected []queue.Entry) {
	w := q.window
	if all(selected, func(e queue.Entry) bool { return e.State == queue.Removing || e.State == queue.Removed }) {
		w.openRemoving(selected)
		return
	}
	id := notRemovable(selected)
	if lists, can := w.options.Removals.(relister); can && id == notOurs {
		q.relist(lists, selected)
		return
	}
	q.openRemoval(selected, id)
}

// A relister is Removals that can tell whether a mark is wrong.
type relister interface {
	// Relist holds boxes that are marked as somebody else's against Partner
	// Center's lists, and gives all of these as they are then. Where there is
	// nobody to ask they come as they were.
	Relist(ctx context.Context, ids []string) ([]queue.Entry, error)
}

// relist begins once the lists were read, unless the person went on meanwhile.
func (q *queueScreen) relist(lists relister, selected []queue.Entry) {
	w, ids := q.window, idsOf(selected)
	w.note(widget.Waiting, func(spoken *words.Words) string { return spoken.Say("screens.asking") })
	askLong(w, w.named("screens.remove"), func(ctx context.Context) ([]queue.Entry, error) { return lists.Relist(ctx, ids) }, func(now []queue.Entry, err error) {
		w.dismiss()
		w.reload()
		switch {
		case err != nil:
			w.fail(err)
		case w.page == page(q) && w.panel == nil && slices.Equal(q.list.Pick(q.chosen()).IDs(), ids):
			q.openRemoval(now, notRemovable(now))
		}
	})
}

// openRemoval opens the panel, or says what is in its way.
func (q *queueScreen) openRemoval(selected []queue.Entry, problem string) {
	w := q.window
	if problem != "" {
		w.note(widget.Hold, func(spoken *words.Words) string { return spoken.Say(problem) })
		return
	}
	p := &removalPanel{window: w, selected: selected}
	p.reason = newField(w.capture, func(string) { w.reconsider() })
	p.name = newField(w.capture, func(string) { w.reconsider() })
	p.name.byHand = true
	p.reason.next, p.name.next = p.name, p.reason
	w.openPanel(p)
}

// notOurs is the id of why what somebody else registered cannot be removed.
const notOurs = "screens.remove.not.ours"

// notRemovable is the id of why the boxes cannot be removed together.
func notRemovable(selected []queue.Entry) string {
	for _, e := range selected {
		switch {
		case e.State != queue.Registered:
			return "screens.remove.not.registered"
		case e.Reason == queue.AlreadyThere:
			return notOurs
		case e.Customer != selected[0].Customer:
			return "screens.remove.one.customer"
		}
	}
	return ""
}

func all(entries []queue.Entry, is func(queue.Entry) bool) bool {
	for _, e := range entries {
		if !is(e) {
			return false
		}
	}
	return true
}

func (p *removalPanel) title() string {
	return p.window.words.Say("screens.remove") + " · " + p.window.words.Count("ui.boxes", len(p.selected))
}

func (p *removalPanel) first() *field { return p.reason }

func (p *removalPanel) build() fyne.CanvasObject {
	w, say := p.window, p.window.words.Say
	count := w.words.Count("screens.remove.count", len(p.selected), "Customer", w.customer(p.selected[0].Customer))
	rows := container.NewVBox(widget.NewPara(count, 22, widget.Text()).Bold())
	if len(p.selected) == 1 { // it may be scanned by now, and out of sight
		rows.Add(widget.NewPara(nameOf(p.selected[0]), 22, widget.Text()).Bold())
	}
	rows.Add(widget.NewPara(say("screens.remove.does"), 17, widget.Text()))
	rows.Add(widget.NewPara(say("screens.remove.not"), 17, widget.Text()))
	if w.byHand() {
		rows.Add(widget.NewPara(say("screens.remove.site.first"), 17, widget.Text()).Bold())
	}
	rows.Add(caption(say("ui.why")))
	rows.Add(w.reasonTaps(p.reason, removalReasons()))
	rows.Add(p.reason)
	rows.Add(caption(say("screens.remove.type", "Name", p.wanted())))
	rows.Add(p.name)
	if problem := p.problem(); problem != "" {
		rows.Add(widget.NewPara(problem, 17, widget.Text()).Bold())
	}
	return rows
}

// byHand says whether this station works by the web site's CSV.
func (w *Window) byHand() bool { return w.status.Online == upload.OnlineNever }

// reasonTaps are reasons that need no typing.
func (w *Window) reasonTaps(to *field, ids []string) fyne.CanvasObject {
	taps := container.New(&widget.Lines{Gap: 8})
	for _, id := range ids {
		text := w.words.Say(id)
		taps.Add(widget.NewTap(text, "", chosenIf(to.Text == text), func() { to.SetText(text) }).Tall(44).By(text))
	}
	return taps
}

// wanted is what must be typed: the customer's name, else the Microsoft ID.
func (p *removalPanel) wanted() string { return p.window.customer(p.selected[0].Customer) }

func (p *removalPanel) problem() string {
	say := p.window.words.Say
	switch {
	case strings.TrimSpace(p.reason.Text) == "":
		return say("ui.why.missing")
	case !strings.EqualFold(strings.TrimSpace(p.name.Text), strings.TrimSpace(p.wanted())):
		return say("screens.remove.differs")
	default:
		return ""
	}
}

func (p *removalPanel) confirm() (string, bool) {
	return p.window.words.Say("screens.remove"), p.problem() == ""
}

func (p *removalPanel) do() {
	if p.problem() != "" {
		return
	}
	w, why, onSite := p.window, strings.TrimSpace(p.reason.Text), p.window.byHand()
	ids := idsOf(p.selected)
	decide(w, request{title: p.title, about: p.selected}, func(ctx context.Context) error { return w.options.Removals.Remove(ctx, ids, onSite, why) }, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.queue.done()
		w.reload()
		w.openRemoving(p.selected)
	})
}

func idsOf(entries []queue.Entry) []string {
	ids := make([]string, len(entries))
	for n, e := range entries {
		ids[n] = e.ID
	}
	return ids
}
