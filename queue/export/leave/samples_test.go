package leave_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/export/leave"
)

const contoso autopilot.TenantID = "11111111-aaaa-4aaa-8aaa-111111111111"

func made() time.Time { return time.Date(2026, 11, 29, 14, 5, 9, 0, time.Local) }

func options(tb testing.TB, language string, paper leave.Paper) leave.Options {
	tb.Helper()
	return leave.Options{Words: speak(tb, language), Paper: paper, Station: "Quai 3", Made: made()}
}

// registered is an order of n boxes on four pallets, all registered.
func registered(n int) leave.Order {
	o := leave.Order{
		Order: "BL-2026-1042", Customer: contoso, CustomerName: "Contoso & Cie, Établissements réunis de Seine-Maritime",
		GroupTag: "FR-LAPTOP-STD", Announced: n,
	}
	for i := range n {
		o.Boxes = append(o.Boxes, leave.Box{
			Device: autopilot.Device{
				PKID: autopilot.PKID(fmt.Sprintf("00%011d", i+12345)), Serial: fmt.Sprintf("5CG%07d", i),
				Manufacturer: "HP", Model: "HP EliteBook 840 14 inch G11 Notebook PC",
			},
			Pallet: fmt.Sprintf("00340123450000%04d", 1+i*4/n), Number: i + 1, Registered: true, RegisteredAt: made().Add(-time.Hour),
		})
	}
	return o
}

// keep has the boxes at some places keep the order.
func keep(o leave.Order, why string, places ...int) leave.Order {
	for _, i := range places {
		o.Boxes[i].Registered, o.Boxes[i].Why = false, why
	}
	return o
}

// miss makes boxes some that were announced and never scanned.
func miss(o leave.Order, places ...int) leave.Order {
	for _, i := range places {
		b := &o.Boxes[i]
		b.Registered, b.Why, b.Number, b.Pallet = false, "", 0, ""
	}
	return o
}

// typical is an order that must stay.
func typical(language string) leave.Order {
	why := []string{"Belongs to another organisation. Set the box aside and tell your supervisor.", "Being sent."}
	if language == "fr" {
		why = []string{"Déjà inscrit par une autre organisation. Carton en zone litige, prévenez le responsable.", "Envoi en cours."}
	}
	o := keep(keep(registered(200), why[0], 16, 40, 163), why[1], 41, 42, 130)
	return miss(o, 198, 199)
}

// all keeps n boxes.
func all(n int) leave.Order {
	o := registered(n)
	for i := range o.Boxes {
		o.Boxes[i].Registered, o.Boxes[i].Why = false, "Microsoft has not answered yet."
	}
	return o
}

func pages(tb testing.TB, o leave.Order, opts leave.Options) []leave.Page {
	tb.Helper()
	got, err := leave.Pages(o, opts)
	if err != nil {
		tb.Fatal(err)
	}
	return got
}

func pdf(tb testing.TB, o leave.Order, opts leave.Options) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := leave.Write(&b, o, opts); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}
