package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A supervisorsPanel says who decides at this station and about what, and has
// both changed.
type supervisorsPanel struct {
	window *Window
	over   panel
	chosen string
	list   *container.Scroll
	// kept is the review policy of now, "" while nobody knows; wanted is what was
	// chosen in its place.
	kept, wanted queue.ReviewPolicy
}

// policies are the review policies, the one to begin with first.
func policies() []queue.ReviewPolicy {
	return []queue.ReviewPolicy{queue.ReviewExceptions, queue.ReviewAll, queue.ReviewNone}
}

// openSupervisors shows who decides; without a port for it nothing opens.
func (w *Window) openSupervisors() { w.openSupervisorsOver(nil) }

// openSupervisorsOver shows them over another panel, to which leaving it returns.
func (w *Window) openSupervisorsOver(over panel) {
	if w.options.Guard == nil {
		return
	}
	p := &supervisorsPanel{window: w, over: over, list: newList()}
	w.openPanel(p)
	ask(w, w.options.Guard.Review, func(policy queue.ReviewPolicy, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		p.kept, p.wanted = policy, policy
		w.reconsider()
	})
	w.reguard()
}

func (p *supervisorsPanel) below() panel { return p.over }

func (p *supervisorsPanel) title() string { return p.window.words.Say("guard.people") }

func (p *supervisorsPanel) first() *field { return nil }

func (p *supervisorsPanel) names() []string { return p.window.guard.state.Supervisors }

// at is the chosen one's place, -1 where none is.
func (p *supervisorsPanel) at() int { return slices.Index(p.names(), p.chosen) }

func (p *supervisorsPanel) build() fyne.CanvasObject {
	say := p.window.words.Say
	var rows []fyne.CanvasObject
	for _, name := range p.names() {
		option := widget.Option{Title: words.Shown(name), Chosen: name == p.chosen}
		if name == p.window.guard.state.Unlocked {
			option.Note = say("guard.unlocked.now")
		}
		rows = append(rows, widget.NewChoice(option, func() { p.choose(name) }))
	}
	content := container.NewVBox()
	if len(rows) == 0 {
		content.Add(widget.NewPara(say("guard.people.none"), 18, widget.Text()))
	} else {
		fitList(p.list, rows, p.at())
		content.Add(p.list)
	}
	content.Add(gap(2))
	content.Add(p.window.panelTaps(p.keys()))
	content.Add(p.review())
	return content
}

// review is what waits for a supervisor, to choose from.
func (p *supervisorsPanel) review() fyne.CanvasObject {
	say := p.window.words.Say
	if p.kept == "" {
		return gap(0)
	}
	taps := container.New(&widget.Lines{Gap: 8})
	for _, policy := range policies() {
		taps.Add(widget.NewTap(say(reviewID(policy)), "", chosenIf(policy == p.wanted), func() { p.want(policy) }).By("F8"))
	}
	return container.NewVBox(caption(say("guard.review")), taps, gap(2),
		widget.NewPara(say(reviewID(p.wanted)+".what"), 18, widget.Text()))
}

// reviewID is the id of a policy's word.
func reviewID(policy queue.ReviewPolicy) string {
	switch policy {
	case queue.ReviewAll:
		return "guard.review.all"
	case queue.ReviewNone:
		return "guard.review.none"
	case queue.ReviewExceptions:
	}
	return "guard.review.exceptions"
}

func (p *supervisorsPanel) keys() []panelKey {
	w, some := p.window, p.at() >= 0
	add := func() {
		if w.anybody() {
			first := newFirstPanel(w)
			first.over = p
			w.openPanel(first)
			return
		}
		w.openPanel(newSetPINPanel(w, p, ""))
	}
	return []panelKey{
		{fyne.KeyF5, "guard.add", true, add},
		{fyne.KeyF6, "guard.change", some, func() { w.openPanel(newSetPINPanel(w, p, p.chosen)) }},
		{fyne.KeyF7, "guard.remove", some, func() { w.openPanel(&dismissalPanel{window: w, over: p, name: p.chosen}) }},
		{fyne.KeyF8, "guard.review.next", p.kept != "", p.next},
	}
}

func (p *supervisorsPanel) choose(name string) {
	p.chosen = name
	p.window.reconsider()
}

func (p *supervisorsPanel) want(policy queue.ReviewPolicy) {
	p.wanted = policy
	p.window.reconsider()
}

// next chooses the next review policy.
func (p *supervisorsPanel) next() {
	p.want(policies()[(slices.Index(policies(), p.wanted)+1)%len(policies())])
}

func (p *supervisorsPanel) command(key fyne.KeyName) bool {
	by := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}[key]
	if names := p.names(); by != 0 && len(names) > 0 {
		p.choose(names[min(max(p.at()+by, 0), len(names)-1)])
	}
	return by != 0 || pressed(p.keys(), key)
}

func (p *supervisorsPanel) confirm() (string, bool) {
	if p.wanted == p.kept {
		return "", false
	}
	return p.window.words.Say("screens.keep"), true
}

// do keeps the review policy that was chosen.
func (p *supervisorsPanel) do() {
	w, policy := p.window, p.wanted
	if policy == p.kept {
		return
	}
	title := func() string { return w.words.Say("guard.review") }
	decide(w, request{title: title}, func(ctx context.Context) error { return w.options.Guard.SetReview(ctx, policy) }, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		p.kept = policy
		w.reconsider()
		w.note(widget.Neutral, func(spoken *words.Words) string {
			return spoken.Say("guard.review.kept", "Policy", spoken.Say(reviewID(policy)))
		})
	})
}

// A dismissalPanel asks whether somebody is to decide no more.
type dismissalPanel struct {
	window *Window
	over   panel
	name   string
}

func (p *dismissalPanel) below() panel { return p.over }

func (p *dismissalPanel) title() string {
	return p.window.words.Say("guard.remove") + " · " + words.Shown(p.name)
}

func (p *dismissalPanel) first() *field { return nil }

func (p *dismissalPanel) build() fyne.CanvasObject {
	say := p.window.words.Say
	rows := container.NewVBox(widget.NewPara(say("guard.remove.what", "Name", words.Shown(p.name)), 20, widget.Text()))
	if len(p.window.guard.state.Supervisors) == 1 {
		rows.Add(widget.NewPara(say("guard.remove.last"), 20, widget.Text()).Bold())
	}
	return rows
}

func (p *dismissalPanel) confirm() (string, bool) { return p.window.words.Say("guard.remove"), true }

func (p *dismissalPanel) do() {
	w, name := p.window, p.name
	w.closePanel()
	decide(w, request{title: p.title}, func(ctx context.Context) error { return w.options.Guard.Remove(ctx, name) }, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.reguard()
		w.note(widget.Neutral, func(spoken *words.Words) string { return spoken.Say("guard.removed", "Name", words.Shown(name)) })
	})
}
