package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A customerPanel has a supervisor add a customer to the directory, or change
// one: only here group tags are typed.
type customerPanel struct {
	window *Window
	over   *customersPanel
	before queue.CustomerSetting
	fresh  bool
	// short leaves out what few need.
	short bool

	name, id, tags, reseller *field
}

func newCustomerPanel(over *customersPanel, c queue.CustomerSetting) *customerPanel {
	w := over.window
	p := &customerPanel{window: w, over: over, before: c, fresh: c.ID == ""}
	changed := func(string) { w.reconsider() }
	p.name, p.id = newField(w.capture, changed), newField(w.capture, changed)
	p.tags, p.reseller = newField(w.capture, changed), newField(w.capture, changed)
	order := []*field{p.name, p.tags, p.reseller}
	if p.fresh {
		order = []*field{p.name, p.id, p.tags, p.reseller}
	}
	for n, f := range order {
		f.next = order[(n+1)%len(order)]
	}
	p.name.SetText(c.Name)
	p.tags.SetText(strings.ReplaceAll(tagList(c, ""), ",", "")) // as the field asks for them
	p.reseller.SetText(string(c.Reseller))
	return p
}

func (p *customerPanel) below() panel { return p.over }

func (p *customerPanel) title() string {
	if p.fresh {
		return p.window.words.Say("screens.customers.add")
	}
	return p.window.words.Say("screens.customers.edit")
}

func (p *customerPanel) first() *field { return p.name }

func (p *customerPanel) build() fyne.CanvasObject {
	say := p.window.words.Say
	rows := container.NewVBox(caption(say("screens.customer.name")), p.name)
	if p.fresh {
		rows.Add(caption(say("screens.customer.id")))
		rows.Add(p.id)
	} else {
		rows.Add(widget.NewPara(words.Shown(string(p.before.ID)), 17, widget.Muted()))
	}
	rows.Add(caption(say("screens.customer.tags")))
	rows.Add(p.tags)
	if !p.short {
		rows.Add(caption(say("screens.customer.reseller")))
		rows.Add(p.reseller)
	}
	rows.Add(gap(4))
	rows.Add(widget.NewPara(p.summary(), 18, widget.Text()).Bold())
	return rows
}

// setting is what was typed, or what is wrong with it.
func (p *customerPanel) setting() (queue.CustomerSetting, string) {
	spoken, c := p.window.words, p.before
	c.Name = strings.TrimSpace(p.name.Text)
	if c.Name == "" {
		return c, spoken.Say("screens.customer.unnamed")
	}
	if problem := p.identify(&c); problem != "" {
		return c, problem
	}
	var tags []autopilot.GroupTag
	for _, text := range strings.FieldsFunc(p.tags.Text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
		tag, err := autopilot.ParseGroupTag(text)
		if err != nil {
			return c, spoken.Error(err)
		}
		tags = append(tags, tag)
	}
	c.GroupTag, c.Tags = "", nil
	if len(tags) > 0 {
		c.GroupTag, c.Tags = tags[0], tags[1:]
	}
	return c, ""
}

// identify takes the Microsoft IDs.
func (p *customerPanel) identify(c *queue.CustomerSetting) (problem string) {
	spoken := p.window.words
	if p.fresh {
		id, err := autopilot.ParseTenantID(strings.TrimSpace(p.id.Text))
		switch {
		case err != nil:
			return spoken.Error(err)
		case p.window.setting(id).Name != "":
			return spoken.Say("screens.customer.known", "Name", words.Shown(p.window.setting(id).Name))
		}
		c.ID = id
	}
	c.Reseller = ""
	if text := strings.TrimSpace(p.reseller.Text); text != "" {
		id, err := autopilot.ParseTenantID(text)
		if err != nil {
			return spoken.Error(err)
		}
		c.Reseller = id
	}
	return ""
}

func (p *customerPanel) summary() string {
	c, problem := p.setting()
	switch {
	case problem != "":
		return problem
	case len(c.Choices()) == 0:
		return p.window.words.Say("screens.customer.untagged")
	default:
		return p.window.words.Say("screens.customer.will", "Tags", tagList(c, ""))
	}
}

func (p *customerPanel) confirm() (string, bool) {
	_, problem := p.setting()
	return p.window.words.Say("screens.keep"), problem == ""
}

func (p *customerPanel) do() {
	p.keep(func(c queue.CustomerSetting) {
		name := c.Name
		p.over.back(c.ID, func(spoken *words.Words) string { return spoken.Say("screens.kept", "Name", words.Shown(name)) })
	})
}

// keep keeps what was typed, and calls then once it is kept.
func (p *customerPanel) keep(then func(queue.CustomerSetting)) {
	w := p.window
	c, problem := p.setting()
	if problem != "" {
		return
	}
	decide(w, request{title: p.title}, func(ctx context.Context) error { return w.options.Directory.Keep(ctx, c) }, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		then(c)
	})
}
