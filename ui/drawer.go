package ui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// buildDrawer shows all of one entry: what it is, why it stands where it does,
// what to do, what was read of it, and what happened to it.
func (q *queueScreen) buildDrawer() {
	inside := container.NewVBox()
	if q.detail.known() {
		q.describe(inside, q.detail.entry)
		inside.Add(gap(6))
		inside.Add(widget.NewTap(q.window.words.Say("ui.close"), q.window.words.Say("ui.key.escape"), widget.Plain, q.closeDrawer))
	}
	hidden := q.at < 0
	if scroll := q.drawerScroll; scroll != nil && q.drawerOf == q.current && !hidden {
		scroll.Content.(*fyne.Container).Objects[0] = inside
		scroll.Refresh()
		return
	}
	q.drawer.Hidden = hidden
	q.drawerOf = q.current
	q.drawerScroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(14, 14, 18, 22), inside))
	q.drawer.Objects = []fyne.CanvasObject{widget.NewBlocker(widget.Surface(), 10), q.drawerScroll}
	q.drawer.Refresh()
}

// scrollDrawer shows what of it lies below or above.
func (q *queueScreen) scrollDrawer(down bool) {
	scroll := q.drawerScroll
	if q.at < 0 || scroll == nil {
		return
	}
	by, most := scroll.Size().Height*0.8, max(scroll.Content.MinSize().Height-scroll.Size().Height, 0)
	if !down {
		by = -by
	}
	scroll.ScrollToOffset(fyne.NewPos(0, min(max(scroll.Offset.Y+by, 0), most)))
}

func (q *queueScreen) closeDrawer() {
	q.current, q.at, q.detail.seq = 0, -1, 0
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
	q.tellHistory(to)
	q.tellReads(to, e)
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
	w := q.window
	if !q.detail.known() {
		return
	}
	if text := w.words.Outcome(q.detail.entry, w.clock.Now()).Copy; text != "" {
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

// sized gives an object a size of its own in a flow.
func sized(o fyne.CanvasObject, width, height float32) fyne.CanvasObject {
	return container.NewGridWrap(fyne.NewSize(width, height), o)
}
