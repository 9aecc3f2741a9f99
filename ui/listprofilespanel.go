package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue/manifest"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A listProfilesPanel chooses by which supplier's columns a list is read.
type listProfilesPanel struct {
	window *Window
	over   *previewPanel
	all    []manifest.Profile
	known  bool
	// chosen is the place in all, -1 for columns that are found.
	chosen int
	list   *container.Scroll
}

func (w *Window) openListProfiles(over *previewPanel) {
	p := &listProfilesPanel{window: w, over: over, chosen: -1, list: newList()}
	w.openPanel(p)
	askLong(w, p.title, w.options.Suppliers.Profiles, func(all []manifest.Profile, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		p.all, p.known = all, true
		for n, profile := range all {
			if profile.Name == over.named() {
				p.chosen = n
			}
		}
		w.reconsider()
	})
}

func (p *listProfilesPanel) below() panel { return p.over }

func (p *listProfilesPanel) title() string { return p.window.words.Say("orders.import.profile") }

func (p *listProfilesPanel) first() *field { return nil }

func (p *listProfilesPanel) build() fyne.CanvasObject {
	w := p.window
	rows := []fyne.CanvasObject{widget.NewChoice(widget.Option{
		Title: w.words.Say("orders.import.found"), Note: w.words.Say("orders.import.found.what"), Chosen: p.chosen < 0,
	}, func() { p.choose(-1) })}
	for n, profile := range p.all {
		rows = append(rows, widget.NewChoice(widget.Option{Title: words.Shown(profile.Name), Note: p.columns(profile), Chosen: p.chosen == n},
			func() { p.choose(n) }))
	}
	fitList(p.list, rows, p.chosen+1)
	content := container.NewVBox(widget.NewPara(w.words.Say("orders.import.profile.what"), 17, widget.Text()), p.list)
	if !p.known {
		content.Add(widget.NewPara("…", 17, widget.Text()))
	}
	if p.chosen >= 0 {
		content.Add(widget.NewPara(p.columns(p.all[p.chosen]), 17, widget.Text()))
	}
	return content
}

// columns says what a profile takes which column for.
func (p *listProfilesPanel) columns(profile manifest.Profile) string {
	var all []string
	for _, c := range profile.Columns {
		all = append(all, words.Shown(c.Column)+" = "+p.window.words.ListField(c.Field))
	}
	return strings.Join(all, ", ")
}

func (p *listProfilesPanel) choose(n int) {
	p.chosen = n
	p.window.reconsider()
}

func (p *listProfilesPanel) command(key fyne.KeyName) bool {
	by := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}[key]
	if by == 0 {
		return false
	}
	p.choose(min(max(p.chosen+by, -1), len(p.all)-1))
	return true
}

func (p *listProfilesPanel) confirm() (string, bool) {
	return p.window.words.Say("orders.import.again"), p.known
}

func (p *listProfilesPanel) do() {
	var profile *manifest.Profile
	if p.chosen >= 0 {
		profile = &p.all[p.chosen]
	}
	p.window.closePanel()
	p.over.use(profile)
}
