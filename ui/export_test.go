package ui

import (
	"context"
	"image/color"
	"log/slog"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"pkidstation/queue"
	"pkidstation/ui/listing"
	"pkidstation/ui/widget"
)

func (w *Window) Tile() *widget.Tile { return w.dock.tile }

func (w *Window) Strip() *widget.Strip { return w.bar.strip }

func (w *Window) VisitQueue() { w.visit(w.queue) }

func (w *Window) VisitDock() { w.visit(w.dock) }

func (w *Window) OnQueue() bool { return w.page == page(w.queue) }

func (w *Window) Switch(language string) { w.switchLanguage(language) }

func (w *Window) Language() string { return w.words.Language() }

func (w *Window) Say(id string, data ...any) string { return w.words.Say(id, data...) }

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

// A ShownRow is a row of the queue screen.
type ShownRow struct {
	ID    string
	State queue.State
}

// Shown are the rows of the queue screen, in sight or not.
func (w *Window) Shown() (rows []ShownRow) {
	for n := range w.queue.list.Len() {
		r := w.queue.list.At(n)
		rows = append(rows, ShownRow{r.ID, r.State})
	}
	return rows
}

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
func (w *Window) Ticked() (ids []string) {
	for n := range w.queue.list.Len() {
		if r := w.queue.list.At(n); w.queue.ticks.Has(r.Seq) {
			ids = append(ids, r.ID)
		}
	}
	if len(ids) != w.queue.ticks.Len() {
		ids = append(ids, "and some that are not listed")
	}
	slices.Sort(ids)
	return ids
}

// Current is the ID of the entry in the drawer.
func (w *Window) Current() string {
	if w.queue.at < 0 {
		return ""
	}
	return w.queue.list.At(w.queue.at).ID
}

// Online is what the bar says of the connection.
func (w *Window) Online() string { return w.bar.online.Text() }

// Drawn is what the bar's texts are drawn with, which is made anew with each drawing.
func (w *Window) Drawn() []fyne.CanvasObject {
	return slices.Concat(test.WidgetRenderer(w.bar.online).Objects(), test.WidgetRenderer(w.bar.strip.Line()).Objects())
}

// Retell is what the window does every now and then.
func (w *Window) Retell() { w.retell() }

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

// Relist takes the list of now as if it had just been made.
func (w *Window) Relist() { w.queue.listing.listed(w.queue.list, nil) }

// Refresh shows the queue screen anew.
func (w *Window) Refresh() { w.queue.refresh() }

// Chips makes the chips anew.
func (w *Window) Chips() { w.queue.buildChips() }

// TickAll selects all, or nothing any longer.
func (w *Window) TickAll() { w.queue.tickAll() }

// TickTo selects all up to a row.
func (w *Window) TickTo(row int) { w.queue.tickTo(row) }

// Step goes to a row.
func (w *Window) Step(row int) { w.queue.step(row, false) }

// BeginRelease opens the panel that releases what is selected.
func (w *Window) BeginRelease() { w.queue.begin(actions()[0]) }

// Leave leaves the panel.
func (w *Window) Leave() { w.closePanel() }

// Sort sorts the queue screen.
func (w *Window) Sort(by listing.Column) { w.queue.sortBy(by) }

// ChosenLine is what the queue screen says of what is selected.
func (w *Window) ChosenLine() string { return w.queue.chosenLine() }

// Press does what a key means that a person pressed, at once.
func (w *Window) Press(key fyne.KeyName, modifier fyne.KeyModifier) { w.command(key, modifier) }

// Bulking says how far the act is that is done in parts, "" for none.
func (w *Window) Bulking() (done, all int) {
	if b := w.queue.bulk; b.shown() {
		return b.done, b.going.Len()
	}
	return 0, 0
}

// DrawerAt is how far the drawer is scrolled down.
func (w *Window) DrawerAt() float32 { return w.queue.drawerScroll.Offset.Y }

// Resource tells that something about the sources changed.
func (w *Window) Resource() { w.resource() }

// Options are the window's own, to be changed.
func (w *Window) Options() *Options { return &w.options }

// OnLeaving has left called where the window would end.
func (w *Window) OnLeaving(left func()) { w.leaving = left }

// AskLong is askLong for a call that gives nothing, with a name.
func (w *Window) AskLong(call func(context.Context) error, then func(error)) {
	askLong(w, w.named("ui.queue"), func(ctx context.Context) (struct{}, error) { return struct{}{}, call(ctx) }, func(_ struct{}, err error) { then(err) })
}

// Decide is a decision that may take long.
func (w *Window) Decide(call func(context.Context) error, then func(error)) {
	decide(w, request{title: w.named("ui.release")}, call, then)
}

// Fail tells an error.
func (w *Window) Fail(err error) { w.fail(err) }

// NewMoving makes a window that Run shows, on a clock that stands still until it is
// moved.
func NewMoving(app fyne.App, options Options, clock Clock) (*Window, error) {
	return newWindow(app, options, newWorker(), &way{}, clock)
}

// Waiting says whether a bar is shown.
func (w *Window) Waiting() bool { return w.waiting() }

// LookAtCamera tells that the station's camera has a frame.
func (w *Window) LookAtCamera() { w.lookAtCamera() }

// Later has f done on Fyne's goroutine.
func (w *Window) Later(f func()) { w.way.later(f) }

// Heard says whether all that was heard is told.
func (w *Window) Heard() bool {
	w.unheard.mu.Lock()
	defer w.unheard.mu.Unlock()
	return len(w.unheard.events) == 0
}

// Spaced is the wait before each of what is done at these times.
func Spaced(least, debt time.Duration, at ...time.Time) (waits []time.Duration) {
	space := spacing{least: least, debt: debt}
	for _, now := range at {
		waits = append(waits, space.wait(now))
	}
	return waits
}

// Told is the wait before each of these events is told, which come at one time.
func Told(now time.Time, events ...Event) (waits []time.Duration) {
	space := spacing{least: tellSpace, debt: tellDebt}
	for _, event := range events {
		waits = append(waits, space.until(event, now))
	}
	return waits
}

// Follow has calls follow changes, with so much time between.
func Follow(ctx context.Context, least time.Duration, changed <-chan struct{}, on func()) {
	(&way{}).followSpaced(ctx, least, func() (<-chan struct{}, func()) { return changed, func() {} }, on)
}
