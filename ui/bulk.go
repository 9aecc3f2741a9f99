package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui/listing"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// bulkMost is how many boxes are decided about in one change. One change is all or
// none, and while it is written the dock's captures wait: more are done in as many
// changes as it takes, which a person sees and can end between two.
const bulkMost = 100

// A bulk is an act that is done about some boxes.
type bulk struct {
	window  *Window
	action  string // id of its word
	title   func() string
	going   listing.Picked
	call    func(ctx context.Context, ids []string) error
	done    int
	stopped bool
}

// start begins an act.
func (q *queueScreen) start(b *bulk) {
	q.bulk = b
	b.next()
}

// done ends what was selected, once it was done.
func (q *queueScreen) done() {
	q.ticks.None()
	q.listing.hurry()
}

// next does the next part, or says what was done.
func (b *bulk) next() {
	w, all := b.window, b.going.Len()
	if b.stopped || b.done == all {
		b.finish(nil)
		return
	}
	part := b.going.Between(b.done, min(b.done+bulkMost, all))
	rest := b.going.Between(b.done, all)
	r := request{title: b.title, still: func(ctx context.Context) (bool, error) { return w.unchanged(ctx, rest) }}
	if b.shown() && w.page == page(w.queue) {
		w.queue.buildActions()
	}
	decideFar(w, r, func(ctx context.Context) error { return b.part(ctx, part) }, func(err error) {
		if err != nil {
			b.finish(err)
			return
		}
		b.done += part.Len()
		b.next()
	})
}

// errChanged is that boxes are no longer what a person saw when they decided.
var errChanged = errors.New("ui: changed since a person saw them")

// part does a part, if that is still what the panel said of it: between two parts, and
// while somebody reads, a box may have become another customer's.
func (b *bulk) part(ctx context.Context, part listing.Picked) error {
	now, err := b.window.options.Entries.At(ctx, part.Seqs())
	if err != nil {
		return err //nolint:wrapcheck // it says what it is
	}
	if !part.Stand(now) {
		return errChanged
	}
	return b.call(ctx, part.IDs())
}

// unchanged says whether boxes are as a person saw them.
func (w *Window) unchanged(ctx context.Context, picked listing.Picked) (bool, error) {
	wanted := Wanted{Filter: queue.Filter{States: picked.States()}}
	if groups := picked.Groups(); len(groups) == 1 {
		wanted.Customer = groups[0].Customer
	}
	return picked.Unchanged(ctx, w.options.Entries.Briefs(ctx, wanted))
}

// end has nothing more done than what is under way.
func (b *bulk) end() { b.stopped = true }

func (b *bulk) finish(err error) {
	w, all := b.window, b.going.Len()
	w.queue.bulk = nil
	switch {
	case errors.Is(err, errChanged):
		w.note(widget.Hold, func(spoken *words.Words) string { return spoken.Say("guard.changed") })
	case err != nil:
		w.fail(err)
	default:
		w.note(widget.Neutral, func(spoken *words.Words) string {
			return spoken.Say("ui.done", "Action", spoken.Say(b.action), "Boxes", spoken.Count("ui.boxes", b.done))
		})
	}
	if b.done > 0 && b.done < all { // each part was all or none, and these were done
		said := w.notice.say
		w.note(widget.Hold, func(spoken *words.Words) string {
			return spoken.Say("decide.part", "Done", spoken.Number(b.done), "Boxes", spoken.Count("ui.boxes", all)) + " " + said(spoken)
		})
	}
	if err == nil && b.done == all {
		w.queue.done()
	}
	w.queue.listing.hurry()
	if w.page == page(w.queue) {
		w.queue.buildActions()
	}
	w.reload()
}

// shown says whether it takes so long that a person sees how far it is.
func (b *bulk) shown() bool { return b != nil && b.going.Len() > bulkMost }

// objects are what is shown in the place of the actions meanwhile.
func (b *bulk) objects() []fyne.CanvasObject {
	w := b.window
	text := w.words.Say("decide.doing", "Action", w.words.Say(b.action), "Done", w.words.Number(b.done), "Boxes", w.words.Count("ui.boxes", b.going.Len()))
	bar := widget.NewProgress()
	bar.Set(float32(b.done) / float32(max(b.going.Len(), 1)))
	size := fyne.MeasureText(text, 17, fyne.TextStyle{Bold: true})
	return []fyne.CanvasObject{
		widget.NewTap(w.words.Say("decide.stop"), w.words.Say("ui.key.escape"), widget.Plain, b.end).Tall(56),
		sized(bar, 260, 56),
		sized(widget.NewFit(text, 17, widget.Text()).Bold().OneLine(), size.Width+8, 56),
	}
}
