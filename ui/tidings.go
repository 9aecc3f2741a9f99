package ui

import (
	"strconv"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// tidings are what the tile tells: the last verdict, or what was undone last.
type tidings struct {
	verdict queue.Verdict
	source  string
	undone  *queue.Entry
}

func (t tidings) none() bool { return t.verdict.Word == "" && t.undone == nil }

// tell takes events of sources. What is shown is the last verdict: however many came
// since the screen was last drawn, it is drawn once.
func (w *Window) tell(events ...Event) {
	verdict, asks := false, false
	for _, event := range events {
		if event.Err != nil {
			w.fail(event.Err)
		}
		if event.Scanner.State != "" {
			w.scanner(event.Scanner)
		}
		if event.Preview != nil {
			w.dock.look(*event.Preview)
		}
		if event.Verdict.Word != "" {
			w.lock(event.Verdict.Reason)
			w.tidings = tidings{verdict: event.Verdict, source: event.Source}
			verdict, asks = true, asks || asksAnew(event.Verdict)
		}
	}
	if verdict {
		w.dock.refresh()
		w.bar.refresh()
	}
	if asks {
		w.asks(w.askedNow())
	}
}

// asksAnew says whether a verdict may change what is asked at the dock: a command's, or
// that on an order's code, which is none.
func asksAnew(v queue.Verdict) bool {
	return v.Kind == kindCommand || v.Reason == queue.ScanConfirm || v.Reason == queue.NotChanged
}

// news is what the tile shows, in the language of now.
func (w *Window) news() widget.News {
	switch t := w.tidings; {
	case t.undone != nil:
		return w.undoneNews(*t.undone)
	case t.verdict.Word != "":
		return w.verdictNews(t.verdict)
	case w.open:
		return widget.News{Resting: true, Word: w.words.Say("ui.tile.ready"), What: w.words.Say("ui.tile.ready.what")}
	default:
		return widget.News{
			Resting: true, Word: w.words.Say("ui.tile.closed"), What: w.words.Say("ui.tile.closed.what"), Next: w.words.Say("ui.tile.closed.next"),
		}
	}
}

func (w *Window) verdictNews(v queue.Verdict) widget.News {
	sentence := w.words.Verdict(v)
	news := widget.News{Tone: toneOf(v.Word), Word: sentence.Word, Read: readOf(v), What: w.words.WithoutRead(sentence.What, readOf(v)), Next: sentence.Next}
	if v.Word == queue.Ignored && (v.Kind != kindCommand || asks(v.Reason)) {
		news.Tone = widget.Gone // no tick: nothing came of it, or not yet
	}
	if v.Reason == queue.ReceptionEnded {
		return w.readBack(news, v)
	}
	if v.Entry.Number > 0 {
		news.Box, news.Number = w.words.Say("ui.box"), strconv.Itoa(v.Entry.Number)
	}
	return news
}

// asks says whether a command's verdict waits for somebody before anything comes of it.
func asks(why queue.Reason) bool {
	return why == queue.NowLocked || why == queue.ShiftWaits || why == queue.ScanOrder || why == queue.ScanConfirm
}

func (w *Window) undoneNews(e queue.Entry) widget.News {
	return widget.News{
		Tone: widget.Gone, Word: w.words.Say("ui.undone"), Box: w.words.Say("ui.box"), Number: strconv.Itoa(e.Number),
		Read: nameOf(e), What: w.words.Say("ui.undone.what"),
	}
}

// readOf is the code that a verdict is about, "" for what must not be shown.
func readOf(v queue.Verdict) string {
	switch {
	case v.Kind == kindSecret || v.Reason == queue.Secret:
		return ""
	case v.Text != "" && v.Kind != kindCommand:
		return words.Shown(v.Text)
	default:
		return nameOf(v.Entry)
	}
}

// Some of scanner/label's words for kinds, which ui cannot import: a PKID, a serial
// number, a product key and a command.
const (
	kindPKID    = "pkid"
	kindSerial  = "serial"
	kindSecret  = "secret"
	kindCommand = "command"
)

// nameOf is what a box is called: its PKID, else its serial number.
func nameOf(e queue.Entry) string {
	if e.PKID != "" {
		return words.Shown(string(e.PKID))
	}
	return words.Shown(e.Serial)
}

// toneOf is how good a verdict is.
func toneOf(word queue.Word) widget.Tone {
	switch word {
	case queue.Accepted:
		return widget.Accept
	case queue.Seen:
		return widget.Seen
	case queue.OnHold:
		return widget.Hold
	case queue.NotTaken:
		return widget.Reject
	case queue.Attached, queue.Ignored:
	}
	return widget.Neutral
}

// toneOfState is how good a state is: green is for what Microsoft answered.
func toneOfState(state queue.State) widget.Tone {
	switch state {
	case queue.Registered:
		return widget.Accept
	case queue.Held:
		return widget.Hold
	case queue.Rejected:
		return widget.Reject
	case queue.Submitted, queue.Exported:
		return widget.Sent
	case queue.Ready, queue.Planned, queue.Removing:
		return widget.Waiting
	case queue.Removed, queue.Moved, queue.Discarded:
		return widget.Gone
	}
	return widget.Neutral
}
