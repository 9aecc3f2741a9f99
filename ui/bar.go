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
	row := container.NewBorder(nil, nil, besideTheMiddle(left), besideTheMiddle(right), container.New(layout.NewCustomPaddedLayout(0, 0, 12, 12), b.middle))
	face := widget.NewBlocker(widget.Surface(), 0)
	return container.NewStack(face, container.New(layout.NewCustomPaddedLayout(6, 6, 12, 12), row))
}

// besideTheMiddle keeps buttons as high as they need to be, however high the bar is.
func besideTheMiddle(taps fyne.CanvasObject) fyne.CanvasObject {
	return container.NewVBox(layout.NewSpacer(), taps, layout.NewSpacer())
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
	_, isApart := w.page.(apart)
	hidden := w.tidings.none() || isApart || w.page == page(w.dock) && w.panel == nil
	if !hidden { // fitting its text takes longer than all else of a scan
		b.strip.Tell(w.news())
	}
	if b.strip.Hidden == hidden {
		return // what is drawn anew for nothing costs the whole window
	}
	b.strip.Hidden = hidden
	if b.middle != nil {
		b.middle.Refresh()
	}
}

// The measures of the bar's middle.
const (
	middleHigh = 52
	onlineHigh = 44 // two lines that can be read, above the strip, if there is one
	stripHigh  = 46
)

// barMiddle has the connection above the strip, if there is one: both are whole
// sentences.
type barMiddle struct{}

func (barMiddle) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if objects[1].Visible() {
		return fyne.NewSize(300, onlineHigh+stripHigh)
	}
	return fyne.NewSize(300, middleHigh)
}

func (barMiddle) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	online, strip := objects[0], objects[1]
	high := space.Height
	if strip.Visible() {
		high = space.Height - stripHigh
		put(strip, 0, high, space.Width, stripHigh)
	}
	put(online, 0, 0, space.Width, high-2)
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
