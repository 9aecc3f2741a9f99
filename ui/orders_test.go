package ui_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest"
	"pkidstation/ui"
	"pkidstation/ui/uitest"
	"pkidstation/ui/words"
)

// A receiving is what the ports of what should arrive answer.
type receiving struct {
	tally   ui.Tally
	failure error // of what is only looked at
	heads   []queue.OrderHead
	orders  map[string]queue.Reconciliation // by order
	// reconciling is called while an order is reconciled, and broken fail to be.
	reconciling func(order string)
	broken      map[string]error
	unscanned   queue.Unscanned
	preview     ui.ListPreview
	looked      error
	taken       ui.TakenList
	profiles    []manifest.Profile
	lists       []queue.Announcement
	// asked is what was asked for last of a list, reading is called while it is read.
	asked ui.ListRequest
	// hostile is what all orders, pallets and files are called, "" for their names.
	hostile string
	reading func(context.Context)
}

type (
	orderPort struct{ *station }
	listPort  struct{ *station }
	paperPort struct{ *station }
)

// receive gives a window these ports.
func (s *station) receive(options *ui.Options) {
	options.Orders, options.Unscanned = orderPort{s}, orderPort{s}
	options.Leaving, options.Suppliers, options.Announcements = paperPort{s}, listPort{s}, listPort{s}
}

func (p orderPort) Tally(context.Context) (ui.Tally, error) {
	return p.office.receiving.tally, p.office.receiving.failure
}

func (p orderPort) Orders(_ context.Context, since time.Time) ([]queue.OrderHead, error) {
	var found []queue.OrderHead
	for _, h := range p.office.receiving.heads {
		if h.Open || h.At.After(since) {
			found = append(found, h)
		}
	}
	for n := range found {
		found[n].Order += p.office.receiving.hostile
	}
	return found, p.office.receiving.failure
}

func (p orderPort) Reconcile(_ context.Context, order string, customer autopilot.TenantID) (queue.Reconciliation, error) {
	r := p.office.receiving.orders[strings.TrimSuffix(order, p.office.receiving.hostile)]
	r.Order, r.Customer = order, customer
	r.Devices = slices.Clone(r.Devices)
	for n := range r.Devices {
		r.Devices[n].Pallet += p.office.receiving.hostile
	}
	if during := p.office.receiving.reconciling; during != nil {
		during(order)
	}
	return r, p.office.receiving.broken[order]
}

func (p orderPort) Expect(_ context.Context, order string, _ autopilot.TenantID, boxes int) error {
	return p.call("expect %d of %s", boxes, order)
}

func (p orderPort) RegisterAnnounced(_ context.Context, work queue.Work, reason string) (queue.Unscanned, error) {
	return p.office.receiving.unscanned, p.call("register %s %q of %s: %s", work.Customer, work.GroupTag, work.Order, reason)
}

func (p paperPort) Path(order string, _ autopilot.TenantID, format ui.PaperFormat) string {
	return "/home/ana/" + strings.TrimSuffix(order, p.office.receiving.hostile) + "-" + string(format) + ".pdf"
}

func (p paperPort) SaveLeaving(_ context.Context, paper ui.LeavingPaper) error {
	return p.call("paper %s %s %s %s", paper.Order, paper.Path, paper.Format, paper.Language)
}

func (p listPort) Look(ctx context.Context, ask ui.ListRequest) (ui.ListPreview, error) {
	p.read(ctx, ask)
	found := p.office.receiving.preview
	if hostile := p.office.receiving.hostile; hostile != "" {
		found.Order = hostile
		found.Columns = append(slices.Clone(found.Columns), manifest.Column{Letter: "XFD", Header: words.Shown(hostile)})
	}
	return found, p.office.receiving.looked
}

func (p listPort) read(ctx context.Context, ask ui.ListRequest) {
	p.office.receiving.asked = ask
	ask.Progress(manifest.Progress{Rows: 5000, Done: 40, Of: 100})
	if p.office.receiving.reading != nil {
		p.office.receiving.reading(ctx)
	}
}

