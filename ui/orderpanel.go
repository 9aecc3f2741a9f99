package ui

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// An orderPanel shows one order: whether it may leave, and its boxes by pallet and
// running number with why each keeps it. What keeps it is shown first.
type orderPanel struct {
	window *Window
	over   panel
	key    orderKey
	got    orderView
	known  bool
	// since is since when got may be of before a change, zero for never.
	since time.Time
	// everything shows the boxes too that do not keep the order.
	everything bool
	rows       []queue.ReconciledDevice
	sheet      *sheet
	asking     question
}

// An orderView is a reconciliation with all that takes a while to find out of it: an
// order may have a hundred thousand devices, and the panel is built at each key.
type orderView struct {
	queue.Reconciliation

	staying   []queue.ReconciledDevice
	may       bool
	unscanned int // devices that can be registered without a scan
	// leaving is the sentence on it in the language that it was said in last.
	leaving, language string
}

func viewOf(r queue.Reconciliation) orderView {
	slices.SortStableFunc(r.Devices, byPlace)
	v := orderView{Reconciliation: r, staying: r.Staying(), may: r.MayLeave()}
	for _, d := range r.Devices {
		if d.Announced && d.Entry == "" && (d.Identified() || d.ByHash) {
			v.unscanned++
		}
	}
	return v
}

// text is the one word on the order and what it rests on.
func (v *orderView) text(spoken *words.Words) string {
	if v.language != spoken.Language() {
		v.leaving, v.language = spoken.Leaving(v.Reconciliation), spoken.Language()
	}
	return v.leaving
}

func (w *Window) openOrder(over panel, key orderKey) {
	p := &orderPanel{window: w, over: over, key: key, sheet: newSheet(w)}
	p.sheet.columns, p.sheet.count, p.sheet.cell = p.columns, func() int { return len(p.rows) }, p.cell
	p.sheet.onChoose = func(int) { w.reconsider() }
	w.openPanel(p)
	p.reload()
}

func (p *orderPanel) below() panel { return p.over }

func (p *orderPanel) title() string { return p.window.orderText(p.key) }

func (p *orderPanel) first() *field { return nil }

func (p *orderPanel) confirm() (string, bool) { return "", false }

func (p *orderPanel) do() {}

func (p *orderPanel) table() *sheet { return p.sheet }

func (p *orderPanel) columns() []sheetColumn {
	say := p.window.words.Say
	return []sheetColumn{
		{say("orders.column.pallet"), 180, false},
		{say("ui.column.number"), 76, false},
		{say("ui.column.pkid"), 132, false},
		{say("ui.column.serial"), 0.8, true},
		{say("ui.column.state"), 150, false},
		{say("orders.column.why"), 1.6, true},
	}
}

func (p *orderPanel) cell(row, column int) widget.Field {
	w, d := p.window, p.rows[row]
	switch column {
	case 0:
		return widget.Field{Text: words.Shown(d.Pallet)}
	case 1:
		if d.Number == 0 {
			return widget.Field{Text: "–"}
		}
		return widget.Field{Text: strconv.Itoa(d.Number)}
	case 2:
		return widget.Field{Text: words.Shown(string(d.PKID))}
	case 3:
		return widget.Field{Text: words.Shown(d.Serial)}
	case 4:
		return widget.Field{Text: w.words.DeviceStatus(d), Tone: toneOfDevice(d), Mark: widget.ToneMark}
	default:
		return widget.Field{Text: w.words.Staying(d)}
	}
}

// toneOfDevice is green for a device that does not keep its order, and for no other.
func toneOfDevice(d queue.ReconciledDevice) widget.Tone {
	switch {
	case d.State == queue.Registered && d.Status != queue.Contradicted:
		return widget.Accept
	case d.Status == queue.Contradicted, d.State == queue.Rejected:
		return widget.Reject
	case d.State == "", d.State == queue.Held, d.Status == queue.Unexpected:
		return widget.Hold
	default:
		return toneOfState(d.State)
	}
}

func (p *orderPanel) build() fyne.CanvasObject {
	w := p.window
	if !p.known {
		return container.NewVBox(p.word(p.leaving()), p.sheet.build(9))
	}
	rows := container.NewVBox(p.word(p.leaving()),
		widget.NewPara(p.shown(), 17, widget.Text()), p.sheet.build(8))
	if line := p.about(); line != "" {
		rows.Add(widget.NewPara(line, 18, widget.Text()).Bold())
	}
	rows.Add(w.panelTaps(p.keys()))
	return rows
}

// leaving is whether the order may leave, "…" for one that might while it was not
// looked at since a change for longer than patience.
func (p *orderPanel) leaving() (text string, tone widget.Tone) {
	switch {
	case !p.known, p.got.may && !p.since.IsZero() && p.window.clock.Now().Sub(p.since) >= patience:
		return "…", widget.Neutral
	case p.got.may:
		return p.got.text(p.window.words), widget.Accept
	default:
		return p.got.text(p.window.words), widget.Reject
	}
}

