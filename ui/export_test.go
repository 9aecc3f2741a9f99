package ui

import (
	"image/color"
	"log/slog"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui/widget"
)

func (w *Window) Tile() *widget.Tile { return w.dock.tile }

func (w *Window) Strip() *widget.Strip { return w.bar.strip }

func (w *Window) VisitQueue() { w.visit(w.queue) }

func (w *Window) VisitDock() { w.visit(w.dock) }

func (w *Window) OnQueue() bool { return w.page == page(w.queue) }

func (w *Window) Switch(language string) { w.switchLanguage(language) }

func (w *Window) Language() string { return w.words.Language() }

func (w *Window) Say(id string) string { return w.words.Say(id) }

func (w *Window) OpenReception() { w.dock.turnReception() }

func (w *Window) OpenTyped() { w.dock.openTyped() }

func (w *Window) OpenHelp() { w.openPanel(newHelpPanel(w)) }

func (w *Window) PanelTitle() string {
	if w.panel == nil {
		return ""
	}
	return w.panel.title()
}

func (w *Window) ConfirmPanel() { w.panel.do() }

func (w *Window) Confirmable() bool {
	_, possible := w.panel.confirm()
	return possible
}

func (w *Window) Notice() string {
	if w.notice.say == nil {
		return ""
	}
	return w.notice.say(w.words)
}

// Fields are the text fields of the panel, in the order of Tab.
func (w *Window) Fields() []fyne.Focusable {
	var fields []fyne.Focusable
	for f := w.panel.first(); f != nil; f = f.next {
		if len(fields) > 0 && fields[0] == fyne.Focusable(f) {
			break
		}
		fields = append(fields, f)
	}
	return fields
}

func (w *Window) SearchField() fyne.Focusable { return w.queue.search }

func FieldText(f fyne.Focusable) string { return f.(*field).Text }

func SetFieldText(f fyne.Focusable, text string) { f.(*field).SetText(text) }

// Ours says whether something that can be focused hands strokes on.
func Ours(o any) bool {
	switch o.(type) {
	case *sink, *field, *table, *sheet:
		return true
	default:
		return false
	}
}

func (w *Window) Tick(row int) { w.queue.tick(row) }

func (w *Window) Pick(row int) { w.queue.pick(row) }

func (w *Window) Shown() []queue.Entry { return w.queue.entries }

func (w *Window) Table() fyne.CanvasObject { return w.queue.table }

func (w *Window) Recent() []widget.Capture {
	var shown []widget.Capture
	for _, row := range w.dock.rows {
		if row.Capture() != (widget.Capture{}) {
			shown = append(shown, row.Capture())
		}
	}
	return shown
}

func (w *Window) Counter(n int) string {
	c := w.dock.counters
	return []*widget.Counter{c.captured, c.submitted, c.registered, c.held, c.rejected}[n].Number()
}

// Inks are the pairs of text and background that the theme and widgets use.
func Inks() [][2]color.Color {
	return [][2]color.Color{
		{widget.Text(), widget.Paper()},
		{widget.Text(), widget.Surface()},
		{widget.Text(), widget.AccentTint()},
		{widget.Text(), widget.Hover()},
		{widget.Muted(), widget.Paper()},
		{widget.Muted(), widget.Surface()},
		{widget.OnAccent(), widget.AccentFill()},
	}
}

// Ticked are the IDs of the entries that are ticked.
func (w *Window) Ticked() []string { return slices.Sorted(maps.Keys(w.queue.ticked)) }

// Current is the ID of the entry in the drawer.
func (w *Window) Current() string { return w.queue.current }

// Online is what the bar says of the connection.
func (w *Window) Online() string { return w.bar.online.Text() }

// Filter shows the entries of one state, "" for all.
func (w *Window) Filter(state queue.State) { w.queue.show(state, "") }

// Done is how a notice of something done begins, up to what was done.
func (w *Window) Done() string {
	begin, _, _ := strings.Cut(w.words.Say("ui.done", "Action", "\x00", "Boxes", ""), "\x00")
	return begin
}

// Alerts are the names of the scanners below the bar.
func (w *Window) Alerts() []string {
	var names []string
	for _, s := range append(slices.Clone(w.alerts.lost), w.alerts.offered...) {
		names = append(names, s.Name)
	}
	if shown := len(w.slots.alert.Objects) > 0; shown != (len(names) > 0 || w.alerts.locked) {
		return append(names, "and the screen says otherwise")
	}
	return names
}

// AlertShown says whether anything stands below the bar.
func (w *Window) AlertShown() bool { return len(w.slots.alert.Objects) > 0 }

// TapAlert taps the button with that text in the alerts.
func (w *Window) TapAlert(t interface{ Fatalf(string, ...any) }, id string) {
	tap := findTap(w.slots.alert, w.words.Say(id))
	if tap == nil {
		t.Fatalf("no button %s", id)
		return
	}
	tap.OnTapped()
}

func findTap(o fyne.CanvasObject, label string) *widget.Tap {
	switch o := o.(type) {
	case *widget.Tap:
		if o.Label() == label {
			return o
		}
	case *fyne.Container:
		for _, child := range o.Objects {
			if found := findTap(child, label); found != nil {
				return found
			}
		}
	}
	return nil
}

// OnTrial says whether the trial of a scanner is shown.
func (w *Window) OnTrial() bool { return w.page == page(w.trial) }

// Sink is what has the focus when nothing else has it.
type Sink = sink

// Unequip takes away the ports of a supervisor's work with Partner Center.
func (w *Window) Unequip() {
	o := &w.options
	o.Directory, o.Relations, o.SignIn, o.Removals, o.Profiles, o.Tuples, o.Marks, o.Files, o.Hashes = nil, nil, nil, nil, nil, nil, nil, nil, nil
	o.Orders, o.Unscanned, o.Leaving, o.Suppliers, o.Announcements = nil, nil, nil, nil, nil
}

// Front are bar, alerts, panel and notice: all but the page.
func (w *Window) Front() []fyne.CanvasObject {
	return []fyne.CanvasObject{w.slots.bar, w.slots.alert, w.slots.panel, w.slots.notice}
}

// LogTo has what went wrong logged there.
func (w *Window) LogTo(log *slog.Logger) { w.options.Log = log }

// Tally is what the dock says of the open order.
func (w *Window) Tally() string { return w.dock.band.tally.count.Text() }

// WithoutPaper takes away whoever makes papers.
func (w *Window) WithoutPaper() { w.options.Leaving = nil }

// CutTitles are the titles of the panel's table that do not fit their columns.
func (w *Window) CutTitles() (cut []string) {
	p, ok := w.panel.(interface{ table() *sheet })
	if !ok {
		return nil
	}
	for n, c := range p.table().columns() {
		const around = 12
		if need := fyne.MeasureText(c.title, sheetText, fyne.TextStyle{Bold: true}).Width + around; need > p.table().widths[n] {
			cut = append(cut, c.title)
		}
	}
	return cut
}

// OnReturns says whether the screen for returns is shown.
func (w *Window) OnReturns() bool { return w.page == page(w.returns) }

// ReturnTile is the tile of the screen for returns.
func (w *Window) ReturnTile() *widget.Tile { return w.returns.tile }

// PanelAt is how far the panel is scrolled down.
func (w *Window) PanelAt() float32 { return w.panelAt.Y }
