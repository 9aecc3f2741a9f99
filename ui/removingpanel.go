package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A removingPanel shows how far registrations are taken back, device by device,
// and what is to be done after.
type removingPanel struct {
	window   *Window
	customer autopilot.TenantID
	ids      []string
	entries  []queue.Entry
	removals map[string]queue.Removal // by entry
	list     *container.Scroll
	looking  question
}

func (w *Window) openRemoving(selected []queue.Entry) {
	p := &removingPanel{window: w, customer: selected[0].Customer, ids: idsOf(selected), entries: selected, list: newList()}
	w.openPanel(p)
	p.reload()
}

// taken is what one look at removals gave.
type taken struct {
	entries  []queue.Entry
	removals []queue.Removal
}

// reload looks again; the window calls it after each change.
func (p *removingPanel) reload() {
	w := p.window
	if !p.looking.begin() {
		return
	}
	filter := Wanted{Filter: queue.Filter{States: []queue.State{queue.Removing, queue.Removed}, Customer: p.customer}}
	ask(w, func(ctx context.Context) (t taken, err error) {
		if t.removals, err = w.options.Removals.Open(ctx); err != nil {
			return t, err
		}
		t.entries, err = w.options.Entries.List(ctx, filter)
		return t, err
	}, p.look)
}

func (p *removingPanel) look(t taken, err error) {
	again := p.looking.end()
	if err != nil {
		p.window.fail(err)
		return
	}
	p.entries = slices.DeleteFunc(t.entries, func(e queue.Entry) bool { return !slices.Contains(p.ids, e.ID) })
	p.removals = map[string]queue.Removal{}
	for _, r := range t.removals {
		p.removals[r.Entry] = r
	}
	if p.window.showing(p) {
		p.window.rebuildPanel()
	}
	if again {
		p.reload()
	}
}

func (p *removingPanel) title() string { return p.window.words.Say("screens.removing") }

func (p *removingPanel) first() *field { return nil }

func (p *removingPanel) confirm() (string, bool) { return "", false }

func (p *removingPanel) do() {}

// in are the entries in a state.
func (p *removingPanel) in(state queue.State) []queue.Entry {
	return slices.DeleteFunc(slices.Clone(p.entries), func(e queue.Entry) bool { return e.State != state })
}

func (p *removingPanel) build() fyne.CanvasObject {
	w := p.window
	gone := len(p.in(queue.Removed))
	rows := container.NewVBox(
		widget.NewPara(w.customer(p.customer), 22, widget.Text()).Bold(),
		widget.NewPara(w.words.Count("screens.removing.count", len(p.ids), "Done", w.words.Number(gone)), 19, widget.Text()).Bold())
	if p.onSite() {
		for _, step := range w.words.RemovalSteps(p.in(queue.Removing)[0]) {
			rows.Add(w.step(step))
		}
	}
	if anew := len(p.anew()); anew > 0 {
		rows.Add(widget.NewPara(w.words.Count("screens.removing.anew", anew), 17, widget.Text()).Bold())
	}
	var choices []fyne.CanvasObject
	for _, e := range p.entries {
		choices = append(choices, widget.NewChoice(p.option(e), nil))
	}
	fitList(p.list, choices, -1)
	rows.Add(p.list)
	for _, note := range p.notes() {
		rows.Add(widget.NewPara(note, 17, widget.Text()))
	}
	if gone > 0 {
		rows.Add(widget.NewPara(w.words.Say("screens.removing.after"), 17, widget.Text()))
	}
	rows.Add(w.panelTaps(p.keys()))
	return rows
}

// anew are those that are shown to be registered anew.
func (p *removingPanel) anew() []queue.Entry {
	return slices.DeleteFunc(p.in(queue.Removing), func(e queue.Entry) bool { return p.removals[e.ID].Note != queue.RegisteredAnew })
}

// onSite says that a person takes some of them back on the web site.
func (p *removingPanel) onSite() bool {
	return slices.ContainsFunc(p.in(queue.Removing), func(e queue.Entry) bool { return p.removals[e.ID].OnSite })
}

func (p *removingPanel) option(e queue.Entry) widget.Option {
	w, r := p.window, p.removals[e.ID]
	option := widget.Option{Title: nameOf(e), Note: w.words.State(e.State), Mark: widget.ToneMark, Tone: widget.Waiting}
	switch {
	case e.State == queue.Removed:
		option.Tone = widget.Neutral
	case r.Person:
		option.Tone = widget.Hold
	}
	if r.ID != "" {
		option.Note = w.words.Removal(r, w.clock.Now()).String()
	}
	return option
}

