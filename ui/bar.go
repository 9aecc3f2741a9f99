package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pkidstation/ui/widget"
)

// A bar is the top of every screen: where one is, whether it is real, whether
// the station is online, and the last verdict where the tile is not in sight.
type bar struct {
	window *Window
	online *widget.Fit
	strip  *widget.Strip
	middle *fyne.Container
}

func newBar(w *Window) *bar {
	return &bar{
		window: w,
		online: widget.NewFit("", 17, widget.Text()),
		strip:  widget.NewStrip(widget.News{}),
	}
}

func (b *bar) build() fyne.CanvasObject {
	w, say := b.window, b.window.words.Say
	left := container.NewHBox(
		widget.NewTap(say("ui.dock"), "F2", chosenIf(w.page == page(w.dock)), func() { w.visit(w.dock) }),
		widget.NewTap(say("ui.queue"), "F9", chosenIf(w.page == page(w.queue)), func() { w.visit(w.queue) }),
	)
	if w.options.Demo {
		left.Objects = append([]fyne.CanvasObject{demoBadge(say("ui.demo"))}, left.Objects...)
	}
	right := container.NewHBox(
		widget.NewTap(w.otherLanguage().Name, "F12", widget.Plain, w.toggleLanguage),
		widget.NewTap(say("ui.help"), "F1", widget.Plain, func() { w.openPanel(newHelpPanel(w)) }),
	)
	b.middle = container.New(&barMiddle{}, b.online, b.strip)
	row := container.NewBorder(nil, nil, left, right, container.New(layout.NewCustomPaddedLayout(0, 0, 12, 12), b.middle))
	face := widget.NewBlocker(widget.Surface(), 0)
	return container.NewStack(face, container.New(layout.NewCustomPaddedLayout(6, 6, 12, 12), row))
}

// refresh tells what may have changed since.
func (b *bar) refresh() {
	w := b.window
	text := w.words.Status(w.status, w.clock.Now())
	if w.anybody() {
		text += " " + w.words.Say("guard.anybody")
	}
	if line := w.unrelated(); line != "" {
		text += " " + line
	} else if n := len(w.status.Waits); n > 0 && w.page == page(w.queue) && len(w.status.Progress) == 0 {
		text += " " + w.words.Wait(w.status.Waits[0], w.clock.Now())
	}
	b.online.Set(text, 17, widget.Text())
	b.strip.Tell(w.news())
	_, isApart := w.page.(apart)
	b.strip.Hidden = w.tidings.none() || isApart || w.page == page(w.dock) && w.panel == nil
	if b.middle != nil {
		b.middle.Refresh()
	}
}

// barMiddle shares the middle between the connection and the strip, if there
// is one.
type barMiddle struct{}

func (barMiddle) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 52) }

func (barMiddle) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	online, strip := objects[0], objects[1]
	width := space.Width
	if strip.Visible() {
		width = space.Width * 0.42
		strip.Move(fyne.NewPos(width+10, 0))
		strip.Resize(fyne.NewSize(space.Width-width-10, space.Height))
	}
	online.Resize(fyne.NewSize(width, space.Height))
	online.Move(fyne.NewPos(0, 0))
}

func chosenIf(chosen bool) widget.Weight {
	if chosen {
		return widget.Chosen
	}
	return widget.Plain
}

func demoBadge(text string) fyne.CanvasObject {
	label := widget.NewFit(text, 28, widget.Hold.Ink()).Bold().OneLine().Align(fyne.TextAlignCenter)
	back := widget.NewBlocker(widget.Hold.Fill(), 8)
	size := fyne.MeasureText(text, 28, fyne.TextStyle{Bold: true})
	return container.NewStack(back, container.NewGridWrap(fyne.NewSize(size.Width+28, 50), label))
}