// word is whether the order may leave, with the sign of it.
func (p *orderPanel) word(text string, tone widget.Tone) fyne.CanvasObject {
	return container.NewStack(gap(64), widget.NewStrip(widget.News{Tone: tone, Word: text}))
}

// shown says what the table shows.
func (p *orderPanel) shown() string {
	staying := len(p.got.staying)
	switch {
	case len(p.got.Devices) == 0:
		return p.window.words.Say("orders.boxes.none")
	case p.everything:
		return p.window.words.Count("orders.boxes.all", len(p.got.Devices))
	case staying == 0:
		return p.window.words.Say("orders.boxes.nothing")
	default:
		return p.window.words.Count("orders.boxes.staying", staying)
	}
}

// about is the whole of what the chosen row cuts.
func (p *orderPanel) about() string {
	if p.sheet.chosen < 0 || p.sheet.chosen >= len(p.rows) {
		return ""
	}
	w, d := p.window, p.rows[p.sheet.chosen]
	text := words.Shown(cmp.Or(string(d.PKID), d.Serial)) + " · " + w.words.DeviceStatus(d)
	if d.Pallet != "" {
		text += " · " + w.words.Say("orders.pallet", "Pallet", words.Shown(d.Pallet))
	}
	if why := w.words.Staying(d); why != "" {
		text += " · " + why
	}
	return text
}

func (p *orderPanel) keys() []panelKey {
	w, o := p.window, p.window.options
	filter := "orders.filter.all"
	if p.everything {
		filter = "orders.filter.staying"
	}
	keys := []panelKey{{fyne.KeyF5, filter, len(p.got.Devices) > 0, p.turn}}
	if o.Unscanned != nil && p.got.Lists > 0 {
		keys = append(keys, panelKey{fyne.KeyF6, "orders.unscanned", p.got.unscanned > 0, func() { w.openUnscanned(p) }})
	}
	if p.got.Lists == 0 || p.got.Refused > 0 { // how many there are may tell that no row is missing
		keys = append(keys, panelKey{fyne.KeyF7, "orders.expect", p.got.Open > 0, func() { w.openExpect(p) }})
	}
	if o.Leaving != nil {
		keys = append(keys, panelKey{fyne.KeyF8, "orders.paper", true, func() { w.openLeaving(p) }})
	}
	return keys
}

func (p *orderPanel) command(key fyne.KeyName) bool {
	return p.known && pressed(p.keys(), key) || p.sheet.command(key)
}

// turn shows all boxes, or only what keeps the order again.
func (p *orderPanel) turn() {
	p.everything = !p.everything
	p.arrange()
	p.sheet.ScrollToTop()
	p.window.reconsider()
}

// reload looks again; the window calls it after each change.
func (p *orderPanel) reload() {
	w := p.window
	if p.since.IsZero() {
		p.since = w.clock.Now()
		w.clock.After(patience, func() {
			if !p.since.IsZero() {
				p.show()
			}
		})
	}
	if !p.asking.begin() {
		return
	}
	askLong(w, p.title, func(ctx context.Context) (orderView, error) {
		r, err := w.options.Orders.Reconcile(ctx, p.key.order, p.key.customer)
		return viewOf(r), err
	}, p.look)
}

// show shows what is known now, on the panels that lie on this one too.
func (p *orderPanel) show() {
	if p.window.within(p) {
		p.window.rebuildPanel()
	}
}

// byPlace is the order in which somebody walks along pallets: what has no running
// number is nowhere, and comes last.
func byPlace(a, b queue.ReconciledDevice) int {
	nowhere := func(d queue.ReconciledDevice) int {
		if d.Number == 0 {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(nowhere(a), nowhere(b)), cmp.Compare(a.Pallet, b.Pallet), cmp.Compare(a.Number, b.Number), cmp.Compare(a.Row, b.Row))
}

func (p *orderPanel) look(v orderView, err error) {
	again := p.asking.end()
	if err != nil {
		p.window.fail(err) // what is shown stays in doubt
	} else {
		p.got, p.known = v, true
		p.arrange()
	}
	if err == nil && !again {
		p.since = time.Time{}
	}
	p.show()
	if again {
		p.reload()
	}
}

// arrange has the table show what is wanted; the row that is chosen stays so.
func (p *orderPanel) arrange() {
	var chosen queue.ReconciledDevice
	if at := p.sheet.chosen; at >= 0 && at < len(p.rows) {
		chosen = p.rows[at]
	}
	p.rows = p.got.Devices
	if !p.everything {
		p.rows = p.got.staying
	}
	p.sheet.chosen = -1
	if chosen.Identified() || chosen.Serial != "" {
		p.sheet.chosen = slices.IndexFunc(p.rows, func(d queue.ReconciledDevice) bool { return d.Device == chosen.Device })
	}
}
