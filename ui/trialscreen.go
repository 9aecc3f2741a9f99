package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// triedCodes is how many codes a trial shows.
const triedCodes = 3

// A trialScreen shows what a scanner sends, what that was taken for, and what to
// change on the scanner. While it is shown nothing that is read is kept.
type trialScreen struct {
	window *Window
	cards  [triedCodes]*trialCard
	advice *trialAdvice

	round int // counts the beginnings, to know late findings by
	tried Tried
}

func newTrialScreen(w *Window) *trialScreen {
	s := &trialScreen{window: w, advice: newTrialAdvice()}
	for n := range s.cards {
		s.cards[n] = newTrialCard()
	}
	return s
}

// begin has what is read from now on come here, and starts with no code.
func (s *trialScreen) begin() {
	s.round++
	s.tried = Tried{}
	round := s.round
	s.window.options.Trial.Begin(func(t Tried) {
		s.window.way.later(func() { s.tell(round, t) })
	})
}

// end has what is read be kept again. A finding that comes after it is of a
// scan that was under way; it is not shown.
func (s *trialScreen) end() {
	s.round++
	s.window.options.Trial.End()
}

func (s *trialScreen) tell(round int, t Tried) {
	if round == s.round {
		s.tried = t
		s.refresh()
	}
}

func (s *trialScreen) again() {
	s.begin()
	s.refresh()
	s.window.capture.rest()
}

func (s *trialScreen) leave() { s.window.visit(s.window.dock) }

func (s *trialScreen) build() fyne.CanvasObject {
	cards := container.New(inColumns{gap: edge})
	for _, card := range s.cards {
		cards.Add(card.build())
	}
	s.refresh()
	return container.New(trialLayout{}, s.band(), cards, s.advice.build())
}

// band says for all to see that nothing is kept.
func (s *trialScreen) band() fyne.CanvasObject {
	say := s.window.words.Say
	icon := iconOf(widget.Hold)
	title := widget.NewFit(say("trial.band"), 34, widget.Hold.Ink()).Bold()
	what := widget.NewFit(say("trial.band.what"), 18, widget.Hold.Ink())
	buttons := container.NewHBox(
		widget.NewTap(say("trial.again"), say("trial.key"), widget.Plain, s.again).Tall(52),
		widget.NewTap(say("trial.leave"), say("ui.key.escape"), widget.Plain, s.leave).Tall(52),
	)
	return container.New(trialBandLayout{}, widget.NewBlocker(widget.Hold.Fill(), 12), icon, title, what, buttons)
}

func (s *trialScreen) refresh() {
	for n, card := range s.cards {
		switch {
		case n < len(s.tried.Findings):
			card.tell(s.window.words, n+1, s.tried.Findings[n])
		default:
			card.wait(s.window.words, n+1, n == len(s.tried.Findings))
		}
	}
	s.advice.tell(s.sentences())
}

// sentences are the advice, or how a trial goes while there is none.
func (s *trialScreen) sentences() (sentences []string, tone widget.Tone) {
	if len(s.tried.Findings) == 0 {
		return []string{s.window.words.Say("trial.how"), s.window.words.Say("trial.silent")}, widget.Neutral
	}
	tone = widget.Hold
	if !s.tried.Change {
		tone = widget.Accept
	}
	return s.window.words.Advise(s.tried.Advice), tone
}

func (s *trialScreen) command(key fyne.KeyName, modifier fyne.KeyModifier) bool {
	switch {
	case modifier != 0:
		return false
	case key == fyne.KeyF7:
		s.again()
	case key == fyne.KeyEscape && s.window.notice.say == nil:
		s.leave()
	default:
		return false
	}
	return true
}

// toneOfGrade is how good a scan of a trial is.
func toneOfGrade(f words.Finding) widget.Tone {
	switch f.Grade {
	case "good":
		return widget.Accept
	case "change":
		return widget.Hold
	default:
		return widget.Reject
	}
}
