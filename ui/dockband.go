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
	labels               [4]*widget.Fit
	tally                *tallyBox
	turn                 *widget.Tap
}

func newBand(w *Window) *band {
	b := &band{
		window:   w,
		customer: widget.NewFit("", 40, widget.Text()).Bold(),
		tag:      widget.NewFit("", 30, widget.Text()).Bold(),
		order:    widget.NewFit("", 30, widget.Text()).Bold().Anywhere(),
		tally:    newTallyBox(w),
	}
	for n := range b.labels {
		b.labels[n] = widget.NewFit("", 15, widget.Muted()).OneLine()
	}
	return b
}

func (b *band) build() fyne.CanvasObject {
	b.turn = widget.NewTap("", "F3", widget.Plain, b.window.dock.turnReception).Tall(b.window.primary)
	pair := func(n int, value *widget.Fit) fyne.CanvasObject {
		return container.New(labelled{}, b.labels[n], value)
	}
	count := container.New(labelled{}, b.labels[3], b.tally.build())
	count.Hidden = b.window.options.Orders == nil
	return container.New(bandLayout{}, widget.NewBlocker(widget.Surface(), 12),
		pair(0, b.customer), pair(1, b.tag), pair(2, b.order), b.turn, count)
}

func (b *band) refresh() {
	if b.turn == nil {
		return
	}
	w, say := b.window, b.window.words.Say
	for n, id := range []string{"ui.customer", "ui.tag", "ui.order", "orders.boxes"} {
		b.labels[n].Set(say(id), 15, widget.Muted())
	}
	b.tally.refresh()
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
	return fyne.NewSize(600, objects[4].MinSize().Height+16)
}

func (bandLayout) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	put(objects[0], 0, 0, space.Width, space.Height)
	button := objects[4].MinSize()
	put(objects[4], space.Width-button.Width-12, (space.Height-button.Height)/2, button.Width, button.Height)
	shares := []float32{0.5, 0.25, 0.25, 0}
	if objects[5].Visible() {
		shares = []float32{0.38, 0.18, 0.2, 0.24}
	}
	const apart = 26 // more than a space: an order and a number of boxes are no one word
	rest, x := space.Width-button.Width-64, float32(20)
	for n, o := range []fyne.CanvasObject{objects[1], objects[2], objects[3], objects[5]} {
		put(o, x, 4, rest*shares[n]-apart, space.Height-8)
		x += rest*shares[n] + 4
	}
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
