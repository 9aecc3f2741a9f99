package ui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// buildDrawer shows all of one entry: what it is, why it stands where it does,
// what to do, and what happened to it.
func (q *queueScreen) buildDrawer() {
	inside := container.NewVBox()
	if row := q.row(); row >= 0 {
		q.describe(inside, q.entries[row])
		inside.Add(gap(6))
		inside.Add(widget.NewTap(q.window.words.Say("ui.close"), "", widget.Plain, q.closeDrawer))
	}
	q.drawer.Hidden = q.row() < 0
	scroll := container.NewVScroll(container.New(layout.NewCustomPaddedLayout(14, 14, 18, 22), inside))
	q.drawer.Objects = []fyne.CanvasObject{widget.NewBlocker(widget.Surface(), 10), scroll}
	q.drawer.Refresh()
}

func (q *queueScreen) closeDrawer() {
	q.current, q.history = "", nil
	q.refresh()
}

func (q *queueScreen) describe(to *fyne.Container, e queue.Entry) {
	w := q.window
	to.Add(widget.NewPara(nameOf(e), 26, widget.Text()).Bold())
	to.Add(widget.NewStrip(widget.News{Tone: toneOfState(e.State), Word: w.words.State(e.State)}))
	if why := w.words.Reason(e.Reason); why != "" {
		to.Add(widget.NewPara(why, 17, widget.Text()))
	}
	if e.Code != "" {
		advice := w.words.Code(e.Code, e.Answer)
		to.Add(widget.NewPara(advice.What, 17, widget.Text()))
		to.Add(widget.NewPara(advice.Next, 17, widget.Text()).Bold())
	}
	to.Add(gap(4))
	for _, f := range w.facts(e) {
		to.Add(container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(124, 24), widget.NewFit(f[0], 15, widget.Muted())), nil,
			widget.NewPara(f[1], 16, widget.Text())))
	}
	to.Add(gap(4))
	to.Add(widget.NewPara(w.words.Say("ui.history"), 18, widget.Text()).Bold())
	for _, line := range q.history {
		q.tellLine(to, line)
	}
}

// facts are the entry's fields that have something in them: name and value.
func (w *Window) facts(e queue.Entry) [][2]string {
	say := w.words.Say
	all := [][2]string{
		{say("ui.column.number"), strconv.Itoa(e.Number)},
		{say("ui.column.pkid"), words.Shown(string(e.PKID))},
		{say("ui.column.serial"), words.Shown(e.Serial)},
		{say("ui.fact.maker"), words.Shown(e.Manufacturer)},
		{say("ui.fact.model"), words.Shown(e.Model)},
		{say("ui.customer"), w.customer(e.Customer)},
		{say("ui.tag"), words.Shown(string(e.GroupTag))},
		{say("ui.order"), words.Shown(e.Order)},
		{say("ui.column.captured"), w.words.Moment(e.CapturedAt, w.clock.Now())},
		{say("ui.fact.operator"), words.Shown(e.Operator)},
		{say("ui.fact.source"), w.source(e.Source)},
		{say("ui.fact.batch"), words.Shown(e.Batch)},
	}
	var told [][2]string
	for _, f := range all {
		if f[1] != "" {
			told = append(told, f)
		}
	}
	return told
}

// source is where a code was read, in words and the device's own name.
func (w *Window) source(name string) string {
	kind, device, _ := strings.Cut(name, ":")
	id, known := map[string]string{
		"wedge": "ui.source.wedge", "serial": "ui.source.serial", "camera": "ui.source.camera",
		"typed": "ui.source.typed", "stdin": "ui.source.stdin",
	}[kind]
	if !known {
		return words.Shown(name)
	}
	word := w.words.Say(id)
	if device == "" {
		return word
	}
	return word + " · " + words.Shown(device)
}

func (q *queueScreen) tellLine(to *fyne.Container, line queue.AuditLine) {
	w := q.window
	when := w.words.Moment(line.At, w.clock.Now())
	head := when + " · " + w.words.Say("ui.action."+string(line.Action))
	if state := w.words.State(line.To); line.To != "" && line.To != line.From && !strings.HasSuffix(head, state) {
		head += " · " + state
	}
	rule := canvas.NewLine(widget.Line())
	to.Add(rule)
	to.Add(widget.NewPara(head, 16, widget.Text()))
	var more []string
	for _, part := range []string{words.Shown(line.By), w.words.Reason(line.Reason), words.Shown(line.Note)} {
		if part != "" {
			more = append(more, part)
		}
	}
	if len(more) > 0 {
		to.Add(widget.NewPara(strings.Join(more, " · "), 15, widget.Muted()))
	}
}

// sized gives an object a size of its own in a flow.
func sized(o fyne.CanvasObject, width, height float32) fyne.CanvasObject {
	return container.NewGridWrap(fyne.NewSize(width, height), o)
}
