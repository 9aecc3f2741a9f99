package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// trialFacts is how many lines a card has.
const trialFacts = 6

// A trialCard shows one code that was read in a trial.
type trialCard struct {
	face, head *canvas.Rectangle
	icon       *canvas.Image
	word, nth  *widget.Fit
	names      [trialFacts]*widget.Fit
	values     [trialFacts]*widget.Fit
	box        *fyne.Container
}

func newTrialCard() *trialCard {
	c := &trialCard{face: canvas.NewRectangle(widget.Surface()), head: canvas.NewRectangle(nil), icon: iconOf(widget.Waiting)}
	c.face.CornerRadius, c.head.CornerRadius = 12, 12
	c.word = widget.NewFit("", 0, nil).Bold().OneLine()
	c.nth = widget.NewFit("", 0, nil).OneLine().Align(fyne.TextAlignTrailing)
	for n := range c.names {
		c.names[n] = widget.NewFit("", 0, nil)
		c.values[n] = widget.NewFit("", 0, nil)
	}
	c.values[0].Bold().Anywhere() // what it was taken for
	c.values[1].Anywhere()        // what came
	return c
}

func (c *trialCard) build() fyne.CanvasObject {
	objects := []fyne.CanvasObject{c.face, c.head, c.icon, c.word, c.nth}
	for n := range c.names {
		objects = append(objects, c.names[n], c.values[n])
	}
	c.box = container.New(trialCardLayout{}, objects...)
	return c.box
}

// tell shows a finding.
func (c *trialCard) tell(spoken *words.Words, number int, f words.Finding) {
	c.paint(spoken, number, toneOfGrade(f), spoken.Say("trial.grade."+f.Grade))
	for n, fact := range spoken.Facts(f) {
		c.names[n].Set(fact.Name, 16, widget.Muted())
		c.values[n].Set(fact.Value, 20, widget.Text())
	}
}

// wait shows that no code is there yet, and asks for one if it is next.
func (c *trialCard) wait(spoken *words.Words, number int, next bool) {
	word := ""
	if next {
		word = spoken.Say("trial.wait")
	}
	c.paint(spoken, number, widget.Waiting, word)
	for n := range c.names {
		c.names[n].Set("", 16, widget.Muted())
		c.values[n].Set("", 20, widget.Text())
	}
}

func (c *trialCard) paint(spoken *words.Words, number int, tone widget.Tone, word string) {
	c.head.FillColor, c.icon.Resource = tone.Fill(), tone.Icon(tone.Ink())
	c.word.Set(word, 30, tone.Ink())
	c.nth.Set(spoken.Say("trial.read", "Number", number, "Of", triedCodes), 16, tone.Ink())
	c.head.Refresh()
	c.icon.Refresh()
}

func iconOf(tone widget.Tone) *canvas.Image {
	icon := canvas.NewImageFromResource(tone.Icon(tone.Ink()))
	icon.FillMode = canvas.ImageFillContain
	return icon
}

// trialAdvice are sentences below each other, as large as all of them can be.
type trialAdvice struct {
	face, edge *canvas.Rectangle
	lines      *fyne.Container
}

func newTrialAdvice() *trialAdvice {
	a := &trialAdvice{face: canvas.NewRectangle(widget.Surface()), edge: canvas.NewRectangle(nil), lines: container.New(adviceLines{})}
	a.face.CornerRadius, a.edge.CornerRadius = 12, 6
	return a
}

func (a *trialAdvice) build() fyne.CanvasObject {
	return container.New(adviceLayout{}, a.face, a.edge, a.lines)
}

func (a *trialAdvice) tell(sentences []string, tone widget.Tone) {
	a.edge.FillColor = tone.Fill()
	a.edge.Refresh()
	a.lines.Objects = nil
	for _, sentence := range sentences {
		a.lines.Objects = append(a.lines.Objects, widget.NewFit(sentence, adviceText, widget.Text()))
	}
	a.lines.Refresh()
}
