package ui

import (
	"context"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A signInPanel says who is signed in to Partner Center and has a person sign
// in or out. The dock works on meanwhile.
type signInPanel struct {
	window *Window
	over   panel
}

func (p *signInPanel) below() panel { return p.over }

// openSignIn shows the sign-in; without a port for it nothing opens.
func (w *Window) openSignIn() { w.openSignInOver(nil) }

// openSignInOver shows it over another panel, to which leaving it returns.
func (w *Window) openSignInOver(over panel) {
	if w.options.SignIn != nil {
		w.openPanel(&signInPanel{window: w, over: over})
		w.resign()
	}
}

// resign looks at how things are with the sign-in.
func (w *Window) resign() {
	if w.options.SignIn == nil {
		return
	}
	ask(w, func(context.Context) (SignInState, error) { return w.options.SignIn.State(), nil },
		func(s SignInState, _ error) {
			w.sign = s
			if w.heralds != nil {
				w.heralds.signIn(string(s.Needs))
			}
			w.rebuildAlerts()
			switch w.panel.(type) {
			case *signInPanel, *setupPanel:
				w.rebuildPanel()
			}
		})
}

func (p *signInPanel) title() string { return p.window.words.Say("screens.signin") }

func (p *signInPanel) first() *field { return nil }

func (p *signInPanel) confirm() (string, bool) { return "", false }

func (p *signInPanel) do() {}

func (p *signInPanel) build() fyne.CanvasObject {
	w, s := p.window, p.window.sign
	rows := container.NewVBox()
	prompting := s.Way == ByCode && s.Code != ""
	if !prompting || s.Needs == "" { // what is needed stands above the panel, and a low window has room for one of the two
		rows.Add(widget.NewStrip(widget.News{Tone: p.tone(), Word: w.signedText()}))
		for _, line := range p.lines() {
			rows.Add(widget.NewPara(line, 18, widget.Text()))
		}
	}
	if prompting {
		rows.Add(p.prompt())
	}
	rows.Add(gap(4))
	rows.Add(w.panelTaps(p.keys()))
	return rows
}

func (p *signInPanel) tone() widget.Tone {
	switch s := p.window.sign; {
	case s.Needs != "":
		return widget.Hold
	case s.Who != "" || s.FromOutside:
		return widget.Accept
	default:
		return widget.Neutral
	}
}

// signedText is the sign-in in one line.
func (w *Window) signedText() string {
	switch s := w.sign; {
	case s.Needs != "" && s.FromOutside:
		return w.words.Say("screens.signin.outside.refused")
	case s.Needs == queue.NeedsMFA:
		return w.words.Say("screens.signin.mfa")
	case s.Needs == queue.WrongRole:
		return w.words.Say("screens.signin.role")
	case s.Needs != "":
		return w.words.Say("screens.signin.needed")
	case s.FromOutside:
		return w.words.Say("screens.signin.outside")
	case s.Who != "":
		return w.words.Say("screens.signin.as", "Who", words.Shown(s.Who))
	default:
		return w.words.Say("screens.signin.unknown")
	}
}

// lines say what the state means and what to do.
func (p *signInPanel) lines() []string {
	s, spoken := p.window.sign, p.window.words
	var lines []string
	add := func(yes bool, id string) {
		if yes {
			lines = append(lines, spoken.Say(id))
		}
	}
	add(s.Needs == queue.NeedsMFA, "screens.signin.mfa.next")
	add(s.Needs == queue.WrongRole, "screens.signin.role.next")
	add(s.Needs != "", "screens.signin.meanwhile")
	add(s.FromOutside, "screens.signin.outside.what")
	add(s.MemoryOnly, "screens.signin.memory")
	add(s.Way == ByBrowser, "screens.signin.browser.waits")
	add(s.Way == ByCode && s.Code == "", "screens.asking")
	if s.Err != nil && s.Way == "" {
		lines = append(lines, spoken.Error(s.Err))
	}
	return lines
}

// prompt is the code, to be read from some steps away.
func (p *signInPanel) prompt() fyne.CanvasObject {
	s, spoken := p.window.sign, p.window.words
	code := widget.NewFit(words.Shown(s.Code), 72, widget.Text()).Bold().Mono().OneLine().Align(fyne.TextAlignCenter)
	address := widget.NewFit(words.Shown(s.Address), 30, widget.Text()).Bold().OneLine().Align(fyne.TextAlignCenter)
	left := spoken.Say("screens.signin.left", "Left", spoken.Duration(s.Until.Sub(p.window.clock.Now())))
	return container.NewVBox(
		gap(2), widget.NewPara(spoken.Say("screens.signin.open"), 18, widget.Text()),
		container.NewStack(widget.NewBlocker(widget.Paper(), 10), tallest(48, address)),
		widget.NewPara(spoken.Say("screens.signin.code"), 18, widget.Text()),
		container.NewStack(widget.NewBlocker(widget.AccentTint(), 10), tallest(104, code)),
		widget.NewPara(left, 18, widget.Text()))
}

// tallest gives an object that makes do with anything a height.
func tallest(height float32, o fyne.CanvasObject) fyne.CanvasObject {
	side := canvas.NewRectangle(color.Transparent)
	side.SetMinSize(fyne.NewSize(16, height))
	return container.NewBorder(nil, nil, side, nil, o)
}

func (p *signInPanel) keys() []panelKey {
	s := p.window.sign
	if s.FromOutside {
		return nil
	}
	keys := []panelKey{
		{fyne.KeyF5, "screens.signin.browser", s.Way != ByBrowser, p.browse},
		{fyne.KeyF6, "screens.signin.device", s.Way != ByCode, func() { p.begin(ByCode) }},
	}
	switch {
	case s.Way == ByCode && s.Code != "":
		keys = append(keys,
			panelKey{fyne.KeyF7, "screens.signin.copy", true, func() { p.window.app.Clipboard().SetContent(s.Code) }},
			panelKey{fyne.KeyF8, "screens.signin.stop", true, p.out})
	case s.Way != "":
		keys = append(keys, panelKey{fyne.KeyF8, "screens.signin.stop", true, p.out})
	default:
		keys = append(keys, panelKey{fyne.KeyF8, "screens.signin.out", s.Who != "", p.out})
	}
	return keys
}

func (p *signInPanel) command(key fyne.KeyName) bool { return pressed(p.keys(), key) }

// browse signs in by the browser, which in a kiosk is a way out of it.
func (p *signInPanel) browse() {
	p.window.allowed("screens.signin.browser", func() { p.begin(ByBrowser) })
}

func (p *signInPanel) begin(way SignInWay) {
	w := p.window
	act(w, func(ctx context.Context) error { return w.options.SignIn.Begin(ctx, way) }, p.done)
}

func (p *signInPanel) out() {
	w := p.window
	askFar(w, func(ctx context.Context) (struct{}, error) { return struct{}{}, w.options.SignIn.SignOut(ctx) },
		func(_ struct{}, err error) { p.done(err) })
}

func (p *signInPanel) done(err error) {
	if err != nil {
		p.window.fail(err)
	}
	p.window.resign()
}
