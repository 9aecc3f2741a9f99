package ui_test

import (
	"errors"
	"slices"
	"testing"

	"pkidstation/queue"
	"pkidstation/ui"
)

// TestAlerts: a scanner that is gone is said until it is back; one that was
// plugged in is offered until it is answered.
func TestAlerts(t *testing.T) {
	b := newBench(t, ui.Options{})
	tell := func(name string, state ui.ScannerState) {
		b.Tell(ui.Event{Scanner: ui.Scanner{Name: name, Product: "Zebra", State: state}})
	}
	want := func(when string, n int) {
		t.Helper()
		if got := b.Alerts(); len(got) != n {
			t.Fatalf("%s: %q", when, got)
		}
	}
	tell("COM3", ui.ScannerLost)
	tell("COM3", ui.ScannerLost)
	want("lost", 1)
	b.VisitQueue()
	want("on the other screen", 1)
	tell("COM3", ui.ScannerBack)
	want("back", 0)

	tell("COM5", ui.ScannerOffered)
	want("offered", 1)
	b.station.failure = errors.New("busy")
	b.TapAlert(t, "ui.alert.use")
	want("used and refused", 1)
	b.station.failure = nil
	b.TapAlert(t, "ui.alert.use")
	want("used", 0)
	if !slices.Contains(b.station.calls, "use COM5") {
		t.Errorf("called %q", b.station.calls)
	}
	tell("COM6", ui.ScannerOffered)
	b.TapAlert(t, "ui.alert.leave")
	want("not now", 0)
	if slices.Contains(b.station.calls, "use COM6") {
		t.Error("used what was declined")
	}
	lock := func(why queue.Reason) {
		b.Tell(ui.Event{Verdict: queue.Verdict{Word: queue.Ignored, Kind: "command", Reason: why}})
	}
	lock(queue.NowLocked)
	if !b.AlertShown() {
		t.Error("the screen does not say that the station is locked")
	}
	lock(queue.Unlocked)
	if b.AlertShown() {
		t.Error("the screen says that an unlocked station is locked")
	}
	tell("COM7", ui.ScannerOffered)
	tell("COM7", ui.ScannerGone)
	want("unplugged again", 0)
}
