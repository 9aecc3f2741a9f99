package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A customersPanel is the directory: who there is, how things are with them, and
// the ways to change that.
type customersPanel struct {
	window *Window
	picker *picker
	over   panel
	// asking says that Partner Center is being asked.
	asking bool
	// said is what came of the last thing done here.
	said func(*words.Words) string
}

// openCustomers shows the directory; without a port for it nothing opens.
func (w *Window) openCustomers() { w.openCustomersOver(nil) }

// openCustomersOver shows it over another panel, to which leaving it returns.
func (w *Window) openCustomersOver(over panel) {
	if w.options.Directory == nil {
		return
	}
	w.openPanel(&customersPanel{window: w, picker: newPicker(w), over: over})
	w.askCustomers()
}

func (p *customersPanel) below() panel { return p.over }

func (p *customersPanel) title() string { return p.window.words.Say("screens.customers") }

func (p *customersPanel) first() *field { return p.picker.search }

func (p *customersPanel) confirm() (string, bool) { return "", false }

func (p *customersPanel) do() {}

func (p *customersPanel) build() fyne.CanvasObject {
	rows := container.NewVBox(p.picker.build())
	for _, line := range p.about() {
		rows.Add(widget.NewPara(line, 17, widget.Text()))
	}
	rows.Add(gap(2))
	rows.Add(p.taps())
	if p.asking {
		rows.Add(widget.NewPara(p.window.words.Say("screens.asking"), 17, widget.Text()).Bold())
	} else if p.said != nil {
		rows.Add(widget.NewPara(p.said(p.window.words), 17, widget.Text()).Bold())
	}
	return rows
}

// about tells all that is kept of the chosen customer.
func (p *customersPanel) about() []string {
	w := p.window
	if p.picker.chosen == "" {
		return []string{w.words.Say("ui.picker.choose")}
	}
	c := p.picker.customer()
	lines := []string{words.Shown(c.Name) + " · " + words.Shown(string(c.ID)), w.relation(c)}
	if pause, ok := w.pauses[c.ID]; ok {
		lines = append(lines, w.pauseText(pause))
	}
	lines = append(lines, w.words.Say("screens.customers.tags", "Tags", tagList(c, w.words.Say("screens.none"))))
	if c.Reseller != "" {
		lines = append(lines, w.words.Say("screens.customers.reseller", "ID", words.Shown(string(c.Reseller))))
	}
	if w.options.Profiles != nil {
		lines = append(lines, w.words.Say("screens.customers.profile", "Name", profileName(c, w.words.Say("screens.profile.not"))))
	}
	return lines
}

func tagList(c queue.CustomerSetting, none string) string {
	var tags []string
	for _, tag := range c.Choices() {
		tags = append(tags, string(tag))
	}
	text := strings.Join(tags, ", ")
	if text == "" {
		return none
	}
	return text
}

func profileName(c queue.CustomerSetting, none string) string {
	switch {
	case c.Profile == "":
		return none
	case c.ProfileName != "":
		return words.Shown(c.ProfileName)
	default:
		return words.Shown(c.Profile)
	}
}

// pauseText says why a customer waits, since when, and when it is tried again.
func (w *Window) pauseText(pause queue.Pause) string {
	now := w.clock.Now()
	text := w.words.Say("screens.paused", "Why", w.words.Reason(pause.Reason))
	if !pause.Since.IsZero() {
		text += " " + w.words.Say("screens.paused.since", "When", w.words.Moment(pause.Since, now))
	}
	if !pause.Until.IsZero() {
		text += " " + w.words.Say("screens.paused.until", "When", w.words.Moment(pause.Until, now))
	}
	return text
}

// A panelKey is something that can be done in a panel, by a button or its key.
type panelKey struct {
	key      fyne.KeyName
	text     string // id
	possible bool
	do       func()
}

func (p *customersPanel) keys() []panelKey {
	w, some := p.window, p.picker.chosen != ""
	keys := []panelKey{
		{fyne.KeyF5, "screens.customers.edit", some, func() { w.openPanel(newCustomerPanel(p, p.picker.customer())) }},
		{fyne.KeyF6, "screens.customers.add", true, func() { w.openPanel(newCustomerPanel(p, queue.CustomerSetting{})) }},
	}
	if w.options.Relations != nil {
		keys = append(keys, panelKey{fyne.KeyF7, "screens.relation", some, func() { w.openRelation(p.picker.chosen, p) }})
	}
	if w.options.Profiles != nil {
		keys = append(keys, panelKey{fyne.KeyF8, "screens.profile", some, func() { w.openProfiles(p) }})
	}
	return append(keys,
		panelKey{fyne.KeyF3, "screens.customers.refresh", !p.asking, p.refresh},
		panelKey{fyne.KeyF10, "screens.customers.import", true, func() { w.openPanel(newImportPanel(p)) }})
}

func (p *customersPanel) taps() fyne.CanvasObject { return p.window.panelTaps(p.keys()) }

// panelTaps are the buttons of what can be done in a panel.
func (w *Window) panelTaps(keys []panelKey) fyne.CanvasObject {
	taps := container.New(&widget.Lines{Gap: 8})
	for _, k := range keys {
		tap := widget.NewTap(w.words.Say(k.text), string(k.key), widget.Plain, k.do)
		tap.SetEnabled(k.possible)
		taps.Add(tap)
	}
	return taps
}

// pressed does what a key means in a panel, and says whether it is one of keys.
func pressed(keys []panelKey, key fyne.KeyName) bool {
	for _, k := range keys {
		if k.key == key {
			if k.possible {
				k.do()
			}
			return true
		}
	}
	return false
}

func (p *customersPanel) command(key fyne.KeyName) bool {
	return pressed(p.keys(), key) || p.picker.command(key)
}

// refresh asks Partner Center for the customers.
func (p *customersPanel) refresh() {
	w := p.window
	p.asking, p.said = true, nil
	w.reconsider()
	askLong(w, w.named("screens.customers.refresh"), w.options.Directory.Refresh, func(fresh int, err error) {
		p.asking = false
		if err != nil {
			w.fail(err)
		} else {
			p.said = func(spoken *words.Words) string { return spoken.Count("screens.customers.fresh", fresh) }
		}
		w.askCustomers()
	})
}

// back is where a panel over the directory returns to, with a customer chosen.
func (p *customersPanel) back(id autopilot.TenantID, said func(*words.Words) string) {
	if id != "" {
		p.picker.chosen = id
	}
	p.said = said
	p.window.openPanel(p)
	p.window.askCustomers()
}
