package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A band says for whom the work at the dock is. While a reception is open there
// is nothing on it to change.
type band struct {
	window               *Window
	customer, tag, order *widget.Fit
	labels               [3]*widget.Fit
	turn                 *widget.Tap
}

func newBand(w *Window) *band {
	b := &band{
		window:   w,
		customer: widget.NewFit("", 40, widget.Text()).Bold(),
		tag:      widget.NewFit("", 30, widget.Text()).Bold(),
		order:    widget.NewFit("", 30, widget.Text()).Bold(),
	}
	for n := range b.labels {
		b.labels[n] = widget.NewFit("", 15, widget.Muted()).OneLine()
	}
	return b
}

func (b *band) build() fyne.CanvasObject {
	b.turn = widget.NewTap("", "F3", widget.Plain, b.window.dock.turnReception).Tall(64)
	pair := func(n int, value *widget.Fit) fyne.CanvasObject {
		return container.New(labelled{}, b.labels[n], value)
	}
	return container.New(bandLayout{}, widget.NewBlocker(widget.Surface(), 12),
		pair(0, b.customer), pair(1, b.tag), pair(2, b.order), b.turn)
}

func (b *band) refresh() {
	if b.turn == nil {
		return
	}
	w, say := b.window, b.window.words.Say
	for n, id := range []string{"ui.customer", "ui.tag", "ui.order"} {
		b.labels[n].Set(say(id), 15, widget.Muted())
	}
	if !w.open {
		b.customer.Set(say("ui.reception.none"), 40, widget.Text())
		b.tag.Set("–", 30, widget.Muted())
		b.order.Set("–", 30, widget.Muted())
		b.turn.Set(say("ui.reception.open"), widget.Main)
		return
	}
	b.customer.Set(w.customer(w.reception.Customer), 40, widget.Text())
	b.tag.Set(orDash(string(w.reception.GroupTag)), 30, widget.Text())
	b.order.Set(orDash(w.reception.Order), 30, widget.Text())
	b.turn.Set(say("ui.reception.close"), widget.Plain)
}

// customer is what a customer is called.
func (w *Window) customer(id autopilot.TenantID) string {
	if name := w.names[id]; name != "" {
		return words.Shown(name)
	}
	if id == "" {
		return w.words.Say("work.no-customer")
	}
	return words.Shown(string(id))
}

// workText says for whom, in one line.
func (w *Window) workText(work queue.Work) string {
	text := w.customer(work.Customer)
	if work.GroupTag != "" {
		text += " · " + w.words.Say("ui.tag") + " " + string(work.GroupTag)
	}
	if work.Order != "" {
		text += " · " + w.words.Say("ui.order") + " " + words.Shown(work.Order)
	}
	return text
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return words.Shown(text)
}

// bandLayout gives the customer the most room and the button what it needs.
type bandLayout struct{}

func (bandLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(600, objects[4].MinSize().Height+20)
}

func (bandLayout) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	put(objects[0], 0, 0, space.Width, space.Height)
	button := objects[4].MinSize()
	put(objects[4], space.Width-button.Width-12, (space.Height-button.Height)/2, button.Width, button.Height)
	rest := space.Width - button.Width - 64
	put(objects[1], 20, 4, rest*0.5, space.Height-8)
	put(objects[2], 36+rest*0.5, 4, rest*0.25, space.Height-8)
	put(objects[3], 44+rest*0.75, 4, rest*0.25-12, space.Height-8)
}

// labelled puts a small label over a large value.
type labelled struct{}

func (labelled) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(80, 60) }

func (labelled) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	put(objects[0], 0, 2, space.Width, 20)
	put(objects[1], 0, 22, space.Width, space.Height-24)
}

func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(max(width, 0), max(height, 0)))
}