func (p listPort) Take(ctx context.Context, ask ui.ListRequest) (ui.TakenList, error) {
	p.read(ctx, ask)
	if ctx.Err() != nil {
		return ui.TakenList{}, ctx.Err()
	}
	return p.office.receiving.taken, p.call("take %s for %s, order %q", ask.Path, ask.Customer, ask.Order)
}

func (p listPort) Profiles(context.Context) ([]manifest.Profile, error) {
	return p.office.receiving.profiles, nil
}

func (p listPort) Keep(_ context.Context, profile manifest.Profile) error {
	return p.call("keep %s %v", profile.Name, profile.Columns)
}

func (p listPort) Announcements(context.Context) ([]queue.Announcement, error) {
	lists := slices.Clone(p.office.receiving.lists)
	for n := range lists {
		lists[n].File = cmp.Or(p.office.receiving.hostile, lists[n].File)
		lists[n].Supplier = cmp.Or(p.office.receiving.hostile, lists[n].Supplier)
	}
	return lists, nil
}

func (p listPort) Drop(_ context.Context, number uint64, reason string) error {
	return p.call("drop %d: %s", number, reason)
}

// device is one of an order.
func device(n int, status queue.DeviceStatus, state queue.State) queue.ReconciledDevice {
	d := queue.ReconciledDevice{
		Device: autopilot.Device{PKID: autopilot.PKID(fmt.Sprintf("33051234%05d", n)), Serial: fmt.Sprintf("5CG40%05d", n)},
		Status: status, Announced: status != queue.Unexpected, Pallet: fmt.Sprintf("00340123456789%04d", n%3), State: state, Row: n + 1,
	}
	if state != "" {
		d.Entry, d.Number = fmt.Sprintf("e%d", n), n
	}
	return d
}

// someOrders are one that may leave, one of which much keeps it, one without a list
// and one that is old.
func (b *bench) someOrders() {
	r := &b.station.office.receiving
	at := b.clock.now.Add(-time.Hour)
	r.heads = []queue.OrderHead{
		{Order: "BL-2026-0118", Customer: contoso, Listed: true, Open: true, At: at},
		{Order: "BL-2026-0117", Customer: fabrikam, Listed: true, At: at.Add(-time.Hour)},
		{Order: "BL-2026-0117", Listed: true, At: at.Add(-time.Hour)},
		{Order: "BL-2026-0116", Customer: contoso, Open: true, At: at.Add(-2 * time.Hour)},
		{Order: "BL-2025-0001", Customer: contoso, At: at.Add(-40 * 24 * time.Hour)},
	}
	stays := uitest.Reconciled(device(9, queue.Arrived, queue.Registered), device(2, queue.Missing, ""), device(3, queue.Missing, ""),
		device(4, queue.Unexpected, queue.Held), device(5, queue.Contradicted, queue.Held), device(6, queue.Arrived, queue.Rejected))
	stays.Devices[3].Reason, stays.Devices[4].Reason, stays.Devices[5].Code = queue.NotAnnounced, queue.Conflict, autopilot.CodeOtherTenant
	counted := queue.Reconciliation{Expected: 3, Open: 1, Arrived: 1, Registered: 1, Devices: []queue.ReconciledDevice{device(1, queue.Arrived, queue.Registered)}}
	r.orders = map[string]queue.Reconciliation{
		"BL-2026-0118": stays, "BL-2026-0117": uitest.Reconciled(device(1, queue.Arrived, queue.Registered), device(2, queue.Arrived, queue.Registered)),
		"BL-2026-0116": counted,
	}
}

func (b *bench) openOrders() {
	b.someOrders()
	b.VisitQueue()
	b.ctrlKey(fyne.KeyO)
}

