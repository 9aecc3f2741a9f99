package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A confirmPanel takes a person's word of what the web site made of a file: all
// were taken, but for those that are ticked with their code.
type confirmPanel struct {
	window  *Window
	over    panel
	entries []queue.Entry
	// refused are the codes of those that were not taken, "" where it is missing
	// yet; current is the entry that the codes below are for.
	refused map[string]autopilot.Code
	current string
	list    *container.Scroll
	by      *field
	code    *field
}

// openConfirmExport asks about exported boxes.
func (w *Window) openConfirmExport(entries []queue.Entry, over panel) {
	if len(entries) == 0 {
		w.note(widget.Hold, func(spoken *words.Words) string { return spoken.Say("screens.confirm.none") })
		return
	}
	p := &confirmPanel{window: w, over: over, entries: entries, refused: map[string]autopilot.Code{}, list: newList()}
	p.by = newField(w.capture, func(string) { w.reconsider() })
	p.code = newField(w.capture, p.typeCode)
	p.by.next, p.code.next = p.code, p.by
	w.openPanel(p)
}

// siteCodes are the codes that the web site gives most.
func siteCodes() []autopilot.Code {
	return []autopilot.Code{
		autopilot.CodeOtherTenant, autopilot.CodeUnknownDevice, autopilot.CodeAlreadyHere, autopilot.CodeNotUnique,
		autopilot.CodeOtherParty, autopilot.CodeInvalidHash, autopilot.CodeStorage,
	}
}

func (p *confirmPanel) below() panel { return p.over }

func (p *confirmPanel) title() string {
	return p.window.words.Say("screens.confirm") + " · " + p.window.words.Count("ui.boxes", len(p.entries))
}

func (p *confirmPanel) first() *field { return p.by }

func (p *confirmPanel) build() fyne.CanvasObject {
	w, say := p.window, p.window.words.Say
	var rows []fyne.CanvasObject
	for _, e := range p.entries {
		rows = append(rows, widget.NewChoice(p.option(e), func() { p.turn(e.ID) }))
	}
	fitList(p.list, rows, p.at())
	who := container.NewVBox()
	if _, no := p.refused[p.current]; no {
		who.Add(p.codes())
	}
	who.Add(caption(say("screens.confirm.by")))
	who.Add(p.by)
	who.Add(widget.NewPara(p.summary(), 19, widget.Text()).Bold())
	return container.NewVBox(
		widget.NewPara(say("screens.confirm.what", "Customer", w.customer(p.entries[0].Customer)), 18, widget.Text()), w.beside(p.list, who))
}

func (p *confirmPanel) option(e queue.Entry) widget.Option {
	say := p.window.words.Say
	option := widget.Option{Title: nameOf(e), Note: say("screens.confirm.taken"), Mark: widget.BoxOff, Chosen: e.ID == p.current}
	code, no := p.refused[e.ID]
	switch {
	case no && code == "":
		option.Mark, option.Note = widget.BoxOn, say("screens.confirm.which")
	case no:
		option.Mark, option.Note = widget.BoxOn, string(code)+" · "+p.window.words.Code(code, "").What
	}
	return option
}

// codes are the codes to pick for the box that is refused.
func (p *confirmPanel) codes() fyne.CanvasObject {
	now := p.refused[p.current]
	taps := container.New(&widget.Lines{Gap: 8})
	for _, code := range siteCodes() {
		taps.Add(widget.NewTap(string(code), "", chosenIf(code == now), func() { p.code.SetText(string(code)) }).Tall(44).By("F6"))
	}
	if now != "" {
		advice := p.window.words.Code(now, "")
		return container.NewVBox(caption(p.window.words.Say("screens.confirm.code")), taps, p.code,
			widget.NewPara(string(now)+" · "+advice.What, 16, widget.Text()))
	}
	return container.NewVBox(caption(p.window.words.Say("screens.confirm.code")), taps, p.code)
}

// typeCode takes a code for the box that is refused.
func (p *confirmPanel) typeCode(text string) {
	const longest = 64
	if _, no := p.refused[p.current]; no {
		text = strings.TrimSpace(text)
		p.refused[p.current] = autopilot.Code(text[:min(len(text), longest)])
	}
	p.window.reconsider()
}

// turn ticks a box as refused, or no longer.
func (p *confirmPanel) turn(id string) {
	p.current = ""
	_, no := p.refused[id]
	p.code.SetText("")
	if no {
		delete(p.refused, id)
	} else {
		p.refused[id] = ""
	}
	p.current = id
	p.window.reconsider()
}

func (p *confirmPanel) at() int {
	return slices.IndexFunc(p.entries, func(e queue.Entry) bool { return e.ID == p.current })
}

// command goes through the list: F5 says that the box is refused, or taken after
// all, and F6 picks the next code.
func (p *confirmPanel) command(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyDown, fyne.KeyUp:
		by := 1
		if key == fyne.KeyUp {
			by = -1
		}
		p.show(min(max(p.at()+by, 0), len(p.entries)-1))
	case fyne.KeyF5:
		if p.current != "" {
			p.turn(p.current)
		}
	case fyne.KeyF6:
		if now, no := p.refused[p.current]; no {
			all := siteCodes()
			p.code.SetText(string(all[(slices.Index(all, now)+1)%len(all)]))
		}
	default:
		return false
	}
	return true
}

// show makes a row the current one.
func (p *confirmPanel) show(row int) {
	p.current = ""
	id := p.entries[row].ID
	p.code.SetText(string(p.refused[id]))
	p.current = id
	p.window.reconsider()
}

func (p *confirmPanel) problem() string {
	say := p.window.words.Say
	for _, e := range p.entries {
		if code, no := p.refused[e.ID]; no && code == "" {
			return say("screens.confirm.codeless", "Name", nameOf(e))
		}
	}
	if strings.TrimSpace(p.by.Text) == "" {
		return say("screens.confirm.unnamed")
	}
	return ""
}

func (p *confirmPanel) summary() string {
	if problem := p.problem(); problem != "" {
		return problem
	}
	return p.window.words.Count("screens.confirm.will", len(p.entries)-len(p.refused), "Refused", p.window.words.Number(len(p.refused)))
}

func (p *confirmPanel) confirm() (string, bool) {
	return p.window.words.Say("screens.confirm"), p.problem() == ""
}

func (p *confirmPanel) do() {
	if p.problem() != "" {
		return
	}
	w, by := p.window, strings.TrimSpace(p.by.Text)
	outcomes := make([]queue.Outcome, 0, len(p.entries))
	for _, e := range p.entries {
		code, no := p.refused[e.ID]
		outcomes = append(outcomes, queue.Outcome{Entry: e.ID, Registered: !no || code.MeansRegistered(), Code: code})
	}
	decide(w, request{title: p.title, about: p.entries}, func(ctx context.Context) error { return w.options.Files.Confirm(ctx, outcomes, by) }, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.leavePanels()
		w.queue.done()
		w.note(widget.Neutral, func(spoken *words.Words) string {
			return spoken.Say("ui.done", "Action", spoken.Say("screens.confirm"), "Boxes", spoken.Count("ui.boxes", len(outcomes)))
		})
		w.reload()
	})
}
