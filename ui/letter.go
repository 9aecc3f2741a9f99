package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// letterHigh is how much of a letter is in sight at once.
const letterHigh = 210

// A letter is a text for somebody outside, in a language of theirs, to be
// copied as it is.
type letter struct {
	window   *Window
	language string
	// write gives the text in a language, nothing while it cannot be written.
	write  func(*words.Words) (words.Mail, error)
	copied bool
	scroll *container.Scroll
}

func newLetter(w *Window, write func(*words.Words) (words.Mail, error)) *letter {
	l := &letter{window: w, language: w.words.Language(), write: write, scroll: container.NewVScroll(container.NewVBox())}
	l.scroll.SetMinSize(fyne.NewSize(300, letterHigh))
	return l
}

// text is the letter in the language chosen for it, and whether there is one.
func (l *letter) text() (text string, ready bool) {
	mail, err := l.write(l.window.words.In(l.language))
	switch {
	case err != nil:
		return l.window.words.Error(err), false
	case mail.Body == "":
		return "", false
	default:
		return mail.Subject + "\n\n" + strings.TrimSpace(mail.Body), true
	}
}

func (l *letter) build() fyne.CanvasObject {
	lines := container.New(layout.NewCustomPaddedVBoxLayout(0))
	text, _ := l.text()
	for line := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(line) == "" {
			lines.Add(gap(9))
			continue
		}
		lines.Add(widget.NewPara(strings.TrimSpace(line), 16, widget.Text()))
	}
	l.scroll.Content = container.New(layout.NewCustomPaddedLayout(10, 10, 14, 22), lines)
	l.scroll.Refresh()
	page := container.NewStack(widget.NewBlocker(widget.Paper(), 8), l.scroll)
	if !l.copied {
		return page
	}
	return container.NewVBox(page, widget.NewPara(l.window.words.Say("screens.copied"), 17, widget.Text()).Bold())
}

// keys are what can be done with it: F5 and F6.
func (l *letter) keys() []panelKey {
	_, ready := l.text()
	return []panelKey{
		{fyne.KeyF5, "screens.copy", ready, l.copy},
		{fyne.KeyF6, "screens.letter.language", true, l.turn},
	}
}

// copy puts the text on the clipboard.
func (l *letter) copy() {
	text, ready := l.text()
	if !ready {
		return
	}
	l.window.app.Clipboard().SetContent(text)
	l.copied = true
	l.window.reconsider()
}

// turn takes the next language.
func (l *letter) turn() {
	all := words.Languages()
	for n, language := range all {
		if language.Tag == l.language {
			l.language, l.copied = all[(n+1)%len(all)].Tag, false
			break
		}
	}
	l.window.reconsider()
}