// openOrder shows the boxes of one of some orders, from 0.
func (b *bench) openOrder(n int) {
	b.openOrders()
	for range n + 1 {
		b.command(fyne.KeyDown)
	}
	b.ctrl(fyne.KeyReturn)
	b.clock.pass(time.Second)
}

// someList is a list whose columns are found.
func someList() ui.ListPreview {
	return ui.ListPreview{
		Columns: []manifest.Column{
			{Letter: "A", Header: "Windows Product ID", Field: manifest.PKID},
			{Letter: "B", Header: "Numéro de série", Field: manifest.Serial},
			{Letter: "C", Header: "Désignation commerciale de l'article"},
			{Letter: "D", Header: "BL", Field: manifest.Order},
		},
		HeaderRow: 1, Taken: 48, Refused: 2, Order: "BL-2026-0118", Orders: 1,
		Rows: []manifest.Preview{
			{Place: manifest.Place{Row: 2}, Cells: []string{"3305123456781", "5CG4071QZ8", "HP EliteBook 840 G10, 14 pouces", "BL-2026-0118"}},
			{Place: manifest.Place{Row: 3}, Cells: []string{"3305123456788", "5CG4071QZ9", "HP EliteBook 840 G10, 14 pouces", "BL-2026-0118"}},
		},
	}
}

// warnedList is a list with a row that is refused and two things to look at.
func warnedList() ui.ListPreview {
	found := someList()
	found.Refused, found.Wrong, found.Warnings = 1, wrongRows()[:1], warnings()
	return found
}

func warnings() []manifest.Warning {
	return []manifest.Warning{
		{Place: manifest.Place{Row: 4}, Rows: 12, Column: "E", Header: "Fabricant", Field: manifest.Manufacturer, Caution: manifest.MakerAlias, Text: "Hewlett Packard", Wanted: []string{"HP"}, Proved: true},
		{Place: manifest.Place{Row: 9}, Rows: 1, Column: "E", Header: "Fabricant", Field: manifest.Manufacturer, Caution: manifest.SurfaceWays},
	}
}

func (b *bench) openImport() {
	b.openOrders()
	b.command(fyne.KeyF6)
}

// preview reads a list.
func (b *bench) preview(found ui.ListPreview) {
	b.station.office.receiving.preview = found
	b.openImport()
	ui.SetFieldText(b.Fields()[0], " /home/ana/liste.csv ")
	b.ConfirmPanel()
}

// forContoso chooses the first customer for the list.
func (b *bench) forContoso() {
	b.command(fyne.KeyF8)
	b.command(fyne.KeyDown)
	b.ConfirmPanel()
}

// take takes a list in of which rows were refused.
func (b *bench) takeList() {
	b.station.office.receiving.taken = ui.TakenList{
		Announcing: queue.Announcing{Announcement: queue.Announcement{Number: 2, Taken: 46, Known: 2}, Doubted: []queue.Entry{{}}},
		Named:      "BL-2026-0118",
		Rows:       wrongRows(),
	}
	b.preview(someList())
	b.forContoso()
	b.ConfirmPanel()
}

// wrongRows are rows that are refused, each for a reason of its own.
func wrongRows() []ui.RefusedListRow {
	clash := queue.Clash{Announced: queue.Announced{Device: autopilot.Device{PKID: "3305123456781"}}, Reason: queue.OtherCustomer, Other: queue.Listed{List: 1, Row: 7, Customer: fabrikam, Order: "BL-9"}}
	return []ui.RefusedListRow{
		{Refusal: manifest.Refusal{Place: manifest.Place{Row: 17}, Column: "A", Header: "Windows Product ID", Field: manifest.PKID, Reason: manifest.Scientific, Text: "3,30E+12"}},
		{Refusal: manifest.Refusal{Place: manifest.Place{Row: 23}, Column: "A", Header: "Windows Product ID", Field: manifest.PKID, Reason: "announced-other-customer", Text: "3305123456781"}, Clash: &clash},
	}
}

