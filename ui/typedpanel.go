package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/widget"
)

// A typedPanel takes a PKID from a label that no scanner reads. It must be
// typed twice, without the clipboard, and is kept as held.
type typedPanel struct {
	window        *Window
	once, another *field
}

func newTypedPanel(w *Window) *typedPanel {
	p := &typedPanel{window: w}
	p.once = newField(w.capture, func(string) { w.reconsider() })
	p.another = newField(w.capture, func(string) { w.reconsider() })
	p.once.next, p.another.next = p.another, p.once
	p.once.byHand, p.another.byHand = true, true
	p.once.onEnter = func() { w.window.Canvas().Focus(p.another) }
	return p
}

func (p *typedPanel) title() string { return p.window.words.Say("ui.typed") }

func (p *typedPanel) first() *field { return p.once }

func (p *typedPanel) build() fyne.CanvasObject {
	say := p.window.words.Say
	return container.NewVBox(
		widget.NewPara(say("ui.typed.what"), 18, widget.Text()),
		gap(4),
		caption(say("ui.typed.once")), p.once,
		caption(say("ui.typed.again")), p.another,
		gap(4),
		widget.NewPara(p.summary(), 20, widget.Text()).Bold(),
	)
}

// digits is what was typed, without the spaces that people put between.
func digits(f *field) string { return strings.Join(strings.Fields(f.Text), "") }

// check says whether what was typed can be kept; the text to show if not.
func (p *typedPanel) check() (pkid autopilot.PKID, problem string) {
	w := p.window
	if digits(p.once) == "" {
		return "", w.words.Say("ui.typed.nothing")
	}
	pkid, err := autopilot.ParsePKID(digits(p.once))
	switch {
	case err != nil:
		return "", w.words.Error(err)
	case digits(p.another) == "":
		return "", w.words.Say("ui.typed.second")
	case digits(p.another) != string(pkid):
		return "", w.words.Say("ui.typed.differ")
	default:
		return pkid, ""
	}
}

func (p *typedPanel) summary() string {
	pkid, problem := p.check()
	if problem != "" {
		return problem
	}
	return p.window.words.Say("ui.typed.will", "PKID", string(pkid))
}

func (p *typedPanel) confirm() (string, bool) {
	_, problem := p.check()
	return p.window.words.Say("ui.typed.do"), problem == ""
}

func (p *typedPanel) do() {
	w := p.window
	pkid, problem := p.check()
	if problem != "" {
		return
	}
	w.closePanel()
	ask(w, func(ctx context.Context) (queue.Verdict, error) { return w.options.Intake.Typed(ctx, string(pkid)) },
		func(_ queue.Verdict, err error) {
			if err != nil {
				w.fail(err)
			}
		})
}
