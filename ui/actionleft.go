package ui

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui/listing"
	"pkidstation/ui/widget"
)

// leftOut are boxes that were selected, and that an action leaves as they are, for one
// reason in words.
type leftOut struct {
	why     string
	numbers []int
}

// divide leaves out what the action is not for.
func (p *actionPanel) divide(picked listing.Picked) {
	w := p.window
	var others listing.Picked
	p.going, others = picked.Only(func(r listing.Row) bool {
		return p.action.allowed(r.State) && (!p.action.assigns || !r.Sent || r.State == queue.Removed)
	})
	for _, r := range others.Rows() {
		why := w.words.State(r.State)
		if p.action.allowed(r.State) {
			why = w.words.Error(queue.ErrSent)
		}
		p.leave(why, int(r.Number))
	}
}

func (p *actionPanel) leave(why string, number int) {
	for n := range p.stays {
		if p.stays[n].why == why {
			p.stays[n].numbers = append(p.stays[n].numbers, number)
			return
		}
	}
	p.stays = append(p.stays, leftOut{why, []int{number}})
}

// lookAhead asks which of the boxes the queue would refuse, and leaves those: one of
// them would stop all.
func (p *actionPanel) lookAhead() {
	if p.action.ahead == "" {
		return
	}
	w, ids := p.window, p.going.IDs()
	stopped, stop := context.WithCancel(context.Background())
	p.looking, p.stop = true, stop
	askFar(w, func(ctx context.Context) ([]queue.Withheld, error) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(stopped, cancel)()
		return w.options.Entries.Withheld(ctx, p.action.ahead, ids)
	}, func(withheld []queue.Withheld, err error) {
		stop()
		p.looking = false
		if err != nil && !errors.Is(err, context.Canceled) {
			w.fail(err) // whoever goes on is told by the queue itself
		}
		p.withhold(withheld)
		if w.showing(p) {
			w.rebuildPanel()
		}
	})
	w.reconsider()
}

// left ends the looking ahead of a panel that is no longer in sight; under another,
// which leads back to it, it goes on.
func (p *actionPanel) left() {
	if p.stop != nil && !p.window.beneath(p) {
		p.stop()
	}
}

func (p *actionPanel) withhold(withheld []queue.Withheld) {
	refused := map[string]error{}
	for _, h := range withheld {
		refused[h.Entry.ID] = h.Err
	}
	going, others := p.going.Only(func(r listing.Row) bool { return refused[r.ID] == nil })
	p.going = going
	for _, r := range others.Rows() {
		p.leave(p.window.words.Error(refused[r.ID]), int(r.Number))
	}
}

// addLeft says which boxes are left, and why.
func (p *actionPanel) addLeft(rows *fyne.Container) {
	const most = 8
	w, all := p.window, 0
	for _, l := range p.stays {
		all += len(l.numbers)
	}
	if all == 0 {
		return
	}
	rows.Add(widget.NewStrip(widget.News{Tone: widget.Hold, Word: w.words.Count("decide.left", all), What: w.words.Say("decide.left.what")}))
	for n, l := range p.stays {
		if n == most {
			rows.Add(widget.NewPara(w.words.Count("decide.left.more", len(p.stays)-most), 16, widget.Text()))
			return
		}
		rows.Add(widget.NewPara(w.words.Count("decide.left.why", len(l.numbers), "Numbers", w.numbers(l.numbers), "Why", l.why), 16, widget.Text()))
	}
}

// numbers are some boxes' numbers, as many as anybody reads.
func (w *Window) numbers(all []int) string {
	const most = 12
	var texts []string
	for n, number := range all {
		if n == most {
			texts = append(texts, "…")
			break
		}
		texts = append(texts, strconv.Itoa(number))
	}
	return strings.Join(texts, ", ")
}
