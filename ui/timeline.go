package ui

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// An occasion is one line of an entry's timeline, in words: when, what happened, and
// by whom, why and with what.
type occasion struct {
	at   time.Time
	head string
	more []string
	read bool
}

// timeline is all that happened to an entry, the oldest first: what was read and what
// it was taken for, what was decided, what was sent and answered, and what comes next.
// The audit's own order counts, not the clock's, which may have been set back; what was
// read has no place in it but by the clock.
func (w *Window) timeline(e queue.Entry, lines []queue.AuditLine) []occasion {
	var all []occasion
	for _, line := range lines {
		all = append(all, w.lineOccasion(e, line))
	}
	for _, r := range e.Reads {
		if r.Text == "" {
			continue
		}
		at := slices.IndexFunc(all, func(o occasion) bool { return !o.read && !o.at.Before(r.At) })
		if at < 0 {
			at = len(all)
		}
		all = slices.Insert(all, at, w.readOccasion(e, r))
	}
	if e.State == queue.Rejected && !e.RetryAt.IsZero() {
		all = append(all, occasion{at: e.RetryAt, head: w.words.Say("history.next-retry"), more: []string{w.words.Say("history.next-retry.why")}})
	}
	return all
}

// readOccasion is a code that was read, and what it was taken for.
func (w *Window) readOccasion(e queue.Entry, r queue.Read) occasion {
	o := occasion{read: true, at: r.At, head: w.words.Say("history.read", "Kind", w.words.Kind(takenFor(e, r)), "Text", words.Shown(r.Text))}
	if code := symbologyText(r); code != "" {
		o.more = append(o.more, code)
	}
	o.more = append(o.more, w.source(r.Source))
	if r.Unsure {
		o.more = append(o.more, w.words.Say("history.unsure"))
	}
	return o
}

// takenFor is what a code of a box was taken for: scanner/label's word.
func takenFor(e queue.Entry, r queue.Read) string {
	text := strings.ToUpper(r.Text)
	for _, is := range []struct{ kind, value string }{
		{kindPKID, string(e.PKID)}, {kindSerial, e.Serial}, {"part", e.Part}, {"model", e.Model},
	} {
		if is.value != "" && strings.Contains(text, strings.ToUpper(is.value)) {
			return is.kind
		}
	}
	return "other"
}

// symbologyText is what kind of bar code it was, and its AIM identifier, as far as the
// scanner said.
func symbologyText(r queue.Read) string {
	text, known := symbologies()[r.Symbology]
	if !known {
		text = words.Shown(r.Symbology)
	}
	if r.AIM != "" {
		text = strings.TrimSpace(text + " " + words.Shown(r.AIM))
	}
	return text
}

// symbologies are the names of scanner's symbologies, which are the same in all
// languages.
func symbologies() map[string]string {
	return map[string]string{
		"code128": "Code 128", "code39": "Code 39", "code93": "Code 93", "codabar": "Codabar", "itf": "ITF",
		"ean13": "EAN-13", "ean8": "EAN-8", "upca": "UPC-A", "upce": "UPC-E",
		"qr": "QR", "datamatrix": "Data Matrix", "aztec": "Aztec", "pdf417": "PDF417", "databar": "DataBar",
	}
}

// lineOccasion is a line of the audit.
func (w *Window) lineOccasion(e queue.Entry, line queue.AuditLine) occasion {
	o := occasion{at: line.At, head: w.words.Happened(line.Action)}
	state := w.words.Standing(queue.Entry{State: line.To, Reason: line.Reason})
	if line.To != "" && line.To != line.From && !strings.HasSuffix(o.head, state) {
		o.head += " · " + state
	}
	by := words.Shown(w.words.Operator(line.By, line.Operator))
	o.more = append(o.more, by, w.words.Reason(line.Reason), w.words.Note(line))
	if line.Plan != "" && line.Plan == e.Plan { // of an earlier one the entry does not know it any more
		switch line.Action { //nolint:exhaustive // the two that say it
		case queue.ActionPlan:
			o.more = append(o.more, factText(w.words.Say("ui.fact.batch"), e.Batch))
		case queue.ActionSubmit:
			o.more = append(o.more, factText(w.words.Say("screens.fact.tracking"), e.TrackingID))
		}
	}
	return o
}

// factText is a value with its name, "" where there is none.
func factText(name, value string) string {
	if value == "" {
		return ""
	}
	return name + " " + words.Shown(value)
}

// An entry that was tried for weeks has thousands of lines: how it began is shown, and
// how it stands.
const (
	firstOccasions = 10
	lastOccasions  = 50
)

func (q *queueScreen) tellHistory(to *fyne.Container) {
	w := q.window
	to.Add(gap(4))
	to.Add(widget.NewPara(w.words.Say("ui.history"), 18, widget.Text()).Bold())
	to.Add(widget.NewPara(w.words.Say("history.order"), 15, widget.Muted()))
	all := w.timeline(q.detail.entry, q.detail.history)
	for n, o := range all {
		if left := len(all) - firstOccasions - lastOccasions; left > 1 && n >= firstOccasions && n < firstOccasions+left {
			if n == firstOccasions {
				to.Add(canvas.NewLine(widget.Line()))
				to.Add(widget.NewPara(w.words.Count("history.left-out", left), 16, widget.Text()).Bold())
			}
			continue
		}
		to.Add(canvas.NewLine(widget.Line()))
		head := o.head
		if when := w.words.Moment(o.at, w.clock.Now()); when != "" {
			head = when + " · " + head
		}
		to.Add(widget.NewPara(head, 16, widget.Text()))
		more := slices.DeleteFunc(o.more, func(part string) bool { return part == "" })
		if len(more) > 0 {
			to.Add(widget.NewPara(strings.Join(more, " · "), 15, widget.Muted()))
		}
	}
}
