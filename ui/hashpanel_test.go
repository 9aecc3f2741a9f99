package ui_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest"
	"pkidstation/ui"
)

// openHash opens the panel for the first box, which is held, with a hash to be found
// that is its own.
func (b *bench) openHash() {
	b.station.office.hash = ui.FoundHash{Hash: "T0A", Row: 2, Inside: autopilot.HashContents{Serial: "5cg0000000", Manufacturer: "HP", Model: "HP EliteBook 840 G10"}}
	b.VisitQueue()
	b.Pick(0)
	b.ctrlKey(fyne.KeyH)
}

// A box that was never sent gets its hash from a file: with why not, what is inside it
// beside the box, a reason, and a supervisor's PIN.
func TestHashIsGivenByASupervisor(t *testing.T) {
	b, g := newGuarded(t, "en", "Léa")
	b.station.failure = nil
	b.openHash()
	if !b.shows("Booting the device for its hash is not recommended.") || b.shows("A Surface device") || b.Confirmable() {
		t.Fatalf("panel %q shows:\n%s", b.PanelTitle(), strings.Join(texts(b), "\n"))
	}
	b.scan("3305123456781\r")
	b.clock.pass(time.Second)
	if ui.FieldText(b.Fields()[0]) != "" || b.Confirmable() {
		t.Error("a scan names a file")
	}
	ui.SetFieldText(b.Fields()[0], " /media/usb/AutopilotHWID.csv ")
	b.ConfirmPanel()
	b.called(t, "look for the hash of e1 in /media/usb/AutopilotHWID.csv")
	for _, want := range []string{"5cg0000000", "HP EliteBook 840 G10", "Inside the hash (row 2)"} {
		if !b.shows(want) {
			t.Errorf("%q is not shown", want)
		}
	}
	b.scan("3305123456781\r")
	b.clock.pass(time.Second)
	if b.shows("does not prove") || b.shows("T0A") || !b.shows("5cg0000000") || b.Confirmable() {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	b.tap(t, "No PKID on the box")
	g.lock()
	b.ctrl(fyne.KeyReturn)
	b.clock.pass(time.Second)
	if !b.shows("Give the hardware hash · box 1 · Contoso Logistique") {
		t.Errorf("the PIN is asked for:\n%s", strings.Join(texts(b), "\n"))
	}
	b.station.calls = nil
	b.enter(rightPIN)
	b.called(t, "give (hardware hash of 3 characters) to e1: No PKID on the box")
	if b.PanelTitle() != "" || b.Notice() != "Box 1 has its hardware hash. Release it (F5), and it is registered by it." {
		t.Errorf("panel %q, notice %q", b.PanelTitle(), b.Notice())
	}
}

func TestHashOfNobodyIsSaidToBe(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.openHash()
	b.station.office.hash.Inside = autopilot.HashContents{Serial: "5CG9999999"}
	ui.SetFieldText(b.Fields()[0], "/a.csv")
	b.ConfirmPanel()
	if !b.shows("The hash does not prove whose it is") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	ui.SetFieldText(b.Fields()[0], "/b.csv")
	if b.shows("Inside the hash") {
		t.Error("another file's hash is shown")
	}
}

// The words are the queue's own, and what was typed stays.
func TestWhyAHashIsRefused(t *testing.T) {
	for want, err := range map[string]error{
		"the serial number is not the one inside the hardware hash": &autopilot.HashMismatchError{Field: autopilot.FieldSerial},
		"is cut off":               autopilot.ErrHashCut,
		"has no hardware hash":     &manifest.HashesError{},
		"2 hardware hashes, none":  &manifest.HashesError{Hashes: 2},
		"nobody knows which":       &manifest.HashesError{Hashes: 3, Fitting: 2},
		"Row 2: the hardware hash": &manifest.HashesError{Refused: []manifest.Refusal{{Place: manifest.Place{Row: 2}, Field: manifest.Hash, Reason: "hardware-hash"}}},
	} {
		b := newBench(t, ui.Options{Language: "en"})
		b.openHash()
		if b.PanelTitle() == "" {
			t.Fatal("it does not open")
		}
		b.station.office.hashErr = err
		ui.SetFieldText(b.Fields()[0], "/a.csv")
		b.ConfirmPanel()
		if !strings.Contains(b.Notice(), want) || ui.FieldText(b.Fields()[0]) != "/a.csv" {
			t.Errorf("%v: notice %q", err, b.Notice())
		}
	}
}

// What was sent, or more than one, gets no hash; a Surface is told its two ways.
func TestWhichBoxesGetAHash(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.openHash()
	b.command(fyne.KeyEscape)
	b.Pick(3)
	b.ctrlKey(fyne.KeyH)
	if b.PanelTitle() != "" || b.shows("Hardware hash") {
		t.Errorf("a submitted box: panel %q", b.PanelTitle())
	}
	b.Tick(0)
	b.Tick(1)
	b.ctrlKey(fyne.KeyH)
	if b.PanelTitle() != "" {
		t.Errorf("two boxes: panel %q", b.PanelTitle())
	}
	b = newBench(t, ui.Options{Language: "en"})
	b.another(queue.Entry{ID: "s1", State: queue.Held, Reason: queue.NoPKID, Device: autopilot.Device{Serial: "012345678901", Manufacturer: "Microsoft Corporation", Model: "Surface Pro 9"}})
	b.openHash()
	if !b.shows("A Surface device can be registered in two ways") || !b.shows("Microsoft Support") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
}