func (b *bench) openLists() {
	at := time.Date(2026, 11, 20, 9, 5, 0, 0, time.Local)
	b.station.office.receiving.lists = []queue.Announcement{
		{Number: 2, File: "Liste de colisage Grenoble novembre 2026 (corrigée).xlsx", Supplier: "Grossiste Lyon", Customer: contoso, Taken: 480, Known: 3, Refused: 2, By: "Ana Dupont", At: at},
		{Number: 1, File: "liste.csv", Customer: fabrikam, Taken: 12, By: "Ana Dupont", At: at, DroppedAt: at.Add(time.Hour)},
	}
	b.openOrders()
	b.command(fyne.KeyF7)
	b.command(fyne.KeyDown)
}

func orderStates() map[string]func(*bench) {
	return map[string]func(*bench){
		"tally": func(b *bench) {
			b.station.office.receiving.tally = ui.Tally{Reception: "r1", Here: 46, Of: 48, Doubted: 12}
			b.Load()
		},
		"tally, huge": func(b *bench) {
			b.station.office.receiving.tally = ui.Tally{Reception: "r1", Here: 10460, Of: 110000, Doubted: 1012}
			b.Load()
		},
		"orders":        func(b *bench) { b.openOrders(); b.command(fyne.KeyDown) },
		"orders, none":  func(b *bench) { b.VisitQueue(); b.ctrlKey(fyne.KeyO) },
		"order stays":   func(b *bench) { b.openOrder(0); b.command(fyne.KeyDown) },
		"order may":     func(b *bench) { b.openOrder(1) },
		"order counted": func(b *bench) { b.openOrder(2); b.command(fyne.KeyF5); b.command(fyne.KeyDown) },
		"unscanned":     func(b *bench) { b.openOrder(0); b.command(fyne.KeyF6) },
		"expect":        func(b *bench) { b.openOrder(2); b.command(fyne.KeyF7); ui.SetFieldText(b.Fields()[0], "dix") },
		"paper":         func(b *bench) { b.openOrder(0); b.command(fyne.KeyF8) },
		"import":        (*bench).openImport,
		"preview":       func(b *bench) { b.preview(someList()) },
		"preview, changed": func(b *bench) {
			b.preview(someList())
			b.command(fyne.KeyDown)
			b.command(fyne.KeyDown)
			b.command(fyne.KeyF5)
		},
		"preview, unclear": func(b *bench) {
			found := someList()
			found.Unclear = manifest.ErrNoHeader
			for n := range found.Columns {
				found.Columns[n].Field = ""
			}
			b.preview(found)
		},
		"preview, strangers": func(b *bench) {
			found := someList()
			found.CustomerErr = &manifest.CustomerError{Name: "Établissements Lemoine et Fils"}
			found.Order, found.Orders = "", 0
			b.preview(found)
		},
		"sheets": func(b *bench) {
			b.station.office.receiving.looked = &manifest.SheetsError{Sheets: []string{"Palette 1", "Palette 2 (Grenoble)"}}
			b.preview(ui.ListPreview{})
			b.command(fyne.KeyDown)
		},
		"whose": func(b *bench) { b.preview(someList()); b.command(fyne.KeyF8) },
		"their columns": func(b *bench) {
			b.station.office.receiving.profiles = []manifest.Profile{{Name: "Grossiste Lyon", Columns: []manifest.Mapping{{Column: "Clé", Field: manifest.PKID}, {Column: "S/N", Field: manifest.Serial}}}}
			b.preview(someList())
			b.command(fyne.KeyF7)
			b.command(fyne.KeyDown)
		},
		"taken":    (*bench).takeList,
		"findings": func(b *bench) { b.preview(warnedList()); b.command(fyne.KeyF4); b.command(fyne.KeyDown) },
		"lists":    (*bench).openLists,
		"drop":     func(b *bench) { b.openLists(); b.command(fyne.KeyF8) },
	}
}
