package ui

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// shownOrders is since when orders are shown; older ones are while they are open.
const shownOrders = 30 * 24 * time.Hour

// patience is how long a word that may be of before a change is still shown: one that
// went for a blink of the eye at each scan could not be read.
const patience = time.Second

// An ordersPanel shows the orders with the one word on each: may it leave. What is
// not known yet is "…": each order is reconciled on a goroutine, one after the
// other, and again after each change. That an order may leave is not said for longer
// than patience of one that was not looked at since.
type ordersPanel struct {
	window *Window
	heads  []queue.OrderHead
	known  map[orderKey]orderCount
	// stale are those to reconcile again, in their order; since is since when what is
	// known of an order may be of before a change.
	stale    []orderKey
	since    map[orderKey]time.Time
	chosen   orderKey
	sheet    *sheet
	listing  question
	counting bool
	listed   bool
}

// An orderKey names an order: two customers may have orders of one name.
type orderKey struct {
	order    string
	customer autopilot.TenantID
}

func keyOf(h queue.OrderHead) orderKey { return orderKey{h.Order, h.Customer} }

// An orderCount is what is shown of a reconciliation: the devices themselves may be
// a hundred thousand.
type orderCount struct {
	may                                        bool
	registered, due                            int
	missing, unexpected, contradicted, refused int
}

func countOf(r queue.Reconciliation) orderCount {
	c := orderCount{
		may: r.MayLeave(), registered: r.Registered, due: r.Due(), missing: r.Missing, unexpected: r.Unexpected, contradicted: r.Conflicts,
	}
	for _, d := range r.Devices {
		if d.State == queue.Rejected {
			c.refused++
		}
	}
	return c
}

// openOrders shows the orders; without a port for them nothing opens.
func (w *Window) openOrders() {
	if w.options.Orders == nil {
		return
	}
	p := &ordersPanel{window: w, known: map[orderKey]orderCount{}, since: map[orderKey]time.Time{}}
	p.sheet = newSheet(w)
	p.sheet.columns, p.sheet.count, p.sheet.cell = p.columns, func() int { return len(p.heads) }, p.cell
	p.sheet.onChoose = func(row int) {
		p.chosen = keyOf(p.heads[row])
		w.reconsider()
	}
	w.openPanel(p)
	p.reload()
}

func (p *ordersPanel) title() string { return p.window.words.Say("orders.title") }

func (p *ordersPanel) first() *field { return nil }

func (p *ordersPanel) table() *sheet { return p.sheet }

func (p *ordersPanel) columns() []sheetColumn {
	say := p.window.words.Say
	return []sheetColumn{
		{say("orders.column.word"), 180, false},
		{say("orders.column.order"), 1.3, true},
		{say("ui.customer"), 1, true},
		{say("orders.column.registered"), 100, false},
		{say("orders.column.missing"), 98, false},
		{say("orders.column.unexpected"), 130, false},
		{say("orders.column.conflict"), 110, false},
		{say("orders.column.refused"), 76, false},
	}
}

func (p *ordersPanel) cell(row, column int) widget.Field {
	w, h := p.window, p.heads[row]
	c, known := p.known[keyOf(h)]
	switch column {
	case 0:
		return w.leavingField(c, known && (!c.may || !p.doubtful(keyOf(h))))
	case 1:
		return widget.Field{Text: words.Shown(h.Order)}
	case 2:
		return widget.Field{Text: w.customer(h.Customer)}
	}
	if !known {
		return widget.Field{Text: "…"}
	}
	texts := []string{w.ofText(c)}
	for _, n := range []int{c.missing, c.unexpected, c.contradicted, c.refused} {
		texts = append(texts, w.words.Number(n))
	}
	return widget.Field{Text: texts[column-3], Bold: column > 3 && texts[column-3] != "0"}
}

// leavingField is the one word on an order.
func (w *Window) leavingField(c orderCount, known bool) widget.Field {
	switch {
	case !known:
		return widget.Field{Text: "…"}
	case c.may:
		return widget.Field{Text: w.words.Say("orders.may"), Tone: widget.Accept, Mark: widget.ToneMark, Bold: true}
	default:
		return widget.Field{Text: w.words.Say("orders.stays"), Tone: widget.Reject, Mark: widget.ToneMark, Bold: true}
	}
}

func (p *ordersPanel) build() fyne.CanvasObject {
	w := p.window
	rows := container.NewVBox(widget.NewPara(w.words.Say("orders.what"), 17, widget.Text()), p.sheet.build(9))
	if line := p.about(); line != "" {
		rows.Add(widget.NewPara(line, 18, widget.Text()).Bold())
	}
	rows.Add(w.panelTaps(p.keys()))
	return rows
}

// about is the whole of what the chosen row cuts.
func (p *ordersPanel) about() string {
	w := p.window
	switch {
	case !p.listed:
		return "…"
	case len(p.heads) == 0:
		return w.words.Say("orders.none")
	case p.row() < 0:
		return w.words.Say("orders.choose")
	}
	text := w.orderText(p.chosen)
	if c, known := p.known[p.chosen]; known {
		text += " · " + w.words.Say("orders.registered", "Of", w.ofText(c))
	}
	return text
}

