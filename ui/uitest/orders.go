package uitest

import (
	"fmt"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest"
	"pkidstation/ui"
)

// device is one of an order.
func device(n int, status queue.DeviceStatus, state queue.State) queue.ReconciledDevice {
	d := queue.ReconciledDevice{
		Device: autopilot.Device{PKID: autopilot.PKID(fmt.Sprintf("33051234567%02d", n)), Serial: fmt.Sprintf("5CG4071Q%02d", n)},
		Status: status, Announced: status != queue.Unexpected, Pallet: fmt.Sprintf("00340123456789%04d", 12+n%2), State: state, Row: n + 1,
	}
	if state != "" {
		d.Entry, d.Number = fmt.Sprintf("e%d", n), n
	}
	return d
}

// Reconciled counts an order of a list.
func Reconciled(devices ...queue.ReconciledDevice) queue.Reconciliation {
	r := queue.Reconciliation{Lists: 1, Devices: devices}
	for _, d := range devices {
		if d.Announced {
			r.Announced++
		}
		if d.State == queue.Registered {
			r.Registered++
		}
		switch d.Status {
		case queue.Arrived:
			r.Arrived++
		case queue.Missing:
			r.Missing++
		case queue.Contradicted:
			r.Conflicts++
		case queue.Unexpected:
			r.Unexpected++
		}
	}
	return r
}

func arrived(count int) []queue.ReconciledDevice {
	var all []queue.ReconciledDevice
	for n := range count {
		all = append(all, device(n+1, queue.Arrived, queue.Registered))
	}
	return all
}

// leaving is an order of which nothing keeps anything.
func leaving() queue.Reconciliation { return Reconciled(arrived(24)...) }

// staying is one that much keeps.
func staying() queue.Reconciliation {
	all := append(arrived(41), device(42, queue.Unexpected, queue.Held), device(43, queue.Contradicted, queue.Held),
		device(44, queue.Arrived, queue.Rejected), device(45, queue.Arrived, queue.Submitted), device(46, queue.Arrived, queue.Ready),
		device(47, queue.Missing, ""), device(48, queue.Missing, ""))
	all[41].Reason, all[42].Reason, all[43].Code = queue.NotAnnounced, queue.Conflict, autopilot.CodeOtherTenant
	r := Reconciled(all...)
	r.Open = 1
	return r
}

// counted is one without a list, for which somebody gave a number.
func counted() queue.Reconciliation {
	return queue.Reconciliation{Expected: 12, Open: 1, Arrived: 9, Registered: 9, Devices: arrived(9)}
}

// ordered gives a station orders: one that must not leave, two that may, one that is
// counted.
func (s *station) ordered() {
	s.heads = []queue.OrderHead{
		{Order: order, Customer: contoso, Listed: true, Open: true, At: at(13, 30)},
		{Order: "BL-2026-0117", Customer: fabrikam, Listed: true, At: at(12, 30)},
		{Order: "BL-2026-0116", Customer: contoso, Open: true, At: at(11, 30)},
		{Order: "CMD 4471/2", Customer: lemoine, Listed: true, At: at(9, 0).Add(-24 * time.Hour)},
	}
	s.orders = map[string]queue.Reconciliation{
		order: staying(), "BL-2026-0117": leaving(), "BL-2026-0116": counted(), "CMD 4471/2": leaving(),
	}
}

// listed is a supplier's list whose columns are found.
func listed() ui.ListPreview {
	found := ui.ListPreview{
		Columns: []manifest.Column{
			{Letter: "A", Header: "Windows Product ID", Field: manifest.PKID},
			{Letter: "B", Header: "Numéro de série", Field: manifest.Serial},
			{Letter: "C", Header: "Désignation commerciale de l'article"},
			{Letter: "D", Header: "Palette", Field: manifest.Pallet},
			{Letter: "E", Header: "BL", Field: manifest.Order},
		},
		HeaderRow: 1, Taken: 48, Refused: 2, Order: order, Orders: 1, InOrder: map[string]int{order: 48},
	}
	for n := range 3 {
		found.Rows = append(found.Rows, manifest.Preview{Place: manifest.Place{Row: n + 2}, Cells: []string{
			fmt.Sprintf("33051234567%02d", n+1), fmt.Sprintf("5CG4071Q%02d", n+1), "HP EliteBook 840 G10, 14 pouces", "003401234567890012", order,
		}})
	}
	return found
}

// warned is a list of which some rows are refused, and others are to be looked at.
func warned() ui.ListPreview {
	found := listed()
	found.Wrong, found.Warnings = wrong(), warnings()
	return found
}

func warnings() []manifest.Warning {
	return []manifest.Warning{{
		Place: manifest.Place{Row: 4}, Rows: 12, Column: "F", Header: "Fabricant", Field: manifest.Manufacturer,
		Caution: manifest.MakerAlias, Text: "Hewlett Packard", Wanted: []string{"HP"}, Proved: true,
	}}
}

// tookIn is what came of a list of which rows were refused.
func tookIn() ui.TakenList {
	return ui.TakenList{
		Announcing: queue.Announcing{Announcement: queue.Announcement{Number: 2, Taken: 46, Known: 2}, Doubted: make([]queue.Entry, 1)},
		Rows:       wrong(), Warnings: warnings(),
	}
}

// wrong are rows that were refused: one that a spreadsheet damaged, one that is
// announced for somebody else.
func wrong() []ui.RefusedListRow {
	clash := queue.Clash{
		Announced: queue.Announced{Device: autopilot.Device{PKID: pkid}}, Reason: queue.OtherCustomer,
		Other: queue.Listed{List: 1, Row: 7, Customer: fabrikam, Order: "BL-2026-0117"},
	}
	const header = "Windows Product ID"
	refusal := func(row int, reason manifest.Reason, text string) manifest.Refusal {
		return manifest.Refusal{Place: manifest.Place{Row: row}, Column: "A", Header: header, Field: manifest.PKID, Reason: reason, Text: text}
	}
	return []ui.RefusedListRow{
		{Refusal: refusal(17, manifest.Scientific, "3,30512E+12")},
		{Refusal: refusal(23, "announced-other-customer", pkid), Clash: &clash},
	}
}

// importedLists are lists that were taken in before.
func importedLists() []queue.Announcement {
	when := at(9, 5).Add(-24 * time.Hour)
	return []queue.Announcement{
		{
			Number: 3, File: "Liste de colisage Grenoble novembre 2026 (corrigée).xlsx", Supplier: "Grossiste Lyon", Customer: contoso,
			Taken: 480, Known: 3, Refused: 2, By: "Ana Dupont", At: when.Add(time.Hour),
		},
		{Number: 2, File: "liste-fabrikam.csv", Supplier: "Grossiste Lyon", Customer: fabrikam, Taken: 24, By: "Ana Dupont", At: when},
		{Number: 1, File: "liste.csv", Customer: fabrikam, Taken: 12, Refused: 12, By: "Ana Dupont", At: when, DroppedAt: when.Add(time.Hour)},
	}
}
