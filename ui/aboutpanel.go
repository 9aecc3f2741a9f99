package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/assets"
	"pkidstation/ui/widget"
)

// An aboutPanel says what this program is, and under what licence it and each thing
// that is built into it is given.
type aboutPanel struct {
	window *Window
	over   panel
	about  About
	search *field
	list   *container.Scroll
	at     int // of those that the search leaves
}

// openAbout says what this program is, where it knows.
func (w *Window) openAbout() {
	if w.options.About == nil {
		return
	}
	p := &aboutPanel{window: w, over: w.panel, about: w.options.About(), list: newList()}
	p.search = newField(w.capture, func(string) { p.choose(0) })
	p.search.onEnter = p.do
	w.openPanel(p)
}

func (p *aboutPanel) below() panel { return p.over }

func (p *aboutPanel) title() string { return p.window.words.Say("about.title") }

func (p *aboutPanel) first() *field { return p.search }

func (p *aboutPanel) leave() string { return p.window.words.Say("ui.close") }

func (p *aboutPanel) build() fyne.CanvasObject {
	w, say := p.window, p.window.words.Say
	p.search.SetPlaceHolder(say("about.search"))
	p.list.SetMinSize(fyne.NewSize(300, p.listHigh()))
	found := p.found()
	rows := make([]fyne.CanvasObject, 0, len(found))
	for n, l := range found {
		option := widget.Option{Title: titleOf(l), Note: strings.Trim(l.Kind+" · "+l.Version, " ·"), Chosen: n == p.at}
		rows = append(rows, widget.NewChoice(option, func() { p.choose(n) }))
	}
	if len(rows) == 0 {
		rows = append(rows, widget.NewPara(say("about.none"), 17, widget.Muted()))
	}
	fillList(p.list, rows, p.at)
	return container.NewVBox(p.facts(), caption(w.words.Count("about.licences", len(p.about.Licences))), p.search, p.list)
}

// listHigh is how high the list is: as many whole rows as leave all else in sight.
func (p *aboutPanel) listHigh() float32 {
	const around, row, least, most = 496, choiceHigh + choiceGap, 2, 10
	rows := min(max(int((p.window.window.Canvas().Size().Height-around)/row), least), most)
	return float32(rows)*row - choiceGap + 2*scrollEdge
}

// facts are the versions.
func (p *aboutPanel) facts() fyne.CanvasObject {
	say, a := p.window.words.Say, p.about
	rows := container.NewVBox()
	for _, f := range [][2]string{
		{"about.version", a.Version}, {"about.revision", a.Revision}, {"about.go", a.Go}, {"about.fyne", a.Fyne},
	} {
		label := container.NewGridWrap(fyne.NewSize(150, 24), widget.NewFit(say(f[0]), 16, widget.Text()))
		rows.Add(container.NewBorder(nil, nil, label, nil, widget.NewPara(orDash(f[1]), 16, widget.Text()).Bold()))
	}
	return rows
}

// titleOf is what a licence is of.
func titleOf(l assets.Licence) string {
	if l.Part == "" {
		return l.Name
	}
	return l.Name + " · " + l.Part
}

// found are the licences that the search leaves.
func (p *aboutPanel) found() []assets.Licence {
	return search(p.about.Licences, p.search.Text)
}

// search leaves the licences that have all words of a text in their names or kind.
func search(all []assets.Licence, text string) []assets.Licence {
	var found []assets.Licence
	for _, l := range all {
		in, has := strings.ToLower(titleOf(l)+" "+l.Version+" "+l.Kind), true
		for word := range strings.FieldsSeq(strings.ToLower(text)) {
			has = has && strings.Contains(in, word)
		}
		if has {
			found = append(found, l)
		}
	}
	return found
}

func (p *aboutPanel) choose(at int) {
	p.at = max(min(at, len(p.found())-1), 0)
	p.window.reconsider()
}

func (p *aboutPanel) command(key fyne.KeyName) bool {
	const page = 3
	by := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1, fyne.KeyPageUp: -page, fyne.KeyPageDown: page}[key]
	if by != 0 {
		p.choose(p.at + by)
	}
	return by != 0
}

func (p *aboutPanel) confirm() (string, bool) {
	return p.window.words.Say("about.read"), len(p.found()) > 0
}

// do shows the whole text of the chosen one.
func (p *aboutPanel) do() {
	if found := p.found(); p.at < len(found) {
		text := &textView{window: p.window}
		text.set(found[p.at].Text)
		p.window.openPanel(&licencePanel{window: p.window, over: p, licence: found[p.at], text: text})
	}
}

// A licencePanel shows the whole text of a licence.
type licencePanel struct {
	window  *Window
	over    *aboutPanel
	licence assets.Licence
	text    *textView
}

func (p *licencePanel) below() panel { return p.over }

func (p *licencePanel) title() string {
	return strings.TrimSpace(titleOf(p.licence) + " " + p.licence.Version)
}

func (p *licencePanel) first() *field { return nil }

func (p *licencePanel) build() fyne.CanvasObject { return p.text.build() }

func (p *licencePanel) command(key fyne.KeyName) bool { return p.text.command(key) }

func (p *licencePanel) confirm() (string, bool) { return "", false }

func (p *licencePanel) do() {}