// orderText names an order of a customer.
func (w *Window) orderText(k orderKey) string {
	return words.Shown(k.order) + " · " + w.customer(k.customer)
}

func (w *Window) ofText(c orderCount) string {
	return w.words.Say("orders.of", "Count", w.words.Number(c.registered), "Of", w.words.Number(c.due))
}

func (p *ordersPanel) row() int {
	return slices.IndexFunc(p.heads, func(h queue.OrderHead) bool { return keyOf(h) == p.chosen })
}

func (p *ordersPanel) keys() []panelKey {
	var keys []panelKey
	o := p.window.options
	if o.Suppliers != nil {
		keys = append(keys, panelKey{fyne.KeyF6, "orders.import", true, func() { p.window.openImportList(p) }})
	}
	if o.Announcements != nil {
		keys = append(keys, panelKey{fyne.KeyF7, "orders.lists", true, func() { p.window.openLists(p) }})
	}
	return keys
}

func (p *ordersPanel) command(key fyne.KeyName) bool {
	return pressed(p.keys(), key) || p.sheet.command(key)
}

// leave is what leaving it is called: nothing is given up by it.
func (p *ordersPanel) leave() string { return p.window.words.Say("ui.close") }

func (p *ordersPanel) confirm() (string, bool) {
	return p.window.words.Say("orders.boxes.show"), p.row() >= 0
}

func (p *ordersPanel) do() {
	if p.row() >= 0 {
		p.window.openOrder(p, p.chosen)
	}
}

// reload looks again; the window calls it after each change.
func (p *ordersPanel) reload() {
	w := p.window
	if !p.listing.begin() {
		return
	}
	since := w.clock.Now().Add(-shownOrders)
	askLong(w, p.title, func(ctx context.Context) ([]queue.OrderHead, error) { return w.options.Orders.Orders(ctx, since) }, p.look)
}

func (p *ordersPanel) look(heads []queue.OrderHead, err error) {
	again := p.listing.end()
	if err != nil {
		p.window.fail(err) // those that were there are looked at all the same
	} else {
		p.heads, p.listed = named(heads), true
	}
	p.recount()
	p.sheet.chosen = p.row()
	p.show()
	p.countNext()
	if again {
		p.reload()
	}
}

// recount has all orders reconciled again, those first that wait for it already:
// while something changes all the time the last ones would never come else.
func (p *ordersPanel) recount() {
	waiting, now, there := p.stale, p.window.clock.Now(), map[orderKey]bool{}
	for _, h := range p.heads {
		there[keyOf(h)] = true
	}
	p.stale = nil
	add := func(key orderKey) {
		if !there[key] {
			return
		}
		delete(there, key)
		p.stale = append(p.stale, key)
		if p.since[key].IsZero() {
			p.since[key] = now
		}
	}
	for _, key := range waiting {
		add(key)
	}
	for _, h := range p.heads {
		add(keyOf(h))
	}
	p.window.clock.After(patience, p.sheet.Refresh)
}

// doubtful says whether what is known of an order is of before a change for too long.
func (p *ordersPanel) doubtful(key orderKey) bool {
	since, waits := p.since[key]
	return waits && p.window.clock.Now().Sub(since) >= patience
}

// named are the orders without those of nobody in particular that stand beside the
// same order of somebody: they are counted there.
func named(heads []queue.OrderHead) []queue.OrderHead {
	owned := map[string]bool{}
	for _, h := range heads {
		owned[h.Order] = owned[h.Order] || h.Customer != ""
	}
	return slices.DeleteFunc(heads, func(h queue.OrderHead) bool { return h.Customer == "" && owned[h.Order] })
}

// countNext reconciles one order after the other, while anybody looks. One that
// cannot be is not known, and keeps no other from it.
func (p *ordersPanel) countNext() {
	w := p.window
	if p.counting || len(p.stale) == 0 || !w.within(p) {
		return
	}
	next := p.stale[0]
	p.stale, p.counting = p.stale[1:], true
	askFar(w, func(ctx context.Context) (orderCount, error) {
		r, err := w.options.Orders.Reconcile(ctx, next.order, next.customer)
		return countOf(r), err
	}, func(c orderCount, err error) {
		p.counting = false
		if err != nil {
			delete(p.known, next)
			w.fail(err)
		} else {
			p.known[next] = c
		}
		if !slices.Contains(p.stale, next) { // else something changed meanwhile
			delete(p.since, next)
		}
		p.sheet.Refresh()
		p.countNext()
	})
}

// show shows what is known now, where it is in sight.
func (p *ordersPanel) show() {
	if p.window.showing(p) {
		p.window.rebuildPanel()
	}
}

// within says whether a panel is in sight, or below the one that is.
func (w *Window) within(p panel) bool {
	for at := w.panel; at != nil; {
		if at == p {
			return true
		}
		over, ok := at.(interface{ below() panel })
		if !ok {
			return false
		}
		at = over.below()
	}
	return false
}