// notes are what a person must do, in full: in the list there is room for a part of
// it. The steps on the web site are told already.
func (p *removingPanel) notes() []string {
	const shown = 2
	var notes []string
	for _, e := range p.in(queue.Removing) {
		r := p.removals[e.ID]
		if note := p.option(e).Note; r.Person && !r.OnSite && len(notes) < shown && !slices.Contains(notes, note) {
			notes = append(notes, note)
		}
	}
	return notes
}

func (p *removingPanel) keys() []panelKey {
	gone, still := p.in(queue.Removed), p.in(queue.Removing)
	keys := []panelKey{
		{fyne.KeyF5, "screens.removing.letter", len(gone) > 0, p.letter},
		{fyne.KeyF6, "screens.removing.assign", len(gone) > 0, p.assign},
	}
	if p.onSite() {
		return append(keys, panelKey{fyne.KeyF7, "screens.removing.done", true, func() { p.act(p.window.options.Removals.OnSite) }})
	}
	return append(keys, panelKey{fyne.KeyF7, "screens.removing.again", len(still) > 0, p.again})
}

// again has all tried now, with what the person was shown to be registered anew;
// what was found to be so since is shown first.
func (p *removingPanel) again() {
	removals, shown := p.window.options.Removals, idsOf(p.anew())
	p.act(func(ctx context.Context, ids []string) error {
		if len(shown) > 0 {
			if err := removals.Anew(ctx, shown); err != nil {
				return err
			}
		}
		return removals.Again(ctx, ids)
	})
}

func (p *removingPanel) command(key fyne.KeyName) bool { return pressed(p.keys(), key) }

// act does something about those that are still there.
func (p *removingPanel) act(do func(context.Context, []string) error) {
	w, still := p.window, p.in(queue.Removing)
	ids := idsOf(still)
	decide(w, request{title: p.title, about: still}, func(ctx context.Context) error { return do(ctx, ids) }, func(err error) {
		if err != nil {
			w.fail(err)
		}
		p.reload()
		w.reload()
	})
}

// assign gives the boxes to the right customer: they are held until somebody
// releases them, like all that was given to another customer.
func (p *removingPanel) assign() {
	w := p.window
	for _, a := range actions() {
		if a.assigns {
			w.openPanel(newActionPanel(w, a, pickedOf(p.in(queue.Removed))))
			w.askCustomers()
		}
	}
}

// letter shows what the customer's IT must do.
func (p *removingPanel) letter() {
	w := p.window
	gone := p.in(queue.Removed)
	sheet := &letterPanel{window: w, over: p}
	sheet.letter = newLetter(w, func(spoken *words.Words) (words.Mail, error) {
		return spoken.RemovalMail(gone, w.names[p.customer], w.options.Partner), nil
	})
	w.openPanel(sheet)
}

// A letterPanel has a letter to copy.
type letterPanel struct {
	window *Window
	over   panel
	letter *letter
}

func (p *letterPanel) below() panel { return p.over }

func (p *letterPanel) title() string { return p.window.words.Say("screens.removing.letter") }

func (p *letterPanel) first() *field { return nil }

func (p *letterPanel) confirm() (string, bool) { return "", false }

func (p *letterPanel) do() {}

func (p *letterPanel) build() fyne.CanvasObject {
	what := widget.NewPara(p.window.words.Say("screens.letter.what"), 17, widget.Text())
	return container.NewVBox(what, gap(4), p.letter.build(), gap(4), p.window.panelTaps(p.letter.keys()))
}

func (p *letterPanel) command(key fyne.KeyName) bool { return pressed(p.letter.keys(), key) }

// beginTuple asks whether boxes may go by serial number.
func (q *queueScreen) beginTuple() {
	w := q.window
	if w.options.Tuples == nil {
		return
	}
	q.withChosen(func(selected []queue.Entry) {
		if !all(selected, queue.Entry.CanGoByTuple) {
			w.note(widget.Hold, func(spoken *words.Words) string { return spoken.Say("screens.tuple.cannot") })
			return
		}
		w.openPanel(&tuplePanel{window: w, selected: selected})
	})
}
