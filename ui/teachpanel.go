package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// Four of scanner/label's words for kinds, which ui cannot import: what a code
// can be taught to be. A PKID has 13 digits.
const (
	taughtPKID   = "pkid"
	taughtSerial = "serial"
	taughtModel  = "model"
	taughtPart   = "part"
	pkidDigits   = 13
)

// A teachPanel has a person say what a code is that nobody knew: from then on
// every code of its length with its beginning is that.
type teachPanel struct {
	window *Window
	code   string // the code as it was read
	kind   string
	prefix *field
}

func newTeachPanel(w *Window, code string) *teachPanel {
	p := &teachPanel{window: w, code: code}
	p.prefix = newField(w.capture, func(string) { w.reconsider() })
	return p
}

// openTeach asks what a code is. It must be one that was not recognised, never
// a secret; without a port for it nothing opens.
func (w *Window) openTeach(code string) {
	if w.options.Teach != nil && code != "" {
		w.openPanel(newTeachPanel(w, code))
	}
}

func (p *teachPanel) title() string { return p.window.words.Say("label.teach") }

func (p *teachPanel) first() *field { return p.prefix }

func (p *teachPanel) build() fyne.CanvasObject {
	say := p.window.words.Say
	kinds := container.NewGridWithColumns(4)
	for _, kind := range taughtKinds() {
		kinds.Add(widget.NewTap(p.window.words.Kind(kind), "", chosenIf(kind == p.kind), func() { p.choose(kind) }).Tall(p.window.primary).By("F5"))
	}
	return container.NewVBox(
		widget.NewPara(say("label.teach.what", "Text", words.Shown(p.code), "Length", len(p.code)), 20, widget.Text()),
		gap(4),
		caption(say("label.teach.kind")+" · F5"), kinds,
		gap(4),
		caption(say("label.teach.prefix")), p.prefix,
		gap(4),
		widget.NewPara(p.summary(), 20, widget.Text()).Bold(),
	)
}

func taughtKinds() []string { return []string{taughtPKID, taughtSerial, taughtModel, taughtPart} }

func (p *teachPanel) choose(kind string) {
	p.kind = kind
	p.window.reconsider()
	p.window.window.Canvas().Focus(p.prefix)
}

// command chooses the next kind by F5.
func (p *teachPanel) command(key fyne.KeyName) bool {
	if key != fyne.KeyF5 {
		return false
	}
	kinds := taughtKinds()
	p.choose(kinds[(slices.Index(kinds, p.kind)+1)%len(kinds)])
	return true
}

// beginning is what all such codes begin with.
func (p *teachPanel) beginning() string { return strings.ToUpper(strings.TrimSpace(p.prefix.Text)) }

// problem is the text to show for what cannot be taught, else empty.
func (p *teachPanel) problem() string {
	say := p.window.words.Say
	rest, begins := strings.CutPrefix(strings.ToUpper(p.code), p.beginning())
	switch {
	case p.kind == "":
		return say("label.teach.choose")
	case p.beginning() == "":
		return say("label.teach.begin")
	case !begins || rest == "":
		return say("label.teach.differs")
	case p.kind == taughtPKID && (len(rest) != pkidDigits || strings.Trim(rest, "0123456789") != ""):
		return say("label.teach.thirteen")
	default:
		return ""
	}
}

func (p *teachPanel) summary() string {
	if problem := p.problem(); problem != "" {
		return problem
	}
	return p.window.words.Say("label.teach.will", "Prefix", words.Shown(p.beginning()), "Length", len(p.code), "Kind", p.window.words.Kind(p.kind))
}

func (p *teachPanel) confirm() (string, bool) {
	return p.window.words.Say("label.teach.do"), p.problem() == ""
}

func (p *teachPanel) do() {
	w := p.window
	if p.problem() != "" {
		return
	}
	kind, prefix, length := p.kind, p.beginning(), len(p.code)
	w.closePanel()
	decide(w, request{title: p.title}, func(ctx context.Context) error { return w.options.Teach.Teach(ctx, kind, prefix, length) }, func(err error) {
		if err != nil {
			w.fail(err)
		}
	})
}
