package ui

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/widget"
)

// A tagPicker has a person pick one of a customer's group tags, by tapping or
// with F5. None is ever typed here: a supervisor sets them in the directory.
type tagPicker struct {
	window *Window
	chosen autopilot.GroupTag
	// kept offers to leave the tags as they are, with "" for the choice.
	kept bool
	// keptAs is the id of what that is called, "" for the usual word.
	keptAs string
}

// offer begins anew with a customer's tags: if there is one, it is chosen.
func (p *tagPicker) offer(c queue.CustomerSetting) {
	p.chosen = ""
	if tags := c.Choices(); len(tags) == 1 && !p.kept {
		p.chosen = tags[0]
	}
}

// missing says that there are tags and none is picked.
func (p *tagPicker) missing(c queue.CustomerSetting) bool {
	return !p.kept && p.chosen == "" && len(c.Choices()) > 0
}

// choices are what can be picked, in order.
func (p *tagPicker) choices(c queue.CustomerSetting) []autopilot.GroupTag {
	if p.kept {
		return append([]autopilot.GroupTag{""}, c.Choices()...)
	}
	return c.Choices()
}

func (p *tagPicker) build(c queue.CustomerSetting) fyne.CanvasObject {
	say := p.window.words.Say
	taps := container.New(&widget.Lines{Gap: 8})
	for _, tag := range p.choices(c) {
		text := string(tag)
		if tag == "" {
			text = say(cmp.Or(p.keptAs, "screens.tag.kept"))
		}
		taps.Add(widget.NewTap(text, "", chosenIf(tag == p.chosen), func() { p.pick(tag) }).Tall(44).By("F5"))
	}
	title := say("ui.tag")
	if len(taps.Objects) > 1 {
		title = say("screens.tag.pick")
	}
	if len(taps.Objects) == 0 {
		return container.NewVBox(caption(title), widget.NewPara(p.none(c), 17, widget.Text()))
	}
	return container.NewVBox(caption(title), taps)
}

func (p *tagPicker) none(c queue.CustomerSetting) string {
	if c.ID == "" {
		return "–"
	}
	return p.window.words.Say("screens.tag.none")
}

func (p *tagPicker) pick(tag autopilot.GroupTag) {
	p.chosen = tag
	p.window.reconsider()
}

// next picks the one after that picked now.
func (p *tagPicker) next(c queue.CustomerSetting) {
	all := p.choices(c)
	if len(all) == 0 {
		return
	}
	p.pick(all[(slices.Index(all, p.chosen)+1)%len(all)])
}
