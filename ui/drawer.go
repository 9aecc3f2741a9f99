package ui

import (
	"slices"
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
	to.Add(widget.NewStrip(widget.News{Tone: toneOfEntry(e), Word: w.stateText(e)}))
	q.advise(to, e)
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

// advise says why the entry stands so, what to do now, and who does it.
func (q *queueScreen) advise(to *fyne.Container, e queue.Entry) {
	w := q.window
	advice := w.words.Outcome(e, w.clock.Now())
	if advice.What != w.words.State(e.State)+"." { // the strip says that
		to.Add(widget.NewPara(advice.What, 17, widget.Text()))
	}
	to.Add(widget.NewPara(advice.Next, 17, widget.Text()).Bold())
	if advice.Who != w.words.Say("who.nobody") {
		to.Add(widget.NewPara(w.words.Say("screens.who", "Who", advice.Who), 16, widget.Muted()))
	}
	if advice.Copy != "" {
		to.Add(widget.NewTap(w.words.Say("screens.support"), w.words.Say("screens.key.copy"), widget.Plain, q.copySupport))
	}
}

// copySupport puts what Microsoft's support asks for on the clipboard.
func (q *queueScreen) copySupport() {
	row, w := q.row(), q.window
	if row < 0 {
		return
	}
	if text := w.words.Outcome(q.entries[row], w.clock.Now()).Copy; text != "" {
		w.app.Clipboard().SetContent(text)
		w.note(widget.Neutral, func(spoken *words.Words) string { return spoken.Say("screens.copied") })
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
		{say("ui.fact.operator"), words.Shown(w.words.Operator(e.Operator, e.OperatorNumber))},
		{say("ui.fact.source"), w.source(e.Source)},
		{say("ui.fact.batch"), words.Shown(e.Batch)},
		{say("screens.fact.tracking"), words.Shown(e.TrackingID)},
		{say("screens.fact.device"), words.Shown(e.DeviceID)},
		{say("screens.fact.profile"), w.profileText(e.Profile)},
	}
	var told [][2]string
	for _, f := range all {
		if f[1] != "" {
			told = append(told, f)
		}
	}
	return told
}

// profileText is a profile and how far the device is from it.
func (w *Window) profileText(p queue.Profile) string {
	var id string
	switch p.State {
	case queue.ProfileWanted:
		id = "screens.profile.wanted"
	case queue.ProfileSent:
		id = "screens.profile.sent"
	case queue.ProfileApplied:
		id = "screens.profile.applied"
	case queue.ProfileFailed:
		id = "screens.profile.failed"
	default:
		return ""
	}
	name := p.Name
	if name == "" {
		name = p.ID
	}
	text := words.Shown(name) + " · " + w.words.Say(id)
	if p.State == queue.ProfileFailed && p.Code != "" {
		text += " " + w.words.Code(p.Code, p.Answer).String()
	}
	return text
}

// source is where a code was read, in words and the device's own name.
func (w *Window) source(name string) string {
	kind, device, _ := strings.Cut(name, ":")
	id, known := map[string]string{
		"wedge": "ui.source.wedge", "serial": "ui.source.serial", "camera": "ui.source.camera",
		"typed": "ui.source.typed", "stdin": "ui.source.stdin", string(queue.FromList): "orders.source",
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
	head := when + " · " + w.actionText(line.Action)
	if state := w.words.Standing(queue.Entry{State: line.To, Reason: line.Reason}); line.To != "" && line.To != line.From && !strings.HasSuffix(head, state) {
		head += " · " + state
	}
	rule := canvas.NewLine(widget.Line())
	to.Add(rule)
	to.Add(widget.NewPara(head, 16, widget.Text()))
	var more []string
	for _, part := range []string{words.Shown(w.words.Operator(line.By, line.Operator)), w.words.Reason(line.Reason), words.Shown(line.Note)} {
		if part != "" {
			more = append(more, part)
		}
	}
	if len(more) > 0 {
		to.Add(widget.NewPara(strings.Join(more, " · "), 15, widget.Muted()))
	}
}

// actionText is what happened. What a list has to do with it the audit has in words,
// too.
func (w *Window) actionText(a queue.Action) string {
	if slices.Contains([]queue.Action{queue.ActionByList, queue.ActionUnscanned, queue.ActionArrived}, a) {
		return w.words.Action(a)
	}
	return w.words.Say("ui.action." + string(a))
}

// sized gives an object a size of its own in a flow.
func sized(o fyne.CanvasObject, width, height float32) fyne.CanvasObject {
	return container.NewGridWrap(fyne.NewSize(width, height), o)
}
