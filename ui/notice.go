package ui

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A notice tells what came of an action, or what does not work. It stays until
// it is put away or the next one comes, and takes the focus from nothing.
type notice struct {
	tone widget.Tone
	// say gives the text in the language of now.
	say func(*words.Words) string
}

// fail tells an error in words and logs it.
func (w *Window) fail(err error) {
	if errors.Is(err, errBrokenOff) {
		w.note(widget.Neutral, func(spoken *words.Words) string { return errorText(spoken, err) })
		return
	}
	w.options.Log.Warn("the window was refused something", "error", err)
	w.note(widget.Reject, func(spoken *words.Words) string { return spoken.Error(err) })
}

// note tells something.
func (w *Window) note(tone widget.Tone, say func(*words.Words) string) {
	w.notice = notice{tone: tone, say: say}
	w.rebuildNotice()
}

// dismiss puts the notice away.
func (w *Window) dismiss() {
	if w.notice.say != nil {
		w.notice = notice{}
		w.rebuildNotice()
	}
}

func (w *Window) noticeLayer() fyne.CanvasObject {
	text := widget.NewPara(w.notice.say(w.words), 18, w.notice.tone.Ink())
	key := w.words.Say("ui.key.escape")
	if w.panel != nil { // then it is the panel's
		key = ""
	}
	leave := widget.NewTap(w.words.Say("ui.close"), key, widget.Plain, w.dismiss).By(w.words.Say("ui.key.escape")) // once the panel is left
	row := container.NewBorder(nil, nil, nil, container.NewVBox(layout.NewSpacer(), leave, layout.NewSpacer()), text)
	card := container.NewStack(widget.NewBlocker(w.notice.tone.Fill(), 10), container.New(layout.NewCustomPaddedLayout(12, 12, 18, 12), row))
	return container.New(besides{w}, card)
}

// besides puts one object where it hides neither tile nor table, and of a panel not
// the buttons: they are at the bottom right.
type besides struct{ window *Window }

func (besides) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (l besides) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	width := min(560, space.Width-32)
	if l.window.panel != nil {
		width = min(width, space.Width*0.44)
	}
	objects[0].Resize(fyne.NewSize(width, objects[0].MinSize().Height)) // wraps its text
	height := objects[0].MinSize().Height
	objects[0].Resize(fyne.NewSize(width, height))
	top := space.Height - height - 12
	if l.window.panel != nil {
		top = 4
	}
	objects[0].Move(fyne.NewPos(space.Width-width-12, top))
}

// caption is a small heading.
func caption(text string) fyne.CanvasObject {
	return container.NewVBox(gap(2), widget.NewPara(text, 16, widget.Text()).Bold())
}
