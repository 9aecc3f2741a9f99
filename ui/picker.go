package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// shownCustomers is the most customers a picker shows; typing narrows it down.
const shownCustomers = 40

// The measures of a list in a panel.
const (
	choiceHigh = 52 // a widget.Choice
	choiceGap  = 4
	listHigh   = 3*choiceHigh + 2*choiceGap + 2*scrollEdge
)

// A picker has a person choose one customer of the directory: by tapping, or
// with the arrow keys. What is in no directory cannot be chosen.
type picker struct {
	window *Window
	search *field
	chosen autopilot.TenantID
	scroll *container.Scroll
	// onChoose is told of a choice, before the panel is built anew.
	onChoose func()
}

func newPicker(w *Window) *picker {
	p := &picker{window: w, scroll: newList()}
	p.search = newField(w.capture, func(string) { w.reconsider() })
	return p
}

// newList is an empty list that scrolls.
func newList() *container.Scroll {
	s := container.NewVScroll(container.NewVBox())
	s.SetMinSize(fyne.NewSize(300, listHigh))
	return s
}

func (p *picker) build() fyne.CanvasObject {
	say := p.window.words.Say
	p.scroll.SetMinSize(fyne.NewSize(300, p.window.pickerHigh()))
	p.search.SetPlaceHolder(say("ui.picker.search"))
	found := p.matches()
	var rows []fyne.CanvasObject
	at := -1
	for n, c := range found {
		if c.ID == p.chosen {
			at = n
		}
		rows = append(rows, p.row(c))
	}
	if len(rows) == 0 {
		rows = append(rows, widget.NewPara(p.none(), 17, widget.Muted()))
	}
	fillList(p.scroll, rows, at)
	return container.NewVBox(caption(say("ui.customer")), p.search, p.scroll)
}

// pickerHigh is how high a picker's list is: a row less in a low window, so that what
// lies below it is in sight.
func (w *Window) pickerHigh() float32 {
	const low = 790
	if w.window.Canvas().Size().Height < low {
		return listHigh - choiceHigh - choiceGap
	}
	return listHigh
}

// none says why there is nobody to choose.
func (p *picker) none() string {
	if len(p.window.customers) == 0 {
		return p.window.words.Say("screens.directory.empty")
	}
	return p.window.words.Say("ui.picker.none")
}

// fitList is fillList for a list that is as high as its rows, up to its usual
// height: what lies below moves only when rows come or go.
func fitList(list *container.Scroll, rows []fyne.CanvasObject, chosen int) {
	high := float32(max(len(rows), 1))*(choiceHigh+choiceGap) - choiceGap + 2*scrollEdge
	list.SetMinSize(fyne.NewSize(300, min(high, listHigh)))
	fillList(list, rows, chosen)
}

// fillList puts rows of equal height into a list and keeps the chosen one in
// sight.
func fillList(list *container.Scroll, rows []fyne.CanvasObject, chosen int) {
	const bar = 18 // the scroll bar's room
	list.Content = container.New(layout.NewCustomPaddedLayout(scrollEdge, scrollEdge, scrollEdge, bar), container.NewVBox(rows...))
	if chosen >= 0 {
		top := float32(chosen) * (choiceHigh + choiceGap)
		low := top + choiceHigh + 2*scrollEdge - max(list.Size().Height, choiceHigh+2*scrollEdge)
		list.Offset.Y = min(max(list.Offset.Y, low), top)
	}
	list.Content.Resize(list.Content.MinSize().Max(list.Size())) // of content that has no size yet a scroll forgets where it was
	list.Refresh()
}

func (p *picker) row(c queue.CustomerSetting) fyne.CanvasObject {
	w := p.window
	option := widget.Option{Title: w.called(c), Note: w.standing(c), Chosen: c.ID == p.chosen}
	if _, paused := w.pauses[c.ID]; paused || !mayRegister(c) {
		option.Mark, option.Tone = widget.ToneMark, widget.Hold
	}
	return widget.NewChoice(option, func() { p.choose(c.ID) })
}

// called is what a customer is called, with the end of the Microsoft ID: two
// may have the same name.
func (w *Window) called(c queue.CustomerSetting) string {
	if c.Name == "" {
		return w.words.Say("ui.picker.id", "ID", words.Shown(string(c.ID)))
	}
	return words.Shown(c.Name) + " · " + tail(c.ID)
}

// tail is the end of a Microsoft ID.
func tail(id autopilot.TenantID) string {
	const shown = 6
	if len(id) <= shown {
		return words.Shown(string(id))
	}
	return "…" + words.Shown(string(id[len(id)-shown:]))
}

// standing is how things are with a customer, as far as is known: it is the same
// while the station is offline.
func (w *Window) standing(c queue.CustomerSetting) string {
	text := w.relation(c)
	if pause, ok := w.pauses[c.ID]; ok && pause.Reason != queue.NoRelationship {
		text += " · " + w.words.Reason(pause.Reason)
	}
	if len(c.Choices()) == 0 {
		text += " · " + w.words.Say("screens.tag.none.short")
	}
	return text
}

// relation is the relationship and when it was asked for last.
func (w *Window) relation(c queue.CustomerSetting) string {
	if c.Relationship == "" || c.CheckedAt.IsZero() {
		return w.words.Say("screens.relation.unchecked")
	}
	when := w.words.Moment(c.CheckedAt, w.clock.Now())
	return w.words.Say("screens.relation.checked", "Relation", w.words.Relationship(c), "When", when)
}

// mayRegister says whether Partner Center will take devices for the customer,
// as far as is known. A reseller of theirs may have the relationship instead.
func mayRegister(c queue.CustomerSetting) bool {
	return c.Reseller != "" || c.Relationship == "" || c.Relationship == autopilot.RelationshipUnknown || c.Relationship == autopilot.RelationshipReseller
}

func (p *picker) choose(id autopilot.TenantID) {
	p.chosen = id
	if p.onChoose != nil {
		p.onChoose()
	}
	p.window.reconsider()
}

// customer is who is chosen.
func (p *picker) customer() queue.CustomerSetting { return p.window.setting(p.chosen) }

// setting is what is kept of a customer, their ID alone where nothing is.
func (w *Window) setting(id autopilot.TenantID) queue.CustomerSetting {
	for _, c := range w.customers {
		if c.ID == id {
			return c
		}
	}
	return queue.CustomerSetting{ID: id}
}

// matches are the customers that the search leaves.
func (p *picker) matches() []queue.CustomerSetting {
	text := strings.ToLower(strings.TrimSpace(p.search.Text))
	var found []queue.CustomerSetting
	for _, c := range p.window.customers {
		if len(found) < shownCustomers && (text == "" || strings.Contains(strings.ToLower(c.Name+" "+c.Domain+" "+string(c.ID)), text)) {
			found = append(found, c)
		}
	}
	return found
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
