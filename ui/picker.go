package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue/autopilot"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// shownCustomers is the most customers a picker shows; typing narrows it down.
const shownCustomers = 40

// A picker has a person choose one customer: by tapping, or with the arrow keys.
type picker struct {
	window *Window
	search *field
	chosen autopilot.TenantID
	scroll *container.Scroll
}

func newPicker(w *Window) *picker {
	p := &picker{window: w, scroll: container.NewVScroll(container.NewVBox())}
	p.scroll.SetMinSize(fyne.NewSize(300, 190))
	p.search = newField(w.capture, func(string) { w.reconsider() })
	return p
}

func (p *picker) build() fyne.CanvasObject {
	say := p.window.words.Say
	p.search.SetPlaceHolder(say("ui.picker.search"))
	list := container.NewVBox()
	for _, c := range p.matches() {
		list.Add(p.row(c))
	}
	if len(list.Objects) == 0 {
		list.Add(widget.NewPara(say("ui.picker.none"), 17, widget.Muted()))
	}
	p.scroll.Content = list
	p.scroll.Refresh()
	return container.NewVBox(caption(say("ui.customer")), p.search, p.scroll)
}

func (p *picker) row(c autopilot.Customer) fyne.CanvasObject {
	text := words.Shown(c.Name)
	if text == "" {
		text = p.window.words.Say("ui.picker.id", "ID", words.Shown(string(c.ID)))
	} else if c.Domain != "" {
		text += " · " + words.Shown(c.Domain)
	}
	if !mayRegister(c) {
		text += " · " + p.window.words.Say("ui.picker.norelation")
	}
	tap := widget.NewTap(text, "", chosenIf(c.ID == p.chosen), func() { p.choose(c.ID) })
	return tap.Left()
}

// mayRegister says whether Partner Center will take devices for the customer,
// as far as is known.
func mayRegister(c autopilot.Customer) bool {
	return c.Relationship == "" || c.Relationship == autopilot.RelationshipUnknown || c.Relationship == autopilot.RelationshipReseller
}

func (p *picker) choose(id autopilot.TenantID) {
	p.chosen = id
	p.window.reconsider()
}

// matches are the customers that the search leaves. A customer that is in no
// list can be named by its Microsoft ID.
func (p *picker) matches() []autopilot.Customer {
	text := strings.ToLower(strings.TrimSpace(p.search.Text))
	var found []autopilot.Customer
	for _, c := range p.window.customers {
		if len(found) < shownCustomers && (text == "" || strings.Contains(strings.ToLower(c.Name+" "+c.Domain+" "+string(c.ID)), text)) {
			found = append(found, c)
		}
	}
	if id, err := autopilot.ParseTenantID(text); len(found) == 0 && err == nil && looksLikeID(text) {
		found = append(found, autopilot.Customer{ID: id})
	}
	return found
}

// looksLikeID keeps a half-typed name from being taken for an ID: it has to be
// a GUID or a domain.
func looksLikeID(text string) bool {
	return len(text) == 36 && strings.Count(text, "-") == 4 || strings.Contains(text, ".")
}

// step chooses the next or the one before.
func (p *picker) step(by int) {
	found := p.matches()
	if len(found) == 0 {
		return
	}
	at := -1
	for n, c := range found {
		if c.ID == p.chosen {
			at = n
		}
	}
	at = min(max(at+by, 0), len(found)-1)
	p.choose(found[at].ID)
}

func (p *picker) command(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyDown:
		p.step(1)
	case fyne.KeyUp:
		p.step(-1)
	default:
		return false
	}
	return true
}
