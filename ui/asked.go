package ui

import (
	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// An asking is what the station asks of whoever is at the dock: whether the customer
// is still the right one, and who takes the open work over.
type asking struct {
	customer bool
	comes    string
}

// askedNow is what is asked now.
func (w *Window) askedNow() (a asking) {
	if w.options.Asked != nil {
		a.customer, a.comes = w.options.Asked.Asked()
	}
	return a
}

// asks shows what is asked.
func (w *Window) asks(a asking) {
	if a != w.alerts.asking {
		w.alerts.asking = a
		w.rebuildAlerts()
	}
}

// askedRow is the question with the button that says yes. A locked station takes no
// answer.
func (w *Window) askedRow() fyne.CanvasObject {
	say, a := w.words.Say, w.alerts.asking
	yes := func(id string) fyne.CanvasObject {
		return widget.NewTap(say(id), say("ui.key.confirm"), widget.Main, w.sayYes).Tall(w.primary)
	}
	switch {
	case w.alerts.locked:
		return nil
	case a.comes != "" && a.customer:
		text := say("asked.shift.customer", "Name", words.Shown(a.comes), "Customer", w.customer(w.reception.Customer))
		return alert(widget.Hold, text, yes("asked.shift.yes"))
	case a.comes != "":
		return alert(widget.Hold, say("asked.shift", "Name", words.Shown(a.comes)), yes("asked.shift.yes"))
	case a.customer:
		text := say("asked.customer", "Customer", w.customer(w.reception.Customer))
		return alert(widget.Hold, text, yes("asked.customer.yes"))
	default:
		return nil
	}
}

// sayYes answers what is asked, as the command on the sheet does.
func (w *Window) sayYes() {
	if w.alerts.asking == (asking{}) || w.options.Asked == nil {
		return
	}
	act(w, w.options.Asked.Confirm, w.answered)
	w.capture.rest()
}

// endLayer ends a layer of the pallet.
func (w *Window) endLayer() {
	if w.options.Asked != nil && w.open {
		act(w, w.options.Asked.EndLayer, w.answered)
	}
}

func (w *Window) answered(err error) {
	if err != nil {
		w.fail(err)
		return
	}
	w.askReception()
}

// readBack is the customer and the count of a reception that was closed, large.
func (w *Window) readBack(news widget.News, v queue.Verdict) widget.News {
	news.Box, news.Number = w.words.Say("asked.boxes"), w.words.Number(v.Count-v.Beside)
	if v.Of > 0 {
		news.Number += "/" + w.words.Number(v.Of)
	}
	news.Read = w.customer(v.Work.Customer)
	return news
}

// ofExpected adds how many boxes somebody said will come.
func (w *Window) ofExpected(text string) string {
	if w.reception.Expected == 0 {
		return text
	}
	return text + " " + w.words.Say("asked.of", "Of", w.words.Number(w.reception.Expected))
}
