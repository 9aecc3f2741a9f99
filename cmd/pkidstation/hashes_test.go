package main_test

import (
	"errors"
	"testing"

	"pkidstation/cmd/internal/typed"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/autopilot/autopilottest"
	"pkidstation/queue/manifest"
	"pkidstation/ui"
)

// hashed is the file that Get-WindowsAutopilotInfo writes of two devices.
func hashed(t *testing.T) string {
	t.Helper()
	line := func(serial string, pkid autopilot.PKID) string {
		return serial + ",," + string(autopilottest.Hash(autopilot.HashContents{PKID: pkid, Serial: serial, Manufacturer: "HP"}))
	}
	return file(t, "AutopilotHWID.csv", "Device Serial Number,Windows Product ID,Hardware Hash", line("5CG4071781", "3305123456781"), line("5CG4071999", "3305123456798"))
}

// TestAHashIsGivenFromTheWindow: the box's own row is found, what is inside it is told,
// and a held box stays held with it.
func TestAHashIsGivenFromTheWindow(t *testing.T) {
	t.Parallel()
	office, q := announcing(t)
	ctx, path := t.Context(), hashed(t)
	capture(t, q, open(t, q, "BL-1"), "3305123456781", queue.CouldBeGTIN)
	var box queue.Entry
	for e, err := range q.List(ctx, queue.Filter{}) {
		if box = e; err != nil {
			t.Fatal(err)
		}
	}
	found, err := office.Hashes.Look(ctx, box.ID, path)
	if err != nil || found.Row != 2 || found.Inside.PKID != "3305123456781" || found.Inside.Manufacturer != "HP" {
		t.Fatalf("found %+v, %v", found.Inside, err)
	}
	if err := office.Hashes.Give(ctx, box.ID, found.Hash, "VK7JG-NPHTM-C97JM-9MPGT-3V66T"); !errors.Is(err, typed.ErrSecret) {
		t.Errorf("a product key as a reason: %v", err)
	}
	other := autopilottest.Hash(autopilot.HashContents{Serial: "5CG4071999"})
	if _, ok := errors.AsType[*autopilot.HashMismatchError](office.Hashes.Give(ctx, box.ID, other, "no PKID")); !ok {
		t.Error("another device's hash is taken")
	}
	if err := office.Hashes.Give(ctx, box.ID, found.Hash, "no PKID"); err != nil {
		t.Fatal(err)
	}
	if e, err := q.Entry(ctx, box.ID); err != nil || e.State != queue.Held || e.Hash != found.Hash {
		t.Errorf("it is %s, %v", e.State, err)
	}
	if _, err := office.Hashes.Look(ctx, box.ID, smallList(t)); err == nil {
		t.Error("a list without hashes has one")
	} else if _, ok := errors.AsType[*manifest.HashesError](err); !ok {
		t.Errorf("a list without hashes: %v", err)
	}
}

// TestWarningsOfAListAreTold, before it is taken and after.
func TestWarningsOfAListAreTold(t *testing.T) {
	t.Parallel()
	office, _ := announcing(t)
	path := file(t, "list.csv", "S/N;Manufacturer;Model;BL;PKID", "5CG4071001;Hewlett Packard;HP EliteBook 840 G10;BL-1;", "5CG4071002;HP;HP EliteBook 840 G10;BL-2;3305123400011", ";;;BL-2;3,30E+12")
	ask := ui.ListRequest{Path: path, Customer: tenant}
	found, err := office.Suppliers.Look(t.Context(), ask)
	if err != nil || len(found.Warnings) == 0 || found.Warnings[0].Row != 2 || len(found.Wrong) != 1 || found.Wrong[0].Row != 4 {
		t.Errorf("found %+v, %v", found, err)
	}
	if found.Orders != 2 || found.InOrder["BL-1"] != 1 || found.InOrder["BL-2"] != 1 || found.Order != "BL-1" {
		t.Errorf("orders %d %v", found.Orders, found.InOrder)
	}
	taken, err := office.Suppliers.Take(t.Context(), ask)
	if err != nil || len(taken.Warnings) != len(found.Warnings) {
		t.Errorf("taken %+v, %v", taken, err)
	}
}
