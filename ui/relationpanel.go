package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue/autopilot"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A relationPanel has the e-mail that asks a customer for the relationship,
// ready to copy, and asks again whether it was accepted.
type relationPanel struct {
	window *Window
	over   panel
	id     autopilot.TenantID
	letter *letter

	link     string
	asking   bool // for the link
	failed   error
	checking bool
	said     func(*words.Words) string
}

// openRelation asks Partner Center for the link and shows the panel over
// another one, or alone.
func (w *Window) openRelation(id autopilot.TenantID, over panel) {
	if w.options.Relations == nil || id == "" {
		return
	}
	p := &relationPanel{window: w, over: over, id: id, asking: true}
	p.letter = newLetter(w, p.mail)
	w.openPanel(p)
	w.askReception()
	askLong(w, p.title, w.options.Relations.Link, func(link string, err error) {
		p.link, p.failed, p.asking = link, err, false
		w.reconsider()
	})
}

// mail is the e-mail in a language, nothing while there is no link.
func (p *relationPanel) mail(spoken *words.Words) (words.Mail, error) {
	if p.link == "" {
		return words.Mail{}, nil
	}
	return spoken.RelationshipMail(p.link, p.window.names[p.id], p.window.options.Partner)
}

func (p *relationPanel) below() panel { return p.over }

func (p *relationPanel) title() string {
	return p.window.words.Say("screens.relation") + " · " + p.window.customer(p.id)
}

func (p *relationPanel) first() *field { return nil }

func (p *relationPanel) confirm() (string, bool) { return "", false }

func (p *relationPanel) do() {}

func (p *relationPanel) build() fyne.CanvasObject {
	w, say := p.window, p.window.words.Say
	rows := container.NewVBox(widget.NewPara(w.relation(w.setting(p.id)), 20, widget.Text()).Bold())
	if pause, ok := w.pauses[p.id]; ok {
		rows.Add(widget.NewPara(w.pauseText(pause), 17, widget.Text()))
	}
	rows.Add(widget.NewPara(say("screens.relation.what"), 17, widget.Text()))
	rows.Add(gap(4))
	switch {
	case p.asking:
		rows.Add(widget.NewPara(say("screens.relation.link"), 18, widget.Text()).Bold())
	case p.failed != nil:
		rows.Add(widget.NewPara(say("screens.relation.no-link")+" "+errorText(w.words, p.failed), 18, widget.Text()).Bold())
	default:
		rows.Add(caption(say("screens.relation.mail")))
		rows.Add(p.letter.build())
	}
	rows.Add(w.panelTaps(p.keys()))
	if p.said != nil {
		rows.Add(widget.NewPara(p.said(w.words), 18, widget.Text()).Bold())
	}
	return rows
}

func (p *relationPanel) keys() []panelKey {
	return append(p.letter.keys(), panelKey{fyne.KeyF7, "screens.relation.check", !p.checking, p.check})
}

func (p *relationPanel) command(key fyne.KeyName) bool { return pressed(p.keys(), key) }

// check asks whether the customer accepted.
func (p *relationPanel) check() {
	w := p.window
	p.checking = true
	p.said = func(spoken *words.Words) string { return spoken.Say("screens.asking") }
	w.reconsider()
	askLong(w, p.title, func(ctx context.Context) (autopilot.Relationship, error) { return w.options.Relations.Check(ctx, p.id) },
		func(now autopilot.Relationship, err error) {
			p.checking = false
			p.said = func(spoken *words.Words) string {
				switch {
				case err != nil:
					return errorText(spoken, err)
				case now == autopilot.RelationshipReseller:
					return spoken.Say("screens.relation.accepted")
				default:
					return spoken.Say("screens.relation.waits")
				}
			}
			w.reconsider()
			w.askCustomers()
			w.askReception()
		})
}
