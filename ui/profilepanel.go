package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue/autopilot"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A profilePanel chooses the deployment profile that a customer's devices get
// after their registration.
type profilePanel struct {
	window *Window
	over   *customersPanel
	id     autopilot.TenantID
	asking bool
	failed error
	all    []Profile
	chosen Profile
	list   *container.Scroll
}

// openProfiles asks for the profiles of the directory's chosen customer.
func (w *Window) openProfiles(over *customersPanel) {
	c := over.picker.customer()
	p := &profilePanel{window: w, over: over, id: c.ID, asking: true, chosen: Profile{ID: c.Profile, Name: c.ProfileName}, list: newList()}
	w.openPanel(p)
	askLong(w, p.title, func(ctx context.Context) ([]Profile, error) { return w.options.Profiles.Profiles(ctx, p.id) },
		func(all []Profile, err error) {
			p.asking, p.failed, p.all = false, err, all
			w.reconsider()
		})
}

func (p *profilePanel) below() panel { return p.over }

func (p *profilePanel) title() string {
	return p.window.words.Say("screens.profile") + " · " + p.window.customer(p.id)
}

func (p *profilePanel) first() *field { return nil }

func (p *profilePanel) build() fyne.CanvasObject {
	w, say := p.window, p.window.words.Say
	rows := container.NewVBox(
		widget.NewPara(say("screens.profile.what"), 17, widget.Text()),
		widget.NewPara(say("screens.profile.intune"), 17, widget.Text()), gap(4))
	switch {
	case p.asking:
		rows.Add(widget.NewPara(say("screens.asking"), 18, widget.Text()).Bold())
		return rows
	case p.failed != nil:
		rows.Add(widget.NewPara(errorText(w.words, p.failed), 18, widget.Text()).Bold())
	case len(p.all) == 0:
		rows.Add(widget.NewPara(say("screens.profile.none.there"), 18, widget.Text()).Bold())
	}
	var choices []fyne.CanvasObject
	at := -1
	for n, profile := range p.choices() {
		if profile.ID == p.chosen.ID {
			at = n
		}
		choices = append(choices, widget.NewChoice(p.option(profile), func() { p.choose(profile) }))
	}
	fitList(p.list, choices, at)
	rows.Add(p.list)
	rows.Add(widget.NewPara(p.summary(), 18, widget.Text()).Bold())
	return rows
}

// choices are none, the profile of now, and those made in Partner Center.
func (p *profilePanel) choices() []Profile {
	all := append([]Profile{{}}, p.all...)
	for _, profile := range p.all {
		if profile.ID == p.chosen.ID {
			return all
		}
	}
	if p.chosen.ID != "" {
		all = append(all, p.chosen)
	}
	return all
}

func (p *profilePanel) option(profile Profile) widget.Option {
	option := widget.Option{Title: words.Shown(profile.Name), Note: words.Shown(profile.Description), Chosen: profile.ID == p.chosen.ID}
	switch {
	case profile.ID == "":
		option.Title = p.window.words.Say("screens.profile.none")
	case profile.Name == "":
		option.Title = words.Shown(profile.ID)
	}
	return option
}

func (p *profilePanel) choose(profile Profile) {
	p.chosen = profile
	p.window.reconsider()
}

func (p *profilePanel) summary() string {
	if p.chosen.ID == "" {
		return p.window.words.Say("screens.profile.will.none")
	}
	return p.window.words.Say("screens.profile.will", "Name", p.option(p.chosen).Title)
}

func (p *profilePanel) confirm() (string, bool) { return p.window.words.Say("screens.keep"), !p.asking }

func (p *profilePanel) do() {
	w := p.window
	if p.asking {
		return
	}
	c := w.setting(p.id)
	c.Profile, c.ProfileName = p.chosen.ID, p.chosen.Name
	decide(w, request{title: p.title}, func(ctx context.Context) error { return w.options.Directory.Keep(ctx, c) }, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		p.over.back(c.ID, func(spoken *words.Words) string { return spoken.Say("screens.kept", "Name", words.Shown(c.Name)) })
	})
}

func (p *profilePanel) command(key fyne.KeyName) bool {
	by := map[fyne.KeyName]int{fyne.KeyDown: 1, fyne.KeyUp: -1}[key]
	if by == 0 || p.asking {
		return false
	}
	all := p.choices()
	for n, profile := range all {
		if profile.ID == p.chosen.ID {
			p.choose(all[min(max(n+by, 0), len(all)-1)])
			return true
		}
	}
	return true
}
